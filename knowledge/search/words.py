"""Words as people type them, brought to one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

_stem = Stemmer.Stemmer("dutch")
_other_stem = Stemmer.Stemmer("dutch_porter")


def clean(text: str) -> str:
    """Text without control and invisible characters, on one line."""
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


def normal(text: str) -> str:
    """Lower case, accents and apostrophes off, single spaces; the signs that people put around words off."""
    bare = re.sub(r"['’‘`´ʼ′]", "", text.casefold())
    if not bare.isascii():
        bare = "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s?&+#@/.-]", " ", bare).split()).strip(" .-")


def words(text: str) -> list[str]:
    """The words of a text in one form: letters and digits only."""
    return list(_words(text))


@lru_cache(maxsize=1000)
def _words(text: str) -> tuple[str, ...]:
    """Kept, as one question is read by several indexes."""
    return tuple(re.findall(r"[a-z0-9]+", normal(text)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    return str(_stem.stemWord(word))


@lru_cache(maxsize=50_000)
def other_stem(word: str) -> str:
    """A second opinion: the two Dutch algorithms each miss some endings that the other knows."""
    return str(_other_stem.stemWord(word))


_SMALL = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "of",
        "in",
        "op",
        "aan",
        "van",
        "voor",
        "met",
        "om",
        "te",
        "tot",
        "uit",
        "bij",
        "naar",
        "door",
        "over",
        "als",
        "dan",
        "dat",
        "die",
        "dit",
        "deze",
        "er",
        "is",
        "zijn",
        "we",
        "wij",
        "ik",
        "je",
        "u",
        "ons",
        "onze",
        "nog",
        "ook",
        "wel",
        "niet",
        "geen",
        "meestal",
        "vaak",
        "soms",
        "eigenlijk",
        "gewoon",
        "vooral",
    ]
)


def content_words(text: str) -> list[str]:
    """The words of a typed answer that say something."""
    return [word for word in words(text) if word not in _SMALL]

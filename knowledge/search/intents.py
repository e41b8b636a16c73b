"""Small talk and wishes to steer, recognised when a message as a whole is nearly one of their phrases."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.model import Almanac
from knowledge.search.words import words

_POLITE = frozenset(
    [
        "aub",
        "alsjeblieft",
        "alstublieft",
        "svp",
        "graag",
        "even",
        "hoor",
        "dan",
        "maar",
        "nou",
        "ok",
        "oke",
        "please",
        "eens",
        "ff",
    ]
)
_SHORT, _SURE, _SURE_SHORT = 5, 86, 80


def intent_of(almanac: Almanac, text: str) -> str | None:
    """The id of the intent that a message expresses, or None for anything that may be a question."""
    if text.strip() == "?":
        return "help"
    said = words(text)
    phrases = _phrases(almanac)
    for version in (" ".join(said), " ".join(word for word in said if word not in _POLITE)):
        if version in phrases:
            return phrases[version]
        if len(version) >= _SHORT - 1 and (intent := _nearly(version, phrases)):
            return intent
    return None


def _nearly(said: str, phrases: dict[str, str]) -> str | None:
    near = process.extractOne(said, phrases.keys(), scorer=fuzz.ratio, score_cutoff=_SURE_SHORT)
    if near is None:
        return None
    phrase, score, _ = near
    same_start = phrase[0] == said[0]
    sure = _SURE_SHORT if len(phrase) <= 8 and same_start else _SURE
    return phrases[phrase] if score >= sure and len(phrase) >= _SHORT - 1 else None


@lru_cache(maxsize=2)
def _phrases(almanac: Almanac) -> dict[str, str]:
    return {" ".join(words(phrase)): intent.id for intent in almanac.intents.values() for phrase in intent.phrases}

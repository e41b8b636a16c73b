"""A question that could not be answered, without anything personal in it, so that editors can see what is missing."""

from __future__ import annotations

import re
from collections.abc import Container

from knowledge.search import content_words, words

LONGEST = 120
_GONE = "…"
_PATTERNS = (
    re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+"),
    re.compile(
        r"\b(ik ben|ik heet|mijn naam is|mijn naam:|met|groet|groeten|mvg|namens|van mevrouw|van meneer|mevrouw|meneer|dhr\.?|mevr\.?)((?: (?:van|de|der|den|het|’t))* [A-Z][\w'’-]*)+"
    ),
    re.compile(
        r"\b(ik ben|ik heet|mijn naam is) (?!een\b|de\b|het\b|nieuw\b|op\b|in\b|van\b|bij\b|aan\b|als\b|niet\b|bang\b|benieuwd\b)\S+(?: \S+)?",
        re.IGNORECASE,
    ),
    re.compile(r"\b\d{4}\s?[A-Za-z]{2}\b"),
    re.compile(r"\b\w+(?:straat|laan|weg|plein|kade|gracht|hof|dreef|steenweg|lei) \d+\w*", re.IGNORECASE),
    re.compile(r"[+(]?\d[\d\s().:/-]*\d|\d"),
)


def without_personal(question: str, known: Container[str]) -> str:
    """The question without addresses, numbers, handles and names; unknown words with a capital count as names.

    Empty when too little is left to tell editors anything.
    """
    text = " ".join(question.split())
    for pattern in _PATTERNS:
        text = pattern.sub(_GONE, text)
    first, *rest = text.split(" ") if text else [""]
    kept = [first, *(_GONE if _may_be_name(word, known) else word for word in rest)]
    scrubbed = re.sub(rf"{_GONE}(?:[\s,.;]*{_GONE})*", _GONE, " ".join(kept)).strip()[:LONGEST].lower()
    return scrubbed if _tells_something(scrubbed) else ""


def _tells_something(question: str) -> bool:
    """Whether a question is more than "ja", "n.v.t." or "mwah": two words that say something, or a long one."""
    found = [word for word in content_words(question) if len(word) > 2]
    return len(found) > 1 or any(len(word) > 4 for word in found)


def _may_be_name(word: str, known: Container[str]) -> bool:
    return word[:1].isupper() and not all(part in known for part in words(word))

"""Answers in a person's own words: which option they fit, and when they say its opposite."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from dialogs import scan
from dialogs.turn import Turn
from knowledge.model import Option, Question
from knowledge.search import content_words, normal, words

_ASKING = re.compile(
    r"\?|^(hoe|wat|wie|waar|waarom|wanneer|welke|welk)\b|^(mag|mogen|moet|moeten|kan|kun|kunnen|heb|hebben|is|zijn)\b(?! niet| geen)"
)
_NOT = frozenset(words("geen niet nooit niks niets niemand nergens zonder nauwelijks amper"))
_UNKNOWN = frozenset([
    "weet niet", "geen idee", "weetniet", "weet ik niet", "ik weet het niet", "geen flauw idee", "onbekend", "weet het niet", "dat weet ik niet", "ik heb geen idee",
    "weet ik echt niet", "ik weet niet", "geen mening", "kan ik niet zeggen", "zou ik niet weten", "ik zou het niet weten",
])  # fmt: skip
_NOT_APPLICABLE = frozenset(
    ("nvt", "n v t", "niet van toep", "niet van toepassing", "geldt niet voor ons", "geldt niet", "niet op ons van toepassing")
)
_CLAUSE = re.compile(r"[,.;]| en | maar ")
ENOUGH = 0.7
MARGIN = 0.2
FEW_WORDS, FEW_DENYING = 5, 8


def asks(text: str) -> bool:
    """Whether a text is a question."""
    return bool(_ASKING.search(text.strip().lower()))


def negated(text: str) -> bool:
    return not _NOT.isdisjoint(words(text))


def unknown(said: str) -> bool:
    return said in _UNKNOWN


def open_to_answers(turn: Turn) -> Question | None:
    """The question that a typed text may answer."""
    return scan.open_question(turn) if turn.scan() and turn.get("subject") and not turn.get("stopped") else None


def may_be_answer(turn: Turn, text: str) -> bool:
    """Whether a text that was not understood looks more like an answer to the open question than like one of its own."""
    few = len(words(text)) <= (FEW_DENYING if negated(text) else FEW_WORDS)
    return few and scan.in_progress(turn) and not turn.get("stopped") and not asks(text)


def answer(turn: Turn, said: str, text: str) -> str | None:
    """The answer to the open question that the words stand for; `unclear` when they say the opposite of an option."""
    question = open_to_answers(turn)
    if question is None or asks(text):
        return None
    if unknown(said) or " ".join(words(said)) in _NOT_APPLICABLE:
        value = "unknown" if unknown(said) else "not-applicable"
        return f"answer:{turn.scan()}:{question.facet}:{value}"
    if option := _best_option(question, said):
        return f"answer:{turn.scan()}:{question.facet}:{option.level}"
    return "unclear" if negated(said) and _fitting(question, said, question.options) else None


def _best_option(question: Question, said: str) -> Option | None:
    """The option whose words cover the text. One that denies nothing never stands for a text that does."""
    return _fitting(question, said, [option for option in question.options if not negated(said) or negated(_all(option))])


def _fitting(question: Question, said: str, options: tuple[Option, ...] | list[Option]) -> Option | None:
    """The option that stands out from the others."""
    scores = sorted(((_likeness(option, said), option.level) for option in options), reverse=True)
    (best, level), (second, _) = [*scores, (0.0, 0), (0.0, 0)][:2]
    if best < ENOUGH or best - second < MARGIN:
        return None
    return next(option for option in question.options if option.level == level)


def _all(option: Option) -> str:
    return " ".join((option.label, option.text, *option.words))


def _clauses(option: Option, said: str) -> list[str]:
    """The parts of an option that a text can be about: what is denied in it only for a text that denies."""
    parts = [part for phrase in (option.label, *option.words, option.text) for part in (phrase, *_CLAUSE.split(phrase))]
    return [normal(part) for part in parts if negated(said) or not negated(part)]


def _likeness(option: Option, said: str) -> float:
    """How well an option fits, 0 to 1: one of its phrases nearly as typed, or the share of typed words that it has."""
    phrases = [normal(phrase) for phrase in (option.label, *option.words)]
    whole = max((fuzz.ratio(said, phrase) / 100 for phrase in phrases if negated(phrase) == negated(said)), default=0.0)
    asked = content_words(said)
    own = content_words(" ".join(_clauses(option, said)))
    if len(asked) < 2 or not own:
        return whole if whole >= 0.8 else 0.0
    shared = sum(max(fuzz.ratio(word, other) for other in own) >= 85 for word in asked) / len(asked)
    return max(whole if whole >= 0.8 else 0.0, shared)

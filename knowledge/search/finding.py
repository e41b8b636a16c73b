"""From hits to an honest outcome: an answer, "bedoelt u", or not covered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.model import Almanac, Chapter, Reference
from knowledge.search.confidence import confidence, signals
from knowledge.search.index import Field, Hit, Index, Kind, Match
from knowledge.search.intents import intent_of
from knowledge.search.words import words

Outcome = Literal["answer", "choice", "none"]
LISTED = 10
LEAST_NEAR, LEAST, SURE = 0.02, 0.1, 0.6
# A score is about in proportion to the chance that its chapter is meant: with half the score of the best, the second is
# meant in a quarter of the cases and the best in half; with a tenth, in one of twenty.
NEARLY, CLOSE = 0.5, 0.1
CLOSE_IN_BOOKS, COVERED_IN_BOOKS = 0.75, 0.4
ABOUT_BOOKS = frozenset(("boek", "boeken", "almanak", "auteur", "schrijver"))

FIELDS = {"title": 1.2, "keywords": 2.2, "synonyms": 2.0, "questions": 1.0, "summary": 1.2, "body": 0.25}
CHANNEL = 0.5
COMMON = 0.7
SHARE = 0.7


@dataclass(frozen=True)
class Found:
    """A chapter, its score, the words that led to it, and whether it comes close to the best."""

    chapter: Chapter | Reference
    score: float
    matches: tuple[Match, ...]
    close: bool


@dataclass(frozen=True)
class SearchResult:
    """`found` holds up to ten, chapters of the books first and each kind by score, whatever the outcome; `sure` is how sure it is
    that the best own chapter deals with the question, 0 to 1. With an `intent` the question is small talk or a wish to steer;
    the outcome is then what it would be otherwise."""

    question: str
    outcome: Outcome
    intent: str | None
    found: tuple[Found, ...]
    sure: float

    @property
    def taken_as(self) -> Literal["answer", "choice", "none", "intent"]:
        """What a chat makes of it when nothing else is going on: an intent goes first."""
        return "intent" if self.intent else self.outcome

    @property
    def answers(self) -> tuple[Found, ...]:
        """For "answer": the best, and up to two more of its kind that come close."""
        alike = [found for found in self.found if type(found.chapter) is type(self.found[0].chapter)]
        return (*alike[:1], *(found for found in alike[1:3] if found.close))

    @property
    def asked(self) -> tuple[Found, ...]:
        """For "choice": the two or three that are asked about."""
        return self.found[:2] + tuple(found for found in self.found[2:3] if found.close)

    @property
    def near(self) -> tuple[Found, ...]:
        """For "none": what comes nearest, if anything does."""
        return tuple(found for found in self.found[:2] if found.close) if self.sure >= LEAST_NEAR else ()


def search(almanac: Almanac, question: str, role: str | None = None, phase: int | None = None) -> SearchResult:
    """The chapters that deal with a question. A role and phase, when known, decide between near-equals."""
    index = _indexes(almanac)
    hits = index.own.ask(question)
    found = tuple([*_books(index, question, hits), *_own(index, hits, role, phase)][:LISTED])
    sure = confidence(signals(index.online, question, hits[0])) if hits else 0.0
    return SearchResult(question, _outcome(found, sure), intent_of(almanac, question), found, sure)


def first_found(almanac: Almanac, question: str) -> str | None:
    """The id of what a question finds first, if anything: quicker than a whole search, for who asks very many."""
    index = _indexes(almanac)
    hits = index.own.ask(question, most=1)
    found = (*_books(index, question, hits), *_own(index, hits, None, None))
    return found[0].chapter.id if found else None


def alike(almanac: Almanac, chapter: Chapter, most: int = 4) -> list[Chapter]:
    """Other chapters about the same, those that the chapter names itself left out."""
    index = _indexes(almanac)
    hits = index.own.ask(" ".join((chapter.title, *chapter.keywords)))
    others = [index.chapters[hit.document] for hit in hits]
    return [other for other in others if other.id != chapter.id and other.id not in chapter.further.chapters][:most]


def vocabulary(almanac: Almanac) -> Container[str]:
    """Every word that we use in an own chapter. Example questions are left out: the people in them have names."""
    return _indexes(almanac).vocabulary


class _Indexes:
    """Own chapters and references of the books, each an index of its own."""

    def __init__(self, almanac: Almanac) -> None:
        words_of = almanac.synonyms
        light = {**dict.fromkeys(_plain(words_of.common), COMMON), **dict.fromkeys(_plain(words_of.channels), CHANNEL)}
        ignored = _plain(words_of.ignored)
        self.chapters = list(almanac.chapters.values())
        self.references = list(almanac.references.values())
        fields = [list(_fields(chapter)) for chapter in self.chapters]
        self.own = Index(fields, words_of.groups, ignored, light, almanac.foreign)
        ours = (field for chapter in fields for field in chapter if field.kind != "question")
        self.vocabulary = frozenset(word for field in ours for word in words(field.text))
        self.books = Index([_reference_fields(almanac, reference) for reference in self.references], (), ignored)
        self.online = frozenset(_plain(words_of.online + words_of.channels))
        surnames = {named[-1] for reference in self.references for name in reference.authors if (named := words(name))}
        self.authors = frozenset(name for name in surnames if name not in self.vocabulary)  # a baker is no author


def _plain(listed: Iterable[str]) -> list[str]:
    """Words of a list as words of a question come."""
    return [word for text in listed for word in words(text)]


@lru_cache(maxsize=2)
def _indexes(almanac: Almanac) -> _Indexes:
    return _Indexes(almanac)


def _fields(chapter: Chapter) -> Iterator[Field]:
    yield Field(FIELDS["title"], chapter.title, "name")
    for phrase in chapter.keywords:
        yield _shared(FIELDS["keywords"], phrase, "name")
    for phrase in chapter.synonyms:
        yield _shared(FIELDS["synonyms"], phrase, "phrase")
    for question in chapter.questions:
        yield Field(FIELDS["questions"], question, "question")
    yield Field(FIELDS["summary"], f"{chapter.summary} {chapter.line}")
    body = (chapter.why, *chapter.how, chapter.pitfall, chapter.people, chapter.result, *chapter.further.laws)
    yield Field(FIELDS["body"], " ".join(body))


def _shared(weight: float, phrase: str, kind: Kind) -> Field:
    """The words of a phrase share its weight: one of them alone says less than the whole."""
    return Field(weight / len(phrase.split()) ** SHARE, phrase, kind)


def _reference_fields(almanac: Almanac, reference: Reference) -> Iterator[Field]:
    yield Field(3.0, reference.title)
    yield Field(3.0, " ".join(reference.authors))
    yield Field(2.0, " ".join(reference.keywords))
    yield Field(1.0, reference.gist or "")
    yield Field(1.0, almanac.books[reference.book].title)


def _own(index: _Indexes, hits: Sequence[Hit], role: str | None, phase: int | None) -> Iterator[Found]:
    scored = [(_personal(index.chapters[hit.document], hit, role, phase), hit) for hit in hits]
    scored.sort(key=lambda item: -item[0])
    for score, hit in scored:
        yield Found(index.chapters[hit.document], round(score, 3), hit.matches, score >= CLOSE * scored[0][0])


def _books(index: _Indexes, question: str, own: Sequence[Hit]) -> Iterator[Found]:
    """Chapters of the books, only when a question asks for them."""
    hits = index.books.ask(question, most=3)
    if hits and _asks_for_books(index, question, hits[0], own):
        for hit in hits:
            close = hit.score >= CLOSE_IN_BOOKS * hits[0].score
            yield Found(index.references[hit.document], round(hit.score, 3), hit.matches, close)


def _personal(chapter: Chapter, hit: Hit, role: str | None, phase: int | None) -> float:
    """Up to two fifths more for a chapter that is written for the person: enough to decide between near-equals only."""
    bonus = 0.25 * (role in chapter.roles) + 0.15 * (phase is not None and chapter.phase in (phase, phase + 1))
    return hit.score * (1 + bonus)


def _asks_for_books(index: _Indexes, question: str, best: Hit, own: Sequence[Hit]) -> bool:
    """Whether a question names a book or an author and is about them (not `hotel boeken` or `dode zwaan in sloot`), or holds
    nearly the whole title of a chapter of the books."""
    asked = set(words(question))
    covered = best.covered >= COVERED_IN_BOOKS
    near = bool(own) and own[0].margin > 0
    named = (asked & index.authors and (covered or near)) or (asked & ABOUT_BOOKS and covered)
    return bool(named) or (best.covered >= 0.9 and len(best.matches) >= 3)


def _outcome(found: Sequence[Found], sure: float) -> Outcome:
    if not found:
        return "none"
    if isinstance(found[0].chapter, Reference):
        return "answer"
    if sure < LEAST:
        return "none"
    return "choice" if len(found) > 1 and (sure < SURE or found[1].score >= NEARLY * found[0].score) else "answer"

"""Chapters to pick and pass on from any conversation, as found while someone types a few letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs import sharing
from dialogs.chapters import fitting
from dialogs.events import Context, Facts
from dialogs.messages import Markdown, paragraphs
from dialogs.texts import label, listing, say
from dialogs.turn import Turn
from knowledge.model import Almanac, Chapter
from knowledge.search import normal, search

PAGE = 20


@dataclass(frozen=True)
class Entry:
    """Something to pick: what the list shows of it, the text that is passed on, the payload of the link with it, and what a
    button says that opens it."""

    id: str
    title: str
    line: str
    text: Markdown
    payload: str
    opens: str


@dataclass(frozen=True)
class Page:
    """`next` is where the following page starts, None at the end; `personal` entries are for this person only."""

    entries: tuple[Entry, ...]
    next: int | None = None
    personal: bool = False


def browse(almanac: Almanac, facts: Facts, query: str, start: int, context: Context) -> Page:
    """The page from `start`: for no words those that fit the person first, then all; for words the chapters about them."""
    query = query.strip()
    if query.startswith(sharing.ADVICE):
        return Page(tuple(_advice(almanac, query, context)), personal=True)
    if query.startswith(sharing.CHAPTER):
        named = almanac.chapters.get(almanac.today("chapter", query.removeprefix(sharing.CHAPTER)))
        return Page((_entry(almanac, named),) if named else ())
    found = _about(almanac, query) if query else _all(Turn(almanac, facts, context))
    entries = tuple(_entry(almanac, chapter) for chapter in found[start : start + PAGE])
    return Page(entries, start + PAGE if len(found) > start + PAGE else None, personal=not query)


def _about(almanac: Almanac, query: str) -> list[Chapter]:
    """What search is sure of, and, as words are still being typed, the chapters whose words begin so."""
    result = search(almanac, query)
    sure = result.found if result.outcome in ("answer", "choice") else ()
    beginnings = normal(query).split()
    begun = [chapter for chapter in almanac.chapters.values() if beginnings and _begins(chapter, beginnings)]
    return list(dict.fromkeys([*(found.chapter for found in sure if isinstance(found.chapter, Chapter)), *begun]))


def _begins(chapter: Chapter, beginnings: list[str]) -> bool:
    words = normal(" ".join((chapter.title, *chapter.keywords))).split()
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)


def _all(turn: Turn) -> list[Chapter]:
    first = [chapter for chapter in fitting(turn) if isinstance(chapter, Chapter)]
    return list(dict.fromkeys([*first, *sorted(turn.almanac.chapters.values(), key=lambda chapter: chapter.phase)]))


def _entry(almanac: Almanac, chapter: Chapter) -> Entry:
    line = label("browse.line", line=chapter.line, phase=chapter.phase)
    payload = sharing.pass_chapter(chapter).payload
    return Entry(chapter.id, chapter.title, line, _card(almanac, chapter), payload, label("button.open_chapter"))


def _card(almanac: Almanac, chapter: Chapter) -> Markdown:
    """The chapter for someone who never heard of the advisor."""
    roles = [almanac.roles[role].name for role in chapter.roles]
    return paragraphs(
        say("share.chapter", title=chapter.title),
        say("plain.text", text=chapter.summary),
        say("browse.roles", roles=listing(roles)) if roles else "",
        say("share.from"),
    )


def _advice(almanac: Almanac, query: str, context: Context) -> Iterator[Entry]:
    if text := sharing.shown(almanac, context.shared, context):
        passed = paragraphs(text, say("share.from"))
        yield Entry(query, label("browse.advice"), label("browse.advice_line"), passed, query, label("button.open_advice"))

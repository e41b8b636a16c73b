"""Chapters to pick while someone types: their own first, found by beginnings, page by page."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.markup import plain_text
from dialogs.browsing import PAGE, Page, browse
from dialogs.chapters import fitting
from dialogs.events import Context, Fact, Facts
from dialogs.turn import Turn
from knowledge.model import Almanac

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
CONTEXT = Context(NOW)


def _scanned(almanac: Almanac) -> Facts:
    values = {"role": "hr", "subject": "department", "name": "Afdeling Zorg", "scan": "1"}
    values |= {f"answer:{facet}": "2" for facet in almanac.facets}
    return {name: Fact(value, NOW) for name, value in values.items()}


def _ids(page: Page) -> list[str]:
    return [entry.id for entry in page.entries]


def test_without_words_every_chapter_comes_once_the_fitting_ones_first(almanac: Almanac) -> None:
    facts = _scanned(almanac)
    ids: list[str] = []
    start: int | None = 0
    while start is not None:
        page = browse(almanac, facts, "", start, CONTEXT)
        assert page.personal
        assert len(page.entries) <= PAGE
        ids += _ids(page)
        start = page.next
    own = [chapter.id for chapter in fitting(Turn(almanac, facts, CONTEXT)) if chapter.id in almanac.chapters]
    assert own
    assert ids[: len(own)] == own
    assert sorted(ids) == sorted(almanac.chapters)


def test_words_find_chapters_for_everybody_alike(almanac: Almanac) -> None:
    page = browse(almanac, _scanned(almanac), "webcare organiseren", 0, CONTEXT)
    assert _ids(page)[0] == "webcare-organiseren"
    assert not page.personal
    assert page == browse(almanac, {}, "webcare organiseren", 0, CONTEXT)


def test_every_title_is_found_while_it_is_being_typed(almanac: Almanac) -> None:
    """From the moment that a title is typed halfway its first long word, its chapter is in the list."""
    for chapter in almanac.chapters.values():
        word = max(chapter.title.split(), key=len)
        found = browse(almanac, {}, word[: max(4, len(word) // 2 + 1)], 0, CONTEXT)
        assert chapter.id in _ids(found), chapter.title


def test_nothing_matches(almanac: Almanac) -> None:
    assert browse(almanac, {}, "xqzvw", 0, CONTEXT) == Page(())
    assert browse(almanac, {}, "c_bestaat-niet", 0, CONTEXT).entries == ()
    assert browse(almanac, {}, "a_bestaat-niet", 0, CONTEXT).entries == ()


def test_every_card_stands_alone(almanac: Almanac) -> None:
    for chapter in almanac.chapters.values():
        (entry,) = browse(almanac, {}, f"c_{chapter.id}", 0, CONTEXT).entries
        card = plain_text(entry.text)
        assert chapter.title in card
        assert chapter.summary in card
        assert "De Volgende Stap" in card
        assert len(card) < 1500

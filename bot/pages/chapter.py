"""A chapter as a page: all that the conversation shows of it, in one piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from starlette.responses import HTMLResponse

from bot.markup import html
from bot.pages.addresses import Pages
from bot.pages.frame import link, page
from dialogs.chapters import citation
from dialogs.messages import Markdown, bullets, numbers
from dialogs.sharing import pass_chapter
from dialogs.texts import label, listing, say
from knowledge.model import Almanac, Chapter

Link = Callable[[str], str]
"""Makes a link to the conversation that opens what a payload stands for."""


def chapter_page(almanac: Almanac, chapter: Chapter, pages: Pages, talk: Link | None = None) -> HTMLResponse:
    """`talk` is there when everybody can follow a link to the advisor."""
    body = [f'<p class="lead">{escape(chapter.summary)}</p>', *_sections(almanac, chapter), *_related(almanac, chapter, pages)]
    if talk:
        body.append(f"<p>{link(talk(pass_chapter(chapter).payload), label('page.talk'))}</p>")
    return page(pages, chapter.title, chapter.summary, body)


def _sections(almanac: Almanac, chapter: Chapter) -> Iterator[str]:
    further = chapter.further
    books = [citation(almanac, almanac.references[name]) for name in further.references]
    yield _section("why", say("plain.text", text=chapter.why))
    yield _section("how", numbers(chapter.how))
    yield _section("pitfall", say("plain.text", text=chapter.pitfall))
    yield _section("people", say("plain.text", text=chapter.people))
    yield _section("result", say("plain.text", text=chapter.result))
    yield _section("roles", say("plain.text", text=f"{listing([almanac.roles[role].name for role in chapter.roles])}."))
    if further.laws:
        yield _section("laws", bullets(further.laws))
    if books:
        yield _section("books", bullets(books))
    yield _section("basis", say("plain.text", text=chapter.basis))


def _related(almanac: Almanac, chapter: Chapter, pages: Pages) -> Iterator[str]:
    links = [link(pages.chapter(name), almanac.chapters[name].title) for name in chapter.further.chapters]
    if links:
        yield _under("related", f"<ul>{''.join(f'<li>{made}</li>' for made in links)}</ul>")


def _section(name: str, text: Markdown) -> str:
    return _under(name, html(text))


def _under(name: str, content: str) -> str:
    heading = escape(label(f"page.{name}"))
    return f"<h2>{heading}</h2>\n{content}"

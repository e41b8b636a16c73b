"""The pages as routes: a chapter, what this is, and what is kept."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.markup import html
from bot.pages.addresses import CHAPTERS, PRIVACY, Pages
from bot.pages.chapter import Link, chapter_page
from bot.pages.frame import link, page
from dialogs.links import QUESTION
from dialogs.texts import label, say
from dialogs.welcome import what_this_is
from knowledge.model import Almanac


def routes(almanac: Almanac, base: str, keep_days: int, talk: Link | None = None) -> list[Route]:
    """The pages under the address where this process is reached. `talk` makes a link to the advisor, if there is one."""
    pages = Pages(base)

    async def chapter(request: Request) -> Response:
        asked = request.path_params["identifier"]
        found = almanac.chapters.get(today := almanac.today("chapter", asked))
        if found is None:
            return page(pages, label("page.gone"), label("page.gone"), [f"<p>{escape(label('page.gone_text'))}</p>"], 404)
        return chapter_page(almanac, found, pages, talk) if today == asked else RedirectResponse(pages.chapter(today), 301)

    async def home(request: Request) -> Response:
        body = [f"<p>{escape(label('commands.description'))}</p>", html(what_this_is(almanac)), html(say("page.use"))]
        if talk:
            body.append(f"<p>{link(talk(QUESTION), label('page.talk'))}</p>")
        return page(pages, label("page.name"), label("commands.short_description"), body)

    async def privacy(request: Request) -> Response:
        kept = html(say("privacy.text", days=keep_days))
        return page(pages, label("page.privacy"), label("page.privacy"), [kept, html(say("page.privacy_text"))])

    return [Route("/", home), Route(PRIVACY, privacy), Route(f"{CHAPTERS}/{{identifier}}", chapter)]

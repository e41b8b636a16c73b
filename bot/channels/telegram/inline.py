"""Inline mode: chapters to pick in any chat, after the name of the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.channels.telegram.outgoing import html_of
from dialogs.browsing import Entry, Page
from dialogs.links import QUESTION
from dialogs.messages import Markdown
from dialogs.texts import label, say

CACHED = 300
CACHED_PERSONAL = 5


def answer(page: Page, start: int, link: Callable[[str], str]) -> dict[str, Any]:
    """What `answerInlineQuery` takes for a page; a first page without chapters says so. `link` makes a link of a payload."""
    results = [_article(entry, link) for entry in page.entries]
    if not results and not start:
        results = [_nothing()]
    return {
        "results": results,
        "cache_time": CACHED_PERSONAL if page.personal else CACHED,
        "is_personal": page.personal,
        "next_offset": str(page.next or ""),
        "button": InlineQueryResultsButton(label("browse.ask"), start_parameter=QUESTION),
    }


def _article(entry: Entry, link: Callable[[str], str]) -> InlineQueryResultArticle:
    button = InlineKeyboardButton(entry.opens, url=link(entry.payload))
    return InlineQueryResultArticle(
        entry.id, entry.title, _content(entry.text), InlineKeyboardMarkup([[button]]), description=entry.line
    )


def _nothing() -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        "nothing", label("browse.nothing"), _content(say("browse.nothing_text")), description=label("browse.nothing_line")
    )


def _content(text: Markdown) -> InputTextMessageContent:
    return InputTextMessageContent(html_of(text), ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))

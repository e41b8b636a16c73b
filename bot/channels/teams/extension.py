"""The almanac while writing a message anywhere in Teams: chapters to pick from a search, and the chapter behind a link of
ours, each a card that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.teams.activity import Activity, items, part, text
from bot.channels.teams.answers import Answer
from bot.channels.teams.cards import attachment, card, open_url, shortened, texts
from bot.channels.teams.sharing import Links
from dialogs.browsing import Entry
from dialogs.texts import label

MOST = 25
LONGEST = 200
LONGEST_LINE = 80
PREVIEW = "application/vnd.microsoft.card.thumbnail"


def asked(activity: Activity) -> tuple[str, int]:
    """What is looked for, and from which result on. Nothing yet means: what is recommended."""
    given = {text(item, "name"): text(item, "value") for item in items(activity, "value", "parameters")}
    words = "" if given.pop("initialRun", "") else next(iter(given.values()), "")
    start = part(activity, "value", "queryOptions").get("skip")
    return words[:LONGEST], start if type(start) is int and start > 0 else 0


def answer(entries: Sequence[Entry], links: Links, start: int) -> Answer:
    """As many results as Teams asks for at a time; the first page without any says so."""
    return results(entries, links) if entries or start else sentence("browse.nothing_text")


def results(entries: Sequence[Entry], links: Links) -> Answer:
    """The results as a list, which may be empty."""
    found = [_result(entry, links) for entry in entries[:MOST]]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": found}}


def sentence(key: str) -> Answer:
    return {"composeExtension": {"type": "message", "text": label(key)}}


def _result(entry: Entry, links: Links) -> dict[str, Any]:
    chat, page = links.chat(entry.payload), links.page(entry.payload)
    opens = [open_url(entry.opens, page), open_url(label("teams.talk"), chat)] if page else [open_url(entry.opens, chat)]
    preview = {"contentType": PREVIEW, "content": {"title": entry.title, "text": shortened(entry.line, LONGEST_LINE)}}
    return {**attachment(card([*texts(entry.text), {"type": "ActionSet", "actions": opens}])), "preview": preview}

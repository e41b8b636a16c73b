"""Searching the almanac while writing a message anywhere in Teams: chapters to pick, each a card that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.teams.activity import Activity, items, part, text
from bot.channels.teams.answers import Answer
from bot.channels.teams.cards import attachment, card, open_url, texts
from bot.channels.teams.sharing import chat_link
from dialogs.browsing import Entry
from dialogs.texts import label

MOST = 25
LONGEST = 200
PREVIEW = "application/vnd.microsoft.card.thumbnail"


def asked(activity: Activity) -> tuple[str, int]:
    """What is looked for, and from which result on. Nothing yet means: what is recommended."""
    given = {text(item, "name"): text(item, "value") for item in items(activity, "value", "parameters")}
    words = "" if given.pop("initialRun", "") else next(iter(given.values()), "")
    start = part(activity, "value", "queryOptions").get("skip")
    return words[:LONGEST], start if type(start) is int and start > 0 else 0


def answer(entries: Sequence[Entry], bot: str, start: int) -> Answer:
    """As many results as Teams asks for at a time; the first page without any says so."""
    if not entries and not start:
        return sentence("browse.nothing_text")
    found = [_result(entry, bot) for entry in entries[:MOST]]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": found}}


def sentence(key: str) -> Answer:
    return {"composeExtension": {"type": "message", "text": label(key)}}


def _result(entry: Entry, bot: str) -> dict[str, Any]:
    opened = {"type": "ActionSet", "actions": [open_url(label("button.open"), chat_link(bot, entry.payload))]}
    preview = {"contentType": PREVIEW, "content": {"title": entry.title, "text": entry.line}}
    return {**attachment(card([*texts(entry.text), opened])), "preview": preview}

"""Reading activities: nothing in them is taken for granted, as new kinds come without notice."""

from __future__ import annotations

import html
import re
from typing import Any

Activity = dict[str, Any]

CARD_ACTION = "adaptiveCard/action"
QUERY = "composeExtension/query"
LINKS = ("composeExtension/queryLink", "composeExtension/anonymousQueryLink")
_SHARED = re.compile(r'<span class="inline-compose-card".*?</span>\s*</span>', re.DOTALL)


def part(value: Any, *path: str) -> dict[str, Any]:
    """The object at a path, or an empty one."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text(value: Any, *path: str) -> str:
    """The text at a path, or an empty one."""
    found = part(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, str) else ""


def items(value: Any, *path: str) -> list[Any]:
    """The list at a path, or an empty one."""
    found = part(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []


def tenant(activity: Activity) -> str:
    return text(activity, "channelData", "tenant", "id") or text(activity, "conversation", "tenantId")


def person(activity: Activity) -> str:
    """Who acted: the id in the directory, or else the one that this bot knows them by."""
    return text(activity, "from", "aadObjectId") or text(activity, "from", "id")


def personal(activity: Activity) -> bool:
    kind = text(activity, "conversation", "conversationType")
    return kind == "personal" if kind else not part(activity, "conversation").get("isGroup")


def mentions_bot(activity: Activity) -> bool:
    return bool(_mentions(activity))


def typed(activity: Activity) -> str:
    """What someone typed, without the mention of the bot and the place of a shared card; other people's names stay."""
    found = _SHARED.sub(" ", text(activity, "text"))
    for mention in _mentions(activity):
        found = found.replace(mention, " ")
    found = re.sub(r"</?at\b[^>]*>", "", found)
    return "\n".join(" ".join(line.split()) for line in html.unescape(found).splitlines()).strip()


def _mentions(activity: Activity) -> list[str]:
    """How the text mentions the bot."""
    bot = text(activity, "recipient", "id")
    found = [entity for entity in items(activity, "entities") if text(entity, "type") == "mention"]
    return [written for entity in found if text(entity, "mentioned", "id") == bot and (written := text(entity, "text"))]

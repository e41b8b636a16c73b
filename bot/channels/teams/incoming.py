"""From the activities of Teams to our events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.channels.teams.activity import CARD_ACTION, Activity, items, mentions_bot, part, person, personal, tenant, text, typed
from bot.events import Incoming
from dialogs.events import Event, Joined, Left, Pressed, Said, Sent, Someone

NAME = "teams"
LONGEST = 4096
LONGEST_ACTION = 200
LONGEST_NAME = 40


def incoming(activity: Activity) -> Incoming | None:
    """The event of an activity, or None for one that asks for no answer in a conversation."""
    identifier, event = text(activity, "id"), _event(activity)
    if event is None or not identifier or not text(activity, "conversation", "id"):
        return None
    by = None if personal(activity) else Someone(person(activity), text(activity, "from", "name")[:LONGEST_NAME])
    name = conversation(activity)
    if text(activity, "type") == "messageUpdate":
        identifier += f"/{text(activity, 'timestamp')}"
    return Incoming(NAME, f"{name}/{identifier}", name, event, datetime.now(UTC), _address(activity, event), by)


def conversation(activity: Activity) -> str:
    """A person's chat, a group chat, or one thread of a channel: each is a conversation of its own."""
    return f"{NAME}:{text(activity, 'conversation', 'id')}"


def reference(activity: Activity) -> dict[str, Any]:
    """All that is needed to show something in this conversation later."""
    return {
        "service": text(activity, "serviceUrl"),
        "conversation": text(activity, "conversation", "id"),
        "bot": text(activity, "recipient", "id"),
        "tenant": tenant(activity),
    }


def team(activity: Activity) -> str:
    return text(activity, "channelData", "team", "id")


def pressed(activity: Activity) -> dict[str, Any]:
    """What the pressed button carried, whichever way it came."""
    if text(activity, "name") == CARD_ACTION:
        return part(activity, "value", "action", "data")
    return part(activity, "value")


def signature(activity: Activity, event: Event) -> tuple[str, ...] | None:
    """What is the same when Teams brings an activity again under a new id; None when nothing tells that."""
    where, who = text(activity, "conversation", "id"), person(activity)
    if text(activity, "type") in ("installationUpdate", "conversationUpdate"):
        return ("left" if isinstance(event, Left) else "joined", where)
    match event:
        case Pressed(action):
            card = text(pressed(activity), "card")
            return ("pressed", where, who, card, action) if card else None
        case Said(said):
            at = text(activity, "timestamp")
            return ("said", where, who, at, said) if at else None
    return None


def _address(activity: Activity, event: Event) -> dict[str, Any]:
    address = reference(activity)
    if isinstance(event, Pressed) and (shown := text(activity, "replyToId")):
        address["replaces"] = shown
    return address


def _event(activity: Activity) -> Event | None:
    match text(activity, "type"):
        case "message":
            return _pressed(activity) if pressed(activity) else _said(activity)
        case "invoke" if text(activity, "name") == CARD_ACTION:
            return _pressed(activity)
        case "messageUpdate" if text(activity, "channelData", "eventType") == "editMessage":
            return Sent("edited") if personal(activity) else None
        case "installationUpdate":
            return _installed(activity, text(activity, "action"))
        case "conversationUpdate":
            return _membership(activity)
    return None


def _pressed(activity: Activity) -> Event | None:
    action = text(pressed(activity), "action")
    return Pressed(action) if 0 < len(action) <= LONGEST_ACTION else None


def _said(activity: Activity) -> Event | None:
    if not personal(activity) and not mentions_bot(activity):
        return None
    said = typed(activity)[:LONGEST]
    return Said(said) if said or not _files(activity) else Sent("other")


def _files(activity: Activity) -> bool:
    """Whether something else came along than the text once more, as HTML."""
    return any(text(file, "contentType") != "text/html" for file in items(activity, "attachments"))


def _installed(activity: Activity, action: str) -> Event | None:
    return _here(activity) if action == "add" else Left() if action == "remove" else None


def _membership(activity: Activity) -> Event | None:
    bot = text(activity, "recipient", "id")
    if bot and any(text(member, "id") == bot for member in items(activity, "membersAdded")):
        return _here(activity)
    if bot and any(text(member, "id") == bot for member in items(activity, "membersRemoved")):
        return Left()
    return None


def _here(activity: Activity) -> Event:
    """A person is welcomed at once; a group hears how to begin."""
    return Said("/start") if personal(activity) else Joined()

"""Events as they come in from any channel, and how they and their replies are kept until they are done."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from dialogs.events import Event, Joined, Left, Moved, Pressed, Reminded, Said, Sent, Someone
from dialogs.messages import Attachment, Bar, Button, Drawn, Group, Markdown, Message, PassOn

_KINDS: dict[str, type[Event]] = {
    "said": Said,
    "pressed": Pressed,
    "sent": Sent,
    "joined": Joined,
    "left": Left,
    "moved": Moved,
    "reminded": Reminded,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True)
class Incoming:
    """An event of a channel. `id` is unique in the channel; `address` is what the channel needs to answer it,
    `by` who acted when it is a group."""

    channel: str
    id: str
    conversation: str
    event: Event
    at: datetime
    address: dict[str, Any] = field(default_factory=dict)
    by: Someone | None = None


@dataclass(frozen=True)
class Outgoing:
    """Messages that were decided on, and where they go."""

    address: dict[str, Any]
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Address:
    """Where to show something later in a conversation: a person's own chat, or a thread of a team."""

    conversation: str
    address: dict[str, Any]
    seen: datetime
    person: str = ""
    team: str = ""


@dataclass(frozen=True)
class Waiting:
    """An event in the inbox: to be applied (`incoming`), or applied and still to be shown (`outgoing`)."""

    number: int
    conversation: str
    at: datetime
    incoming: Incoming | None = None
    outgoing: Outgoing | None = None


class Channel(Protocol):
    """What a channel must offer: showing messages at an address. Its events it brings to the desk itself.

    `links` says whether it can make a link that opens the conversation at a chapter or a shared advice, `named` whether in
    a group it hears only what names the advisor.
    """

    name: str
    links: bool
    named: bool

    async def address(self, conversation: str) -> dict[str, Any]:
        """Where to show what no event asked for."""

    async def show(self, outgoing: Outgoing) -> None:
        """Show messages. Raises only when it may work later; what can never be shown is given up quietly."""


def dump_incoming(incoming: Incoming) -> str:
    kind = _NAMES[type(incoming.event)]
    return json.dumps(
        [
            incoming.channel,
            incoming.id,
            incoming.conversation,
            kind,
            incoming.event,
            incoming.at.isoformat(),
            incoming.address,
            incoming.by,
        ],
        ensure_ascii=False,
        default=vars,
    )


def load_incoming(text: str) -> Incoming:
    channel, identifier, conversation, kind, values, at, address, by = json.loads(text)
    return Incoming(
        channel, identifier, conversation, _KINDS[kind](**values), datetime.fromisoformat(at), address, by and Someone(**by)
    )


def dump_outgoing(outgoing: Outgoing) -> str:
    return json.dumps([outgoing.address, outgoing.messages], ensure_ascii=False, default=vars)


def load_outgoing(text: str) -> Outgoing:
    address, messages = json.loads(text)
    return Outgoing(address, tuple(_message(message) for message in messages))


def _message(values: dict[str, Any]) -> Message:
    buttons = tuple(tuple(_button(button) for button in row) for row in values["buttons"])
    attachment = values["attachment"] and Attachment(**values["attachment"])
    drawn = values.get("drawn") and _drawn(**values["drawn"])
    return Message(Markdown(values["text"]), buttons, values["in_place"], attachment, drawn)


def _drawn(above: str, groups: list[dict[str, Any]], below: str) -> Drawn:
    read = (Group(group["name"], tuple(Bar(**bar) for bar in group["bars"])) for group in groups)
    return Drawn(Markdown(above), tuple(read), Markdown(below))


def _button(values: dict[str, Any]) -> Button:
    return Button(**values | {"pass_on": values["pass_on"] and PassOn(**values["pass_on"])})

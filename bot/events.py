"""Events as they come in from any channel, and how they and their replies are kept until they are done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from dialogs.events import Event, Pressed, Said, Sent
from dialogs.messages import Button, Markdown, Message

_KINDS: dict[str, type[Event]] = {"said": Said, "pressed": Pressed, "sent": Sent}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True)
class Incoming:
    """An event of a channel. `id` is unique in the channel; `address` is what the channel needs to answer it."""

    channel: str
    id: str
    conversation: str
    event: Event
    at: datetime
    address: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outgoing:
    """Messages that were decided on, and where they go."""

    address: dict[str, Any]
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Waiting:
    """An event in the inbox: to be applied (`incoming`), or applied and still to be shown (`outgoing`)."""

    number: int
    conversation: str
    at: datetime
    incoming: Incoming | None = None
    outgoing: Outgoing | None = None


class Channel(Protocol):
    """What a channel must offer: showing messages at an address. Its events it brings to the desk itself."""

    name: str

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
            asdict(incoming.event),
            incoming.at.isoformat(),
            incoming.address,
        ],
        ensure_ascii=False,
    )


def load_incoming(text: str) -> Incoming:
    channel, identifier, conversation, kind, values, at, address = json.loads(text)
    return Incoming(channel, identifier, conversation, _KINDS[kind](**values), datetime.fromisoformat(at), address)


def dump_outgoing(outgoing: Outgoing) -> str:
    return json.dumps([outgoing.address, [asdict(message) for message in outgoing.messages]], ensure_ascii=False)


def load_outgoing(text: str) -> Outgoing:
    address, messages = json.loads(text)
    return Outgoing(address, tuple(_message(message) for message in messages))


def _message(values: dict[str, Any]) -> Message:
    buttons = tuple(tuple(Button(**button) for button in row) for row in values["buttons"])
    return Message(Markdown(values["text"]), buttons, values["in_place"])

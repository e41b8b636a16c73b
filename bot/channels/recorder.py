"""A channel that keeps what it was given: for tests, equal to the others."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from bot.events import Outgoing
from dialogs.messages import Message


class Recorder:
    """`shown` holds per chat what a person would see: messages in order, those in place replaced."""

    name = "recorder"
    links = True
    named = False

    def __init__(self) -> None:
        self.shown: defaultdict[str, list[Message]] = defaultdict(list)

    async def address(self, conversation: str) -> dict[str, Any]:
        return {"chat": conversation.partition(":")[2]}

    async def show(self, outgoing: Outgoing) -> None:
        seen = self.shown[outgoing.address["chat"]]
        pressed = outgoing.address.get("message")
        for message in outgoing.messages:
            if message.in_place and pressed is not None:
                seen[pressed] = message
            else:
                seen.append(message)

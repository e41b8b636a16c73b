"""What a pressed button is answered with: the new card when there is one in time, and never nothing."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from bot.channels.teams.cards import CONTENT_TYPE, Card
from dialogs.texts import label

Answer = dict[str, Any]
PATIENCE = 4.0
REMEMBERED = 60.0


def with_card(shown: Card) -> Answer:
    """Takes the place of the card that was pressed."""
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": shown}


def with_text(key: str) -> Answer:
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": label(key)}


def refusal() -> Answer:
    """For a press of a button that is none of ours."""
    error = {"code": "BadRequest", "message": label("teams.no_button")}
    return {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": error}


class Repeats:
    """Knows for a minute what came in, so that the same under another id is known again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: OrderedDict[Hashable, tuple[str, float]] = OrderedDict()

    def first(self, signature: Hashable, identifier: str) -> str:
        """The id under which this came first: this one when it is new."""
        while self._first and next(iter(self._first.values()))[1] <= self._clock():
            self._first.popitem(last=False)
        return self._first.setdefault(signature, (identifier, self._clock() + REMEMBERED))[0]

    def forget(self, signature: Hashable) -> None:
        self._first.pop(signature, None)


class Answers:
    """Answers by the id of the event: waited for by the request, given when the messages are shown, and for a minute the
    same for a request that comes again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: OrderedDict[str, tuple[asyncio.Future[Answer], float]] = OrderedDict()

    def expect(self, identifier: str) -> asyncio.Future[Answer]:
        """Begin to wait for an answer, or go on to."""
        while self._given and next(iter(self._given.values()))[1] <= self._clock():
            self._given.popitem(last=False)
        if identifier not in self._given:
            future = asyncio.get_running_loop().create_future()
            self._given[identifier] = (future, self._clock() + REMEMBERED)
        return self._given[identifier][0]

    def give(self, identifier: str, answer: Answer) -> None:
        """Answer who waits; what was answered already stays."""
        waiting = self._given.get(identifier)
        if waiting and not waiting[0].done():
            waiting[0].set_result(answer)

    async def wait(self, expected: asyncio.Future[Answer]) -> Answer:
        """The answer, or after a few seconds that it will come."""
        try:
            return await asyncio.wait_for(asyncio.shield(expected), PATIENCE)
        except TimeoutError:
            return with_text("teams.later")

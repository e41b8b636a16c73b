"""Where events of all channels come in and are answered: per conversation in order, across conversations at once."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace

from bot.events import Channel, Incoming, Outgoing, Waiting
from bot.storage.sqlite import SqliteStorage
from dialogs.conversation import respond
from knowledge.model import Almanac

log = logging.getLogger(__name__)


class Desk:
    """Events are kept before `receive` returns, so a kill loses none; `resume` takes up what was left.

    An event that comes in twice is answered once. A message that was on its way at a kill may be shown twice.
    """

    def __init__(
        self, almanac: Almanac, storage: SqliteStorage, channels: Iterable[Channel], keep_unanswered: bool = True
    ) -> None:
        self._almanac = almanac
        self._storage = storage
        self._keep_unanswered = keep_unanswered
        self._channels = {channel.name: channel for channel in channels}
        self._queues: defaultdict[str, deque[Waiting]] = defaultdict(deque)
        self._workers: dict[str, asyncio.Task[None]] = {}

    async def resume(self) -> int:
        """Take up what was left by an earlier process; gives how many events that were."""
        left = [event for name in self._channels for event in await self._storage.waiting(name)]
        self._schedule(left)
        return len(left)

    async def receive(self, events: Iterable[Incoming]) -> None:
        """Keep events and have them answered. When this returns they are safe."""
        self._schedule(await self._storage.receive(events))

    async def idle(self) -> None:
        """Wait until every event that came in was answered."""
        while self._workers:
            await asyncio.wait(list(self._workers.values()))

    def _schedule(self, events: Iterable[Waiting]) -> None:
        for event in events:
            name = event.conversation
            self._queues[name].append(event)
            if name not in self._workers:
                self._workers[name] = asyncio.create_task(self._work(name))

    async def _work(self, conversation: str) -> None:
        queue = self._queues[conversation]
        try:
            while queue:
                await self._answer(queue.popleft())
        finally:
            del self._queues[conversation], self._workers[conversation]

    async def _answer(self, event: Waiting) -> None:
        """One event from the inbox to the person. What fails here stays in the inbox for the next start."""
        try:
            outgoing = event.outgoing or await self._apply(event)
            await self._channels[_channel(event)].show(outgoing)
            await self._storage.shown(event)
        except Exception:
            log.exception("event %d stays in the inbox", event.number)

    async def _apply(self, event: Waiting) -> Outgoing:
        assert event.incoming is not None
        facts = await self._storage.facts(event.conversation)
        reply = respond(self._almanac, facts, event.incoming.event, event.at)
        if not self._keep_unanswered:
            reply = replace(reply, gap="")
        outgoing = Outgoing(event.incoming.address, reply.messages)
        await self._storage.apply(event, reply, outgoing)
        return outgoing


def _channel(event: Waiting) -> str:
    return event.conversation.partition(":")[0]

"""Where events of all channels come in and are answered: per conversation in order, across conversations at once."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.events import Channel, Incoming, Outgoing, Waiting
from bot.politeness import Pace
from bot.storage.sqlite import SqliteStorage
from dialogs.browsing import Page, browse
from dialogs.conversation import respond, where
from dialogs.events import Context, Event, Fact, Moved, Reminded, Said
from dialogs.messages import Message
from dialogs.sharing import asked_for
from dialogs.texts import say
from knowledge.model import Almanac

log = logging.getLogger(__name__)


class Desk:
    """Events are kept before `receive` returns, so a kill loses none; `resume` takes up what was left.

    An event that comes in twice is answered once. A message that was on its way at a kill may be shown twice.
    """

    def __init__(
        self,
        almanac: Almanac,
        storage: SqliteStorage,
        channels: Iterable[Channel],
        *,
        keep_unanswered: bool = True,
        keep_days: int = 365,
        pace: Pace | None = None,
    ) -> None:
        self._almanac = almanac
        self._storage = storage
        self._keep_unanswered = keep_unanswered
        self._keep_days = keep_days
        self._pace = pace
        self._channels = {channel.name: channel for channel in channels}
        self._queues: defaultdict[str, deque[Waiting]] = defaultdict(deque)
        self._workers: dict[str, asyncio.Task[None]] = {}

    async def resume(self) -> int:
        """Take up what was left by an earlier process; gives how many events that were."""
        left = [event for name in self._channels for event in await self._storage.waiting(name)]
        self._schedule(left)
        return len(left)

    async def receive(self, events: Iterable[Incoming]) -> None:
        """Keep events and have them answered. When this returns they are safe. Who sends too much is asked to wait."""
        judged = [(event, self._pace.judge(event) if self._pace else "fine") for event in events]
        self._schedule(await self._storage.receive(event for event, verdict in judged if verdict == "fine"))
        for event, verdict in judged:
            if verdict == "warn":
                name = f"warning:{event.conversation}:{event.id}"
                self._workers[name] = asyncio.create_task(self._ask_to_wait(name, event))

    async def browse(self, conversation: str, query: str, start: int, at: datetime) -> Page:
        """Chapters to pick for what someone types in any conversation, by what is known of them here."""
        shared = await self._shared(Said(f"/start {query}"))
        facts = await self._storage.facts(conversation)
        return browse(self._almanac, facts, query, start, Context(at, shared=shared))

    async def remind(self, now: datetime) -> None:
        """Remind everybody whose day it is. Once: the inbox knows which reminders it had."""
        for conversation, day in await self._storage.reminders(now.date()):
            name = conversation.partition(":")[0]
            if channel := self._channels.get(name):
                address = await channel.address(conversation)
                await self.receive([Incoming(name, f"reminder:{conversation}:{day}", conversation, Reminded(), now, address)])

    async def clean(self, now: datetime) -> None:
        """Forget who said nothing for so many days."""
        forgotten = await self._storage.clean(now, timedelta(days=self._keep_days))
        log.info("cleaned up; %d conversations were forgotten", forgotten)

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
        except Exception as error:
            log.error("event %d stays in the inbox: %s", event.number, where(error))

    async def _apply(self, event: Waiting) -> Outgoing:
        assert event.incoming is not None
        if isinstance(event.incoming.event, Moved):
            await self._quiet(event.incoming.event.before)
        facts = await self._storage.facts(event.conversation)
        reply = respond(self._almanac, facts, event.incoming.event, await self._context(event.incoming))
        if not self._keep_unanswered:
            reply = replace(reply, gap="")
        outgoing = Outgoing(event.incoming.address, reply.messages)
        await self._storage.apply(event, reply, outgoing)
        return outgoing

    async def _quiet(self, conversation: str) -> None:
        """Wait until a conversation has no event left to answer."""
        if worker := self._workers.get(conversation):
            await asyncio.wait([worker])

    async def _context(self, incoming: Incoming) -> Context:
        channel = self._channels[incoming.channel]
        return Context(
            at=incoming.at,
            fresh=secrets.token_urlsafe(16),
            by=incoming.by,
            links=channel.links,
            named=channel.named,
            shared=await self._shared(incoming.event),
            keep_days=self._keep_days,
        )

    async def _shared(self, event: Event) -> Fact | None:
        """The shared advice that an event asks for."""
        asked = asked_for(event)
        return await self._storage.shared(asked) if asked else None

    async def _ask_to_wait(self, name: str, event: Incoming) -> None:
        try:
            await self._channels[event.channel].show(Outgoing(event.address, (Message(say("plain.slow_down")),)))
        except Exception as error:
            log.error("a warning could not be shown: %s", where(error))
        finally:
            self._workers.pop(name, None)


def _channel(event: Waiting) -> str:
    return event.conversation.partition(":")[0]

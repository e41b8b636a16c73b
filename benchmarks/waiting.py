"""How long people wait for a reply when many come at once, and what many conversations take of memory.

    .venv/bin/python -m benchmarks.waiting

A hundred people press at the same moment, again and again; the time runs from the moment their updates are handed over
until the call that shows the reply. The network is a stub that answers at once.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from telegram import Update

from benchmarks.table import print_table
from benchmarks.telegram import FACETS, Stub, press
from bot.attachments import drawer
from bot.channels.telegram import Telegram
from bot.desk import Desk
from bot.storage.sqlite import SqliteStorage
from knowledge.opening import open_almanac

PEOPLE = 100
ROUNDS = len(FACETS)
CONVERSATIONS = 10_000


class Clock(Stub):
    """A network that remembers when each chat was shown something."""

    def __init__(self) -> None:
        self.shown: dict[int, float] = {}

    async def do_request(self, url: str, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        data = options.get("request_data") or (arguments[1] if len(arguments) > 1 else None)
        if data and "chat_id" in data.parameters:
            self.shown[data.parameters["chat_id"]] = time.perf_counter()
        return await super().do_request(url, *arguments, **options)


async def _measure(folder: Path) -> tuple[list[float], float, float]:
    """The waits in milliseconds, and megabytes of memory before and after many conversations."""
    almanac, clock = open_almanac(), Clock()
    storage = await SqliteStorage.open(folder / "waiting.sqlite3")
    async with Telegram("1:a", "http://127.0.0.1/bot", drawer(almanac), clock, clock) as telegram:
        desk = Desk(almanac, storage, [telegram])
        waits = [wait for number in range(ROUNDS + 2) for wait in await _round(telegram, desk, clock, number, PEOPLE)]
        before = _memory()
        for number in range(4):
            for start in range(PEOPLE, CONVERSATIONS, PEOPLE):
                await _round(telegram, desk, clock, number, PEOPLE, start)
        after = _memory()
    await storage.close()
    return waits, before, after


async def _round(telegram: Telegram, desk: Desk, clock: Clock, number: int, people: int, first: int = 0) -> list[float]:
    """Everybody presses the button of this round at once; gives how long each waited."""
    actions = ["role:hr", "subject:organisation", *(f"answer:1:{facet}:2" for facet in FACETS)]
    chats = range(first + 1, first + people + 1)
    raw = [press((number + 1) * 10**7 + chat, chat, actions[number]) for chat in chats]
    start = time.perf_counter()
    await telegram.take([Update.de_json(update, None) for update in raw], desk)
    await desk.idle()
    return [(clock.shown[chat] - start) * 1000 for chat in chats]


def _memory() -> float:
    """Megabytes that the process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        waits, before, after = asyncio.run(_measure(Path(folder)))
    rows = [("median", f"{median(waits):.0f}"), ("p99", f"{quantiles(waits, n=100)[98]:.0f}"), ("longest", f"{max(waits):.0f}")]
    print_table(f"Milliseconds from update to reply, {PEOPLE} people at once", ("", "ms"), rows)
    rows = [(f"after {PEOPLE} conversations", f"{before:.0f}"), (f"after {CONVERSATIONS:,} conversations", f"{after:.0f}")]
    print_table("Memory of the process", ("", "MB"), rows)


if __name__ == "__main__":
    main()

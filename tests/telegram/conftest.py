"""The fake server, and a bot in this process that polls it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.attachments import drawer
from bot.channels.telegram import Telegram, channel
from bot.desk import Desk
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac
from tests.telegram.fake import FakeTelegram


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between tries shortened, so that the tests need none."""
    monkeypatch.setattr(channel, "FIRST_WAIT", 0.01)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def desk(server: FakeTelegram, almanac: Almanac, storage: SqliteStorage, hurried: None) -> AsyncIterator[Desk]:
    async with Telegram(server.token, server.base_url, drawer(almanac)) as telegram:
        desk = Desk(almanac, storage, [telegram])
        polling = asyncio.create_task(telegram.poll(desk))
        yield desk
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await desk.idle()
        assert await storage.waiting("telegram") == []

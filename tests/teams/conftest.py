"""A bot in this process, on a real database, whose messages go to the fake Teams."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.attachments import drawer
from bot.channels.teams import connector
from bot.channels.teams.access import Access, Local, of_this_machine
from bot.channels.teams.channel import Teams
from bot.channels.teams.connector import Connector
from bot.channels.teams.files import Files
from bot.channels.teams.route import route
from bot.desk import Desk
from bot.pages.addresses import Pages
from bot.server import app
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac
from tests.teams.fake import FakeTeams


class Bot:
    """Use `open` and `close`; a second `open` is a restart."""

    def __init__(
        self, almanac: Almanac, fake: FakeTeams, path: Path, access: Access | None = None, pages: Pages | None = None
    ) -> None:
        self._almanac, self.fake, self._path = almanac, fake, path
        self._access = access or Local()
        self._pages = pages

    async def open(self) -> None:
        self.storage = await SqliteStorage.open(self._path)
        connector = Connector(None, of_this_machine)
        files = Files("https://stap.example")
        self.teams = await Teams(connector, self.storage, drawer(self._almanac), files, self._pages).__aenter__()
        self.desk = Desk(self._almanac, self.storage, [self.teams])
        await self.desk.resume()
        self.app = app([route(self.teams, self.desk, self._access), self.teams.files.route()], {"teams": self.teams.ready})
        self.fake.connect(self.app)

    async def close(self) -> None:
        await self.desk.idle()
        await self.teams.__aexit__(None, None, None)
        await self.storage.close()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits shortened, so that the tests need none."""
    monkeypatch.setattr(connector, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(connector, "LONGEST_WAIT", 0.001)


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[FakeTeams]:
    async with FakeTeams() as fake:
        yield fake


@pytest_asyncio.fixture
async def bot(almanac: Almanac, fake: FakeTeams, tmp_path: Path) -> AsyncIterator[Bot]:
    bot = Bot(almanac, fake, tmp_path / "test.sqlite3")
    await bot.open()
    yield bot
    await bot.close()

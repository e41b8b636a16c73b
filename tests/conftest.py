"""What all tests share: the almanac of the real content, opened once, and a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac
from knowledge.opening import open_almanac


@pytest.fixture(scope="session")
def almanac() -> Almanac:
    return open_almanac()


@pytest_asyncio.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqliteStorage]:
    storage = await SqliteStorage.open(tmp_path / "test.sqlite3")
    yield storage
    await storage.close()

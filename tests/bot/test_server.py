"""The routes, in this process: who is heard, how much is read, what is refused, and when 200 is said."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot import server as serving
from bot.attachments import drawer
from bot.channels.telegram import Telegram, channel
from bot.channels.telegram.webhook import HEADER, PATH, route, secret_of
from bot.desk import Desk
from bot.events import Waiting
from bot.problems import ServerError
from bot.server import LONGEST_BODY, app, listen
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac
from tests.telegram.fake import FakeTelegram

CHAT = 7


class Failing(SqliteStorage):
    """A storage that can be made to refuse events."""

    refuses = False

    async def receive(self, events: Any) -> list[Waiting]:
        if self.refuses:
            raise OSError("the disk is full")
        return await super().receive(events)


class Setup:
    """The routes over a real database and a real channel, whose server is the fake one."""

    def __init__(self, server: FakeTelegram, storage: Failing, telegram: Telegram, desk: Desk) -> None:
        self.server, self.storage, self.telegram, self.desk = server, storage, telegram, desk
        self.right = {HEADER: secret_of(server.token)}
        routes = [route(telegram, desk, self.right[HEADER])]
        served = app(routes, {"database": storage.ready, "telegram": telegram.ready})
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://test")

    async def post(self, content: Any, headers: dict[str, str] | None = None) -> int:
        asked = {"json": content} if isinstance(content, dict) else {"content": content}
        return (await self.client.post(PATH, **asked, headers=self.right if headers is None else headers)).status_code

    async def ready(self) -> tuple[int, str]:
        answer = await self.client.get("/ready")
        return answer.status_code, answer.text


@pytest_asyncio.fixture
async def setup(almanac: Almanac, tmp_path: Path) -> AsyncIterator[Setup]:
    storage = await Failing.open(tmp_path / "test.sqlite3")
    assert isinstance(storage, Failing)
    async with FakeTelegram() as server, Telegram(server.token, server.base_url, drawer(almanac)) as telegram:
        setup = Setup(server, storage, telegram, Desk(almanac, storage, [telegram]))
        async with setup.client:
            yield setup
        await setup.desk.idle()
        assert server.problems == []
    await storage.close()


def _text(number: int, text: str = "/start") -> dict[str, Any]:
    person = {"id": CHAT, "first_name": "Test"}
    message = {"message_id": number, "date": 0, "chat": person | {"type": "private"}, "from": person | {"is_bot": False}}
    return {"update_id": number, "message": message | {"text": text}}


async def test_only_who_knows_the_secret_is_heard(setup: Setup) -> None:
    for headers in ({}, {HEADER: ""}, {HEADER: "verkeerd"}, {HEADER: setup.right[HEADER][:-1]}, {HEADER: "é"}):
        encoded = {name: value.encode("latin-1") for name, value in headers.items()}
        assert await setup.post(_text(1), encoded) == 403  # type: ignore[arg-type]
    assert setup.server.chats[CHAT] == []
    assert await setup.post(_text(1)) == 200
    await setup.server.wait_until(lambda: setup.server.chats[CHAT])


def test_the_secret_is_what_telegram_allows_and_tells_tokens_apart() -> None:
    first, second = secret_of("1:a"), secret_of("1:b")
    assert len({first, second, secret_of("1:a")}) == 2
    assert len(first) == 64
    assert first.isalnum()


@pytest.mark.parametrize("declared", [{}, {"Content-Length": "10"}])
async def test_an_endless_body_is_not_read_to_its_end(setup: Setup, declared: dict[str, str]) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 2**16
            yield b" " * 2**16

    assert await setup.post(endless(), setup.right | declared) == 413
    assert sent <= LONGEST_BODY + 2**17


async def test_a_body_that_says_it_is_too_long_is_not_read(setup: Setup) -> None:
    async def untouched() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    assert await setup.post(untouched(), setup.right | {"Content-Length": str(LONGEST_BODY + 1)}) == 413


async def test_the_longest_body_is_taken(setup: Setup) -> None:
    update = b'{"update_id": 1, "padding": "' + b" " * (LONGEST_BODY - 31) + b'"}'
    assert len(update) == LONGEST_BODY
    assert await setup.post(update) == 200


async def test_a_body_that_does_not_come_is_given_up(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "BODY_TIME", 0.01)

    async def stuck() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    assert await setup.post(stuck()) == 408


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geheime tekst",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"message": {"text": "geheime tekst"}}',
        b'{"update_id": 1, "message": "geheime tekst"}',
        b'{"update_id": 1, "message": {"text": "geheime tekst"}}',
    ],
)
async def test_what_is_no_update_is_refused_and_not_logged(
    setup: Setup, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        assert await setup.post(content) == 400
    assert "is no update" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize("kind", ["poll_answer_of_the_future", "channel_post", "my_chat_member", ""])
async def test_kinds_that_we_do_not_know_are_taken_calmly(setup: Setup, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    contents: dict[str, Any] = {"channel_post": _text(1)["message"], "poll_answer_of_the_future": {"a": [1]}}
    with caplog.at_level(logging.INFO, "bot"):
        assert await setup.post({"update_id": 1} | ({kind: contents[kind]} if kind in contents else {})) == 200
    assert caplog.text == ""
    assert await setup.storage.waiting("telegram") == []


async def test_nothing_is_confirmed_that_was_not_kept(setup: Setup) -> None:
    """A storage that fails gives 500; Telegram comes again, and comes again once more: one answer."""
    setup.storage.refuses = True
    assert await setup.post(_text(1)) == 500
    setup.storage.refuses = False
    assert await setup.post(_text(1)) == 200
    assert await setup.post(_text(1)) == 200
    await setup.desk.idle()
    assert len(setup.server.chats[CHAT]) == 1


async def test_what_was_confirmed_stands_in_the_database(setup: Setup, tmp_path: Path) -> None:
    for number in range(1, 6):
        assert await setup.post(_text(number)) == 200
        with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as connection:
            assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (number,)


async def test_a_pressed_button_is_acknowledged(setup: Setup) -> None:
    await setup.post(_text(1))
    await setup.server.wait_until(lambda: setup.server.chats[CHAT])
    setup.server.press(CHAT, "HR")
    await setup.post(setup.server._updates[-1] | {"update_id": 2})
    await setup.server.wait_until(lambda: not setup.server.unanswered())


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b"])
def test_a_host_that_is_not_ours_gives_one_sentence(host: str) -> None:
    with pytest.raises(ServerError, match=f"HOST {host}"):
        listen(host, 8080)


async def test_alive_and_ready_are_told_apart(setup: Setup) -> None:
    assert await setup.ready() == (503, "not ready: telegram")
    await setup.telegram.follow("https://stap.example/telegram", setup.right[HEADER])
    assert await setup.ready() == (200, "ok")
    await setup.storage.close()
    assert await setup.ready() == (503, "not ready: database")
    answer = await setup.client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")


async def test_polling_is_ready_while_telegram_gives_updates(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "FIRST_WAIT", 0.01)
    polling = asyncio.create_task(setup.telegram.poll(setup.desk))
    setup.server.say(CHAT, "/start")
    await setup.server.wait_until(lambda: setup.server.chats[CHAT])
    assert await setup.ready() == (200, "ok")
    setup.server.fail("getUpdates", 502, "Bad Gateway", times=3)
    setup.server.say(CHAT, "hulp")
    await setup.server.wait_until(lambda: not setup.telegram._ready)
    assert await setup.ready() == (503, "not ready: telegram")
    setup.server.say(CHAT, "hulp")
    await setup.server.wait_until(lambda: setup.telegram._ready)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)

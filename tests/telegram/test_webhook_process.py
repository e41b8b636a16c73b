"""The real program with a webhook: Telegram's part, bringing each update until it hears 200, is played here."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.telegram.fake import FakeTelegram
from tests.telegram.test_process import Program

LINES = 4
HEADER = "X-Telegram-Bot-Api-Secret-Token"
WELCOME = "Wat is uw rol?"


class Delivery:
    """Brings updates to where the last setWebhook asked for them; what is not taken comes again after the next one."""

    def __init__(self, server: FakeTelegram) -> None:
        self._server = server
        self.client = httpx.AsyncClient(trust_env=False)

    def webhooks(self) -> list[dict[str, Any]]:
        return [values for method, values, _ in self._server.calls if method == "setWebhook"]

    async def bring(self, update: dict[str, Any]) -> None:
        while True:
            known = self.webhooks()
            try:
                headers = {HEADER: known[-1]["secret_token"]}
                answer = await self.client.post(known[-1]["url"], json=update, headers=headers)
                assert answer.status_code == 200
                return
            except httpx.TransportError:
                await self._server.wait_until(lambda known=known: len(self.webhooks()) > len(known), 30)  # type: ignore[misc]

    async def get(self, path: str) -> tuple[int, str]:
        address = self.webhooks()[-1]["url"].removesuffix("/telegram") + path
        answer = await self.client.get(address)
        assert "server" not in answer.headers
        return answer.status_code, answer.text


def start(chat: int) -> dict[str, Any]:
    """A person says /start; the number of the update is far from those of the fake server."""
    person = {"id": chat, "first_name": "Test"}
    message = {
        "message_id": 1,
        "date": int(time.time()),
        "chat": person | {"type": "private"},
        "from": person | {"is_bot": False},
    }
    return {"update_id": 10**6 + chat, "message": message | {"text": "/start"}}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
        assert server.problems == []


@pytest_asyncio.fixture
async def delivery(server: FakeTelegram) -> AsyncIterator[Delivery]:
    delivery = Delivery(server)
    async with delivery.client:
        yield delivery


@pytest.fixture
def webhook(server: FakeTelegram, tmp_path: Path) -> Program:
    """The program with a webhook, at a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return Program(server, tmp_path, PUBLIC_URL=f"http://127.0.0.1:{port}/", PORT=str(port))


def _called(server: FakeTelegram, method: str, times: int = 1) -> Callable[[], bool]:
    return lambda: [call[0] for call in server.calls].count(method) >= times


def _welcomed(server: FakeTelegram, chat: int) -> int:
    return sum(WELCOME in shown.text for shown in server.chats[chat])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
async def test_a_stop_while_updates_come_loses_nothing(
    server: FakeTelegram, delivery: Delivery, webhook: Program, how: signal.Signals
) -> None:
    """New people keep coming over four lines until the program is back; each is welcomed, and after a stop just once."""
    people: list[int] = []

    async def come() -> None:
        while len(delivery.webhooks()) < 2:
            people.append(chat := len(people) + 1)
            await delivery.bring(start(chat))

    await webhook.start()
    await server.wait_until(_called(server, "setWebhook"), 30)
    coming = [asyncio.create_task(come()) for _ in range(LINES)]
    await server.wait_until(_called(server, "sendMessage", 10), 30)
    code, log = await webhook.end(how)
    assert code == (0 if how is not signal.SIGKILL else -signal.SIGKILL)
    assert server.token not in log
    assert "/start" not in log
    assert "Traceback" not in log
    assert not any(task.done() for task in coming)
    await webhook.start()
    await asyncio.gather(*coming)
    await server.wait_until(lambda: all(_welcomed(server, chat) for chat in people), 30)
    assert await delivery.get("/ready") == (200, "ok")
    await webhook.end(signal.SIGTERM)
    if how is not signal.SIGKILL:
        assert {chat: _welcomed(server, chat) for chat in people} == dict.fromkeys(people, 1)
    first, second = delivery.webhooks()
    assert first == second
    assert first["drop_pending_updates"] is False


async def test_switching_between_webhook_and_polling_loses_nothing(
    server: FakeTelegram, delivery: Delivery, webhook: Program, tmp_path: Path
) -> None:
    polling = Program(server, tmp_path)
    await webhook.start()
    await server.wait_until(_called(server, "setWebhook"), 30)
    await delivery.bring(start(1))
    await webhook.end(signal.SIGTERM)
    server.say(2, "/start")  # while nothing runs
    await polling.start()
    await server.wait_until(lambda: _welcomed(server, 2), 30)
    await polling.end(signal.SIGTERM)
    assert server.webhook == ""
    await webhook.start()
    await server.wait_until(_called(server, "setWebhook", 2), 30)
    for update in [start(1), start(3), *server._updates]:  # what was not confirmed comes again
        await delivery.bring(update)
    await server.wait_until(lambda: _welcomed(server, 3), 30)
    await webhook.end(signal.SIGTERM)
    assert [_welcomed(server, chat) for chat in (1, 2, 3)] == [1, 1, 1]
    dropped = [values["drop_pending_updates"] for method, values, _ in server.calls if method.endswith("Webhook")]
    assert dropped == [False] * 3


async def test_a_port_in_use_gives_one_sentence(server: FakeTelegram, tmp_path: Path) -> None:
    program = Program(server, tmp_path, PORT=str(server.port))
    await program.start()
    code, errors = await program.exited()
    assert code == 2
    assert errors.splitlines() == [
        f"Poort {server.port} op 127.0.0.1 is al in gebruik: stop het andere programma, of kies een andere poort met PORT."
    ]


async def test_an_address_that_telegram_refuses_gives_one_sentence(server: FakeTelegram, webhook: Program) -> None:
    server.fail("setWebhook", 400, "Bad Request: bad webhook: IP address 127.0.0.1 is reserved")
    await webhook.start()
    code, errors = await webhook.exited()
    assert code == 2
    assert "is reserved" in errors
    assert "PUBLIC_URL" in errors
    assert "Traceback" not in errors

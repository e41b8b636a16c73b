"""The conversation files through the Telegram channel, against a strict fake of the Bot API server."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.attachments import drawer
from bot.channels.telegram import Telegram, webhook
from bot.desk import Desk
from bot.server import Server, app, listen
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac
from tests.script import Seen, play, scripts
from tests.telegram.fake import FakeTelegram, Shown

CHAT = 7


class TelegramPerson:
    """Someone in a private chat; the bot runs in this process, on a real database, and fetches updates."""

    def __init__(self, almanac: Almanac, server: FakeTelegram, path: Path) -> None:
        self._almanac, self._server, self._path = almanac, server, path
        self._last = 0

    async def open(self) -> None:
        self._storage = await SqliteStorage.open(self._path)
        self._telegram = await Telegram(self._server.token, self._server.base_url, drawer(self._almanac)).__aenter__()
        self._desk = Desk(self._almanac, self._storage, [self._telegram])
        await self._desk.resume()
        before = self._taken()
        await self._begin()
        await self._server.wait_until(lambda: self._taken() > before)

    async def close(self) -> None:
        await self._end()
        await self._desk.idle()
        await self._telegram.__aexit__(None, None, None)
        await self._storage.close()

    async def _begin(self) -> None:
        self._working = asyncio.create_task(self._telegram.poll(self._desk))

    async def _end(self) -> None:
        self._working.cancel()
        await asyncio.gather(self._working, return_exceptions=True)

    def _taken(self) -> int:
        """Grows when updates were taken."""
        return sum(method == "getUpdates" for method, _, _ in self._server.calls)

    async def say(self, text: str) -> Seen:
        return await self._after(lambda: self._server.say(CHAT, text))

    async def press(self, label: str) -> Seen:
        for shown in reversed(self._server.chats[CHAT]):
            for text, data in (button for row in shown.buttons for button in row):
                if _label(text) == label or (text.endswith("…") and label.startswith(_label(text)[:-1])):
                    return await self._press(shown, str(data))
        raise AssertionError(f"no button {label}")

    async def press_action(self, action: str) -> Seen:
        return await self._press(self._server.chats[CHAT][-1], action)

    async def _press(self, message: Shown, data: str) -> Seen:
        """What a press brings; when it changes nothing, the message still shows what it showed."""
        seen = await self._after(lambda: self._server.press_data(CHAT, message.message_id, data))
        return seen if seen.text else Seen(message.text, [_label(text) for row in message.buttons for text, _ in row])

    async def send(self, kind: str) -> Seen:
        return await self._after(lambda: self._server.send(CHAT, kind))

    async def again(self) -> Seen:
        return await self._after(lambda: self._server.deliver_again(self._last))

    async def restart(self) -> Seen:
        await self.close()
        await self.open()
        return Seen()

    async def _after(self, act: object) -> Seen:
        """Do something and see what changed in the chat when the bot is done with it."""
        before = {shown.message_id: _look(shown) for shown in self._server.chats[CHAT]}
        taken = self._taken()
        self._last = act() or self._last  # type: ignore[operator]
        await self._server.wait_until(lambda: self._taken() > taken)
        await self._desk.idle()
        new = [shown for shown in self._server.chats[CHAT] if before.get(shown.message_id) != _look(shown)]
        return Seen(
            "\n".join(shown.text for shown in new), [_label(text) for shown in new for row in shown.buttons for text, _ in row]
        )


class WebhookPerson(TelegramPerson):
    """The same, with Telegram bringing the updates."""

    async def _begin(self) -> None:
        self._door = listen("127.0.0.1", 0)
        host, port = self._door.getsockname()
        secret = webhook.secret_of(self._server.token)
        self._http = Server(app([webhook.route(self._telegram, self._desk, secret)], {}))
        self._working = asyncio.create_task(self._http.serve([self._door]))
        await self._telegram.follow(f"http://{host}:{port}{webhook.PATH}", secret)

    async def _end(self) -> None:
        self._http.stop()
        await self._working
        self._door.close()

    def _taken(self) -> int:
        return sum(status == 200 for _, status in self._server.deliveries) + len(self._set())

    def _set(self) -> list[str]:
        return [method for method, _, _ in self._server.calls if method == "setWebhook"]


def _look(shown: Shown) -> tuple[str, object]:
    return shown.html, str(shown.buttons)


def _label(text: str) -> str:
    """A label without the number that explained buttons carry."""
    return re.sub(r"^\d+\. ", "", text)


@pytest.mark.parametrize("kind", [TelegramPerson, WebhookPerson], ids=["polling", "webhook"])
@pytest.mark.parametrize("path", scripts("telegram"), ids=lambda path: path.stem)
async def test_on_telegram(kind: type[TelegramPerson], path: Path, almanac: Almanac, tmp_path: Path) -> None:
    async with FakeTelegram() as server:
        person = kind(almanac, server, tmp_path / "test.sqlite3")
        await person.open()
        try:
            await play(path, person)
        finally:
            await person.close()
        assert server.problems == []
        assert server.unanswered() == set()

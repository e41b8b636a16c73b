"""The conversation files on the recorder and in the terminal; Telegram plays them in tests/telegram."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.recorder import Recorder
from bot.desk import Desk
from bot.events import Incoming
from bot.markup import plain_text
from bot.storage.sqlite import SqliteStorage
from dialogs.events import Event, Pressed, Said, Sent
from dialogs.messages import offered
from knowledge.model import Almanac
from tests.script import Seen, play, scripts

ROOT = Path(__file__).parents[2]


class RecorderPerson:
    """Someone on the recorder: real desk, real database, a clock that ticks a minute an event."""

    def __init__(self, almanac: Almanac, path: Path) -> None:
        self._almanac, self._path = almanac, path
        self._clock = datetime(2026, 3, 12, 9, 0).astimezone()
        self._count = 0
        self._last: Incoming | None = None

    async def open(self) -> None:
        self._recorder = Recorder()
        self._storage = await SqliteStorage.open(self._path)
        self._desk = Desk(self._almanac, self._storage, [self._recorder])
        await self._desk.resume()

    async def close(self) -> None:
        await self._desk.idle()
        await self._storage.close()

    async def say(self, text: str) -> Seen:
        return await self._bring(Said(text))

    async def press(self, label: str) -> Seen:
        for message in reversed(self._recorder.shown["me"]):
            for button in offered([message]):
                if button.label == label:
                    return await self._bring(Pressed(button.action))
        raise AssertionError(f"no button {label}")

    async def press_action(self, action: str) -> Seen:
        return await self._bring(Pressed(action))

    async def send(self, kind: str) -> Seen:
        return await self._bring(Sent(kind))

    async def again(self) -> Seen:
        assert self._last
        return await self._receive(self._last)

    async def restart(self) -> Seen:
        await self.close()
        await self.open()
        return Seen()

    async def _bring(self, event: Event) -> Seen:
        self._count += 1
        self._clock += timedelta(minutes=1)
        self._last = Incoming("recorder", str(self._count), "recorder:me", event, self._clock, {"chat": "me"})
        return await self._receive(self._last)

    async def _receive(self, incoming: Incoming) -> Seen:
        before = len(self._recorder.shown["me"])
        await self._desk.receive([incoming])
        await self._desk.idle()
        new = self._recorder.shown["me"][before:]
        texts = [plain_text(message.text) + "\n" + "\n".join(button.detail for button in offered([message])) for message in new]
        return Seen("\n".join(texts), [button.label for button in offered(new)])


class TerminalPerson:
    """Someone who types into the real program through a pipe."""

    def __init__(self, folder: Path) -> None:
        self._environment = {**os.environ, "DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        self._seen = Seen()

    async def open(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "chat",
            "--plain",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._environment,
        )
        self._seen = await self._read()

    async def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        assert await self._process.wait() == 0

    async def say(self, text: str) -> Seen:
        return self._seen if text == "/start" and "Welkom bij" in self._seen.text else await self._type(text)

    async def press(self, label: str) -> Seen:
        found = [number for number, shown in self._numbered() if shown == label]
        assert found, f"no button {label}"
        return await self._type(found[-1])

    async def press_action(self, action: str) -> Seen:
        return await self._type(f"!{action}")

    async def send(self, kind: str) -> Seen:
        raise NotImplementedError

    async def again(self) -> Seen:
        raise NotImplementedError

    async def restart(self) -> Seen:
        await self.close()
        await self.open()
        return Seen()

    def _numbered(self) -> list[tuple[str, str]]:
        return re.findall(r"^ ?(\d+)\. (.*)$", self._seen.text, re.MULTILINE)

    async def _type(self, text: str) -> Seen:
        assert self._process.stdin
        self._process.stdin.write(f"{text}\n".encode())
        await self._process.stdin.drain()
        self._seen = await self._read()
        return self._seen

    async def _read(self) -> Seen:
        """What is printed up to the prompt."""
        assert self._process.stdout
        text = (await asyncio.wait_for(self._process.stdout.readuntil(b"\n> "), 20)).decode().removesuffix("> ")
        self._seen = Seen(text)
        return Seen(text, [label for _, label in self._numbered()])


@pytest.mark.parametrize("path", scripts("recorder"), ids=lambda path: path.stem)
async def test_on_the_recorder(path: Path, almanac: Almanac, tmp_path: Path) -> None:
    person = RecorderPerson(almanac, tmp_path / "test.sqlite3")
    await person.open()
    try:
        await play(path, person)
    finally:
        await person.close()


@pytest.mark.parametrize("path", scripts("terminal"), ids=lambda path: path.stem)
async def test_in_the_terminal(path: Path, tmp_path: Path) -> None:
    person = TerminalPerson(tmp_path)
    await person.open()
    try:
        await play(path, person)
    finally:
        await person.close()


def test_there_are_enough_conversations_on_every_channel() -> None:
    assert all(len(scripts(channel)) >= 15 for channel in ("recorder", "terminal", "telegram"))

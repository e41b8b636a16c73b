"""The real program as an operator runs it, against the fake server: signals, kills, faults, a refused token."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from pathlib import Path

from knowledge.model import Almanac
from tests.telegram.fake import FakeTelegram

ROOT = Path(__file__).parents[2]
PEOPLE = range(1, 9)
CROWD = range(1, 73)


class Program:
    """`serve` as a process of its own."""

    def __init__(self, server: FakeTelegram, folder: Path, token: str = "", **more: str) -> None:
        self._server, self.folder = server, folder
        self._token = token or server.token
        self._more = more
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        settings = {
            "TELEGRAM_TOKEN": self._token,
            "TELEGRAM_BASE_URL": self._server.base_url,
            "DATA_DIR": str(self.folder),
            "PYTHONPATH": str(ROOT),
            **self._more,
        }
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env={**os.environ, **settings}, stdout=pipe, stderr=pipe
        )

    async def end(self, how: signal.Signals) -> tuple[int, str]:
        """Send a signal and wait; gives the exit code and what was logged."""
        assert self.process
        if self.process.returncode is None:
            self.process.send_signal(how)
        return await self.exited()

    async def exited(self) -> tuple[int, str]:
        """Wait for the end; gives the exit code and what was logged."""
        assert self.process
        _, errors = await asyncio.wait_for(self.process.communicate(), 30)
        return self.process.returncode or 0, errors.decode()

    def facts(self, chat: int) -> dict[str, str]:
        with sqlite3.connect(self.folder / "de-volgende-stap.sqlite3") as connection:
            rows = connection.execute("SELECT name, value FROM facts WHERE conversation = ?", (f"telegram:{chat}",)).fetchall()
        connection.close()
        return dict(rows)


def _asks(server: FakeTelegram, chat: int, text: str) -> bool:
    return any(text in shown.text for shown in server.chats[chat])


async def test_a_stop_loses_nothing(server: FakeTelegram, tmp_path: Path) -> None:
    program = Program(server, tmp_path)
    for chat in PEOPLE:
        server.say(chat, "/start")
    await program.start()
    await server.wait_until(lambda: all(_asks(server, chat, "Wat is uw rol?") for chat in PEOPLE), 30)
    for chat in PEOPLE:
        server.press(chat, "HR")
    code, log = await program.end(signal.SIGTERM)
    assert code == 0
    assert server.token not in log
    assert "Traceback" not in log
    await program.start()
    await server.wait_until(lambda: all(_asks(server, chat, "Waarover gaat de scan?") for chat in PEOPLE), 30)
    await program.end(signal.SIGTERM)
    assert server.problems == []


async def test_a_refused_token_gives_one_sentence(server: FakeTelegram, tmp_path: Path) -> None:
    program = Program(server, tmp_path, token="999:verkeerd")
    await program.start()
    code, errors = await program.exited()
    assert code == 2
    assert errors.strip() == "Telegram weigert het token in TELEGRAM_TOKEN. Vraag bij @BotFather het juiste token op."


async def test_the_menu_and_the_descriptions_are_dutch(server: FakeTelegram, tmp_path: Path) -> None:
    program = Program(server, tmp_path)
    await program.start()
    await server.wait_until(lambda: any(method == "getUpdates" for method, _, _ in server.calls), 30)
    await program.end(signal.SIGTERM)
    commands = next(p["commands"] for method, p, _ in server.calls if method == "setMyCommands")
    assert {"command": "stap", "description": "Wat is onze volgende stap"} in commands
    assert {"setMyDescription", "setMyShortDescription", "deleteWebhook"} <= {method for method, _, _ in server.calls}


async def test_kills_at_random_moments_lose_no_answer(server: FakeTelegram, tmp_path: Path, almanac: Almanac) -> None:
    """Seventy-two people answer all ten questions, a thousand updates, while the process is killed again and again.

    Nobody waits for the bot: each presses what the server shows, and presses it by its action, so every answer that was
    ever delivered must stand in the database in the end, once, and everybody must have been asked everything.
    """
    chance = random.Random(20260312)
    program = Program(server, tmp_path)
    await program.start()
    for chat in CROWD:
        server.say(chat, "/start")
        server.press_data(chat, 1, "role:policy")
        server.press_data(chat, 1, "subject:department")
    expected: dict[int, dict[str, str]] = {chat: {} for chat in CROWD}
    for question in almanac.questions:
        for chat in CROWD:
            level = str(chance.randint(1, 4))
            expected[chat][f"answer:{question}"] = level
            server.press_data(chat, 1, f"answer:1:{question}:{level}")
        polls = len(server.calls) + chance.randint(1, 100)
        await server.wait_until(lambda polls=polls: len(server.calls) >= polls, 30)  # type: ignore[misc]
        await program.end(signal.SIGKILL)
        await program.start()
    for chat in CROWD:
        server.say(chat, "toon mijn gegevens")
    await server.wait_until(lambda: all(_asks(server, chat, "Dit bewaar ik van u") for chat in CROWD), 60)
    await program.end(signal.SIGTERM)
    for chat in CROWD:
        answers = {name: value for name, value in program.facts(chat).items() if name.startswith("answer:")}
        assert answers == expected[chat]
    assert server.problems == []
    with sqlite3.connect(tmp_path / "de-volgende-stap.sqlite3") as connection:
        left, events = connection.execute("SELECT sum(content IS NOT NULL OR reply IS NOT NULL), count(*) FROM inbox").fetchone()
    connection.close()
    assert (left, events) == (0, len(CROWD) * (3 + len(almanac.questions) + 1))

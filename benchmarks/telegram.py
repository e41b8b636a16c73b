"""Updates a second through the whole bot, against python-telegram-bot's own conversation example.

    .venv/bin/python -m benchmarks.telegram

Both get the same kind of updates as JSON, a press or a text each, and answer with one call; the network is a stub.
The example is the library's conversationbot, shortened to one text reply a step, with PicklePersistence saved at every
update, which is what it takes to lose nothing at a restart. Ours is as it runs: inbox, facts and reply in SQLite.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from statistics import median
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest

from benchmarks.table import print_table
from bot.attachments import drawer
from bot.channels.telegram import Telegram
from bot.desk import Desk
from bot.storage.sqlite import SqliteStorage
from knowledge.opening import open_almanac

UPDATES = 3000
PICKLED = 100
BATCH = 100
RUNS = 3
KNOWN = (100, 1_000, 10_000)
FACETS = ("conversation", "processes", "content", "people", "experience", "purpose", "collaboration", "resources")


class Stub(BaseRequest):
    """A network that answers at once."""

    read_timeout = 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        if method == "getMe":
            return 200, json.dumps(
                {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "b", "username": "b_bot"}}
            ).encode()
        if method in ("sendMessage", "editMessageText"):
            message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
            return 200, json.dumps({"ok": True, "result": message}).encode()
        return 200, b'{"ok": true, "result": true}'


def _user(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "T"}


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    message = {
        "message_id": number,
        "date": 1_700_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "T"},
        "from": _user(chat),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}


def press(number: int, chat: int, data: str) -> dict[str, Any]:
    message = {"message_id": 5, "date": 1_700_000_000, "chat": {"id": chat, "type": "private", "first_name": "T"}, "text": "x"}
    return {
        "update_id": number,
        "callback_query": {"id": str(number), "from": _user(chat), "chat_instance": "1", "data": data, "message": message},
    }


# --- ours


async def _ours(folder: Path, known: int) -> float:
    """Seconds for the updates, with so many chats known: answers pressed, a question a chat in turn."""
    almanac = open_almanac()
    storage = await SqliteStorage.open(folder / f"ours-{known}.sqlite3")
    request = Stub()
    telegram = await Telegram("1:a", "http://127.0.0.1/bot", drawer(almanac), request, request).__aenter__()
    desk = Desk(almanac, storage, [telegram])
    number = 0
    for action in ("role:communication", "subject:organisation"):
        updates = [press(number + chat, chat, action) for chat in range(1, known + 1)]
        number += known
        await _bring(telegram, desk, updates)
    updates = [
        press(number + i, i % known + 1, f"answer:1:{FACETS[i // known % len(FACETS)]}:{i % 3 + 1}") for i in range(UPDATES)
    ]
    start = time.perf_counter()
    await _bring(telegram, desk, updates)
    seconds = time.perf_counter() - start
    await telegram.__aexit__(None, None, None)
    await storage.close()
    return seconds


async def _bring(telegram: Telegram, desk: Desk, updates: list[dict[str, Any]]) -> None:
    """As polling does: up to a hundred updates at a time, stored before the next are fetched."""
    for i in range(0, len(updates), BATCH):
        parsed = [Update.de_json(update, None) for update in updates[i : i + BATCH]]
        await telegram.take(parsed, desk)
    await desk.idle()


# --- the library's ceiling, and its example


def _builder() -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    return Application.builder().token("1:a").request(Stub()).get_updates_request(Stub()).updater(None)


async def _ceiling() -> float:
    """Parsing an update and sending one reply, nothing else."""
    application = _builder().build()
    await application.initialize()

    async def reply(update: Update, _: Any) -> None:
        assert update.message
        await update.message.reply_text("x")

    application.add_handler(MessageHandler(filters.TEXT, reply))
    start = time.perf_counter()
    for i in range(UPDATES):
        await application.process_update(Update.de_json(_message(i, i % 100 + 1, "hoi"), application.bot))
    return time.perf_counter() - start


async def _same_calls() -> float:
    """What the library alone takes for a press as ours: parse it, acknowledge it, change the text and nine buttons."""
    bot = Bot("1:a", request=Stub(), get_updates_request=Stub())
    await bot.initialize()
    start = time.perf_counter()
    for i in range(UPDATES):
        query = Update.de_json(press(i, i % 100 + 1, "answer"), bot).callback_query
        assert query
        await query.answer()
        buttons = [[InlineKeyboardButton(f"{row}", callback_data=f"answer:{row}")] for row in range(9)]
        await query.edit_message_text("x", parse_mode=ParseMode.HTML, reply_markup=InlineKeyboardMarkup(buttons))
    return time.perf_counter() - start


def _step(name: str, following: int) -> Callable[[Update, Any], Coroutine[Any, Any, int]]:
    async def handle(update: Update, context: Any) -> int:
        assert update.message
        context.user_data[name] = update.message.text
        await update.message.reply_text("x")
        return following

    return handle


async def _example(folder: Path, known: int) -> float:
    """conversationbot with every update saved; the known chats are seeded through the application itself."""
    persistence = PicklePersistence(folder / f"example-{known}.pickle", on_flush=True)
    application = _builder().persistence(persistence).build()
    text = filters.TEXT & ~filters.COMMAND
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", _step("start", 0))],
            states={
                0: [MessageHandler(text, _step("gender", 1))],
                1: [MessageHandler(text, _step("photo", 2))],
                2: [MessageHandler(text, _step("bio", 0))],
            },
            fallbacks=[],
            name="conversation",
            persistent=True,
        )
    )
    await application.initialize()
    number = 0
    for chat in range(1, known + 1):
        await application.process_update(Update.de_json(_message(number := number + 1, chat, "/start"), application.bot))
    await application.update_persistence()
    start = time.perf_counter()
    for i in range(PICKLED):
        await application.process_update(Update.de_json(_message(number := number + 1, i % known + 1, "hoi"), application.bot))
        await application.update_persistence()
        await persistence.flush()
    seconds = time.perf_counter() - start
    assert len(application.user_data) == known
    return seconds * UPDATES / PICKLED


def _rate(work: Callable[[], Awaitable[float]]) -> tuple[float, float, float]:
    rates = sorted(UPDATES / asyncio.run(_awaited(work)) for _ in range(RUNS))
    return median(rates), rates[0], rates[-1]


async def _awaited(work: Callable[[], Awaitable[float]]) -> float:
    return await work()


def main() -> None:
    rows: list[tuple[str, float, float, float]] = [("library, parse and reply (ceiling)", *_rate(_ceiling))]
    rows.append(("library, the calls of one press as ours", *_rate(_same_calls)))
    for known in KNOWN:
        for name, work in (("ours, durable", _ours), ("example, pickle at each update", _example)):

            async def run(work: Callable[[Path, int], Awaitable[float]] = work, known: int = known) -> float:
                with tempfile.TemporaryDirectory() as folder:
                    return await work(Path(folder), known)

            rows.append((f"{name}, {known:,} known chats", *_rate(run)))
    ceiling = rows[0][1]
    table = [(name, f"{mid:,.0f}", f"{mid / ceiling:.3f}", f"{low:,.0f} - {high:,.0f}") for name, mid, low, high in rows]
    print_table(f"Updates a second, median of {RUNS}", ("what", "updates/s", "of ceiling", "lowest - highest"), table)
    ratios = [(f"{known:,} known chats", f"{rows[2 + 2 * i][1] / rows[3 + 2 * i][1]:.1f}") for i, known in enumerate(KNOWN)]
    print_table("Ours against the example", ("at", "times"), ratios)


if __name__ == "__main__":
    main()

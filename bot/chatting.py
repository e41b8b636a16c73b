"""The chat in the terminal, on the same desk and storage as every channel."""

from __future__ import annotations

from datetime import datetime

from bot.attachments import drawer
from bot.channels.terminal import Chat, Terminal
from bot.desk import Desk
from bot.settings import Settings
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac


async def chat_in_terminal(settings: Settings, almanac: Almanac, plain: bool) -> None:
    """Chat until the end of input."""
    storage = await SqliteStorage.open(settings.database())
    try:
        terminal = Terminal(plain, drawer(almanac), settings.data_dir)
        desk = Desk(almanac, storage, [terminal], keep_unanswered=settings.keep_unanswered, keep_days=settings.keep_days)
        await desk.resume()
        await desk.clean(now := datetime.now().astimezone())
        await desk.remind(now)
        await desk.idle()
        await Chat(desk, terminal, plain).run()
    finally:
        await storage.close()

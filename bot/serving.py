"""Running every channel that is configured until the process is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal

from bot.attachments import draw
from bot.channels.telegram import Telegram
from bot.desk import Desk
from bot.settings import Settings
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac

PATIENCE = 20.0
log = logging.getLogger(__name__)


async def serve(settings: Settings, almanac: Almanac) -> None:
    """Serve until SIGTERM or SIGINT; what is being answered then is finished first."""
    stopping = asyncio.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_number, stopping.set)
    storage = await SqliteStorage.open(settings.database())
    try:
        async with Telegram(settings.telegram_token.get_secret_value(), settings.telegram_base_url, draw) as telegram:
            desk = Desk(almanac, storage, [telegram], keep_unanswered=settings.keep_unanswered, keep_days=settings.keep_days)
            left = await desk.resume()
            log.info("started; %d events were left from before", left)
            await _until(stopping, asyncio.create_task(telegram.poll(desk)))
            await _finish(desk)
    finally:
        await storage.close()


async def _until(stopping: asyncio.Event, polling: asyncio.Task[None]) -> None:
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({polling, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    polling.cancel()
    await asyncio.gather(waiting, polling, return_exceptions=True)
    if polling.done() and not polling.cancelled() and (error := polling.exception()):
        raise error


async def _finish(desk: Desk) -> None:
    """Finish what is being answered; what takes too long stays in the inbox for the next start."""
    try:
        await asyncio.wait_for(desk.idle(), PATIENCE)
    except TimeoutError:
        log.warning("some events were not answered in time; they are kept for the next start")
    log.info("stopped")

"""What must happen now and then: reminders within the hour, and forgetting once a day."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime

from bot.desk import Desk
from dialogs.conversation import where

EVERY = 3600.0
log = logging.getLogger(__name__)


async def upkeep(desk: Desk) -> None:
    """Remind and clean until cancelled. What fails is tried again the next hour."""
    cleaned: date | None = None
    while True:
        now = datetime.now().astimezone()
        try:
            await desk.remind(now)
            if cleaned != now.date():
                await desk.clean(now)
                cleaned = now.date()
        except Exception as error:
            log.error("upkeep failed: %s", where(error))
        await asyncio.sleep(EVERY)

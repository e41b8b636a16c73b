"""Telegram, through python-telegram-bot as transport only: no handlers, no persistence of its own."""

import os

# Telegram's waiting times as time spans; the library warns at each use of the whole seconds it gives otherwise.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]

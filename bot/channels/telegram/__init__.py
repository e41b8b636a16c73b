"""Telegram, through python-telegram-bot as transport only: no handlers, no persistence of its own."""

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]

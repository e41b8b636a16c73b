"""A small, strict fake of the Telegram Bot API server; aiogram's generated models check every request."""

from tests.telegram.fake.server import FakeTelegram
from tests.telegram.fake.shown import InlineAnswer, Shown

__all__ = ["FakeTelegram", "InlineAnswer", "Shown"]

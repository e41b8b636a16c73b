"""From Telegram's updates to our events."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import CallbackQuery, Chat, Message, Update

from bot.events import Incoming
from dialogs.events import Event, Pressed, Said, Sent

ALLOWED = ["message", "edited_message", "callback_query"]
LONGEST = 4096


def incoming(update: Update) -> Incoming | None:
    """The event of an update, or None for one that asks for no answer."""
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    event = _event(message, edited=update.message is None)
    return _in(update.update_id, message.chat, event, message.date) if event else None


def _pressed(number: int, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    found = _in(number, query.message.chat, Pressed(query.data), datetime.now(UTC))
    found.address["message"] = query.message.message_id
    return found


def _event(message: Message, edited: bool) -> Event | None:
    if message.chat.type != Chat.PRIVATE:
        return Said(message.text) if message.text and message.text.startswith("/") else None
    if edited:
        return Sent("edited")
    return Said(message.text[:LONGEST]) if message.text else Sent("other")


def _in(number: int, chat: Chat, event: Event, at: datetime) -> Incoming:
    return Incoming("telegram", str(number), f"telegram:{chat.id}", event, at, {"chat": chat.id})

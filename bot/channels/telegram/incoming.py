"""From Telegram's updates to our events."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.events import Incoming
from dialogs.events import Event, Joined, Left, Moved, Pressed, Said, Sent, Someone

ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
LONGEST = 4096
LONGEST_NAME = 40
_HERE = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED}


def incoming(update: Update, bot: User) -> Incoming | None:
    """The event of an update for this bot, or None for one that asks for no answer in a conversation."""
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query)
    if update.my_chat_member:
        return _membership(update.update_id, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    event = _event(message, bot, edited=update.message is None)
    return _in(update.update_id, message.chat, event, message.date, message.from_user) if event else None


def conversation(chat: int) -> str:
    return f"telegram:{chat}"


def _pressed(number: int, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    found = _in(number, query.message.chat, Pressed(query.data), datetime.now(UTC), query.from_user)
    found.address["message"] = query.message.message_id
    return found


def _membership(number: int, change: ChatMemberUpdated) -> Incoming | None:
    """The bot was added to or removed from a group, or blocked by a person; being unblocked needs no answer."""
    was_here, is_here = change.old_chat_member.status in _HERE, change.new_chat_member.status in _HERE
    group = change.chat.type != Chat.PRIVATE
    event = Left() if not is_here else Joined() if group and not was_here else None
    return _in(number, change.chat, event, change.date, change.from_user) if event else None


def _event(message: Message, bot: User, edited: bool) -> Event | None:
    if message.chat.type != Chat.PRIVATE:
        return None if edited else _in_group(message, bot)
    if edited:
        return Sent("edited")
    return Said(message.text[:LONGEST]) if message.text else Sent("other")


def _in_group(message: Message, bot: User) -> Event | None:
    """In a group only what is meant for the bot: its commands and replies to it."""
    if message.migrate_from_chat_id:
        return Moved(conversation(message.migrate_from_chat_id))
    text = (message.text or "")[:LONGEST]
    if text.startswith("/"):
        _, at, name = text.split()[0].partition("@")
        return Said(text) if not at or name.lower() == (bot.username or "").lower() else None
    answers = message.reply_to_message
    if answers and answers.from_user and answers.from_user.id == bot.id:
        return Said(text) if text else Sent("other")
    return None


def _in(number: int, chat: Chat, event: Event, at: datetime, who: User) -> Incoming:
    by = Someone(str(who.id), who.first_name[:LONGEST_NAME]) if chat.type != Chat.PRIVATE else None
    return Incoming("telegram", str(number), conversation(chat.id), event, at, {"chat": chat.id}, by)

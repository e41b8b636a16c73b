"""Fetching updates and showing messages, with every refusal of Telegram handled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from telegram import Bot, BotCommand, InlineQuery, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.error import TelegramError as BotError
from telegram.request import BaseRequest, HTTPXRequest

from bot.attachments import Draw
from bot.channels.telegram import inline
from bot.channels.telegram.incoming import ALLOWED, conversation, incoming
from bot.channels.telegram.outgoing import LONGEST_CAPTION, keyboard, parts
from bot.desk import Desk
from bot.events import Outgoing
from bot.problems import TelegramError
from dialogs.conversation import where
from dialogs.messages import Attachment, Message, offered
from dialogs.texts import texts

T = TypeVar("T")
LONG_POLL = 30
TRIES = 6
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
AT_ONCE = 64

log = logging.getLogger(__name__)


class Telegram:
    """Open with `async with`; then `poll` until it is cancelled, or `follow` and `take` what Telegram brings."""

    name = "telegram"
    links = True
    named = False

    def __init__(
        self,
        token: str,
        base_url: str,
        draw: Draw,
        request: BaseRequest | None = None,
        get_updates_request: BaseRequest | None = None,
    ) -> None:
        self._draw = draw
        self._bot = Bot(
            token,
            base_url=base_url,
            request=request or HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=30),
            get_updates_request=get_updates_request or HTTPXRequest(read_timeout=LONG_POLL + 10),
        )
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._aside: set[asyncio.Task[None]] = set()
        self._ready = False

    async def __aenter__(self) -> Telegram:
        try:
            await self._with_retries(self._bot.initialize)
        except InvalidToken as error:
            raise TelegramError(
                "Telegram weigert het token in TELEGRAM_TOKEN. Vraag bij @BotFather het juiste token op."
            ) from error
        except BotError as error:
            raise TelegramError(
                "Telegram is niet te bereiken. Kijk of deze computer op internet mag, en of TELEGRAM_BASE_URL klopt."
            ) from error
        await self._introduce()
        return self

    async def __aexit__(self, *error: object) -> None:
        await asyncio.gather(*self._aside)
        await self._bot.shutdown()

    async def _introduce(self) -> None:
        """The commands menu and the descriptions; a bot that may not set them works as well without."""
        sentences = texts()
        commands = [BotCommand(name, sentences[f"commands.{name}"]) for name in sentences["commands.order"].split()]
        for call in (
            lambda: self._bot.set_my_commands(commands),
            lambda: self._bot.set_my_description(sentences["commands.description"]),
            lambda: self._bot.set_my_short_description(sentences["commands.short_description"]),
        ):
            await self._try(call)

    async def _try(self, call: Callable[[], Awaitable[object]]) -> None:
        try:
            await self._with_retries(call)
        except BotError as error:
            log.warning("telegram did not take a setting: %s", error.message)

    # --- updates

    async def ready(self) -> bool:
        """Whether updates come in, as far as we can know: the last thing that was asked for them was granted."""
        return self._ready

    async def follow(self, url: str, secret: str) -> None:
        """Have Telegram bring updates to an address. Raises TelegramError."""
        try:
            await self._with_retries(
                lambda: self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED, drop_pending_updates=False)
            )
        except BotError as error:
            raise TelegramError(f"Telegram neemt {url} niet aan ({error.message}). Kijk of PUBLIC_URL klopt.") from error
        self._ready = True

    async def poll(self, desk: Desk) -> None:
        """Fetch updates for ever. Updates are safe in the inbox before Telegram hears that they arrived."""
        await self._try(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        self._ready = True
        offset = 0
        pause = FIRST_WAIT
        while True:
            try:
                updates = await self._bot.get_updates(offset, timeout=LONG_POLL, allowed_updates=ALLOWED)
            except Conflict:
                self._ready = False
                log.error("another process fetches updates with this token; stop one of the two")
                await asyncio.sleep(pause := min(pause * 2, LONGEST_WAIT))
                continue
            except BotError as error:
                self._ready = False
                log.warning("no updates from telegram: %s", type(error).__name__)
                await asyncio.sleep(_asked_wait(error) if isinstance(error, RetryAfter) else pause)
                pause = min(pause * 2, LONGEST_WAIT)
                continue
            pause, self._ready = FIRST_WAIT, True
            if updates:
                await self.take(updates, desk)
                offset = max(offset, updates[-1].update_id + 1)

    async def take(self, updates: Sequence[Update], desk: Desk) -> None:
        """Bring updates to the desk. Pressed buttons stop spinning at once, and lists to pick from keep nothing waiting."""
        for update in updates:
            if update.callback_query:
                self._do_aside(self._stop_spinner(update.callback_query.id))
            if update.inline_query:
                self._do_aside(self._offer(update.inline_query, desk))
        await desk.receive([event for update in updates if (event := incoming(update, self._bot.bot))])

    def _do_aside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _stop_spinner(self, query: str) -> None:
        try:
            await self._call(lambda: self._bot.answer_callback_query(query))
        except BotError as error:
            log.info("a pressed button was not acknowledged: %s", type(error).__name__)

    async def _offer(self, query: InlineQuery, desk: Desk) -> None:
        """Answer what someone types behind the name of the bot, in any chat; too late is no trouble."""
        start = int(query.offset) if query.offset.isdecimal() else 0
        try:
            page = await desk.browse(conversation(query.from_user.id), query.query, start, datetime.now(UTC))
            await self._call(lambda: self._bot.answer_inline_query(query.id, **inline.answer(page, start, self.link)))
        except Exception as error:
            log.warning("a list to pick from was not shown: %s", where(error))

    def link(self, payload: str) -> str:
        """A link to the chat with this bot that opens what a payload stands for."""
        return f"https://t.me/{self._bot.username}?start={payload}"

    async def address(self, conversation: str) -> dict[str, Any]:
        return {"chat": int(conversation.partition(":")[2])}

    # --- messages

    async def show(self, outgoing: Outgoing) -> None:
        """Show messages in order; a person who blocked the bot is left alone."""
        chat, pressed = outgoing.address["chat"], outgoing.address.get("message")
        try:
            for index, message in enumerate(outgoing.messages):
                first = len(offered(outgoing.messages[index + 1 :])) + 1
                await self._show(chat, message, first, pressed if message.in_place else None)
        except ChatMigrated as error:
            await self.show(replace(outgoing, address={"chat": error.new_chat_id}))
        except Forbidden:
            log.info("a chat takes no messages any more")
        except BadRequest as error:
            log.error("telegram refuses a message: %s", error.message)

    async def _show(self, chat: int, message: Message, first_number: int, replaces: int | None) -> None:
        texts = parts(message, first_number)
        buttons = keyboard(message, self.link, first_number)
        if message.attachment and await self._send_file(chat, message.attachment, texts, buttons):
            return
        if replaces is not None and len(texts) == 1 and await self._edit(chat, replaces, texts[0], buttons):
            return
        await self._send_texts(chat, texts[:-1])
        await self._send_texts(chat, texts[-1:], buttons)

    async def _send_texts(self, chat: int, texts: Iterable[str], buttons: Any = None) -> None:
        for text in texts:
            await self._with_retries(
                lambda text=text: self._bot.send_message(chat, text, parse_mode=ParseMode.HTML, reply_markup=buttons)  # type: ignore[misc]
            )

    async def _send_file(self, chat: int, attachment: Attachment, texts: list[str], buttons: Any) -> bool:
        """Send a file with the text under it, or above it when it is long; False when there is no file and the text goes alone."""
        file = await self._draw(attachment)
        if file is None:
            return False
        options: dict[str, Any] = {"filename": attachment.name, "parse_mode": ParseMode.HTML, "reply_markup": buttons}
        if len(texts) == 1 and len(texts[0]) <= LONGEST_CAPTION:
            options["caption"] = texts[0]
        else:
            await self._send_texts(chat, texts)
        send: Callable[..., Awaitable[object]] = self._bot.send_photo if attachment.kind == "picture" else self._bot.send_document
        try:
            await self._with_retries(lambda: send(chat, file, **options))
        except BadRequest as error:
            log.error("telegram refuses a file: %s", error.message)
            return "caption" not in options
        return True

    async def _edit(self, chat: int, replaces: int, text: str, buttons: Any) -> bool:
        """Put a text in the place of a message; False when that message cannot be changed any more."""
        try:
            await self._with_retries(
                lambda: self._bot.edit_message_text(text, chat, replaces, parse_mode=ParseMode.HTML, reply_markup=buttons)
            )
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True

    async def _with_retries(self, call: Callable[[], Awaitable[T]]) -> T:
        """Try a call a few times when Telegram asks to wait, fails or does not answer; then the last error is raised."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self._call(call)
            except RetryAfter as error:
                wait = _asked_wait(error)
            except BadRequest:
                raise
            except (TimedOut, NetworkError) as error:
                if attempt == TRIES:
                    raise
                log.info("telegram failed, trying again: %s", type(error).__name__)
                wait = FIRST_WAIT * 2 ** (attempt - 1)
            await asyncio.sleep(min(wait, LONGEST_WAIT))
        return await self._call(call)

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        """One call, no more at once than there are connections: httpx spends its time on a long queue, not on the calls."""
        async with self._slots:
            return await call()


def _asked_wait(error: RetryAfter) -> float:
    """How many seconds Telegram asks to wait."""
    asked = error.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()

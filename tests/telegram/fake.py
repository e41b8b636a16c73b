"""A small, strict fake of the Telegram Bot API server; aiogram's generated models check every request."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Self, get_args

from aiogram import methods, types
from aiohttp import web
from pydantic import ValidationError

Json = dict[str, Any]
METHODS = {m.__api_method__: m for m in vars(methods).values() if isinstance(getattr(m, "__api_method__", None), str)}
STYLE = {"text", "style", "icon_custom_emoji_id"}
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
NOT_MODIFIED = "message is not modified: specified new message content and reply markup are exactly the same "
NOT_MODIFIED += "as a current content and reply markup of the message"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
EDIT_NOT_FOUND, EDIT_REFUSED = "message to edit not found", "message can't be edited"
ORDINARY = (NOT_MODIFIED, TOO_OLD, EDIT_NOT_FOUND, EDIT_REFUSED)
MISSING = {"text": "message text is empty", "chat_id": "chat_id is empty", "message_id": "message identifier is not specified"}
TEXT_BUTTON = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
LENGTHS = {"setMyDescription": ("description", 512), "setMyShortDescription": ("short_description", 120)}
LENGTHS |= {"setMyName": ("name", 64), "answerCallbackQuery": ("text", 200)}
CAPTION = ("caption", 1024, "message caption is too long")
FALSE = dict.fromkeys(("is_animated", "is_video", "has_custom_certificate"), False)
FILE = {"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9, "duration": 2, "type": "regular", **FALSE}
KINDS: Json = {"sticker": FILE, "photo": [FILE], "voice": FILE, "document": FILE, "location": {"latitude": 52, "longitude": 4}}
TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler", "span"]
ATTRIBUTES = {"a": {"href"}, "span": {"class"}, "blockquote": {"expandable"}, "code": {"class"}}
ENTITY = r"&(?:\#\d+|\#x[0-9a-fA-F]+|lt|gt|amp|quot);"
ATTRIBUTE = rf"\s+([\w-]+)(?:=(\"(?:[^\"<>&]|{ENTITY})*\"|'(?:[^'<>&]|{ENTITY})*'))?"
TOKEN = re.compile(rf"<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<given>(?:{ATTRIBUTE})*)\s*>|{ENTITY}|(?P<bare>[<>&])|[^<>&]+")


class Refused(Exception):
    """An answer that is not ok (status 0: none at all); `problem` says whether it is noted as a mistake of the bot."""

    def __init__(self, status: int, description: str, *, problem: bool = True, retry_after: int | None = None) -> None:
        self.status, self.problem = status, problem
        self.body: Json = {"ok": False, "error_code": status, "description": description}
        self.body |= {"parameters": {"retry_after": retry_after}} if retry_after is not None else {}


@dataclass
class Shown:
    """A message of the bot as the person sees it; a button that does not call back has no data. `raw` is as in the API."""

    message_id: int
    text: str
    html: str
    buttons: list[list[tuple[str, str]]]
    edits: int = 0
    raw: Json = field(default_factory=dict, repr=False)

    def show(self, rows: list[list[Json]], name: str, words: tuple[str, str] | None) -> Json:
        """Put the words under `name`, and the buttons, into the message."""
        self.text, self.html = words or (self.text, self.html)
        self.buttons = [[(button["text"], button.get("callback_data", "")) for button in row] for row in rows]
        new = self.raw | {name: self.text, "reply_markup": {"inline_keyboard": rows} if rows else None}
        self.raw = {key: value for key, value in new.items() if value}
        return self.raw


def check(holds: object, description: str) -> None:
    """Refuse with a 400 unless the condition holds."""
    if not holds:
        raise Refused(400, f"Bad Request: {description}", problem=description not in ORDINARY)


def check_start(tag: str, attributes: str, outer: list[str], at: str) -> None:
    """Whether a tag may start inside the `outer` ones, with these attributes."""
    check(tag in TAGS, f'can\'t parse entities: Unsupported start tag "{tag}" {at}')
    given = {name: value[1:-1] for name, value in re.findall(ATTRIBUTE, attributes)}
    check(given.keys() <= ATTRIBUTES.get(tag, set()), f'can\'t parse entities: Unexpected attribute in the tag "{tag}" {at}')
    span = tag != "span" or given == {"class": "tg-spoiler"}
    check(span, f'can\'t parse entities: Tag "span" must have class "tg-spoiler" {at}')
    check(tag != "a" or given.get("href"), f'can\'t parse entities: Tag "a" must have a URL {at}')
    nested = (tag in ("a", "blockquote") and tag in outer) or "code" in outer or ("pre" in outer and tag != "code")
    check(not nested, f"can't parse entities: Tag {tag!r} can't be nested in {outer} {at}")


def plain_text(source: str) -> str:
    """The text of Telegram's HTML, read strictly."""
    text, stack = "", list[str]()
    for token in TOKEN.finditer(source):
        at, tag = f"at byte offset {len(source[: token.start()].encode())}", (token["tag"] or "").lower()
        check(not token["bare"], f"can't parse entities: Character {token['bare']!r} must be escaped {at}")
        if not tag:
            text += html.unescape(token[0])
        elif not token["end"]:
            check_start(tag, token["given"], stack, at)
            stack.append(tag)
        else:
            check(stack, f"can't parse entities: Unexpected end tag {at}")
            open_tag = stack.pop()
            check(open_tag == tag, f'can\'t parse entities: Unmatched end tag {at}, expected "</{open_tag}>", found "</{tag}>"')
    check(not stack, f"can't parse entities: Can't find end tag corresponding to start tag {''.join(stack[-1:])!r}")
    return text


def content(p: Json, name: str, limit: int, too_long: str) -> tuple[str, str]:
    """The text or caption of a call, plain and as HTML."""
    source, mode = p.get(name) or "", p.get("parse_mode") or ""
    check(mode.lower() in ("", "html"), f"unsupported parse_mode {mode!r}, this fake knows HTML only")
    text = plain_text(source) if mode else source
    check(text.strip() or name != "text", MISSING["text"])
    check(len(text.encode("utf-16-le", "surrogatepass")) <= 2 * limit, too_long)  # Telegram counts UTF-16 code units
    return text, source if mode else html.escape(source, quote=False)


def keyboard(p: Json) -> list[list[Json]]:
    """The inline buttons of a call, checked."""
    rows: list[list[Json]] = (p.get("reply_markup") or {}).get("inline_keyboard") or []
    check(all(len(row) <= 8 for row in rows), "can't parse reply markup: more than 8 buttons in a row")
    check(sum(map(len, rows)) <= 100, "REPLY_MARKUP_TOO_LONG")
    for button in chain(*rows):
        check(button["text"].strip(), "inline keyboard button text must be non-empty")
        actions = button.keys() - STYLE
        check(actions & types.InlineKeyboardButton.model_fields.keys() and "" not in button.values(), TEXT_BUTTON)
        check(len(actions) == 1, f"can't parse inline keyboard button: more than one of {actions}")
        check(len(button.get("callback_data", "").encode()) <= 64, "BUTTON_DATA_INVALID")
        check(re.match(r"(https?|tg)://\S+$", button.get("url", "tg://none")), "BUTTON_URL_INVALID")
    return [row for row in rows if row]


async def read_call(model: type[methods.TelegramMethod[Any]], request: web.Request) -> methods.TelegramMethod[Any]:
    """The call as aiogram models it, read from the query and a form or a JSON body; JSON strings are decoded where they are not text."""
    try:
        body = await (request.json() if request.content_type == "application/json" and request.can_read_body else request.post())
        sent = {k: v for k, v in {**request.query, **body}.items() if k in model.model_fields or not isinstance(v, web.FileField)}
        params = {k: f"attach://{v.filename}" if isinstance(v, web.FileField) else v for k, v in sent.items()}
        text = {k for k, f in model.model_fields.items() if {str, int, bool, float} & {f.annotation, *get_args(f.annotation)}}
        text -= {"chat_id"} if re.fullmatch(r"-?\d+", str(params.get("chat_id"))) else set()
        nested = {k for k, v in params.items() if isinstance(v, str) and k in model.model_fields.keys() - text}
        call = model.model_validate(params | {k: json.loads(params[k]) for k in nested})
        markup = getattr(call, "reply_markup", None)  # a wrong keyboard passes as a ReplyKeyboardRemove with more in it
        check(not (markup and markup.model_extra), "can't parse reply keyboard markup JSON object")
        return call
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        described = first["type"] == "missing" and MISSING.get(where)
        raise Refused(400, f"Bad Request: {described or where + ': ' + first['msg']}") from None
    except (ValueError, TypeError) as error:
        raise Refused(400, f"Bad Request: can't parse JSON object: {error}") from None


class FakeTelegram:
    """The server, the person's side of it, and what the person sees. Entered again it keeps its state and its port."""

    def __init__(self, token: str = "123:abc", port: int = 0) -> None:
        self.token, self.port, self.webhook = token, port, ""
        self.me = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Stap", "username": "volgende_stap_bot"}
        self.problems: list[str] = []
        self.chats: dict[int, list[Shown]] = defaultdict(list)
        self.calls: list[tuple[str, Json, float]] = []  # what was accepted, and when (monotonic)
        self.answered: list[str] = []
        self._callbacks: list[str] = []
        self._status: dict[int, str] = {}  # in a chat that has blocked the bot: kicked
        self._last_message: dict[int, int] = defaultdict(int)
        self._updates: list[Json] = []  # all there ever were; the id of the first is 1
        self._queue: list[Json] = []  # not yet forgotten by an offset
        self._again: list[Json] = []  # to be delivered once whatever the offset
        self._allowed: list[str] = []
        self._faults: dict[tuple[str, str], deque[Any]] = defaultdict(deque)
        self._poll, self._closing, self._changed = object(), False, asyncio.Event()
        self._work: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda p: self.me,
            "getWebhookInfo": lambda p: {"url": self.webhook, "pending_update_count": len(self._queue), **FALSE},
            "setWebhook": self._webhook,
            "deleteWebhook": self._webhook,
            "setMyCommands": self._commands,
            "sendMessage": lambda p: self._send(p, "text", content(p, "text", 4096, "message is too long")),
            "sendPhoto": lambda p: self._send(p, "caption", content(p, *CAPTION), "photo"),
            "sendDocument": lambda p: self._send(p, "caption", content(p, *CAPTION), "document"),
            "sendChatAction": lambda p: self._target(p) > 0,
            "editMessageText": lambda p: self._edit(p, content(p, "text", 4096, "MESSAGE_TOO_LONG")),
            "editMessageReplyMarkup": lambda p: self._edit(p, None),
            "answerCallbackQuery": self._answer,
        }

    async def __aenter__(self) -> Self:
        self._closing, app = False, web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]
        self.base_url = f"http://127.0.0.1:{self.port}/bot"
        return self

    async def __aexit__(self, *error: object) -> None:
        self._closing = True
        self._wake()
        await self._runner.cleanup()

    def say(self, chat_id: int, text: str) -> int:
        """The person types a text or a command. This, like all that the person does, gives the update id."""
        command = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text.startswith("/") else []
        return self._push("message", self._message(chat_id) | {"text": text, "entities": command})

    def send(self, chat_id: int, kind: str) -> int:
        """The person sends a sticker, photo, voice or location, or has "edited" the latest message."""
        if kind != "edited":
            return self._push("message", self._message(chat_id) | {kind: KINDS[kind]})
        mine = [u["message"] for u in self._updates if u.get("message", {}).get("chat", {}).get("id") == chat_id]
        edit = {"text": "edited", "edit_date": int(time.time())}
        return self._push("edited_message", (mine or [self._message(chat_id)])[-1] | edit)

    def press(self, chat_id: int, label: str) -> int:
        """The person presses the button with this label in the newest message that has it."""
        visible = {text: (m.message_id, data) for m in self.chats[chat_id] for text, data in chain(*m.buttons) if data}
        assert label in visible, f"no callback button {label!r} in chat {chat_id}; visible: {list(visible)}"
        return self.press_data(chat_id, *visible[label])

    def press_data(self, chat_id: int, message_id: int, data: str) -> int:
        """The person presses an old button, or one that never was."""
        person = self._person(chat_id)
        known = [shown.raw for shown in self.chats[chat_id] if shown.message_id == message_id]
        message = known[0] if known else {"message_id": message_id, "date": 0, "chat": person["chat"]}
        self._callbacks.append(str(4 * 10**15 + len(self._callbacks)))
        query = {"id": self._callbacks[-1], "from": person["from"], "chat_instance": str(chat_id)}
        return self._push("callback_query", query | {"data": data, "message": message})

    def block(self, chat_id: int, old: str = "member", new: str = "kicked") -> int:
        """The person blocks the bot."""
        self._status[chat_id] = new
        states = ("old_chat_member", old), ("new_chat_member", new)
        members = {name: {"user": self.me, "status": status, "until_date": 0} for name, status in states}
        return self._push("my_chat_member", self._person(chat_id) | members)

    def unblock(self, chat_id: int) -> int:
        """The person unblocks the bot."""
        return self.block(chat_id, "kicked", "member")

    def deliver_again(self, update_id: int) -> None:
        """The server delivers the very same update once more, also when the offset is past it."""
        self._again.append(self._updates[update_id - 1])
        self._wake()

    def unanswered(self) -> set[str]:
        """The callback ids that still show a spinner."""
        return set(self._callbacks) - set(self.answered)

    def fail(self, method: str, status: int, description: str, *, retry_after: int | None = None, times: int = 1) -> None:
        """The next calls of the method are not done but answered with this error."""
        error = Refused(status, description, problem=False, retry_after=retry_after)
        self._faults["fail", METHODS[method].__api_method__].extend([error] * times)

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """The next calls of the method wait so long before they are done."""
        self._faults["delay", METHODS[method].__api_method__].extend([seconds] * times)

    def drop(self, method: str, times: int = 1) -> None:
        """The next calls of the method are done, but their answer is lost."""
        self._faults["drop", METHODS[method].__api_method__].extend([True] * times)

    async def wait_until(self, predicate: Callable[[], object], timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until it holds; looked at after each call and each act of the person."""
        deadline = time.monotonic() + timeout
        while not predicate():
            assert await self._change_before(deadline), f"did not happen within {timeout} s\n{self.summary()}"

    def summary(self) -> str:
        """What is shown in each chat, and what went wrong."""
        shown = [f"chat {chat}: {message}" for chat, messages in self.chats.items() for message in messages[-3:]]
        waiting = f"not forgotten: {[u['update_id'] for u in self._queue]}; unanswered: {sorted(self.unanswered())}"
        return "\n".join([*shown, f"last calls: {[call[0] for call in self.calls[-10:]]}", waiting, f"problems: {self.problems}"])

    def _fault(self, kind: str, method: str) -> Any:
        return self._faults[kind, method].popleft() if self._faults[kind, method] else None

    def _person(self, chat_id: int) -> Json:
        name, date = {"id": chat_id, "first_name": "Test"}, int(time.time())
        return {"from": name | {"is_bot": False, "language_code": "nl"}, "chat": name | {"type": "private"}, "date": date}

    def _message(self, chat_id: int) -> Json:
        self._last_message[chat_id] += 1
        return {"message_id": self._last_message[chat_id]} | self._person(chat_id)

    def _push(self, kind: str, payload: Json) -> int:
        update = {"update_id": len(self._updates) + 1, kind: json.loads(json.dumps(payload))}
        self._updates.append(update)
        self._queue += [update] if not self._allowed or kind in self._allowed else []
        self._wake()
        return len(self._updates)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _change_before(self, deadline: float) -> bool:
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(self._changed.wait(), deadline - time.monotonic())
        return False

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        lost = self._fault("drop", method)
        try:
            response = web.json_response({"ok": True, "result": await self._perform(method, request)})
        except Refused as refused:
            response = web.json_response(refused.body, status=refused.status or 500)
            lost = lost or not refused.status
            self.problems += [f"{method}: {refused.body['description']}"] if refused.problem else []
        if lost and request.transport:
            request.transport.abort()
        with contextlib.suppress(ConnectionError):  # the client may be gone
            await response.prepare(request)
            await response.write_eof()  # the answer is out before a waiting test goes on
        self._wake()
        return response

    async def _perform(self, method: str, request: web.Request) -> Any:
        if request.match_info["token"] != self.token or method not in METHODS:
            raise Refused(404, "Not Found") if method not in METHODS else Refused(401, "Unauthorized")
        call = await read_call(METHODS[method], request)
        await asyncio.sleep(self._fault("delay", method) or 0)
        if self._closing:
            raise Refused(0, "the server stops", problem=False)
        if error := self._fault("fail", method):
            raise error
        self.problems += [f"{method}: unknown parameter {name}" for name in call.model_extra or ()]
        p = call.model_dump(exclude_unset=True)
        name, limit = LENGTHS.get(method, ("", 0))
        check(len(p.get(name) or "") <= limit, f"{name} is too long")
        result = self._work[method](p) if method in self._work else True
        self.calls.append((method, p, time.monotonic()))
        return await self._next_updates(p, request) if method == "getUpdates" else result

    async def _next_updates(self, p: Json, request: web.Request) -> list[Json]:
        if self.webhook:
            raise Refused(409, WEBHOOK_ACTIVE)
        offset, self._poll = p.get("offset") or 0, (mine := object())
        self._queue = [u for u in self._queue if u["update_id"] >= offset] if offset >= 0 else self._queue[offset:]
        self._allowed = self._allowed if p.get("allowed_updates") is None else p["allowed_updates"]
        self._wake()
        until = time.monotonic() + min(p.get("timeout") or 0, 50)
        while not (self._again or self._queue) and await self._change_before(until):
            if self._closing or request.transport is None or request.transport.is_closing():
                raise Refused(0, "nobody waits for the answer", problem=False)
            if self._poll is not mine:
                raise Refused(409, CONFLICT)
        updates = [*self._again, *self._queue][: min(p.get("limit") or 100, 100)]
        del self._again[: len(updates)]
        return updates

    def _target(self, p: Json) -> int:
        chat_id = p.get("chat_id") or 0
        check(isinstance(chat_id, int) and chat_id > 0, "chat not found" if chat_id else MISSING["chat_id"])
        if self._status.get(chat_id) == "kicked":
            raise Refused(403, "Forbidden: bot was blocked by the user", problem=False)
        return int(chat_id)

    def _send(self, p: Json, name: str, words: tuple[str, str], kind: str = "") -> Json:
        chat_id, rows = self._target(p), keyboard(p)
        raw = self._message(chat_id) | {"from": self.me, kind: KINDS.get(kind)}
        self.chats[chat_id].append(Shown(raw["message_id"], "", "", [], raw=raw))
        return self.chats[chat_id][-1].show(rows, name, words)

    def _edit(self, p: Json, words: tuple[str, str] | None) -> Json:
        chat_id, rows, message_id = self._target(p), keyboard(p), p.get("message_id") or 0
        check(message_id, MISSING["message_id"])
        found = [shown for shown in self.chats[chat_id] if shown.message_id == message_id]
        check(found, EDIT_REFUSED if message_id <= self._last_message[chat_id] else EDIT_NOT_FOUND)
        check(words is None or "text" in found[0].raw, "there is no text in the message to edit")
        before = found[0].html, found[0].raw
        raw = found[0].show(rows, "text" if "text" in found[0].raw else "caption", words)
        check((found[0].html, raw) != before, NOT_MODIFIED)
        found[0].edits += 1
        return raw

    def _answer(self, p: Json) -> bool:
        check(p["callback_query_id"] in self.unanswered(), TOO_OLD)
        self.answered.append(p["callback_query_id"])
        return True

    def _commands(self, p: Json) -> bool:
        check(len(p["commands"]) <= 100, "BOT_COMMANDS_TOO_MUCH")
        for command in p["commands"]:
            check(re.fullmatch("[a-z0-9_]{1,32}", command["command"]), "BOT_COMMAND_INVALID")
            check(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
        return True

    def _webhook(self, p: Json) -> bool:
        self.webhook = p.get("url", "")
        self._queue = [] if p.get("drop_pending_updates") else self._queue
        return True

"""The server itself: calls come in over HTTP, are read, checked and done."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.telegram.fake import limits
from tests.telegram.fake.doing import Doing
from tests.telegram.fake.reading import METHODS, read_call
from tests.telegram.fake.refusals import Json, Refused, check

ABLE = {"can_join_groups": True, "supports_inline_queries": True}


class FakeTelegram(Doing):
    """The server, the people's side of it, and what they see. Entered again it keeps its state and its port."""

    def __init__(self, token: str = "123:abc", port: int = 0, *, privacy: bool = True) -> None:
        super().__init__(token, privacy)
        self.port = port
        self.problems: list[str] = []
        self.calls: list[tuple[str, Json, float]] = []  # what was accepted, and when (monotonic)
        self._work: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda p: self.me | ABLE | {"can_read_all_group_messages": not self.privacy},
            "getWebhookInfo": lambda p: self._webhook_info(),
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._set_webhook,
            "setMyCommands": limits.commands,
            "sendMessage": self._send_text,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "sendChatAction": lambda p: bool(self._target(p)),
            "editMessageText": self._edit_text,
            "editMessageCaption": self._edit_caption,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer,
            "answerInlineQuery": self._answer_inline,
            "leaveChat": self._leave,
        }

    async def __aenter__(self) -> Self:
        self._closing, app = False, web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]
        self.base_url = f"http://127.0.0.1:{self.port}/bot"
        self._delivering = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *error: object) -> None:
        self._closing = True
        self._wake()
        self._delivering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._delivering
        await self._runner.cleanup()

    async def wait_until(self, predicate: Callable[[], object], timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until it holds; looked at after each call, each post to the webhook and each act of a person."""
        deadline = time.monotonic() + timeout
        while not predicate():
            assert await self._change_before(deadline), f"did not happen within {timeout} s\n{self.summary()}"

    def summary(self) -> str:
        """What is shown in each chat, and what went wrong."""
        shown = [f"chat {chat}: {message}" for chat, messages in self.chats.items() for message in messages[-3:]]
        waiting = f"not taken: {[u['update_id'] for u in self._queue]}; unanswered: {sorted(self.unanswered())}"
        hook = [f"webhook {self.webhook}: {self._hook_error}, last posts {self.deliveries[-5:]}"] if self.webhook else []
        last = f"last calls: {[call[0] for call in self.calls[-10:]]}"
        return "\n".join([*shown, last, waiting, *hook, f"problems: {self.problems}"])

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
        call, files = await read_call(METHODS[method], request)
        await asyncio.sleep(self._fault("delay", method) or 0)
        if self._closing:
            raise Refused(0, "the server stops", problem=False)
        if error := self._failure(method):
            raise error
        self.problems += [f"{method}: unknown parameter {name}" for name in call.model_extra or ()]
        p = call.model_dump(exclude_unset=True)
        attached = {k: v.removeprefix("attach://") for k, v in p.items() if isinstance(v, str) and v.startswith("attach://")}
        p |= {name: files[key] for name, key in attached.items() if key in files}
        name, limit = limits.LENGTHS.get(method, ("", 0))
        check(len(p.get(name) or "") <= limit, f"{name} is too long")
        result = self._work[method](p) if method in self._work else True
        self.calls.append((method, p, time.monotonic()))
        return await self._next_updates(p, request) if method == "getUpdates" else result

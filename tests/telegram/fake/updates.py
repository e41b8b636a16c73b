"""The updates for the bot: kept until it has taken them, by polling or at its webhook."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.telegram.fake import limits
from tests.telegram.fake.faults import Faults
from tests.telegram.fake.refusals import CONFLICT, WEBHOOK_ACTIVE, WEBHOOK_SET, Json, Refused

PAUSE = 0.05  # seconds before an update is posted again


class Updates(Faults):
    """The queue and both ways out of it."""

    def __init__(self) -> None:
        super().__init__()
        self.webhook = ""
        self.deliveries: list[tuple[int, int]] = []  # of each post to the webhook: the update id and the status, or 0
        self._hook: Json = {}  # how the webhook was set
        self._hook_error: Json = {}
        self._updates: list[Json] = []  # all there ever were; the id of the first is 1
        self._queue: list[Json] = []  # not yet taken by the bot
        self._again: list[Json] = []  # to be delivered once whatever the offset
        self._allowed: list[str] = []
        self._poll, self._closing, self._changed = object(), False, asyncio.Event()

    def deliver_again(self, update_id: int) -> None:
        """The server delivers the very same update once more, also when the bot has taken it."""
        self._again.append(self._updates[update_id - 1])
        self._wake()

    def delivered(self, update_id: int) -> bool:
        """Whether the bot has taken the update: answered its post with 2xx, or gone past it with an offset."""
        return all(update["update_id"] != update_id for update in [*self._again, *self._queue])

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

    def _allow(self, p: Json) -> None:
        limits.allowed_updates(p)
        self._allowed = self._allowed if p.get("allowed_updates") is None else p["allowed_updates"]

    async def _next_updates(self, p: Json, request: web.Request) -> list[Json]:
        if self.webhook:
            raise Refused(409, WEBHOOK_ACTIVE)
        self._allow(p)
        offset, self._poll = p.get("offset") or 0, (mine := object())
        self._queue[:] = [u for u in self._queue if u["update_id"] >= offset] if offset >= 0 else self._queue[offset:]
        self._wake()
        until = time.monotonic() + min(p.get("timeout") or 0, 50)
        while not (self._again or self._queue) and await self._change_before(until):
            if self._closing or request.transport is None or request.transport.is_closing():
                raise Refused(0, "nobody waits for the answer", problem=False)
            if self._poll is not mine or self.webhook:
                raise Refused(409, WEBHOOK_SET if self.webhook else CONFLICT)
        updates = [*self._again, *self._queue][: min(p.get("limit") or 100, 100)]
        del self._again[: len(updates)]
        return updates

    def _set_webhook(self, p: Json) -> bool:
        """Set a webhook; without a url, delete it."""
        if p.get("url"):
            limits.webhook(p)
            self._allow(p)
        self.webhook, self._hook, self._hook_error = p.get("url") or "", p, {}
        self._queue[:] = [] if p.get("drop_pending_updates") else self._queue
        self._wake()
        return True

    def _webhook_info(self) -> Json:
        pending = len(self._again) + len(self._queue)
        info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": pending}
        more = {"max_connections": self._hook.get("max_connections") or 40, "allowed_updates": self._allowed}
        return info | self._hook_error | (more if self.webhook else {})

    async def _deliver(self) -> None:
        """Post the updates to the webhook, one after the other, each until it is taken; runs until it is cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                waiting = self._again or self._queue
                if not (self.webhook and waiting):
                    await self._changed.wait()
                    continue
                update = waiting[0]
                status, error = await self._post(session, update)
                self.deliveries.append((update["update_id"], status))
                if error:
                    self._hook_error = {"last_error_date": int(time.time()), "last_error_message": error}
                elif update in waiting:
                    waiting.remove(update)
                self._wake()
                await asyncio.sleep(PAUSE if error else 0)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> tuple[int, str]:
        """The status, and what was wrong; only this machine is ever posted to."""
        url, secret = self.webhook, self._hook.get("secret_token")
        if urlsplit(url).hostname not in limits.LOCAL:
            return 0, "Failed to resolve host: Name or service not known"
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with session.post(url, json=update, headers=headers, allow_redirects=False) as response:
                await response.read()
                taken = 200 <= response.status < 300
                return response.status, "" if taken else f"Wrong response from the webhook: {response.status} {response.reason}"
        except aiohttp.ClientConnectorError:
            return 0, "Connection refused"
        except aiohttp.ClientError:
            return 0, "Connection reset by peer"
        except TimeoutError:
            return 0, "Read timeout expired"

"""Sending to Teams, with every refusal handled and repeated only what is safe to repeat."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Set
from typing import Any
from urllib.parse import quote

import httpx

from bot.channels.teams.library import AppTokenProvider
from bot.problems import TeamsError

TRIES = 5
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
NOT_TAKEN = frozenset({412, 429, 503})
"""Answers after which a message was certainly not delivered."""
UNSURE = frozenset({408, 500, 502, 504})
"""Answers after which it may have been: a change can be repeated then, a new message would come twice."""
log = logging.getLogger(__name__)


class Undeliverable(Exception):
    """This will never be shown there."""


class Connector:
    """`tokens` None sends without a token; `allowed` says to which addresses anything may go at all."""

    def __init__(self, tokens: AppTokenProvider | None, allowed: Callable[[str], bool]) -> None:
        self._tokens = tokens
        self._allowed = allowed
        self._http = httpx.AsyncClient(timeout=10)

    async def open(self) -> None:
        """See that the credentials are good. Raises TeamsError."""
        try:
            await self._headers()
        except Exception as error:
            raise TeamsError(
                "Microsoft geeft geen token voor Teams. Kijk of TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET en TEAMS_TENANT_ID kloppen, "
                "of het geheim niet is verlopen, en of deze computer login.microsoftonline.com bereikt."
            ) from error

    async def close(self) -> None:
        await self._http.aclose()

    async def create(self, address: dict[str, Any], activity: dict[str, Any]) -> None:
        """Show something new. Raises Undeliverable, or an error of httpx when it may work later."""
        await self._send("POST", self._url(address), activity, NOT_TAKEN)

    async def update(self, address: dict[str, Any], shown: str, activity: dict[str, Any]) -> bool:
        """Put something in the place of what was shown; False when that cannot be changed any more."""
        url = f"{self._url(address)}/{quote(shown, safe='')}"
        try:
            await self._send("PUT", url, {**activity, "id": shown}, NOT_TAKEN | UNSURE)
        except Undeliverable:
            return False
        return True

    async def typing(self, address: dict[str, Any]) -> None:
        """Show that an answer is being made; when that fails, the answer comes without."""
        try:
            await self._send("POST", self._url(address), {"type": "typing"}, frozenset())
        except (httpx.HTTPError, Undeliverable) as error:
            log.info("the typing sign was not shown: %s", type(error).__name__)

    def _url(self, address: dict[str, Any]) -> str:
        service = address["service"]
        if not self._allowed(service):
            raise Undeliverable("an address that is not one of Teams")
        return f"{service.rstrip('/')}/v3/conversations/{quote(address['conversation'], safe=':@;=')}/activities"

    async def _send(self, method: str, url: str, activity: dict[str, Any], again: Set[int]) -> None:
        for attempt in range(1, TRIES + 1):
            last = attempt == TRIES or not again
            try:
                response = await self._http.request(method, url, json=activity, headers=await self._headers())
            except httpx.TransportError as error:
                if last or not (isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) or again >= UNSURE):
                    raise
                await _pause(attempt)
                continue
            if last or response.status_code not in again:
                return _judge(response)
            log.info("teams failed with %d, trying again", response.status_code)
            await _pause(attempt, response.headers.get("Retry-After", ""))

    async def _headers(self) -> dict[str, str]:
        if self._tokens is None:
            return {}
        return {"Authorization": f"Bearer {await self._tokens.get_app_token()}"}


def _judge(response: httpx.Response) -> None:
    if response.is_success:
        return
    if response.status_code in NOT_TAKEN | UNSURE | {401}:
        response.raise_for_status()
    raise Undeliverable(f"teams says {response.status_code}")


async def _pause(attempt: int, asked: str = "") -> None:
    wait = float(asked) if asked.isdecimal() else FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
    await asyncio.sleep(min(wait, LONGEST_WAIT))

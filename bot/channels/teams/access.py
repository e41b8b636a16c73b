"""Who is heard: the service of Teams for our bot, from the tenants that were let in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

import jwt
from starlette.exceptions import HTTPException

from bot.channels.teams.activity import Activity, tenant, text
from bot.channels.teams.library import PUBLIC, CloudEnvironment, TokenValidator
from bot.server import CLOSE

HOSTS = ("smba.trafficmanager.net", ".teams.microsoft.com")
KEYS_TIME = 8.0
log = logging.getLogger(__name__)


class Access(Protocol):
    """Says no by an HTTPException."""

    def greet(self, authorization: str) -> None:
        """Judge by the header alone, before anything is read."""

    async def admit(self, authorization: str, activity: Activity) -> None:
        """Judge the activity."""


class Checked:
    """By the token that comes with each activity: signed by Microsoft, for this bot, for the address that it names."""

    def __init__(self, client_id: str, tenants: Collection[str], cloud: CloudEnvironment = PUBLIC) -> None:
        self._tenants = {name.lower() for name in tenants}
        self._validator = TokenValidator.for_service(client_id, cloud=cloud)
        # Keys are fetched by a call that waits, so it waits in a thread that nothing else needs.
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="teams-keys")

    def greet(self, authorization: str) -> None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or token.count(".") != 2:
            _refuse(401, "without a token")

    async def admit(self, authorization: str, activity: Activity) -> None:
        self.greet(authorization)
        service = text(activity, "serviceUrl")
        await self._check_token(authorization.partition(" ")[2], service or "missing")
        if text(activity, "channelId") != "msteams" or not of_teams(service):
            _refuse(403, "of another service")
        if tenant(activity).lower() not in self._tenants:
            _refuse(403, "of a tenant that is not let in")

    async def _check_token(self, token: str, service: str) -> None:
        checking = asyncio.get_running_loop().run_in_executor(self._threads, self._claims, token, service)
        try:
            claims = await asyncio.wait_for(checking, KEYS_TIME)
        except (TimeoutError, jwt.PyJWKClientConnectionError):
            log.error("the keys that tokens are checked with could not be fetched")
            raise HTTPException(503, headers=CLOSE) from None
        except Exception as error:
            _refuse(401, f"with a token that does not hold ({type(error).__name__})")
        if "exp" not in claims:
            _refuse(401, "with a token that never ends")

    def _claims(self, token: str, service: str) -> dict[str, Any]:
        return asyncio.run(self._validator.validate_token(token, service))


class Local:
    """Everything from this machine, without tokens: to try things out."""

    def greet(self, authorization: str) -> None: ...

    async def admit(self, authorization: str, activity: Activity) -> None:
        if not of_this_machine(text(activity, "serviceUrl")):
            _refuse(403, "of another machine")


def of_teams(service: str) -> bool:
    """Whether an address to answer to is one of Teams."""
    scheme, host = _parts(service)
    return scheme == "https" and any(host == known or (known.startswith(".") and host.endswith(known)) for known in HOSTS)


def of_this_machine(service: str) -> bool:
    return _parts(service)[1] in ("127.0.0.1", "localhost", "::1")


def _parts(url: str) -> tuple[str, str]:
    """Scheme and host; empty for what is no plain address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.username is not None or "\\" in url or parts.port == 0:
            return "", ""
    except ValueError:
        return "", ""
    return parts.scheme, host.lower()


def _refuse(status: int, why: str) -> NoReturn:
    log.warning("an activity %s was refused", why)
    raise HTTPException(status, headers=CLOSE)

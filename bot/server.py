"""The one HTTP server of the process: the routes of all channels, and whether it lives and is ready."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.problems import ServerError

LONGEST_BODY = 2**20
BODY_TIME = 10.0
CHECK_TIME = 5.0
LAST_REQUESTS_TIME = 20
CLOSE = {"Connection": "close"}

Check = Callable[[], Awaitable[bool]]
log = logging.getLogger(__name__)


def app(routes: Iterable[BaseRoute], checks: Mapping[str, Check]) -> Starlette:
    """All that is served: the routes of the channels, `/health`, and `/ready` when every check holds."""

    async def ready(request: Request) -> Response:
        failing = [name for name, check in checks.items() if not await _holds(name, check)]
        return PlainTextResponse(f"not ready: {', '.join(failing)}" if failing else "ok", 503 if failing else 200)

    return Starlette(routes=[Route("/health", _health), Route("/ready", ready), *routes])


async def _health(request: Request) -> Response:
    return PlainTextResponse("ok")


async def _holds(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(CHECK_TIME):
            return await check()
    except Exception as error:
        log.warning("%s is not ready: %s", name, type(error).__name__)
        return False


async def body(request: Request) -> bytes:
    """The body of a request, read in pieces; one that is too long (413) or too slow (408) is not read to its end."""
    declared = request.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > LONGEST_BODY:
        raise HTTPException(413, headers=CLOSE)
    try:
        async with asyncio.timeout(BODY_TIME):
            return await _read(request)
    except TimeoutError:
        raise HTTPException(408, headers=CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(400) from None


async def _read(request: Request) -> bytes:
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > LONGEST_BODY:
            raise HTTPException(413, headers=CLOSE)
    return bytes(read)


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on; they wait until the server runs. Raises ServerError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            message = f"Poort {port} op {host} is al in gebruik: stop het andere programma, of kies een andere poort met PORT."
        else:
            message = f"Op HOST {host} en PORT {port} kan dit programma niet luisteren ({error}). Kies iets anders."
        raise ServerError(message) from error


class Server(uvicorn.Server):
    """uvicorn as a task among ours: it leaves signals alone and ends, after its last requests, by `stop`."""

    def __init__(self, served: Starlette) -> None:
        config = uvicorn.Config(
            served,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=LAST_REQUESTS_TIME,
        )
        super().__init__(config)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    def stop(self) -> None:
        self.should_exit = True

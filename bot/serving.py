"""Running every channel that is configured until the process is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from socket import socket
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.attachments import drawer
from bot.desk import Desk
from bot.events import Channel
from bot.pages.routes import routes as routes_of_pages
from bot.politeness import Pace
from bot.server import Check, Server, app, listen
from bot.settings import Settings
from bot.storage.sqlite import SqliteStorage
from bot.upkeep import upkeep
from knowledge.model import Almanac
from knowledge.search import vocabulary

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

PATIENCE = 20.0
Work = dict[asyncio.Task[None], Callable[[], object]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Served:
    """A channel that is open. `start` has its events brought to the desk, by routes or by work of its own; `link` makes
    links into it that everybody can follow."""

    channel: Channel
    ready: Check
    start: Callable[[Desk], Awaitable[tuple[list[BaseRoute], Work]]]
    link: Callable[[str], str] | None = None


async def serve(settings: Settings, almanac: Almanac) -> None:
    """Serve until SIGTERM or SIGINT; what is being answered then is finished first."""
    stopping = _stop_signal()
    vocabulary(almanac)  # makes the index now, so that the first question need not wait for it
    async with AsyncExitStack() as stack:
        door = stack.enter_context(listen(settings.host, settings.port)) if settings.listens() else None
        storage = await SqliteStorage.open(settings.database())
        stack.push_async_callback(storage.close)
        served = await _open(settings, almanac, storage, stack)
        desk = _desk(settings, almanac, storage, [one.channel for one in served])
        log.info("started; %d events were left from before", await desk.resume())
        started = [await one.start(desk) for one in served]
        work = _keep_up(desk) | {task: stop for _, works in started for task, stop in works.items()}
        if door:
            checks = {"database": storage.ready} | {one.channel.name: one.ready for one in served}
            routes = [route for routes, _ in started for route in routes]
            work |= _answer(door, app([*routes, *_pages(settings, almanac, served)], checks))
        await _until(stopping, work)
        await _finish(desk)


async def _open(settings: Settings, almanac: Almanac, storage: SqliteStorage, stack: AsyncExitStack) -> list[Served]:
    """The channels that are configured, open until the stack ends."""
    served = []
    if settings.telegram_token.get_secret_value():
        served.append(await _open_telegram(settings, almanac, stack))
    if settings.teams():
        served.append(await _open_teams(settings, almanac, storage, stack))
    return served


async def _open_telegram(settings: Settings, almanac: Almanac, stack: AsyncExitStack) -> Served:
    from bot.channels.telegram import Telegram

    telegram = Telegram(settings.telegram_token.get_secret_value(), settings.telegram_base_url, drawer(almanac))
    await stack.enter_async_context(telegram)

    async def start(desk: Desk) -> tuple[list[BaseRoute], Work]:
        return (await _webhook(settings, telegram, desk), {}) if settings.public_url else ([], _poll(telegram, desk))

    return Served(telegram, telegram.ready, start, telegram.link)


async def _open_teams(settings: Settings, almanac: Almanac, storage: SqliteStorage, stack: AsyncExitStack) -> Served:
    from bot.channels.teams.opening import open_teams, routes

    teams = await stack.enter_async_context(open_teams(settings, drawer(almanac), storage))

    async def start(desk: Desk) -> tuple[list[BaseRoute], Work]:
        return routes(teams, desk, settings), {}

    return Served(teams, teams.ready, start)


def _pages(settings: Settings, almanac: Almanac, served: list[Served]) -> list[Route]:
    talk = next((one.link for one in served if one.link), None)
    return routes_of_pages(almanac, settings.address(), settings.keep_days, talk)


def _stop_signal() -> asyncio.Event:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


async def _webhook(settings: Settings, telegram: Telegram, desk: Desk) -> list[BaseRoute]:
    """Have Telegram bring updates; the first ones wait at the socket until the server runs."""
    from bot.channels.telegram import webhook

    secret = webhook.secret_of(settings.telegram_token.get_secret_value())
    await telegram.follow(settings.public_url + webhook.PATH, secret)
    return [webhook.route(telegram, desk, secret)]


def _desk(settings: Settings, almanac: Almanac, storage: SqliteStorage, channels: list[Channel]) -> Desk:
    return Desk(
        almanac,
        storage,
        channels,
        keep_unanswered=settings.keep_unanswered,
        keep_days=settings.keep_days,
        pace=Pace(settings.events_per_minute),
    )


def _keep_up(desk: Desk) -> Work:
    keeping = asyncio.create_task(upkeep(desk))
    return {keeping: keeping.cancel}


def _poll(telegram: Telegram, desk: Desk) -> Work:
    polling = asyncio.create_task(telegram.poll(desk))
    return {polling: polling.cancel}


def _answer(door: socket, served: Starlette) -> Work:
    server = Server(served)
    log.info("listening on %s, port %d", *door.getsockname()[:2])
    return {asyncio.create_task(server.serve([door])): server.stop}


async def _until(stopping: asyncio.Event, work: Work) -> None:
    """Wait for the stop, or for work that fails; then all work is stopped, and an error raised again."""
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({waiting, *work}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for stop in work.values():
        stop()
    for result in await asyncio.gather(waiting, *work, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


async def _finish(desk: Desk) -> None:
    """Finish what is being answered; what takes too long stays in the inbox for the next start."""
    try:
        await asyncio.wait_for(desk.idle(), PATIENCE)
    except TimeoutError:
        log.warning("some events were not answered in time; they are kept for the next start")
    log.info("stopped")

"""Conversations in one SQLite file, through aiosqlite.

Every method is one piece of work for the database's thread. What waits for that thread goes together, in one hop and one
transaction, so that many conversations at once cost little more than one.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import aiosqlite

from bot.events import Address, Incoming, Outgoing, Waiting, dump_incoming, dump_outgoing, load_incoming, load_outgoing
from bot.gaps import Gap
from bot.problems import StorageError
from dialogs.events import Fact, Facts
from dialogs.messages import Reply

REPEATS_WITHIN = timedelta(days=7)
"""A channel delivers an event again within a day; we remember which came in for longer."""
FOLDER = Path(__file__).parent
_queries: Any = aiosql.from_path(FOLDER / "queries.sql", "sqlite3")
T = TypeVar("T")


@dataclass(frozen=True)
class _Job:
    """Work for the database's thread, and who waits for what it gives."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    result: asyncio.Future[Any]


class SqliteStorage:
    """Use `open`, and `close` when done."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._jobs: list[_Job] = []
        self._worker: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path) -> SqliteStorage:
        """Open or make the file, and bring its tables up to date. Raises StorageError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            storage = cls(await aiosqlite.connect(path, isolation_level=None, timeout=10))
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"De database {path} kan niet open: {error}. Kies een andere map met DATA_DIR.") from error
        try:
            await storage._hop(_prepare)
        except sqlite3.Error as error:
            await storage.close()
            raise StorageError(
                f"De database {path} is niet te gebruiken: {error}. Zet een kopie terug, of geef hem een andere naam."
            ) from error
        return storage

    async def close(self) -> None:
        if self._worker:
            await self._worker
        await self._connection.close()

    async def ready(self) -> bool:
        """Whether the database answers; it raises what is wrong when it does not."""
        await self._run(_queries.version)
        return True

    async def receive(self, events: Iterable[Incoming]) -> list[Waiting]:
        """Keep events that came in; those that were known already are left out of what is returned."""
        return await self._run(_receive, list(events))

    async def waiting(self, channel: str) -> list[Waiting]:
        """Events of a channel that were not applied, or whose reply was not shown, in order of arrival."""
        return await self._run(_waiting, channel)

    async def facts(self, conversation: str) -> Facts:
        return await self._run(_facts, conversation)

    async def apply(self, event: Waiting, reply: Reply, outgoing: Outgoing) -> None:
        """Keep what a reply changes, wipe the event, and remember the messages until they were shown."""
        await self._run(_apply, event, reply, outgoing)

    async def shared(self, name: str) -> Fact | None:
        """The advice that was shared under this id, whoever shared it."""
        return await self._run(_shared, name)

    async def reminders(self, day: date) -> list[tuple[str, str]]:
        """The conversations to be reminded on this day or before, with the day they asked for."""
        return await self._run(_reminders, day)

    async def clean(self, now: datetime, keep: timedelta) -> int:
        """Forget conversations without a word for so long, links that ended, and which events came in long ago; gives
        how many conversations that were."""
        return await self._run(_clean, now, keep)

    async def keep_address(self, known: Address) -> None:
        """Remember where to show something later."""
        await self._run(_keep_address, known)

    async def address(self, conversation: str) -> dict[str, Any]:
        """Where to show something now; empty when it is not known."""
        return await self._run(_address, conversation)

    async def chat_of(self, person: str) -> str:
        """The conversation that is this person's own chat, or an empty text."""
        return await self._run(_chat_of, person)

    async def threads_of(self, team: str) -> list[str]:
        """The conversations in the threads of a team."""
        return await self._run(_threads_of, team)

    async def gaps(self) -> list[Gap]:
        """The questions that could not be answered, most asked first."""
        return await self._run(_gaps)

    async def shown(self, event: Waiting) -> None:
        await self._run(_shown, event)

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        """What `work` gives, in a transaction with whatever else waits. It may be done again after another one failed."""
        job = _Job(work, arguments, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        result: T = await job.result
        return result

    async def _work(self) -> None:
        while self._jobs:
            jobs, self._jobs = self._jobs, []
            try:
                done = await self._hop(_together, jobs)
            except Exception as error:
                done = [error] * len(jobs)
            for job, result in zip(jobs, done, strict=True):
                _tell(job, result)

    async def _hop(self, work: Callable[..., T], *arguments: Any) -> T:
        # aiosqlite has no public way to run a function in its thread, and statement by statement takes a hop for each.
        result: T = await self._connection._execute(work, self._connection._conn, *arguments)  # type: ignore[no-untyped-call]
        return result


def _tell(job: _Job, result: Any) -> None:
    """Give what came of a job to who waits for it, unless nobody does any more."""
    if job.result.done():
        return
    if isinstance(result, Exception):
        job.result.set_exception(result)
    else:
        job.result.set_result(result)


def _together(connection: sqlite3.Connection, jobs: list[_Job]) -> list[Any]:
    """What each job gives, or the error of those that fail: one that fails takes no other with it."""
    try:
        with _transaction(connection):
            return [job.work(connection, *job.arguments) for job in jobs]
    except Exception as error:
        if len(jobs) == 1 or _is_busy(error):
            return [error] * len(jobs)
        return [_together(connection, [job])[0] for job in jobs]


def _is_busy(error: Exception) -> bool:
    """Whether another process held the file; all jobs have waited for it then."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)")
    files = sorted((FOLDER / "migrations").glob("*.sql"))
    newest = int(files[-1].name[:3])
    if _queries.version(connection) > newest:
        raise sqlite3.DatabaseError("hij is gemaakt door een nieuwere versie van dit programma")
    for file in files:
        with _transaction(connection):
            if int(file.name[:3]) > _queries.version(connection):
                _migrate(connection, file)


def _migrate(connection: sqlite3.Connection, file: Path) -> None:
    statement = ""
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    _queries.migrated(connection, number=int(file.name[:3]), name=file.stem, at=datetime.now(UTC).isoformat())


def _receive(connection: sqlite3.Connection, events: list[Incoming]) -> list[Waiting]:
    new: list[Waiting] = []
    for event in events:
        row = _queries.receive(
            connection,
            channel=event.channel,
            event=event.id,
            conversation=event.conversation,
            received=event.at.isoformat(),
            content=dump_incoming(event),
        )
        if row:
            new.append(Waiting(row[0], event.conversation, event.at, event))
    return new


def _waiting(connection: sqlite3.Connection, channel: str) -> list[Waiting]:
    return [
        Waiting(
            number,
            conversation,
            datetime.fromisoformat(received),
            load_incoming(content) if content else None,
            load_outgoing(reply) if reply else None,
        )
        for number, conversation, received, content, reply in _queries.waiting(connection, channel=channel)
    ]


def _facts(connection: sqlite3.Connection, conversation: str) -> Facts:
    return {
        name: Fact(value, datetime.fromisoformat(at)) for name, value, at in _queries.facts(connection, conversation=conversation)
    }


def _apply(connection: sqlite3.Connection, event: Waiting, reply: Reply, outgoing: Outgoing) -> None:
    conversation = event.conversation
    kept = [
        {"conversation": conversation, "name": name, "value": fact.value, "at": fact.at.isoformat()}
        for name, fact in reply.facts.items()
        if fact
    ]
    dropped = [{"conversation": conversation, "name": name} for name, fact in reply.facts.items() if fact is None]
    if reply.forget:
        _queries.forget_facts(connection, conversation=conversation)
        _queries.forget_address(connection, conversation=conversation)
        _queries.forget_events(connection, conversation=conversation, id=event.number)
    if kept:
        _queries.keep_fact(connection, kept)
    if dropped:
        _queries.drop_fact(connection, dropped)
    if reply.gap and event.incoming:
        _queries.keep_gap(connection, question=reply.gap, day=event.at.date().isoformat())
    if reply.takes_over:
        _queries.move_facts(connection, before=reply.takes_over, conversation=conversation)
    _queries.applied(connection, id=event.number, reply=dump_outgoing(outgoing))


def _shared(connection: sqlite3.Connection, name: str) -> Fact | None:
    row = _queries.shared(connection, name=f"share:{name}")
    return Fact(row[0], datetime.fromisoformat(row[1])) if row else None


def _reminders(connection: sqlite3.Connection, day: date) -> list[tuple[str, str]]:
    return list(_queries.reminders(connection, day=day.isoformat()))


def _clean(connection: sqlite3.Connection, now: datetime, keep: timedelta) -> int:
    _queries.forget_ended(connection, day=now.date().isoformat())
    _queries.forget_done(connection, before=(now - REPEATS_WITHIN).isoformat())
    _queries.forget_gaps(connection, before=(now - keep).date().isoformat())
    _queries.forget_addresses(connection, before=(now - keep).isoformat())
    forgotten: int = _queries.silent(connection, before=(now - keep).isoformat())
    _queries.forget_silent(connection, before=(now - keep).isoformat())
    return forgotten


def _keep_address(connection: sqlite3.Connection, known: Address) -> None:
    _queries.keep_address(
        connection,
        conversation=known.conversation,
        person=known.person,
        team=known.team,
        address=json.dumps(known.address),
        seen=known.seen.isoformat(),
    )


def _address(connection: sqlite3.Connection, conversation: str) -> dict[str, Any]:
    return json.loads(_queries.address(connection, conversation=conversation) or "{}")  # type: ignore[no-any-return]


def _chat_of(connection: sqlite3.Connection, person: str) -> str:
    return _queries.chat_of(connection, person=person) or ""


def _threads_of(connection: sqlite3.Connection, team: str) -> list[str]:
    return [row[0] for row in _queries.threads_of(connection, team=team)]


def _gaps(connection: sqlite3.Connection) -> list[Gap]:
    return [Gap(*row) for row in _queries.gaps(connection)]


def _shown(connection: sqlite3.Connection, event: Waiting) -> None:
    _queries.shown(connection, id=event.number)

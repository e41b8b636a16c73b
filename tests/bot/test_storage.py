"""The inbox and the facts in a real database file."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.events import Incoming, Outgoing
from bot.problems import StorageError
from bot.storage.sqlite import SqliteStorage
from dialogs.events import Fact, Pressed, Said
from dialogs.messages import Button, Markdown, Message, Reply

AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
REPLY = Outgoing({"chat": 7}, (Message(Markdown("**hallo** “é” 🙂"), ((Button("Ja", "yes", "uitleg"),),), True),))


def _incoming(number: str, text: str = "hoi") -> Incoming:
    return Incoming("telegram", number, "telegram:7", Said(text), AT, {"chat": 7})


async def test_an_event_is_kept_until_its_reply_was_shown(tmp_path: Path) -> None:
    path = tmp_path / "map" / "test.sqlite3"
    storage = await SqliteStorage.open(path)
    events = [
        _incoming("1"),
        Incoming("telegram", "2", "telegram:7", Pressed("answer:1:content:2"), AT, {"chat": 7, "message": 3}),
    ]
    first, second = await storage.receive(events)
    assert await storage.receive(events) == []
    await storage.close()

    storage = await SqliteStorage.open(path)
    assert [event.incoming for event in await storage.waiting("telegram")] == events
    assert await storage.waiting("terminal") == []
    await storage.apply(first, Reply(REPLY.messages, {"role": Fact("hr", AT)}), REPLY)
    await storage.close()

    storage = await SqliteStorage.open(path)
    left = await storage.waiting("telegram")
    assert [(event.number, event.incoming, event.outgoing) for event in left] == [
        (first.number, None, REPLY),
        (second.number, events[1], None),
    ]
    assert await storage.facts("telegram:7") == {"role": Fact("hr", AT)}
    await storage.shown(first)
    assert [event.number for event in await storage.waiting("telegram")] == [second.number]
    await storage.close()


async def test_what_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    storage = await SqliteStorage.open(tmp_path / "test.sqlite3")
    events = await storage.receive([_incoming(str(number)) for number in range(5)])
    reply = Reply(REPLY.messages, {})
    bad = Outgoing({"chat": {7}}, REPLY.messages)
    work = [storage.apply(event, reply, bad if event is events[2] else REPLY) for event in events]
    results = await asyncio.gather(*work, storage.facts("telegram:7"), return_exceptions=True)
    assert [type(result) for result in results] == [type(None), type(None), TypeError, type(None), type(None), dict]
    assert [event.outgoing for event in await storage.waiting("telegram")] == [REPLY, REPLY, None, REPLY, REPLY]
    await storage.close()


async def test_a_done_event_leaves_no_content_behind(tmp_path: Path) -> None:
    storage = await SqliteStorage.open(tmp_path / "test.sqlite3")
    (event,) = await storage.receive([_incoming("1", "mijn geheime vraag")])
    await storage.apply(event, Reply(REPLY.messages, {}), REPLY)
    await storage.shown(event)
    await storage.close()
    with sqlite3.connect(tmp_path / "test.sqlite3") as connection:
        assert connection.execute("SELECT content, reply FROM inbox").fetchall() == [(None, None)]
    connection.close()


async def test_facts_change_drop_and_are_forgotten(tmp_path: Path) -> None:
    storage = await SqliteStorage.open(tmp_path / "test.sqlite3")
    one, two, three = await storage.receive([_incoming("1"), _incoming("2"), _incoming("3")])
    await storage.apply(one, Reply((), {"role": Fact("hr", AT), "subject": Fact("department", AT)}), REPLY)
    await storage.apply(two, Reply((), {"role": Fact("it", AT), "subject": None}), REPLY)
    assert await storage.facts("telegram:7") == {"role": Fact("it", AT)}
    await storage.shown(one)
    await storage.apply(three, Reply((), {}, forget=True), REPLY)
    assert await storage.facts("telegram:7") == {}
    assert {event.number for event in await storage.waiting("telegram")} == {two.number, three.number}
    await storage.close()


async def test_a_file_that_is_no_database_gets_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    path.write_text("dit is geen database, maar wel lang genoeg om er een te lijken" * 20)
    with pytest.raises(StorageError, match=r"is niet te gebruiken.*Zet een kopie terug"):
        await SqliteStorage.open(path)


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    await (await SqliteStorage.open(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (999, 'later', '')")
    connection.close()
    with pytest.raises(StorageError, match="nieuwere versie"):
        await SqliteStorage.open(path)


async def test_a_folder_that_cannot_be_made_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(StorageError, match="Kies een andere map met DATA_DIR"):
        await SqliteStorage.open(tmp_path / "bestand" / "test.sqlite3")

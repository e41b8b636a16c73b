"""What the desk does beside answering: keeping pace, sharing between people, reminding, forgetting, moving."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest_asyncio

from bot.channels.recorder import Recorder
from bot.desk import Desk
from bot.events import Incoming
from bot.politeness import Pace
from bot.storage.sqlite import SqliteStorage
from dialogs.events import Event, Joined, Left, Moved, Pressed, Said, Someone
from dialogs.messages import offered
from knowledge.model import Almanac

START = datetime(2026, 3, 12, 9, 0).astimezone()


class Room:
    """A desk on a real database, and people who talk with it through the recorder."""

    def __init__(self, almanac: Almanac, storage: SqliteStorage, pace: Pace | None = None) -> None:
        self.storage = storage
        self.recorder = Recorder()
        self.desk = Desk(almanac, storage, [self.recorder], keep_days=100, pace=pace)
        self.now = START
        self._count = 0

    async def bring(self, who: str, *events: Event | str, by: Someone | None = None) -> str:
        """Have someone do these one after the other; gives the last that was shown."""
        for event in events:
            self._count += 1
            said = Said(event) if isinstance(event, str) else event
            incoming = Incoming("recorder", str(self._count), f"recorder:{who}", said, self.now, {"chat": who}, by)
            await self.desk.receive([incoming])
            await self.desk.idle()
        return self.shown(who)

    def shown(self, who: str) -> str:
        seen = self.recorder.shown[who]
        return seen[-1].text if seen else ""

    def actions(self, who: str) -> list[str]:
        return [button.action for message in self.recorder.shown[who] for button in offered([message])]

    def link(self, who: str) -> str:
        """The payload of the newest link that someone was given."""
        buttons = [button for message in self.recorder.shown[who] for button in offered([message])]
        return [button.pass_on.payload for button in buttons if button.pass_on][-1]


SCAN: tuple[Event | str, ...] = ("/start", Pressed("role:hr"), "afdeling Zorg", *("1",) * 6)


@pytest_asyncio.fixture
async def room(almanac: Almanac, storage: SqliteStorage) -> Room:
    return Room(almanac, storage)


async def test_a_colleague_sees_a_shared_advice_until_it_ends_or_is_withdrawn(room: Room) -> None:
    await room.bring("anna", *SCAN, Pressed("link"))
    link = room.link("anna")
    seen = await room.bring("bert", f"/start {link}")
    assert "Deze afdeling ontdekt" in seen
    assert "Zorg" not in seen
    assert "scan" in room.actions("bert")
    assert "Wat is uw rol" in await room.bring("bert", Pressed("scan"))
    page = await room.desk.browse("recorder:anna", link, 0, room.now)
    assert "Deze afdeling ontdekt" in page.entries[0].text
    room.now = START + timedelta(days=91)
    await room.bring("carla", f"/start {link}")
    assert "is er niet meer" in _all(room, "carla")
    room.now = START
    await room.bring("anna", Pressed(f"withdraw:{link.removeprefix('a_')}"))
    await room.bring("dirk", f"/start {link}")
    assert "is er niet meer" in _all(room, "dirk")
    assert (await room.desk.browse("recorder:anna", link, 0, room.now)).entries == ()


def _all(room: Room, who: str) -> str:
    return "\n".join(message.text for message in room.recorder.shown[who])


async def test_a_shared_advice_stays_as_it_was_given(room: Room) -> None:
    await room.bring("anna", *SCAN, Pressed("link"))
    before = await room.bring("bert", f"/start {room.link('anna')}")
    await room.bring("anna", Pressed("restart:yes"), "organisatie", *("4",) * 10)
    assert await room.bring("bert", f"/start {room.link('anna')}") == before


async def test_who_deletes_everything_withdraws_the_links_too(room: Room) -> None:
    await room.bring("anna", *SCAN, Pressed("link"), Pressed("delete:yes"))
    await room.bring("bert", f"/start {room.link('anna')}")
    assert "is er niet meer" in _all(room, "bert")


async def test_a_reminder_comes_once_on_its_day(room: Room) -> None:
    await room.bring("anna", *SCAN, Pressed("remind:3"))
    shown = len(room.recorder.shown["anna"])
    await room.desk.remind(START + timedelta(days=90))
    await room.desk.idle()
    assert len(room.recorder.shown["anna"]) == shown
    for _ in range(2):
        await room.desk.remind(START + timedelta(days=92))
        await room.desk.idle()
    assert len(room.recorder.shown["anna"]) == shown + 1
    assert "om een herinnering" in room.shown("anna")


async def test_a_reminder_that_was_taken_back_or_has_nobody_left_never_comes(room: Room) -> None:
    await room.bring("anna", *SCAN, Pressed("remind:1"), Pressed("remind:0"))
    await room.bring("bert", *SCAN, Pressed("remind:1"), Left())
    shown = {who: len(room.recorder.shown[who]) for who in ("anna", "bert")}
    await room.desk.remind(START + timedelta(days=400))
    await room.desk.idle()
    assert {who: len(room.recorder.shown[who]) for who in shown} == shown


async def test_who_is_silent_for_long_is_forgotten(room: Room) -> None:
    await room.bring("anna", *SCAN)
    room.now = START + timedelta(days=50)
    await room.bring("bert", *SCAN, Pressed("link"))
    await room.desk.clean(START + timedelta(days=101))
    assert await room.storage.facts("recorder:anna") == {}
    assert any(name.startswith("share:") for name in await room.storage.facts("recorder:bert"))
    await room.desk.clean(START + timedelta(days=142))
    assert not any(name.startswith("share:") for name in await room.storage.facts("recorder:bert"))


async def test_who_sends_too_much_is_asked_to_wait_and_loses_nothing(almanac: Almanac, storage: SqliteStorage) -> None:
    minute = [0.0]
    room = Room(almanac, storage, Pace(4, lambda: minute[0]))
    await room.bring("anna", *SCAN[:3], "1", "2", "2", "2")
    texts = [message.text for message in room.recorder.shown["anna"]]
    assert sum("Rustig aan" in text for text in texts) == 1
    assert "Welkom" in await room.bring("bert", "/start")
    minute[0] = 60
    assert "Vraag 2 van 10" in await room.bring("anna", "verder")


async def test_a_group_scans_together(room: Room) -> None:
    anna, bert = Someone("1", "Anna"), Someone("2", "Bert_*")
    assert "/scan" in await room.bring("team", Joined(), by=anna)
    assert "Waarover gaat de scan" in await room.bring("team", "/scan", by=anna)
    await room.bring("team", "organisatie", by=anna)
    assert "**Anna** koos" in await room.bring("team", "1", by=anna)
    first = next(action for action in room.actions("team") if action.startswith("answer:1:") and action.endswith(":4"))
    assert r"**Bert\_\*** koos" in await room.bring("team", Pressed(first), by=bert)
    facts = await room.storage.facts("recorder:team")
    assert facts[f"answer:{first.split(':')[2]}"].value == "4"
    await room.bring("team", *("1",) * 9, by=bert)
    assert "deden 2 mensen mee" in _all(room, "team")
    assert "Anna" not in str(facts)


async def test_a_group_that_moves_keeps_everything_and_one_that_ends_leaves_nothing(room: Room) -> None:
    anna = Someone("1", "Anna")
    await room.bring("team", "/scan", "organisatie", "1", by=anna)
    await room.bring("super", Moved("recorder:team"), by=anna)
    assert await room.storage.facts("recorder:team") == {}
    assert "Vraag 2 van 10" in await room.bring("super", "verder", by=anna)
    shown = len(room.recorder.shown["super"])
    await room.bring("super", Left(), by=anna)
    assert await room.storage.facts("recorder:super") == {}
    assert len(room.recorder.shown["super"]) == shown

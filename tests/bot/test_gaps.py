"""What could not be answered is counted without anything personal, grouped, and can be turned off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.recorder import Recorder
from bot.desk import Desk
from bot.events import Incoming
from bot.gaps import Gap, gap_lines
from bot.storage.sqlite import SqliteStorage
from dialogs.events import Said
from dialogs.unanswered import without_personal
from knowledge.model import Almanac
from knowledge.search import vocabulary

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("waar verleng ik mijn paspoort", "waar verleng ik mijn paspoort"),
        ("Ik ben Jan de Vries en mijn kliko is stuk", "… en mijn kliko is stuk"),
        ("mijn naam is fatima, waar is de milieustraat", "… is de milieustraat"),
        ("bel de kliko op 06-12 34 56 78 of +31 6 12345678", "bel de kliko op … of …"),
        ("mail klachten naar j.jansen@dorp.nl of @janj of https://x.nl/p?q=1", "mail klachten naar … of … of …"),
        ("grofvuil bij Dorpsstraat 12a, 1234 AB", "grofvuil bij …"),
        ("wat vindt Willem-Jan van Instagram", "wat vindt … van instagram"),
        ("ik ben een ambtenaar met een kapotte laptop", "ik ben een ambtenaar met een kapotte laptop"),
        ("wie vervangt Marieke bij de kliko", "wie vervangt … bij de kliko"),
        ("paspoort 123456789", "paspoort …"),
        ("bsn 123456789", ""),
    ],
)
def test_nothing_personal_is_left(almanac: Almanac, question: str, kept: str) -> None:
    assert without_personal(question, vocabulary(almanac)) == kept


@pytest.mark.parametrize("text", ["ja", "nee", "n.v.t.", "niks", "mwah", "…", "0612345678", "Ik ben Jan", "@janj", ""])
def test_what_tells_editors_nothing_is_not_kept(almanac: Almanac, text: str) -> None:
    assert without_personal(text, vocabulary(almanac)) == ""


@pytest.mark.parametrize("keep", [True, False])
async def test_unanswered_questions_are_counted_unless_turned_off(almanac: Almanac, tmp_path: Path, keep: bool) -> None:
    storage = await SqliteStorage.open(tmp_path / "test.sqlite3")
    desk = Desk(almanac, storage, [Recorder()], keep_unanswered=keep)
    asked = ["wanneer wordt het grofvuil opgehaald", "Wanneer wordt het grofvuil opgehaald", "hoe organiseer ik webcare", "hoi"]
    await desk.receive(
        [Incoming("recorder", str(i), f"recorder:{i}", Said(text), AT, {"chat": i}) for i, text in enumerate(asked)]
    )
    await desk.idle()
    assert await storage.gaps() == ([Gap("wanneer wordt het grofvuil opgehaald", "2026-03-12", "2026-03-12", 2)] if keep else [])
    await storage.close()


def test_like_questions_stand_together() -> None:
    gaps = [
        Gap("paspoort verlengen", "2026-01-02", "2026-02-01", 3),
        Gap("hoe duur is een kaartje", "2026-01-01", "2026-01-01", 4),
        Gap("kan ik mijn paspoort verlengen", "2026-01-01", "2026-03-01", 2),
    ]
    assert [" ".join(line.split()) for line in gap_lines(gaps)] == [
        "5 keer 2026-01-01 tot 2026-03-01 paspoort verlengen",
        "kan ik mijn paspoort verlengen",
        "4 keer 2026-01-01 tot 2026-01-01 hoe duur is een kaartje",
    ]

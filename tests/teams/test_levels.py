"""The levels as bars in the card: in the outcome, and instead of a link to the picture."""

from __future__ import annotations

from bot.events import Outgoing, dump_outgoing, load_outgoing
from dialogs.messages import Bar, Drawn, Group, Markdown, Message
from tests.teams.conftest import Bot
from tests.teams.fake import FakeTeams, Shown
from tests.teams.rules import elements

CHAT = "a:1anna"
SCAN = ("/start", "hr", "organisatie", *"2?-2222")


async def _say(bot: Bot, *texts: str) -> Shown:
    for text in texts:
        await bot.fake.say(CHAT, {"?": "weet ik niet", "-": "niet van toepassing"}.get(text, text))
        await bot.desk.idle()
    return bot.fake.chats[CHAT][-1]


async def _press(bot: Bot, shown: Shown, title: str) -> Shown:
    (button,) = [button for button in shown.buttons if title in button["title"]]
    await bot.fake.press(CHAT, shown, button)
    await bot.desk.idle()
    return bot.fake.chats[CHAT][-1]


def _rows(shown: Shown) -> list[str]:
    return [line for line in shown.text.splitlines() if "□" in line or "■" in line]


async def test_the_outcome_shows_every_level_between_the_reason_and_the_steps(bot: Bot, fake: FakeTeams) -> None:
    outcome = await _say(bot, *SCAN)
    rows = _rows(outcome)
    assert len(rows) == 10
    before, after = outcome.text.split(rows[0])[0], outcome.text.split(rows[-1])[1]
    assert "fase" in before
    assert "Uw stappen voor nu" in after
    assert fake.problems == []


async def test_a_level_is_said_in_words_and_not_by_colour_alone(bot: Bot, fake: FakeTeams) -> None:
    rows = _rows(await _say(bot, *SCAN))
    assert "Gesprek ■■□□ 2 van 4, doel 3" in rows
    assert "Afspraken en werkwijze □□□□ weet ik niet, doel 3" in rows
    assert "Berichten □□□□ niet van toepassing" in rows


async def test_the_echo_of_the_last_answer_comes_first(bot: Bot, fake: FakeTeams) -> None:
    assert (await _say(bot, *SCAN)).text.startswith("Genoteerd:")


async def test_the_picture_is_drawn_in_the_card_and_no_file_is_kept(bot: Bot, fake: FakeTeams) -> None:
    await _say(bot, *SCAN)
    profile = await _press(bot, await _say(bot, "waarom"), "Al uw onderdelen")
    assert profile.text.startswith("Uw onderdelen")
    assert len(_rows(profile)) == 10
    assert not any(element["type"] == "Action.OpenUrl" for element in elements(profile.card))
    assert fake.typing == []


def test_levels_outlive_a_restart() -> None:
    drawn = Drawn(
        Markdown("boven"), (Group("groep", (Bar("Gesprek", 2, "2 van 4", 3), Bar("Visie", None, "?", None))),), Markdown("")
    )
    outgoing = Outgoing({}, (Message(Markdown("tekst"), drawn=drawn), Message(Markdown("kaal"))))
    assert load_outgoing(dump_outgoing(outgoing)) == outgoing

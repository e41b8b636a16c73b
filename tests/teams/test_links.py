"""An address of ours in a message becomes a card, and cards lead to the page that everybody can open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.pages.addresses import Pages
from knowledge.model import Almanac
from tests.teams.conftest import Bot
from tests.teams.fake import FakeTeams, Shown, card_text
from tests.teams.rules import card_problems

BASE = "https://stap.example/onder"
CHAPTER = f"{BASE}/hoofdstuk/webcare-organiseren"
ELSEWHERE, CHAT, COLLEAGUE = "19:ander@thread.v2", "a:1anna", "a:1bert"
QUERY_LINK, ANONYMOUS = "composeExtension/queryLink", "composeExtension/anonymousQueryLink"


@pytest_asyncio.fixture
async def bot(almanac: Almanac, fake: FakeTeams, tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot whose pages can be opened from outside."""
    bot = Bot(almanac, fake, tmp_path / "test.sqlite3", pages=Pages(BASE))
    await bot.open()
    yield bot
    await bot.close()


async def _ask(fake: FakeTeams, value: Any, name: str = QUERY_LINK, **more: Any) -> dict[str, Any]:
    response = await fake.bring(fake.activity("invoke", ELSEWHERE, name=name, value=value, **more))
    assert response.status_code == 200
    found: dict[str, Any] = response.json()["composeExtension"]
    assert (found["type"], found["attachmentLayout"]) == ("result", "list")
    return found


def _to_copy(shown: Shown) -> list[str]:
    """What is uncovered on a card to pass on."""
    (hidden,) = [element for element in shown.card["body"] if element.get("isVisible") is False]
    return [run["text"] for block in hidden["items"] for run in block["inlines"]]


@pytest.mark.parametrize("name", [QUERY_LINK, ANONYMOUS])
async def test_an_address_of_a_chapter_becomes_the_card_that_a_search_gives(bot: Bot, fake: FakeTeams, name: str) -> None:
    (found,) = (await _ask(fake, {"url": CHAPTER}, name))["attachments"]
    assert list(card_problems(found["content"])) == []
    assert found["preview"]["content"]["title"] == "Webcare organiseren"
    assert "Leestip: Webcare organiseren" in card_text(found["content"])
    value = {"parameters": [{"name": "words", "value": "c_webcare-organiseren"}]}
    assert (await _ask(fake, value, "composeExtension/query"))["attachments"] == [found]


async def test_the_first_button_opens_the_page_and_the_second_the_chat(bot: Bot, fake: FakeTeams) -> None:
    (found,) = (await _ask(fake, {"url": CHAPTER}))["attachments"]
    read, talk = found["content"]["body"][-1]["actions"]
    assert (read["title"], read["url"]) == ("Open het hoofdstuk", CHAPTER)
    assert talk["title"] == "Praat met de adviseur"
    assert talk["url"].startswith("https://teams.microsoft.com/l/chat/0/0?users=28%3A")


@pytest.mark.parametrize(
    "value",
    [
        {"url": f"{BASE}/hoofdstuk/bestaat-niet"},
        {"url": f"{BASE}/hoofdstuk/a_geheim"},
        {"url": f"{BASE}/"},
        {"url": "https://elders.example/hoofdstuk/webcare-organiseren"},
        {"url": 3},
        {},
        None,
        "tekst",
    ],
)
async def test_other_addresses_get_an_empty_answer(bot: Bot, fake: FakeTeams, value: Any) -> None:
    assert (await _ask(fake, value))["attachments"] == []
    assert (await _ask(fake, value, ANONYMOUS, **{"from": None}))["attachments"] == []


async def test_a_failure_gets_an_empty_answer(bot: Bot, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*arguments: object) -> None:
        raise OSError("geheim")

    monkeypatch.setattr(bot.desk, "browse", broken)
    assert (await _ask(fake, {"url": CHAPTER}))["attachments"] == []


async def test_the_text_to_copy_holds_the_page(bot: Bot, fake: FakeTeams) -> None:
    await fake.say(CHAT, "/start c_webcare-organiseren")
    await bot.desk.idle()
    assert _to_copy(fake.chats[CHAT][0])[1:] == ["Leestip: Webcare organiseren", CHAPTER]


async def test_a_shared_advice_opens_in_the_chat_of_a_colleague(bot: Bot, fake: FakeTeams) -> None:
    for text in ("/start", "hr", "organisatie", *"222222"):
        await fake.say(CHAT, text)
        await bot.desk.idle()
    await fake.say(CHAT, "deel")
    await bot.desk.idle()
    shared = fake.chats[CHAT][-1]
    (make,) = [button for button in shared.buttons if button["title"] == "Maak een link"]
    await fake.press(CHAT, shared, make)
    await bot.desk.idle()
    texts = _to_copy(fake.chats[CHAT][-1])
    assert "teams.microsoft.com/l/chat" in texts[2]
    await fake.say(COLLEAGUE, texts[-1].partition(": ")[2])
    await bot.desk.idle()
    assert "Iemand deelt een advies met u" in fake.chats[COLLEAGUE][0].text
    assert fake.problems == []

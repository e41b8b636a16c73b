"""Searching the almanac from the compose box."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from knowledge.model import Almanac
from tests.teams.conftest import Bot
from tests.teams.fake import BOT, FakeTeams, card_text
from tests.teams.rules import card_problems

ELSEWHERE, CHAT = "19:ander@thread.v2", "a:1anna"


async def _search(fake: FakeTeams, value: Any) -> dict[str, Any]:
    response = await fake.bring(fake.activity("invoke", ELSEWHERE, name="composeExtension/query", value=value))
    assert response.status_code == 200
    return response.json()["composeExtension"]  # type: ignore[no-any-return]


def _words(text: str, **options: Any) -> dict[str, Any]:
    return {"commandId": "chapters", "parameters": [{"name": "words", "value": text}], "queryOptions": options}


async def test_a_chapter_is_picked_and_stands_alone(bot: Bot, fake: FakeTeams) -> None:
    found = await _search(fake, _words("webcare", skip=0, count=25))
    assert (found["type"], found["attachmentLayout"]) == ("result", "list")
    first = found["attachments"][0]
    assert first["preview"]["content"]["title"] == "Webcare organiseren"
    assert list(card_problems(first["content"])) == []
    assert "Leestip: Webcare organiseren" in card_text(first["content"])
    url = urlsplit(first["content"]["body"][-1]["actions"][0]["url"])
    assert url.hostname == "teams.microsoft.com"
    assert parse_qs(url.query) == {"users": [BOT["id"]], "message": ["/start c_webcare-organiseren"]}
    await fake.say(CHAT, parse_qs(url.query)["message"][0])
    await bot.desk.idle()
    assert "Webcare organiseren" in fake.chats[CHAT][0].text


INITIAL = {"commandId": "chapters", "parameters": [{"name": "initialRun", "value": "true"}]}


@pytest.mark.parametrize("value", [INITIAL, {"commandId": "chapters"}, {}, None, {"parameters": [None, {"name": 3}]}])
async def test_nothing_typed_gives_what_is_recommended(bot: Bot, fake: FakeTeams, value: Any) -> None:
    found = await _search(fake, value)
    assert 10 <= len(found["attachments"]) <= 25
    for attached in found["attachments"]:
        assert list(card_problems(attached["content"])) == []


async def test_what_is_recommended_fits_who_asks(bot: Bot, fake: FakeTeams) -> None:
    before = [found["preview"]["content"]["title"] for found in (await _search(fake, INITIAL))["attachments"]]
    for text in ("/start", "hr", "organisatie", *"111111"):
        await fake.say(CHAT, text)
        await bot.desk.idle()
    after = [found["preview"]["content"]["title"] for found in (await _search(fake, INITIAL))["attachments"]]
    assert before != after


async def test_a_next_page_goes_on(bot: Bot, fake: FakeTeams) -> None:
    first, second = [await _search(fake, _words("", skip=skip, count=25)) for skip in (0, 25)]
    assert len(first["attachments"]) == len(second["attachments"]) == 25
    titles = [{found["preview"]["content"]["title"] for found in page["attachments"]} for page in (first, second)]
    assert titles[0].isdisjoint(titles[1])


async def test_what_a_list_shows_of_a_chapter_fits_and_ends_at_a_word(bot: Bot, fake: FakeTeams, almanac: Almanac) -> None:
    for chapter in almanac.chapters.values():
        (found,) = (await _search(fake, _words(f"c_{chapter.id}")))["attachments"]
        whole, line = f"Fase {chapter.phase}. {chapter.line}", found["preview"]["content"]["text"]
        assert len(line) <= 80
        assert line == whole or (whole.startswith(line.rstrip("…")) and not whole[len(line) - 1].isalnum())


async def test_nothing_found_says_so(bot: Bot, fake: FakeTeams) -> None:
    assert await _search(fake, _words("xqzvw")) == {"type": "message", "text": "Hierover vond ik geen hoofdstuk in de almanak."}


async def test_a_search_that_fails_gives_a_sentence(bot: Bot, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*arguments: object) -> None:
        raise OSError("geheim")

    monkeypatch.setattr(bot.desk, "browse", broken)
    assert (await _search(fake, _words("webcare")))["text"] == "Zoeken lukt nu niet. Probeer het zo nog eens."

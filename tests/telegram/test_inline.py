"""Passing on: a list in any chat, what a colleague gets of it, and the link that opens here."""

from __future__ import annotations

import re

from bot.desk import Desk
from knowledge.model import Almanac
from tests.telegram.fake import FakeTelegram
from tests.telegram.fake.shown import InlineAnswer

ANNA, BERT = 11, 12


async def _list(server: FakeTelegram, person: int, query: str, offset: str = "") -> InlineAnswer:
    before = len(server.inline)
    server.ask_inline(person, query, offset)
    await server.wait_until(lambda: len(server.inline) > before)
    return list(server.inline.values())[-1]


async def _said(server: FakeTelegram, chat: int, text: str) -> None:
    await server.wait_until(lambda: any(text in shown.text for shown in server.chats[chat]))


async def test_a_chapter_goes_to_a_colleague_who_opens_it(server: FakeTelegram, desk: Desk) -> None:
    found = await _list(server, ANNA, "webcare")
    assert found.results[0]["id"] == "webcare-organiseren"
    assert not found.is_personal
    server.choose(ANNA, BERT, "webcare-organiseren")
    card = server.chats[BERT][-1]
    assert "Leestip: Webcare organiseren" in card.text
    url = card.raw["reply_markup"]["inline_keyboard"][0][0]["url"]
    payload = re.fullmatch(r"https://t\.me/volgende_stap_bot\?start=([\w-]{1,64})", url)
    assert payload
    server.say(BERT, f"/start {payload[1]}")
    await _said(server, BERT, "Of begin de scan")
    assert server.problems == []


async def test_every_chapter_is_in_the_list_without_words_page_by_page(
    server: FakeTelegram, desk: Desk, almanac: Almanac
) -> None:
    ids: list[str] = []
    offset = ""
    while not ids or offset:
        page = await _list(server, ANNA, "", offset)
        assert page.is_personal
        ids += [result["id"] for result in page.results]
        offset = page.next_offset
    assert sorted(ids) == sorted(almanac.chapters)


async def test_nothing_found_says_so_and_leads_to_a_conversation(server: FakeTelegram, desk: Desk) -> None:
    found = await _list(server, ANNA, "xqzvw")
    assert [result["title"] for result in found.results] == ["Geen hoofdstuk gevonden"]
    server.say(ANNA, f"/start {(found.button or {})['start_parameter']}")
    await _said(server, ANNA, "Typ hieronder uw vraag")


async def test_a_shared_advice_is_picked_read_and_withdrawn(server: FakeTelegram, desk: Desk) -> None:
    for text in ("/start", "hr", "afdeling Zorg", *("1",) * 6):
        server.say(ANNA, text)
    await _said(server, ANNA, "Dat is fase 1 van 4")
    server.press(ANNA, "Deel met een collega")
    await _said(server, ANNA, "Gemaakt met De Volgende Stap")
    server.press(ANNA, "Maak een link")
    await _said(server, ANNA, "Hier is uw link")
    await server.wait_until(lambda: "reply_markup" in server.chats[ANNA][-1].raw)
    rows = server.chats[ANNA][-1].raw["reply_markup"]["inline_keyboard"]
    query = rows[0][0]["switch_inline_query_chosen_chat"]["query"]
    assert any(query in button.get("copy_text", {}).get("text", "") for row in rows for button in row)
    (result,) = (await _list(server, ANNA, query)).results
    server.choose(ANNA, BERT, result["id"])
    assert "Deze afdeling ontdekt" in server.chats[BERT][-1].text
    assert "Zorg" not in server.chats[BERT][-1].text
    server.say(BERT, f"/start {query}")
    await _said(server, BERT, "Iemand deelt een advies met u")
    server.press(ANNA, "Trek de link in")
    await _said(server, ANNA, "Ingetrokken")
    server.say(BERT, f"/start {query}")
    await _said(server, BERT, "Dit advies is er niet meer")
    assert server.problems == []


async def test_a_list_that_comes_too_late_troubles_nobody(server: FakeTelegram, desk: Desk) -> None:
    server.fail("answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    server.ask_inline(ANNA, "webcare")
    assert (await _list(server, BERT, "webcare")).results

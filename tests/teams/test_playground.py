"""The real program in Microsoft's own local client, in a browser: what a person in Teams does and sees.

With PLAYGROUND_SHOTS set to a folder, pictures of the main moments are left there.
"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pikepdf
import pytest
import pytest_asyncio

from tests.teams.playground_client import Playground, missing, playground

BOT = "Test Bot"
pytestmark = pytest.mark.skipif(bool(missing()), reason=f"no Agents Playground here: {missing()}")


@pytest_asyncio.fixture
async def client(tmp_path: Path) -> AsyncIterator[Playground]:
    async with playground(tmp_path) as client:
        yield client
        await client.check()


async def test_a_whole_scan_with_buttons(client: Playground) -> None:
    await client.sees("Welkom bij De Volgende Stap")
    await client.photograph("welcome")
    await client.press("Communicatie", "Waarover gaat de scan?")
    await client.press("De hele organisatie", "Vraag 1 van 10")
    await client.photograph("question")
    await client.press("Lezen en antwoorden", "Vraag 2 van 10")
    await client.press("Vaste aanpak voor vragen", "Vraag 3 van 10")
    await client.press("Uit ons eigen nieuws", "Vraag 4 van 10")
    await client.press("Eén enthousiaste collega", "Vraag 5 van 10")
    await client.press("Antwoord op vragen aan ons", "Vraag 6 van 10")
    await client.press("Proberen en kijken", "Vraag 7 van 10")
    await client.press("Naar onze eigen kanalen", "Vraag 8 van 10")
    await client.press("Wat uren en een proef", "Uw organisatie experimenteert. Dat is fase 2 van 4.")
    await client.sees("Uw stappen voor nu, op weg naar fase 3 (converseert)")
    await client.photograph("advice")
    await client.press("Waarom deze fase?", "De kleinste verandering voor fase 3")
    await client.photograph("why")
    await client.press("Al uw onderdelen", "Uw onderdelen")
    await client.photograph("profile")


async def test_a_free_question_and_typed_answers(client: Playground) -> None:
    await client.sees("Wat is uw rol?")
    await client.say("ik ben communicatieadviseur", "Genoteerd: Communicatie")
    await client.say("afdeling Burgerzaken", "Vraag 1 van 10")
    await client.say("de tweede", "Genoteerd: Lezen en antwoorden")
    await client.say("wat doen we met trollen?", "Omgaan met negatieve reacties en trollen", "Vraag 2 van 10")
    await client.photograph("free-question")
    await client.press("Lees verder", "Zo pakt u het aan")
    await client.photograph("chapter")
    await client.say("verder", "Vraag 2 van 10")
    await client.say("optie 2", "Vraag 3 van 10")


async def test_a_chapter_is_shared_in_a_group(client: Playground) -> None:
    await client.sees("Wat is uw rol?")
    await client.chat("Group Chat")
    await client.sees("ik ben De Volgende Stap")
    await client.search("trollen", "Omgaan met negatieve reacties en trollen")
    await client.photograph("found")
    await client.send()
    await client.sees("Leestip: Omgaan met negatieve reacties en trollen")
    await client.photograph("shared")


async def test_a_group_that_mentions_the_advisor(client: Playground) -> None:
    await client.sees("Wat is uw rol?")
    await client.chat("Group Chat")
    await client.sees("ik ben De Volgende Stap")
    await client.mention(BOT)
    await client.say("wat doen we met trollen?", "Omgaan met negatieve reacties en trollen")
    await client.photograph("group-question")
    await client.mention(BOT)
    await client.say("scan", "Waarover gaat de scan?")
    await client.press("De hele organisatie", "Vraag 1 van 10")
    await client.press("Lezen en antwoorden", "Vraag 2 van 10")
    await client.photograph("group-scan")


async def test_a_shared_chapter_is_no_question_to_the_advisor(client: Playground) -> None:
    await client.sees("Wat is uw rol?")
    await client.search("trollen", "Omgaan met negatieve reacties en trollen")
    await client.send()
    await client.sees("Ik kan alleen tekst lezen")


async def test_a_post_in_a_channel_that_mentions_the_advisor(client: Playground) -> None:
    await client.sees("Wat is uw rol?")
    await client.chat("General")
    await client.sees("ik ben De Volgende Stap")
    await client.mention(BOT)
    await client.post("wat doen we met trollen?", "Omgaan met negatieve reacties en trollen")
    await client.photograph("channel")


async def test_the_report_is_opened_from_its_card(client: Playground) -> None:
    await client.sees("Wat is uw rol?")
    for text in ("communicatie", "organisatie", "1", "1", "1", "1", "1"):
        await client.say(text, "Genoteerd")
    await client.say("1", "Uw stappen voor nu")
    await client.press("Rapport (pdf)", "Uw adviesrapport")
    await client.photograph("report")
    with pikepdf.open(io.BytesIO(await client.fetch("Open het rapport"))) as report:
        assert len(report.pages) >= 1

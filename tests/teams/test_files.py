"""The report and other files: a button on the card that opens them, for an hour."""

from __future__ import annotations

import httpx
import pytest

from bot.channels.teams.files import LASTS, MOST, PATH, Files
from bot.server import app
from tests.teams.conftest import Bot
from tests.teams.fake import FakeTeams

CHAT = "a:1anna"
SCAN = ("/start", "griffie", "organisatie", "1", "1", "1", "1", "1", "1")


async def _say(bot: Bot, *texts: str) -> None:
    for text in texts:
        await bot.fake.say(CHAT, text)
        await bot.desk.idle()


async def _fetch(bot: Bot, address: str) -> httpx.Response:
    client = httpx.AsyncClient(transport=httpx.ASGITransport(bot.app), base_url="https://stap.example")
    return await client.get(address)


@pytest.mark.parametrize(
    ("asked", "begins", "kind"),
    [("rapport", b"%PDF", "application/pdf"), ("toon mijn gegevens", b"{", "application/json")],
)
async def test_a_file_is_opened_from_the_card(bot: Bot, fake: FakeTeams, asked: str, begins: bytes, kind: str) -> None:
    await _say(bot, *SCAN, asked)
    (button,) = [button for shown in fake.chats[CHAT] for button in shown.buttons if button["type"] == "Action.OpenUrl"]
    assert "een uur" in button["title"]
    assert fake.typing == [CHAT]
    file = await _fetch(bot, button["url"])
    assert file.status_code == 200
    assert file.content.startswith(begins)
    assert file.headers["Content-Type"] == kind
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert fake.problems == []


async def test_an_address_that_nobody_got_gives_nothing(bot: Bot) -> None:
    for name in ("x", "..%2f..%2fetc%2fpasswd", ""):
        assert (await _fetch(bot, f"https://stap.example{PATH}/{name}")).status_code == 404


async def test_a_file_that_cannot_be_made_leaves_the_text(bot: Bot, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(attachment: object) -> None:
        return None

    monkeypatch.setattr(bot.teams, "_draw", nothing)
    await _say(bot, *SCAN, "rapport")
    assert not any(button["type"] == "Action.OpenUrl" for shown in fake.chats[CHAT] for button in shown.buttons)
    assert "Uw adviesrapport" in "\n".join(shown.text for shown in fake.chats[CHAT])


async def test_addresses_differ_end_and_are_not_without_number() -> None:
    now = 0.0
    files = Files("https://stap.example", lambda: now)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app([files.route()], {})), base_url="https://stap.example")
    addresses = [files.keep("a.pdf", b"x") for _ in range(MOST + 1)]
    assert len(set(addresses)) == MOST + 1
    assert (await client.get(addresses[0])).status_code == 404
    assert (await client.get(addresses[-1])).status_code == 200
    now = LASTS
    ended = await client.get(addresses[-1])
    assert ended.status_code == 404
    assert "Deze link is verlopen" in ended.text

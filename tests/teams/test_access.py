"""Who is heard, with tokens signed here and a key server of our own; nothing goes to Microsoft."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.channels.teams import access
from bot.channels.teams.access import Checked, of_teams, of_this_machine
from knowledge.model import Almanac
from tests.teams.conftest import Bot
from tests.teams.fake import TENANT, FakeTeams
from tests.teams.keys import CLIENT, REFUSED, SERVICE, TAKEN, KeyServer, Make


@pytest.fixture(scope="module")
def keys() -> Iterator[KeyServer]:
    with KeyServer() as server:
        yield server


class Guarded:
    """The route behind the check of tokens; `kept` says how many activities came through."""

    def __init__(self, bot: Bot, keys: KeyServer) -> None:
        self.bot, self.keys = bot, keys
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(bot.app), base_url="http://bot")

    async def post(self, authorization: str, **changes: Any) -> int:
        activity = {**self.bot.fake.activity("message", "a:1", text="hallo"), "serviceUrl": SERVICE, **changes}
        headers = {"Authorization": authorization} if authorization else {}
        return (await self.client.post("/api/messages", json=activity, headers=headers)).status_code

    async def kept(self) -> int:
        rows = await self.bot.storage._connection.execute_fetchall("SELECT count(*) FROM inbox")
        return next(iter(rows))[0]  # type: ignore[no-any-return]


@pytest_asyncio.fixture
async def guarded(almanac: Almanac, fake: FakeTeams, keys: KeyServer, tmp_path: Path) -> AsyncIterator[Guarded]:
    bot = Bot(almanac, fake, tmp_path / "test.sqlite3", Checked(CLIENT, [TENANT.upper()], keys.cloud()))
    await bot.open()
    yield Guarded(bot, keys)
    await bot.close()


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
async def test_a_token_that_does_not_hold_is_refused(guarded: Guarded, make: Make, caplog: pytest.LogCaptureFixture) -> None:
    authorization = make(guarded.keys)
    with caplog.at_level(logging.INFO, "bot"):
        assert await guarded.post(authorization) == 401
    assert await guarded.kept() == 0
    assert "was refused" in caplog.text
    assert len(authorization) < 60 or authorization.split()[-1] not in caplog.text


@pytest.mark.parametrize("make", TAKEN.values(), ids=TAKEN.keys())
async def test_a_token_that_holds_is_taken(guarded: Guarded, make: Make) -> None:
    assert await guarded.post(make(guarded.keys)) == 200
    assert await guarded.kept() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"channelData": {"tenant": {"id": "cccccccc-0000-4000-8000-000000000003"}}},
        {"channelData": {}, "conversation": {"id": "a:1"}},
        {"channelId": "webchat"},
    ],
    ids=["a tenant that is not let in", "no tenant", "not from teams"],
)
async def test_a_good_token_from_elsewhere_is_refused(guarded: Guarded, changes: dict[str, Any]) -> None:
    assert await guarded.post(f"Bearer {guarded.keys.token()}", **changes) == 403
    assert await guarded.kept() == 0


@pytest.mark.parametrize("service", [None, "", "https://evil.example/", 3])
async def test_the_address_to_answer_to_is_the_one_in_the_token(guarded: Guarded, service: Any) -> None:
    assert await guarded.post(f"Bearer {guarded.keys.token()}", serviceUrl=service) == 401


async def test_an_address_that_is_none_of_teams_is_refused_whoever_signed_it(guarded: Guarded) -> None:
    elsewhere = "https://evil.example/"
    assert await guarded.post(f"Bearer {guarded.keys.token(serviceurl=elsewhere)}", serviceUrl=elsewhere) == 403


async def test_without_a_token_nothing_is_read(guarded: Guarded) -> None:
    async def untouched() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    assert (await guarded.client.post("/api/messages", content=untouched())).status_code == 401


async def test_a_body_that_is_no_activity_is_refused_and_not_logged(guarded: Guarded, caplog: pytest.LogCaptureFixture) -> None:
    headers = {"Authorization": f"Bearer {guarded.keys.token()}"}
    for content in (b"", b"geheim", b"[]", b"null", b"\xff", b"[" * 100_000, b"{}", b'{"type": 3}'):
        assert (await guarded.client.post("/api/messages", content=content, headers=headers)).status_code == 400
    assert "geheim" not in caplog.text


async def test_the_loop_goes_on_while_keys_are_fetched(guarded: Guarded) -> None:
    guarded.keys.asked.clear()
    guarded.keys.open.clear()
    waiting = asyncio.create_task(guarded.post(f"Bearer {guarded.keys.token()}"))
    assert await asyncio.to_thread(guarded.keys.asked.wait, 10)
    assert (await guarded.client.get("/health")).status_code == 200
    assert not waiting.done()
    guarded.keys.open.set()
    assert await waiting == 200


async def test_keys_that_do_not_come_give_503(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "KEYS_TIME", 0.05)
    guarded.keys.open.clear()
    assert await guarded.post(f"Bearer {guarded.keys.token()}") == 503
    guarded.keys.open.set()
    assert await guarded.kept() == 0


async def test_unknown_key_ids_do_not_fetch_again_and_again(guarded: Guarded) -> None:
    before = guarded.keys.fetched
    strange = [guarded.post(f"Bearer {guarded.keys.token(guarded.keys.other, kid=f'x{n}')}") for n in range(6)]
    assert set(await asyncio.gather(*strange)) == {401}
    assert guarded.keys.fetched - before <= 2


def test_addresses_of_teams_and_of_others() -> None:
    for service in ("https://smba.trafficmanager.net/emea/", "https://smba.infra.gcc.teams.microsoft.com/x"):
        assert of_teams(service)
    for service in (
        "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilteams.microsoft.com/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example/smba.trafficmanager.net",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://[bad/",
        "https://127.0.0.1/",
        "",
    ):
        assert not of_teams(service)
    assert of_this_machine("http://localhost:56150/_connector")
    assert not of_this_machine("http://localhost.evil.example/")


async def test_locally_only_this_machine_is_answered(bot: Bot) -> None:
    activity = bot.fake.activity("message", "a:1", text="hallo") | {"serviceUrl": SERVICE}
    client = httpx.AsyncClient(transport=httpx.ASGITransport(bot.app), base_url="http://bot")
    assert (await client.post("/api/messages", content=json.dumps(activity))).status_code == 403

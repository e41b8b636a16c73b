"""The real program with Teams, alone and beside Telegram, and the settings that it refuses."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import Settings
from tests.teams.fake import FakeTeams
from tests.telegram.fake import FakeTelegram
from tests.telegram.test_process import Program

CHAT = "a:1anna"
CLIENT, TENANT = "b0b00000-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000001"
ALL = {"TEAMS_CLIENT_ID": CLIENT, "TEAMS_TENANT_ID": TENANT, "PUBLIC_URL": "https://stap.gemeente.nl"}


async def test_one_process_serves_teams_and_telegram(fake: FakeTeams, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    fake.connect(f"http://127.0.0.1:{port}")
    async with FakeTelegram() as telegram:
        program = Program(telegram, tmp_path, TEAMS_ANONYMOUS_LOCAL="yes", PORT=str(port))
        await program.start()
        telegram.say(1, "/start")
        await telegram.wait_until(lambda: telegram.chats[1], 30)
        await fake.say(CHAT, "geheime /start <b>")
        await fake.wait_until(lambda: len(fake.chats[CHAT]) > 0)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            assert (await client.get("/ready")).text == "ok"
            chapter = await client.get("/hoofdstuk/webcare-organiseren")
            assert "https://t.me/volgende_stap_bot?start=c_webcare-organiseren" in chapter.text
        code, log = await program.end(signal.SIGTERM)
        assert code == 0
        assert telegram.problems == fake.problems == []
    assert "TEAMS_ANONYMOUS_LOCAL is on" in log
    assert "Traceback" not in log
    assert "geheim" not in log
    assert telegram.token not in log
    assert "HTTP Request" not in log


def _refused(**environment: str) -> str:
    clean = dict.fromkeys(("TELEGRAM_TOKEN", "PUBLIC_URL", "TEAMS_CLIENT_ID", "TEAMS_TENANT_ID", "TEAMS_CLIENT_SECRET"), "")
    result = CliRunner().invoke(main, ["serve"], env=clean | environment)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "stap.gemeente.nl", ""])
def test_without_tokens_nothing_but_this_machine_is_served(host: str) -> None:
    assert "TEAMS_ANONYMOUS_LOCAL" in _refused(TEAMS_ANONYMOUS_LOCAL="yes", HOST=host)


@pytest.mark.parametrize("more", [{"PUBLIC_URL": "https://stap.gemeente.nl"}, {"PUBLIC_URL": "http://127.0.0.1:1"}, ALL])
def test_without_tokens_nothing_is_served_to_outside(more: dict[str, str]) -> None:
    assert "TEAMS_ANONYMOUS_LOCAL" in _refused(TEAMS_ANONYMOUS_LOCAL="yes", **more)


@pytest.mark.parametrize("missing", ["TEAMS_TENANT_ID", "PUBLIC_URL"])
def test_what_is_missing_is_named(missing: str) -> None:
    assert missing in _refused(**ALL | {missing: ""})


@pytest.mark.parametrize("name", ["TEAMS_CLIENT_ID", "TEAMS_TENANT_ID", "TEAMS_ALLOWED_TENANTS"])
def test_a_number_that_is_none_is_named(name: str) -> None:
    assert f'{name} "common" is niet te gebruiken' in _refused(**ALL | {name: "common"})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_by_any_name_is_enough_to_try(host: str) -> None:
    settings = Settings(teams_anonymous_local=True, host=host)
    assert settings.teams()
    assert settings.listens()


def test_tenants_are_our_own_and_those_that_are_let_in() -> None:
    other = "CCCCCCCC-0000-4000-8000-000000000003"
    settings = Settings(
        teams_client_id=CLIENT, teams_tenant_id=TENANT, teams_allowed_tenants=f"{other}, {TENANT}", public_url=ALL["PUBLIC_URL"]
    )
    assert settings.tenants() == {TENANT, other.lower()}


def test_a_secret_that_microsoft_does_not_take_gives_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from microsoft_teams.apps import AppTokenProvider

    async def refused(*arguments: object) -> None:
        raise ValueError("invalid_client: geheim")

    monkeypatch.setattr(AppTokenProvider, "get_app_token", refused)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    shown = _refused(**ALL, TEAMS_CLIENT_SECRET="geheim", PORT=str(port), DATA_DIR=str(tmp_path))
    assert "TEAMS_CLIENT_SECRET" in shown
    assert "geheim:" not in shown

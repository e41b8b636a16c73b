"""The commands as others build on them: what they print, and how they refuse."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from bot.cli import main
from bot.settings import Settings
from knowledge.reading import CONTENT


def _run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"TELEGRAM_TOKEN": "", **environment})


def _file(folder: Path, text: str) -> str:
    path = folder / "organisatie.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_place_gives_phase_rule_change_steps_and_chapters(tmp_path: Path) -> None:
    text = "facets: {content: 2, experience: 2, context: 1, conversation: 2, collaboration: 1, vision: unknown,\n"
    text += "  purpose: not-applicable, processes: 2, resources: 2, people: 1}\nrole: communication\nambition: 3\nsubject: department\n"
    result = _run("place", "--json", _file(tmp_path, text))
    assert result.exit_code == 0
    placed = json.loads(result.stdout)
    assert placed["phase"] == {"lowest": 2, "highest": 2}
    assert placed["rule"]["id"] == "experimenteert"
    assert placed["rule"]["because"].startswith("Bij minstens de helft")
    assert all(change.keys() == {"facet", "from", "to"} for change in placed["smallest_change"])
    assert [step["when"] for step in placed["steps"]][:4] == ["now", "now", "now", "next"]
    assert all(step["to"] == step["from"] + 1 and step["facet"] != "purpose" for step in placed["steps"])
    assert {chapter["kind"] for chapter in placed["chapters"]} <= {"own", "reference"}
    assert all(chapter["why"] and chapter["title"] for chapter in placed["chapters"])


def test_place_as_text_is_for_people(tmp_path: Path) -> None:
    result = _run("place", _file(tmp_path, "facets: {content: 1}\nsubject: department\n"))
    assert result.exit_code == 0
    assert "Ik weet nog niet in welke fase uw afdeling zit: alles van fase 1 tot en met 4 kan." in result.stdout


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("facets:\n  content: 2\n  visionn: 3\n", 3, 'Bedoelde u "vision"?'),
        ("facets: {content: 5}\n", 1, "Schrijf 1, 2, 3, 4, unknown of not-applicable"),
        ("facets: {content: yes}\n", 1, '"yes" is geen antwoord'),
        ("facets: {content: 2.0}\n", 1, "is geen antwoord"),
        ("facets: {content: 1}\nrole: communicatie\n", 2, 'Bedoelde u "communication"?'),
        ("facets: {content: 1}\n\nambition: 9\n", 3, "Schrijf een fase: 1, 2, 3 of 4"),
        ("facets: {content: 1}\nsubject: team\n", 2, "Schrijf organisation of department"),
        ("facets: {content: 1}\nrolle: hr\n", 2, 'Bedoelde u "role"?'),
        ("facets: {content: 1, content: 2}\n", 1, "staat hier dubbel"),
        ("facets: [1, 2]\n", 1, 'ontbreekt "facets"'),
        ("role: hr\n", 1, 'ontbreekt "facets"'),
        ("", 1, "leeg"),
        ("facets: {content: [\n", 2, "afgesloten"),
        ("facets: {content: 1}\n\x00", 2, "teken dat YAML niet kent"),
    ],
)
def test_a_bad_file_gets_line_and_cure(text: str, line: int, fragment: str, tmp_path: Path) -> None:
    result = _run("place", "--json", _file(tmp_path, text))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"organisatie.yaml:{line}" in result.stderr
    assert fragment in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [["place"], ["search", "--file"]])
def test_a_file_that_cannot_be_read_is_said_so(command: list[str], tmp_path: Path) -> None:
    for path in (tmp_path / "weg.yaml", tmp_path):
        result = _run(*command, str(path))
        assert (result.exit_code, result.stdout) == (2, "")
        assert "is niet te lezen" in result.stderr


def test_search_keeps_the_order_of_a_file(tmp_path: Path) -> None:
    questions = [
        "hoe organiseer ik webcare",
        "",
        "hoi",
        "paspoort aanvragen",
        "wat is onze volgende stap",
        "x" * 10_000,
        "🙂",
        "\t\x07",
    ]
    result = _run("search", "--file", _file(tmp_path, "\n".join(questions) + "\n"))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["question"] for line in lines][:5] == questions[:5]
    assert [line["outcome"] for line in lines][:5] == ["answer", "none", "intent", "none", "intent"]
    assert [line["intent"] for line in lines][:5] == [None, None, "greet", None, "next-step"]
    assert lines[0]["chapters"][0]["id"] == "webcare-organiseren"
    assert all(line.keys() == {"question", "outcome", "intent", "chapters"} and len(line["chapters"]) <= 10 for line in lines)
    scores = [chapter["score"] for chapter in lines[0]["chapters"]]
    assert scores == sorted(scores, reverse=True)


def test_search_wants_a_question_or_a_file() -> None:
    assert _run("search").exit_code == 2
    assert json.loads(_run("search", "--json", "webcare").stdout)["chapters"][0]["kind"] == "own"
    assert "Webcare organiseren" in _run("search", "hoe organiseer ik webcare").stdout
    assert _run("search", "waar verleng ik mijn paspoort").stdout == "Niet behandeld.\n"
    near = _run("search", "open data app maken").stdout
    assert "het dichtst in de buurt" in near
    assert "data → data" not in near


def test_check_of_broken_content(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    rules = folder / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("phase: converseert", "phase: conversert"), encoding="utf-8")
    result = _run("check", str(folder))
    assert result.exit_code == 1
    assert 'Fase "conversert" bestaat niet. Bedoelde u "converseert"?' in result.stdout
    report = json.loads(_run("check", str(folder), "--json").stdout)
    assert report["sound"] is False
    assert report["findings"][0]["code"] == "V01"
    assert _run("check", str(tmp_path / "nergens")).exit_code == 2


def test_check_of_sound_content_prints_the_proof() -> None:
    result = _run("check", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["sound"] is True
    assert report["proof"]["sets"] == 6**10 == sum(row["sets"] for row in report["proof"]["spread"])


def test_serve_without_a_channel_says_which_settings_there_are() -> None:
    result = _run("serve")
    assert result.exit_code == 2
    assert [name for name in Settings.model_fields if name.upper() not in result.stderr] == []


def test_the_chat_waits_for_no_server_or_channel(tmp_path: Path) -> None:
    """Starting the chat must stay quick."""
    program = "import sys; from bot.cli import main; main(['chat'], standalone_mode=False)\n"
    program += "sys.exit(str({'starlette', 'uvicorn', 'telegram', 'typst'} & sys.modules.keys() or ''))"
    settings = {**os.environ, "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=settings, input="", capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert "Welkom" in done.stdout


@pytest.mark.parametrize("command", [["serve"], ["chat"]])
def test_a_database_that_is_not_supported_is_refused_without_its_password(command: list[str]) -> None:
    result = _run(*command, TELEGRAM_TOKEN="1:a", DATABASE_URL="postgresql://ik:geheim@host/db")
    assert result.exit_code == 2
    assert "wordt niet ondersteund" in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.parametrize(
    "address",
    [
        "http://stap.gemeente.nl",
        "stap.gemeente.nl",
        "https://",
        "https://ik:geheim@stap.nl",
        "ik:geheim@stap.nl",
        "https://stap.nl?a=geheim",
        "https://stap.nl:poort",
        "https://stap .nl",
    ],
)
def test_an_address_that_telegram_cannot_reach_is_refused_with_a_cure(address: str) -> None:
    result = _run("serve", TELEGRAM_TOKEN="1:a", PUBLIC_URL=address)
    assert result.exit_code == 2
    assert "PUBLIC_URL" in result.stderr
    assert "https://stap.gemeente.nl" in result.stderr
    assert "geheim@" not in result.stderr


@pytest.mark.parametrize("token", ["onzin", "123", "123:", ":geheim", "123:geheim geheim"])
def test_what_is_no_token_is_refused_without_showing_it(token: str) -> None:
    result = _run("serve", TELEGRAM_TOKEN=token)
    assert result.exit_code == 2
    assert "TELEGRAM_TOKEN ziet er niet uit als een token" in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.parametrize("address", ["foo", "127.0.0.1:8081/bot", "ftp://api.nl/bot", "https://", "https://ik:geheim@api.nl/bot"])
def test_an_address_of_the_bot_api_begins_with_http(address: str) -> None:
    result = _run("serve", TELEGRAM_TOKEN="123:abc", TELEGRAM_BASE_URL=address)
    assert result.exit_code == 2
    assert "TELEGRAM_BASE_URL" in result.stderr
    assert "geheim" not in result.stderr


def test_token_and_address_are_used_without_what_surrounds_them() -> None:
    settings = Settings(telegram_token=SecretStr(" 123:abc\n"), telegram_base_url="http://127.0.0.1:8081/bot/")
    assert settings.telegram_token.get_secret_value() == "123:abc"
    assert settings.telegram_base_url == "http://127.0.0.1:8081/bot"
    assert Settings(telegram_base_url="").telegram_base_url == "https://api.telegram.org/bot"


@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("https://stap.gemeente.nl/", "https://stap.gemeente.nl"),
        ("https://gemeente.nl:8443/stap//", "https://gemeente.nl:8443/stap"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost/", "http://localhost"),
        ("", ""),
    ],
)
def test_a_public_address_is_used_without_its_last_slash(address: str, used: str) -> None:
    settings = Settings(public_url=address)
    assert settings.public_url == used
    assert settings.listens() == bool(used)


def test_a_port_is_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "PORT" in _run("serve", TELEGRAM_TOKEN="1:a", PORT="65536").stderr
    monkeypatch.setenv("PORT", "8081")
    assert Settings().listens()

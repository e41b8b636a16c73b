"""The app package as Teams takes it, by rules written from the documentation of the manifest."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from bot.cli import main
from dialogs.conversation import respond
from dialogs.events import Context, Said
from knowledge.model import Almanac

CLIENT, TENANT = "b0b00000-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000001"
ALL = {"TEAMS_CLIENT_ID": CLIENT, "TEAMS_TENANT_ID": TENANT, "PUBLIC_URL": "https://stap.gemeente.nl:8443/onder"}


def _run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["teams-package", *arguments], env=ALL | environment)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("package") / "stap.zip"
    result = _run(str(path), "--developer", "Gemeente Voorbeeld", "--privacy", "https://gemeente.nl/privacy")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def manifest(made: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(made["manifest.json"])  # type: ignore[no-any-return]


def test_three_files_and_no_folder(made: dict[str, bytes]) -> None:
    assert set(made) == {"manifest.json", "color.png", "outline.png"}


def test_the_manifest_names_our_bot_and_our_address(manifest: dict[str, Any]) -> None:
    assert manifest["manifestVersion"] == "1.22"
    assert "/v1.22/" in manifest["$schema"]
    assert manifest["id"] == manifest["bots"][0]["botId"] == manifest["composeExtensions"][0]["botId"] == CLIENT
    assert manifest["validDomains"] == ["stap.gemeente.nl"]
    assert manifest["bots"][0]["scopes"] == ["personal", "team", "groupChat"]
    assert manifest["developer"] == {
        "name": "Gemeente Voorbeeld",
        "websiteUrl": f"{ALL['PUBLIC_URL']}/",
        "privacyUrl": "https://gemeente.nl/privacy",
        "termsOfUseUrl": f"{ALL['PUBLIC_URL']}/",
    }
    assert manifest["composeExtensions"][0]["messageHandlers"] == [{"type": "link", "value": {"domains": ["stap.gemeente.nl"]}}]


def test_without_pages_of_ones_own_ours_are_named(tmp_path: Path) -> None:
    assert _run(str(tmp_path / "stap.zip")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "stap.zip") as package:
        developer = json.loads(package.read("manifest.json"))["developer"]
    assert developer["privacyUrl"] == f"{ALL['PUBLIC_URL']}/privacy"
    assert developer["websiteUrl"] == developer["termsOfUseUrl"] == f"{ALL['PUBLIC_URL']}/"


def test_nothing_is_longer_than_teams_takes(manifest: dict[str, Any]) -> None:
    assert len(manifest["name"]["short"]) <= 30
    assert len(manifest["name"]["full"]) <= 100
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["description"]["full"]) <= 4000
    (commands,) = (listed["commands"] for listed in manifest["bots"][0]["commandLists"])
    (search,) = manifest["composeExtensions"][0]["commands"]
    assert 1 <= len(commands) <= 10
    for titled in (*commands, search, *search["parameters"]):
        assert 0 < len(titled["title"]) <= 32
        assert 0 < len(titled["description"]) <= 128
    assert search["initialRun"] is True


def test_every_command_in_the_list_is_understood(manifest: dict[str, Any], almanac: Almanac) -> None:
    for command in manifest["bots"][0]["commandLists"][0]["commands"]:
        reply = respond(almanac, {}, Said(command["title"]), Context(datetime.now(UTC)))
        assert not reply.gap
        assert "Daarover gaat de almanak niet" not in reply.messages[0].text


def _pixels(image: Image.Image) -> list[tuple[int, ...]]:
    data = image.convert("RGBA").tobytes()
    return [tuple(data[start : start + 4]) for start in range(0, len(data), 4)]


def test_the_icons_are_as_teams_asks(made: dict[str, bytes]) -> None:
    with Image.open(io.BytesIO(made["color.png"])) as colour:
        assert (colour.format, colour.size) == ("PNG", (192, 192))
        assert {pixel[3] for pixel in _pixels(colour)} == {255}
        assert len(set(_pixels(colour))) > 1
    with Image.open(io.BytesIO(made["outline.png"])) as outline:
        assert (outline.format, outline.size) == ("PNG", (32, 32))
        pixels = _pixels(outline)
    assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
    assert 50 < sum(pixel[3] > 0 for pixel in pixels) < 700


def test_the_same_settings_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert _run(str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "environment", "fragment"),
    [
        ([], {"TEAMS_CLIENT_ID": ""}, "TEAMS_CLIENT_ID"),
        ([], {"PUBLIC_URL": "http://127.0.0.1:8080"}, "https://"),
        (["--privacy", "gemeente.nl"], {}, '"gemeente.nl"'),
        (["--developer", "x" * 33], {}, "--developer"),
    ],
)
def test_what_teams_would_refuse_is_refused_here(
    arguments: list[str], environment: dict[str, str], fragment: str, tmp_path: Path
) -> None:
    result = _run(str(tmp_path / "stap.zip"), *arguments, **environment)
    assert result.exit_code == 2
    assert fragment in result.stderr
    assert not (tmp_path / "stap.zip").exists()

"""The app package: what an administrator uploads, so that people find the advisor in Teams."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.problems import TeamsError
from bot.report.profile import NOW
from bot.report.rendering import icon
from bot.settings import Settings
from dialogs.texts import label, texts

MANIFEST_VERSION = "1.22"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json"
VERSION = "1.1.0"
"""Of the package: to be raised when the manifest or an icon changes, or Teams keeps the old one."""
NAME = "De Volgende Stap"
SCOPES = ["personal", "team", "groupChat"]
COLOUR, OUTLINE = 192, 32
_MADE = (2024, 1, 1, 0, 0, 0)
# Four steps up, as the four phases are.
_STEPS = "M6 26 V20 H11 V15 H16 V10 H21 V6 H26 V26 Z"


@dataclass(frozen=True)
class Developer:
    """Who offers the app, and the pages about it."""

    name: str
    website: str
    privacy: str
    terms: str


def package(settings: Settings, developer: Developer) -> bytes:
    """The zip: the same settings give the same bytes. Raises TeamsError for what Teams would refuse."""
    files = {
        "manifest.json": json.dumps(manifest(settings, developer), ensure_ascii=False, indent=2).encode(),
        "color.png": icon(_drawing("#ffffff", NOW), COLOUR),
        "outline.png": icon(_drawing("#ffffff"), OUTLINE),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, _MADE), content)
    return written.getvalue()


def manifest(settings: Settings, developer: Developer) -> dict[str, Any]:
    """What Teams is told of the app."""
    return {
        "$schema": SCHEMA,
        "manifestVersion": MANIFEST_VERSION,
        "version": VERSION,
        "id": settings.teams_client_id,
        "localizationInfo": {"defaultLanguageTag": "nl"},
        "developer": _developer(developer),
        "name": {"short": NAME, "full": NAME},
        "description": {"short": label("teams.short"), "full": label("commands.description")},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": NOW.upper(),
        "bots": [_bot(settings)],
        "composeExtensions": [_extension(settings)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(settings.public_url).hostname],
    }


def _developer(developer: Developer) -> dict[str, str]:
    pages = {"websiteUrl": developer.website, "privacyUrl": developer.privacy, "termsOfUseUrl": developer.terms}
    for url in pages.values():
        if not url.startswith("https://"):
            raise TeamsError(f'Teams neemt het adres "{url}" niet aan. Schrijf een adres dat met https:// begint.')
    if not 0 < len(developer.name) <= 32:
        raise TeamsError("De naam bij --developer mag 1 tot en met 32 tekens lang zijn.")
    return {"name": developer.name, **pages}


def _bot(settings: Settings) -> dict[str, Any]:
    commands = [{"title": name, "description": label(f"commands.{name}")} for name in texts()["teams.commands"].split()]
    return {
        "botId": settings.teams_client_id,
        "scopes": SCOPES,
        "supportsFiles": False,
        "isNotificationOnly": False,
        "commandLists": [{"scopes": SCOPES, "commands": commands}],
    }


def _extension(settings: Settings) -> dict[str, Any]:
    words = {
        "name": "words",
        "title": label("teams.search_words"),
        "description": label("teams.search_words_description"),
        "inputType": "text",
    }
    command = {
        "id": "chapters",
        "type": "query",
        "context": ["compose", "commandBox"],
        "title": label("teams.search_title"),
        "description": label("teams.search_description"),
        "initialRun": True,
        "parameters": [words],
    }
    links = {"type": "link", "value": {"domains": [urlsplit(settings.public_url).hostname]}}
    return {"botId": settings.teams_client_id, "commands": [command], "messageHandlers": [links]}


def _drawing(ink: str, ground: str = "") -> str:
    """The icon as SVG; without a ground only its lines."""
    square = f'<rect width="32" height="32" fill="{ground}"/>' if ground else ""
    look = f'fill="{ink}"' if ground else f'fill="none" stroke="{ink}" stroke-width="2" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{square}<path d="{_STEPS}" {look}/></svg>'

"""Settings from the environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.problems import SettingsError

BOT_API = "https://api.telegram.org/bot"


class Settings(BaseSettings):
    """What an operator can set. Every field is the environment variable of the same name in capitals."""

    data_dir: Path = user_data_path("de-volgende-stap", appauthor=False)
    database_url: str = ""
    keep_unanswered: bool = True
    keep_days: Annotated[int, Field(ge=1)] = 365
    events_per_minute: Annotated[int, Field(ge=1)] = 60
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    public_url: str = ""
    telegram_token: SecretStr = SecretStr("")
    telegram_base_url: str = BOT_API

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if token and not re.fullmatch(r"\d+:\S+", token):
            raise SettingsError(
                "TELEGRAM_TOKEN ziet er niet uit als een token. Het is een getal, een dubbele punt en een reeks letters en cijfers, zoals 123456789:AAE... Neem het over zoals @BotFather het gaf, of laat het leeg."
            )
        return SecretStr(token)

    @field_validator("telegram_base_url")
    @classmethod
    def _bot_api(cls, value: str) -> str:
        value = value.strip().rstrip("/") or BOT_API
        if not _is_address(value, ("http", "https")):
            raise SettingsError(
                f'TELEGRAM_BASE_URL "{_hidden(value)}" is geen adres. Schrijf een adres dat begint met https:// of http://, zoals http://127.0.0.1:8081/bot, of laat het weg.'
            )
        return value

    @field_validator("public_url")
    @classmethod
    def _public_address(cls, value: str) -> str:
        value = value.strip().rstrip("/")
        if value and not _is_public(value):
            raise SettingsError(
                f'PUBLIC_URL "{_hidden(value)}" is niet te gebruiken. Schrijf het adres waarop dit programma van buiten te bereiken is, zoals https://stap.gemeente.nl, zonder naam, wachtwoord of vraagteken erin. Alleen op 127.0.0.1 of localhost mag http://.'
            )
        return value

    def listens(self) -> bool:
        """Whether there is a reason to open the port: an address where we are expected, or a port that was asked for."""
        return bool(self.public_url) or "port" in self.model_fields_set

    def database(self) -> Path:
        """The SQLite file. Raises SettingsError for a database that this version does not know."""
        if not self.database_url:
            return self.data_dir / "de-volgende-stap.sqlite3"
        scheme, _, rest = self.database_url.partition(":///")
        if scheme != "sqlite" or not rest:
            raise SettingsError(
                f'DATABASE_URL "{_hidden(self.database_url)}" wordt niet ondersteund. Schrijf sqlite:///pad/naar/bestand, of laat hem weg.'
            )
        return Path(rest)


def _is_public(url: str) -> bool:
    """Whether a web address is whole and has no more than a path, and is https unless it stays on this machine."""
    return _is_address(url, ("https",)) or (_is_address(url, ("http",)) and urlsplit(url).hostname in ("127.0.0.1", "localhost"))


def _is_address(url: str, schemes: tuple[str, ...]) -> bool:
    """Whether a web address is whole and has no more than a path."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = not any(character.isspace() or character in "@?#" for character in url)
    return parts.scheme in schemes and bool(host) and plain


def _hidden(url: str) -> str:
    """An address without the name and password in it."""
    return f"…{url.rpartition('@')[2]}" if "@" in url else url

"""Settings from the environment."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings

from bot.problems import SettingsError

BOT_API = "https://api.telegram.org/bot"
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


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
    teams_client_id: str = ""
    teams_client_secret: SecretStr = SecretStr("")
    teams_tenant_id: str = ""
    teams_allowed_tenants: str = ""
    teams_anonymous_local: bool = False

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

    @field_validator("teams_client_id", "teams_tenant_id", "teams_allowed_tenants")
    @classmethod
    def _identifiers(cls, value: str, info: ValidationInfo) -> str:
        value = value.strip().lower()
        several = value.split(",") if info.field_name == "teams_allowed_tenants" else [value]
        if value and not all(_IDENTIFIER.fullmatch(part.strip()) for part in several):
            raise SettingsError(
                f'{str(info.field_name).upper()} "{value}" is niet te gebruiken. Schrijf het nummer zoals het in Azure staat, in de vorm 12345678-abcd-abcd-abcd-123456789abc.'
            )
        return value

    @model_validator(mode="after")
    def _teams(self) -> Settings:
        if self.teams_client_id and not (self.teams_tenant_id and self.public_url):
            raise SettingsError(
                "TEAMS_CLIENT_ID vraagt ook om TEAMS_TENANT_ID (het nummer van uw organisatie in Entra) en PUBLIC_URL (het adres waar Teams de berichten brengt)."
            )
        if self.teams_anonymous_local and (self.public_url or self.teams_client_id or not _is_loopback(self.host)):
            raise SettingsError(
                "TEAMS_ANONYMOUS_LOCAL laat iedereen toe en is alleen om te proberen, op deze computer zelf. Laat PUBLIC_URL en TEAMS_CLIENT_ID weg en zet HOST op 127.0.0.1, of zet TEAMS_ANONYMOUS_LOCAL uit."
            )
        return self

    def teams(self) -> bool:
        """Whether Teams is on."""
        return bool(self.teams_client_id) or self.teams_anonymous_local

    def tenants(self) -> frozenset[str]:
        """The organisations whose people are heard in Teams."""
        allowed = (part.strip() for part in self.teams_allowed_tenants.split(","))
        return frozenset(filter(None, (self.teams_tenant_id, *allowed)))

    def address(self) -> str:
        """Where this process is reached from outside, or else on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    def listens(self) -> bool:
        """Whether there is a reason to open the port: an address where we are expected, or a port that was asked for."""
        return bool(self.public_url) or self.teams() or "port" in self.model_fields_set

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


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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

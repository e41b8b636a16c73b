"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.problems import SettingsError


class Settings(BaseSettings):
    """What an operator can set. Every field is the environment variable of the same name in capitals."""

    data_dir: Path = user_data_path("de-volgende-stap", appauthor=False)
    database_url: str = ""
    keep_unanswered: bool = True
    keep_days: Annotated[int, Field(ge=1)] = 365
    events_per_minute: Annotated[int, Field(ge=1)] = 60
    telegram_token: SecretStr = SecretStr("")
    telegram_base_url: str = "https://api.telegram.org/bot"

    @field_validator("telegram_base_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

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


def _hidden(url: str) -> str:
    """An address without the name and password in it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://…{rest.rpartition('@')[2]}" if "@" in rest else url

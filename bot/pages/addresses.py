"""Where our pages are, and what a link to one of them stands for."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from dialogs.sharing import CHAPTER

CHAPTERS = "/hoofdstuk"
PRIVACY = "/privacy"


class Pages:
    """The pages under an address without a slash at its end."""

    def __init__(self, base: str) -> None:
        self.home = f"{base}/"
        self.privacy = f"{base}{PRIVACY}"
        self._chapters = f"{base}{CHAPTERS}/"

    def chapter(self, identifier: str) -> str:
        return f"{self._chapters}{quote(identifier, safe='')}"

    def of(self, payload: str) -> str:
        """Where to read what a payload stands for; empty for what has no page."""
        return self.chapter(payload.removeprefix(CHAPTER)) if payload.startswith(CHAPTER) else ""

    def payload(self, url: str) -> str:
        """What the page at an address is about; empty for a page of others."""
        wanted, given = urlsplit(self._chapters), _parts(url)
        if given is None or given[:2] != (wanted.scheme, wanted.netloc.lower()) or not given[2].startswith(wanted.path):
            return ""
        identifier = unquote(given[2].removeprefix(wanted.path)).strip("/")
        return f"{CHAPTER}{identifier}" if identifier else ""


def _parts(url: str) -> tuple[str, str, str] | None:
    """Scheme, host and path; None for what is no address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts.scheme, parts.netloc.lower(), parts.path

"""Links to what is passed on: the page where it can be read, and the chat with the advisor in Teams."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from bot.pages.addresses import Pages


def said(payload: str) -> str:
    """What is to be said to the advisor to open something that was passed on."""
    return f"/start {payload}"


@dataclass(frozen=True)
class Links:
    """`bot` is who to chat with; `pages` is where our pages are, None when nobody can open those."""

    bot: str
    pages: Pages | None = None

    def chat(self, payload: str) -> str:
        """A link to the chat with the bot; who opens it only has to send the text that stands there."""
        return f"https://teams.microsoft.com/l/chat/0/0?users={quote(self.bot, safe='')}&message={quote(said(payload), safe='')}"

    def page(self, payload: str) -> str:
        """A link that works for everybody, with or without the app; empty for what has no page."""
        return self.pages.of(payload) if self.pages else ""

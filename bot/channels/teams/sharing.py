"""Links that open the conversation with the advisor in Teams, with what is to be said there filled in."""

from __future__ import annotations

from urllib.parse import quote


def said(payload: str) -> str:
    """What is to be said to the advisor to open something that was passed on."""
    return f"/start {payload}"


def chat_link(bot: str, payload: str) -> str:
    """A link to the chat with this bot; who opens it only has to send the text that stands there."""
    return f"https://teams.microsoft.com/l/chat/0/0?users={quote(bot, safe='')}&message={quote(said(payload), safe='')}"

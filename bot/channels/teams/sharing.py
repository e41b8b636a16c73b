"""Links that open the conversation with the advisor in Teams, with what is to be said there filled in."""

from __future__ import annotations

from urllib.parse import quote


def chat_link(bot: str, payload: str) -> str:
    """A link to the chat with this bot; who opens it only has to send the text that stands there."""
    return f"https://teams.microsoft.com/l/chat/0/0?users={quote(bot, safe='')}&message={quote(f'/start {payload}', safe='')}"

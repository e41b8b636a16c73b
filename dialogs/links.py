"""Arriving by a link: at a chapter, at a shared advice, or to ask something."""

from __future__ import annotations

from dialogs import chapters, sharing, welcome
from dialogs.messages import Message
from dialogs.texts import say
from dialogs.turn import Handler, Turn

QUESTION = "vraag"
"""The payload of a link that leads to asking something."""


def start(turn: Turn, payload: str = "") -> list[Message]:
    """`/start`, with or without what a link carried. A link that is not known gets a kind sentence."""
    if not payload:
        return welcome.start(turn)
    if payload.startswith(sharing.CHAPTER):
        return _chapter(turn, payload.removeprefix(sharing.CHAPTER))
    if payload.startswith(sharing.ADVICE):
        return sharing.receive(turn)
    if payload == QUESTION:
        return turn.aside(Message(say("welcome.question")))
    return turn.go_on(Message(say("welcome.unknown_link")))


def _chapter(turn: Turn, name: str) -> list[Message]:
    """The chapter first, then the scan for who did not begin it."""
    shown = chapters.chapter(turn, name)
    if not turn.scan():
        turn.then = "position"
    return shown


ACTIONS: dict[str, Handler] = {"start": start}

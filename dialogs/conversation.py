"""One function from what is known and what happened to what to keep and what to show."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from dialogs import chapters, privacy, result, scan, sharing, welcome
from dialogs.events import Event, Facts, Pressed, Said
from dialogs.messages import Message, Reply, dump_offer, paragraphs
from dialogs.texts import say
from dialogs.turn import Handler, Turn
from dialogs.understanding import command, meaning
from knowledge.model import Almanac
from knowledge.search import clean, words

ACTIONS: dict[str, Handler] = {
    **welcome.ACTIONS,
    **scan.ACTIONS,
    **result.ACTIONS,
    **chapters.ACTIONS,
    **sharing.ACTIONS,
    **privacy.ACTIONS,
}
IN_PLACE = {"answer", "role", "subject", "back", "keep", "skip", "resume", "read", "restart", "rest", "ambition", "ask"}
"""Actions after which the message with the pressed button may give way to the new one."""

log = logging.getLogger(__name__)


def respond(almanac: Almanac, facts: Facts, event: Event, at: datetime) -> Reply:
    """What to keep and what to show. Never raises: what cannot be answered gets a kind sentence and changes nothing."""
    try:
        return _respond(Turn(almanac, facts, at), event)
    except Exception:
        log.exception("an event could not be answered")
        return Reply((Message(say("plain.trouble")),), {})


def _respond(turn: Turn, event: Event) -> Reply:
    own = _own(turn, event)
    messages = [*own, *_following(turn)]
    pressed = event.action.partition(":")[0] if isinstance(event, Pressed) else ""
    if messages and pressed in IN_PLACE:
        messages[0] = replace(messages[0], in_place=True)
    if turn.forget:
        return Reply(tuple(messages), {}, forget=True)
    if messages[-1].buttons:
        turn.set("offer", dump_offer(messages))
    return Reply(tuple(messages), turn.changes, gap=turn.gap)


def _own(turn: Turn, event: Event) -> list[Message]:
    """The messages that answer the event itself."""
    match event:
        case Pressed(action):
            return _act(turn, action)
        case Said(text):
            return _hear(turn, clean(text))
        case _:
            return turn.aside(Message(say("plain.only_text")))


def _act(turn: Turn, action: str) -> list[Message]:
    name, *parts = action.split(":")
    handler = ACTIONS.get(name)
    if handler is None or len(parts) > _most_parts(handler):
        return turn.go_on(echo=say("scan.stale"))
    return handler(turn, *parts)


@cache
def _most_parts(handler: Handler) -> int:
    return len(inspect.signature(handler).parameters) - 1


def _hear(turn: Turn, text: str) -> list[Message]:
    if not text:
        return turn.aside(Message(say("plain.empty")))
    if found := command(text):
        action, payload = found
        if action == "unknown-command":
            return turn.aside(Message(paragraphs(say("plain.no_command"), say("menu.commands"))))
        return _act(turn, f"start:{payload}" if action == "start" and payload else action)
    if welcome.named_subject(turn, text):
        return turn.go_on(echo=say("scan.noted", answer=turn.get("name")))
    if text != "?" and not words(text):
        return turn.aside(Message(say("plain.no_words")))
    if meant := meaning(turn, text):
        return _act(turn, meant)
    return chapters.ask_freely(turn, text)


def _following(turn: Turn) -> Sequence[Message]:
    """Where the conversation is, behind the answer to the event."""
    if turn.then == "nothing" or (turn.then == "aside" and not scan.in_progress(turn)):
        return ()
    if turn.then == "aside" and turn.get("stopped"):
        return scan.offer_resume(turn)
    here = _position(turn)
    return (replace(here, text=paragraphs(turn.echo, here.text)),)


def _position(turn: Turn) -> Message:
    """The next thing to ask, or the outcome."""
    if not turn.scan():
        return welcome.invitation()
    if not turn.get("role"):
        return welcome.ask_role(turn)
    if not turn.get("subject"):
        return welcome.ask_subject(turn)
    question = scan.open_question(turn)
    return scan.ask(turn, question) if question else result.show(turn)

"""One function from what is known and what happened to what to keep and what to show."""

from __future__ import annotations

import inspect
import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from dialogs import asides, chapters, explaining, links, privacy, reminding, result, scan, sharing, steps, welcome
from dialogs.events import Context, Event, Facts, Joined, Left, Moved, Pressed, Reminded, Said
from dialogs.messages import Message, Reply, dump_offer, paragraphs
from dialogs.texts import say
from dialogs.turn import Handler, Turn
from dialogs.understanding import command, in_need, meaning
from knowledge.model import Almanac
from knowledge.search import clean, words

ACTIONS: dict[str, Handler] = {
    **welcome.ACTIONS,
    **scan.ACTIONS,
    **result.ACTIONS,
    **explaining.ACTIONS,
    **steps.ACTIONS,
    **chapters.ACTIONS,
    **sharing.ACTIONS,
    **links.ACTIONS,
    **reminding.ACTIONS,
    **privacy.ACTIONS,
    **asides.ACTIONS,
}
IN_PLACE = {"answer", "role", "subject", "back", "keep", "skip", "resume", "read", "restart", "rest", "ambition", "ask"}
"""Actions after which the message with the pressed button may give way to the new one."""

log = logging.getLogger(__name__)


def respond(almanac: Almanac, facts: Facts, event: Event, context: Context) -> Reply:
    """What to keep and what to show. Never raises: what cannot be answered gets a kind sentence and changes nothing."""
    try:
        return _respond(Turn(almanac, facts, context), event)
    except Exception as error:
        log.error("an event could not be answered: %s", where(error))
        return Reply((Message(say("plain.trouble")),), {})


def where(error: Exception) -> str:
    """The kind of an error and the places it went through, without its message: that may hold what someone typed."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def _respond(turn: Turn, event: Event) -> Reply:
    if isinstance(event, Moved):
        return Reply((), {}, takes_over=event.before)
    own = _own(turn, event)
    messages = [*own, *_following(turn)]
    pressed = event.action.partition(":")[0] if isinstance(event, Pressed) else ""
    if messages and pressed in IN_PLACE and not turn.context.by:
        messages[0] = replace(messages[0], in_place=True)
    if turn.forget:
        return Reply(tuple(messages), {}, forget=True)
    if messages and messages[-1].buttons:
        turn.set("offer", dump_offer(messages))
    return Reply(tuple(messages), turn.changes, gap=turn.gap)


def _own(turn: Turn, event: Event) -> list[Message]:
    """The messages that answer the event itself."""
    match event:
        case Pressed(action):
            return _act(turn, action)
        case Said(text):
            return _hear(turn, clean(text))
        case Joined():
            return welcome.joined(turn)
        case Left():
            return _leave(turn)
        case Reminded():
            return reminding.reminded(turn)
        case _:
            return turn.aside(Message(say("plain.only_text")))


def _leave(turn: Turn) -> list[Message]:
    """Nobody can delete what a group left behind, so it goes at once; a person who comes back finds everything again."""
    turn.forget = turn.context.by is not None
    turn.drop("reminder")
    return []


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
    if in_need(turn.almanac, text):
        return asides.crisis(turn)
    if found := command(text):
        action, payload = found
        if action == "unknown-command":
            return turn.aside(Message(paragraphs(say("plain.no_command"), say("menu.commands"), scan.by_name(turn))))
        return _act(turn, f"start:{payload}" if action == "start" and payload else action)
    if (heard := welcome.hear_subject(turn, text)) is not None:
        return heard
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
    return (here.after(turn.echo),)


def _position(turn: Turn) -> Message:
    """The next thing to ask, or the outcome."""
    if not turn.scan():
        return welcome.invitation()
    if turn.lacks_role():
        return welcome.ask_role(turn)
    if not turn.get("subject"):
        return welcome.ask_subject(turn)
    question = scan.open_question(turn)
    return scan.ask(turn, question) if question else result.show(turn)

"""A reminder, only when someone asks for it."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.messages import Button, Message, rows
from dialogs.texts import count, day, label, say
from dialogs.turn import Handler, Turn

MONTHS = (1, 3, 6, 12)
DAYS_A_MONTH = 365 / 12


def remind(turn: Turn, months: str = "") -> list[Message]:
    """Ask when, or set the day; `0` takes the reminder away."""
    if months == "0":
        turn.drop("reminder")
        return turn.go_on(Message(say("remind.off")))
    if not (months.isdigit() and 1 <= int(months) <= MONTHS[-1]):
        return _ask(turn)
    on = turn.context.at.date() + timedelta(days=round(int(months) * DAYS_A_MONTH))
    turn.set("reminder", on.isoformat())
    buttons = (Button(label("button.no_reminder"), "remind:0"), Button(label("button.on"), "resume"))
    return [Message(say("remind.set", day=day(on), year=on.year), (buttons,))]


def _ask(turn: Turn) -> list[Message]:
    choices = [Button(label("remind.months", months=count(n, "maand", "maanden")), f"remind:{n}") for n in MONTHS]
    standing = turn.get("reminder")
    if not standing:
        return [Message(say("remind.ask"), (*rows(choices, 2), (Button(label("button.leave"), "resume"),)))]
    on = date.fromisoformat(standing)
    off = (Button(label("button.no_reminder"), "remind:0"), Button(label("button.leave"), "resume"))
    return [Message(say("remind.change", day=day(on), year=on.year), (*rows(choices, 2), off))]


def reminded(turn: Turn) -> list[Message]:
    """The day came: say so once, and offer a new scan beside the old outcome."""
    if not turn.get("reminder"):
        return []
    turn.drop("reminder", "stopped")
    buttons = [
        Button(label("button.new_scan"), "restart:yes"),
        Button(label("button.outcome"), "next-step"),
        Button(label("button.later"), "remind"),
    ]
    return [Message(say("remind.now"), rows(buttons))]


ACTIONS: dict[str, Handler] = {"remind": remind}

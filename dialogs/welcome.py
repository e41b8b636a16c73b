"""Hello, who are you and what is it about; help and small talk."""

from __future__ import annotations

from dialogs import scan
from dialogs.messages import Button, Markdown, Message, paragraphs, rows
from dialogs.subjects import subject_said
from dialogs.texts import label, say
from dialogs.turn import Handler, Turn
from knowledge.model import Almanac


def start(turn: Turn, payload: str = "") -> list[Message]:
    """Begin, or pick up where the conversation was."""
    if scan.in_progress(turn):
        return scan.offer_resume(turn)
    if turn.scan() and scan.finished(turn):
        return turn.go_on(echo=say("welcome.again"))
    begin(turn)
    return turn.go_on(echo=say("welcome.hello", count=len(turn.almanac.questions)))


def begin(turn: Turn) -> None:
    turn.drop("stopped")
    if not turn.scan():
        turn.set("scan", "1")


def ask_role(turn: Turn) -> Message:
    buttons = [Button(role.name, f"role:{role.id}") for role in turn.almanac.roles.values()]
    return Message(say("welcome.role"), (*rows(buttons, 2), (Button(label("button.no_role"), "role:none"),)))


def choose_role(turn: Turn, role: str) -> list[Message]:
    role = turn.almanac.today("role", role)
    if role != "none" and role not in turn.almanac.roles:
        return turn.go_on(echo=say("scan.stale"))
    begin(turn)
    turn.set("role", role)
    return turn.go_on(echo=_noted(turn.almanac.roles[role].name) if role != "none" else Markdown(""))


def change_role(turn: Turn) -> list[Message]:
    return [ask_role(turn)]


def ask_subject(turn: Turn) -> Message:
    return Message(
        paragraphs(say("welcome.subject"), scan.by_name(turn)),
        (
            (
                Button(label("button.organisation"), "subject:organisation"),
                Button(label("button.department"), "subject:department"),
            ),
            (Button(label("button.back"), "back"),),
        ),
    )


def choose_subject(turn: Turn, subject: str) -> list[Message]:
    if subject not in ("organisation", "department"):
        return turn.go_on(echo=say("scan.stale"))
    begin(turn)
    turn.set("subject", subject)
    return turn.go_on(echo=_noted(label(f"button.{subject}")))


def hear_subject(turn: Turn, text: str) -> list[Message] | None:
    """Take what the scan is about from a typed text, when that is being asked and the text says it."""
    said = subject_said(text) if turn.scan() and not turn.get("subject") and not turn.lacks_role() else None
    if said is None:
        return None
    subject, name = said
    turn.set("subject", subject)
    if name:
        turn.set("name", name)
    return turn.go_on(echo=_noted(name or label(f"button.{subject}")))


def _noted(what: str) -> Markdown:
    return say("scan.noted", answer=what)


def menu(turn: Turn) -> list[Message]:
    """What one can do, with a button for each."""
    choices = (
        ["next-step", "chapters", "change", "restart", "stop", "privacy"] if turn.scan() else ["scan", "chapters", "privacy"]
    )
    if turn.scan() and not scan.finished(turn):
        choices = ["resume", "skip", *choices[2:]]
    buttons = rows((Button(label(f"menu.{choice.replace('-', '_')}"), choice) for choice in choices), 2)
    return [Message(paragraphs(say("menu.text"), say("menu.commands"), scan.by_name(turn)), buttons)]


def about(turn: Turn) -> list[Message]:
    return turn.aside(Message(what_this_is(turn.almanac)))


def what_this_is(almanac: Almanac) -> Markdown:
    return say("welcome.about", chapters=len(almanac.chapters), references=len(almanac.references), books=len(almanac.books))


def invitation() -> Message:
    """For someone who did not begin the scan yet."""
    return Message(say("welcome.invitation"), ((Button(label("button.scan"), "scan"), Button(label("button.help"), "help")),))


def greet(turn: Turn) -> list[Message]:
    if scan.in_progress(turn) and not turn.get("stopped"):
        return turn.go_on(echo=say("welcome.greet"))
    if turn.scan() or turn.get("stopped"):
        return start(turn)
    return turn.go_on(echo=say("welcome.greet"))


def thanks(turn: Turn) -> list[Message]:
    return turn.aside(Message(say("welcome.thanks")))


def abuse(turn: Turn) -> list[Message]:
    return turn.aside(Message(say("welcome.abuse")))


def joined(turn: Turn) -> list[Message]:
    """In a group the advisor says in one line how to use it."""
    hears = say("group.hears_name" if turn.context.named else "group.hears")
    return [Message(say("group.how", hears=hears))] if turn.context.by else []


ACTIONS: dict[str, Handler] = {
    "scan": start,
    "role": lambda turn, role="": choose_role(turn, role) if role else change_role(turn),
    "subject": choose_subject,
    "help": menu,
    "menu": menu,
    "about": about,
    "greet": greet,
    "thanks": thanks,
    "abuse": abuse,
}

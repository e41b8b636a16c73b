"""Short answers beside the scan: small talk, where we are, which number was meant, what a phase is."""

from __future__ import annotations

from dialogs import result, scan
from dialogs.messages import Button, Markdown, Message, paragraphs, rows
from dialogs.texts import count, label, say
from dialogs.turn import Handler, Turn
from dialogs.wording import open_to_answers


def crisis(turn: Turn) -> list[Message]:
    """For someone who wants to die: where to call, and nothing else."""
    return [Message(say("aside.crisis"))]


def human(turn: Turn) -> list[Message]:
    return turn.aside(Message(paragraphs(say("aside.human"), say("menu.commands"), scan.by_name(turn))))


def chat(turn: Turn) -> list[Message]:
    return turn.aside(Message(say("aside.chat")))


def decline(turn: Turn) -> list[Message]:
    return turn.aside(Message(say("aside.decline")))


def remaining(turn: Turn) -> list[Message]:
    """How many questions there are still to come."""
    if not scan.in_progress(turn):
        return result.next_step(turn)
    return turn.go_on(echo=say("aside.remaining", left=count(scan.left(turn), "vraag", "vragen")))


def unclear(turn: Turn) -> list[Message]:
    """A text that says the opposite of an answer, or nothing that is one."""
    return turn.go_on(echo=say("scan.unclear"))


def which(turn: Turn, first: str = "", second: str = "") -> list[Message]:
    """Two numbers were typed."""
    if not (first.isdigit() and second.isdigit()):
        return turn.go_on()
    return _offer_again(turn, say("aside.which", first=first, second=second))


def pick(turn: Turn) -> list[Message]:
    """A number was typed that is not in the list."""
    offer = turn.offer()
    kind = offer[0].action.partition(":")[0] if offer else ""
    same = [button for button in offer if button.action.partition(":")[0] == kind]
    most = len(same) if open_to_answers(turn) and kind == "answer" else len(offer)
    return _offer_again(turn, say("aside.pick", most=most))


def _offer_again(turn: Turn, text: Markdown) -> list[Message]:
    """The question that is open, or else the buttons last shown once more."""
    offer = turn.offer()
    if not offer or offer[0].action.partition(":")[0] in ("answer", "role", "subject"):
        return turn.go_on(echo=text)
    return [Message(text, rows(offer))]


def phase(turn: Turn, number: str = "") -> list[Message]:
    """What a phase looks like, in short."""
    found = next((phase for phase in turn.almanac.phases if str(phase.number) == number), None)
    if found is None:
        return turn.go_on(echo=say("scan.stale"))
    text = paragraphs(say("aside.phase", number=found.number, verb=found.verb), say("plain.text", text=found.summary))
    back = ((Button(label("button.outcome"), "next-step"),),) if result.known(turn) else ()
    return turn.aside(Message(text, back))


ACTIONS: dict[str, Handler] = {
    "crisis": crisis,
    "human": human,
    "chat": chat,
    "decline": decline,
    "remaining": remaining,
    "unclear": unclear,
    "which": which,
    "pick": pick,
    "phase": phase,
}

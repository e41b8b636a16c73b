"""What is kept, showing it, and deleting it with a receipt."""

from __future__ import annotations

import json

from dialogs.messages import Attachment, Button, Markdown, Message, bullets, paragraphs, rows
from dialogs.scan import answer_label
from dialogs.texts import count, day, label, say
from dialogs.turn import Handler, Turn


def privacy(turn: Turn) -> list[Message]:
    buttons = (
        (Button(label("button.export"), "export"), Button(label("button.delete"), "delete")),
        (Button(label("button.on"), "resume"),),
    )
    shared = [
        Button(label("button.withdraw_of", day=day(fact.at)), f"withdraw:{name.partition(':')[2]}")
        for name, fact in turn.facts.items()
        if name.startswith("share:")
    ]
    return [Message(say("privacy.text", days=turn.context.keep_days), (*buttons, *rows(shared)))]


def export(turn: Turn) -> list[Message]:
    """Everything that is kept about this conversation, to read and to copy."""
    lines = _kept(turn)
    if not lines:
        return turn.aside(Message(say("privacy.nothing")))
    data = Attachment("data", label("privacy.file"), _as_json(turn))
    return turn.aside(Message(paragraphs(say("privacy.export"), bullets(lines)), attachment=data))


def _as_json(turn: Turn) -> str:
    kept = {name: {"value": fact.value, "since": fact.at.isoformat()} for name, fact in sorted(turn.facts.items())}
    return json.dumps(kept, ensure_ascii=False, indent=2)


def _kept(turn: Turn) -> list[str]:
    """The facts in words, each with its day; what is only of technical use is named as such."""
    return [line for name, fact in sorted(turn.facts.items()) if (line := _line(turn, name, fact.value, day(fact.at)))]


def _line(turn: Turn, name: str, value: str, on: str) -> str:
    kind, _, rest = name.partition(":")
    if kind == "answer":
        facet = turn.almanac.today("facet", rest)
        question = turn.almanac.questions.get(facet)
        return label(
            "privacy.answer",
            facet=turn.almanac.facets[facet].name if question else rest,
            answer=answer_label(question, value) if question else value,
            day=on,
        )
    if kind == "result":
        outcome = json.loads(value)
        return label(
            "privacy.result",
            number=rest,
            lowest=outcome["lowest"],
            highest=outcome["highest"],
            version=outcome["version"],
            day=on,
        )
    if kind == "share":
        return label("privacy.share", ends=json.loads(value)["ends"], day=on)
    if kind == "offer":
        return label("privacy.offer")
    if kind == "role":
        role = turn.role()
        value = turn.almanac.roles[role].name if role else label("button.no_role")
    if kind == "subject":
        value = label(f"button.{value}")
    return label(f"privacy.{kind}", value=value, day=on)


def delete(turn: Turn, sure: str = "") -> list[Message]:
    """Delete everything of this conversation; asks first, and says what was deleted."""
    kept = [name for name in turn.facts if name != "offer"]
    if not kept:
        return [Message(say("privacy.nothing"))]
    if not sure:
        return [
            Message(
                say("privacy.sure"),
                ((Button(label("button.delete_yes"), "delete:yes"), Button(label("button.leave"), "resume")),),
            )
        ]
    turn.forget = True
    return [Message(_receipt(turn), ((Button(label("button.scan"), "scan"),),))]


def _receipt(turn: Turn) -> Markdown:
    answers = sum(name.startswith("answer:") for name in turn.facts)
    results = sum(name.startswith("result:") for name in turn.facts)
    return say(
        "privacy.receipt",
        day=day(turn.context.at),
        time=f"{turn.context.at:%H.%M}",
        answers=count(answers, "antwoord", "antwoorden"),
        results=count(results, "uitkomst", "uitkomsten"),
    )


ACTIONS: dict[str, Handler] = {"privacy": privacy, "export": export, "delete": delete}

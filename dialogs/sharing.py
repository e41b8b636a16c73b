"""Passing on: a text for a colleague that stands alone, and a link to an advice that can be withdrawn.

Nothing that is shared holds anything personal: no role, no name, no conversation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dialogs.events import Context, Event, Fact, Pressed, Said
from dialogs.explaining import profile_lines
from dialogs.messages import Button, Markdown, Message, PassOn, bullets, numbers, paragraphs, rows
from dialogs.result import advice_of, known, verdict
from dialogs.texts import day, label, say
from dialogs.turn import Handler, Turn
from knowledge.model import Almanac, Chapter, Step

CHAPTER, ADVICE = "c_", "a_"
"""What the payload of a link begins with."""
_OPENS = re.compile(rf"^/?start(?:@\w+)?[ :]{ADVICE}([\w-]+)$")
SHARED_FOR = timedelta(days=90)


def pass_chapter(chapter: Chapter) -> PassOn:
    return PassOn(f"{CHAPTER}{chapter.id}", label("share.chapter_link", title=chapter.title))


def asked_for(event: Event) -> str:
    """The id of the shared advice that an event asks for, or an empty text."""
    text = event.text if isinstance(event, Said) else event.action if isinstance(event, Pressed) else ""
    match = _OPENS.match(text)
    return match[1] if match else ""


def share(turn: Turn, kind: str = "", name: str = "") -> list[Message]:
    """What is to be shared, between a line that says what to do with it and the way on."""
    text = _text(turn, kind, name)
    if not text:
        return turn.go_on(Message(say("share.nothing")))
    buttons = []
    if turn.context.links and kind not in ("chapter", "step"):
        buttons.append(Button(label("button.link"), "link"))
    if known(turn):
        buttons.append(Button(label("button.outcome"), "next-step"))
    return turn.aside(Message(say("share.how")), Message(paragraphs(text, say("share.from")), rows(buttons)))


def _text(turn: Turn, kind: str, name: str) -> Markdown:
    almanac = turn.almanac
    if kind == "chapter" and (chapter := almanac.chapters.get(almanac.today("chapter", name))):
        return paragraphs(
            say("share.chapter", title=chapter.title),
            say("plain.text", text=chapter.summary),
            say("share.try"),
            bullets(chapter.how[:2]),
        )
    if kind == "step" and (step := almanac.steps.get(almanac.today("step", name))):
        return paragraphs(say("share.step", title=step.title), say("plain.text", text=step.why), numbers(step.actions))
    return _advice(turn) if known(turn) else Markdown("")


def _advice(turn: Turn) -> Markdown:
    placement = turn.placement()
    advice = advice_of(turn, placement)
    chapters = [suggestion.chapter.title for suggestion in advice.chapters[:3]]
    return paragraphs(
        say("share.advice"),
        verdict(turn.almanac, _subject(turn.get("subject")), placement.lowest, placement.highest),
        say("plain.text", text=placement.rule.because),
        paragraphs(say("share.steps"), numbers(step.title for step in advice.now())) if advice.steps else "",
        paragraphs(say("share.read"), bullets(chapters)) if chapters else "",
    )


def _subject(subject: str | None) -> str:
    """What an advice is about, in words of someone else; the name that was typed stays with who typed it."""
    return label(f"share.{subject or 'organisation'}")


# --- An advice behind a link


def link(turn: Turn) -> list[Message]:
    """Make the link to the advice; one that is there already for the same advice is used again."""
    if not (known(turn) and turn.context.links):
        return share(turn)
    content = _snapshot(turn)
    before = (name for name, fact in turn.facts.items() if name.startswith("share:") and fact.value == content)
    name = next(before, f"share:{turn.context.fresh}")
    turn.set(name, content)
    made = name.partition(":")[2]
    buttons = (
        (Button(label("button.pass_on"), "share", pass_on=PassOn(f"{ADVICE}{made}", label("share.advice_link"))),),
        (Button(label("button.withdraw"), f"withdraw:{made}"), Button(label("button.outcome"), "next-step")),
    )
    preview = shown(turn.almanac, turn.facts[name], turn.context) or Markdown("")
    return [Message(say("share.link", days=SHARED_FOR.days)), Message(preview, buttons)]


def _snapshot(turn: Turn) -> str:
    """The advice as it is given now; what changes in the almanac later changes nothing here."""
    placement = turn.placement()
    return json.dumps(
        {
            "version": turn.almanac.version,
            "subject": turn.get("subject"),
            "lowest": placement.lowest,
            "highest": placement.highest,
            "because": placement.rule.because,
            "profile": turn.all_given(),
            "now": [step.id for step in advice_of(turn, placement).now()],
            "ends": (turn.context.at + SHARED_FOR).date().isoformat(),
        },
        ensure_ascii=False,
    )


def withdraw(turn: Turn, name: str = "") -> list[Message]:
    was_there = f"share:{name}" in turn.facts
    turn.drop(f"share:{name}")
    return turn.go_on(Message(say("share.withdrawn" if was_there else "share.unknown")))


def content_of(shared: Fact | None, context: Context) -> dict[str, Any] | None:
    """What a shared advice holds, or None when it is unknown, withdrawn or has ended."""
    content: dict[str, Any] | None = json.loads(shared.value) if shared else None
    return content if content and date.fromisoformat(content["ends"]) >= context.at.date() else None


def shown(almanac: Almanac, shared: Fact | None, context: Context) -> Markdown | None:
    """A shared advice as a text that stands alone; None when there is nothing (any more) to show."""
    content = content_of(shared, context)
    if content is None or shared is None:
        return None
    steps = [step.title for step in _steps(almanac, content)]
    return paragraphs(
        say("share.received"),
        verdict(almanac, _subject(content["subject"]), content["lowest"], content["highest"]),
        say("plain.text", text=content["because"]),
        *profile_lines(almanac, content["profile"]),
        paragraphs(say("share.steps"), numbers(steps)) if steps else "",
        say("share.given", day=day(shared.at), year=shared.at.year, version=content["version"]),
    )


def _steps(almanac: Almanac, content: Mapping[str, Any]) -> list[Step]:
    """The steps of a shared advice, as far as they are still there, maybe under another name."""
    found = (almanac.steps.get(almanac.today("step", name)) for name in content["now"])
    return [step for step in found if step]


def receive(turn: Turn) -> list[Message]:
    """Show the advice behind a link, with its steps to open, and offer an own scan."""
    text = shown(turn.almanac, turn.context.shared, turn.context)
    content = content_of(turn.context.shared, turn.context)
    if text is None or content is None:
        return turn.go_on(Message(say("share.gone")))
    steps = [Button(step.title, f"step:{step.id}") for step in _steps(turn.almanac, content)]
    return [Message(text, (*rows(steps), (Button(label("button.own_scan"), "scan"),)))]


ACTIONS: dict[str, Handler] = {"share": share, "link": link, "withdraw": withdraw}

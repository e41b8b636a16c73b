"""A text for a colleague that stands alone: a chapter, a step or the whole advice, without anything personal."""

from __future__ import annotations

from dialogs import scan
from dialogs.messages import Button, Markdown, Message, bullets, numbers, paragraphs
from dialogs.result import advice_of, headline
from dialogs.texts import label, say
from dialogs.turn import Handler, Turn


def share(turn: Turn, kind: str = "", name: str = "") -> list[Message]:
    """What is to be shared, between a line that says what to do with it and the way back."""
    text = _text(turn, kind, name)
    if not text:
        return turn.go_on(Message(say("share.nothing")))
    back = ((Button(label("button.outcome"), "next-step"),),) if _has_result(turn) else ()
    return turn.aside(Message(say("share.how")), Message(paragraphs(text, say("share.from")), back))


def _has_result(turn: Turn) -> bool:
    return bool(turn.scan()) and scan.finished(turn)


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
    return _advice(turn) if _has_result(turn) else Markdown("")


def _advice(turn: Turn) -> Markdown:
    placement = turn.placement()
    advice = advice_of(turn, placement)
    chapters = [suggestion.chapter.title for suggestion in advice.chapters[:3]]
    return paragraphs(
        say("share.advice"),
        headline(turn, placement),
        say("plain.text", text=placement.rule.because),
        paragraphs(say("share.steps"), numbers(step.title for step in advice.now())) if advice.steps else "",
        paragraphs(say("share.read"), bullets(chapters)) if chapters else "",
    )


ACTIONS: dict[str, Handler] = {"share": share}

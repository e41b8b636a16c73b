"""The questions: asking, answering, going back, changing, skipping, stopping and starting again."""

from __future__ import annotations

from dialogs.messages import Button, Markdown, Message, paragraphs, rows
from dialogs.texts import day, label, say
from dialogs.turn import Handler, Turn
from knowledge.model import Question


def open_question(turn: Turn) -> Question | None:
    """The question to ask: the one gone back to, else the first without an answer while the phase is not certain."""
    questions = turn.almanac.questions
    reopened = turn.almanac.today("facet", turn.get("reopened") or "")
    if reopened in questions:
        return questions[reopened]
    left = [question for facet, question in questions.items() if turn.given(facet) is None]
    if not left or (turn.placement().certain and not turn.get("full")):
        return None
    return left[0]


def finished(turn: Turn) -> bool:
    return bool(turn.get("subject")) and open_question(turn) is None


def in_progress(turn: Turn) -> bool:
    return bool(turn.scan()) and not finished(turn)


def left(turn: Turn) -> int:
    """How many questions there are still at most, the open one among them."""
    return sum(turn.given(facet) is None for facet in turn.almanac.questions) or 1


def ask(turn: Turn, question: Question) -> Message:
    """One question with its options; after going back, also the answer that stands."""
    facet, scan = question.facet, turn.scan()
    options = [Button(option.label, f"answer:{scan}:{facet}:{option.level}", option.text) for option in question.options]
    other = (
        Button(question.unknown, f"answer:{scan}:{facet}:unknown"),
        Button(question.not_applicable, f"answer:{scan}:{facet}:not-applicable"),
    )
    steer = (
        Button(label("button.back"), "back"),
        Button(label("button.hint"), f"hint:{facet}"),
        Button(label("button.menu"), "menu"),
    )
    keep = ((Button(label("button.keep"), "keep"),),) if turn.get("reopened") else ()
    text = say("scan.question", number=_number(turn, question), total=len(turn.almanac.questions), ask=question.ask)
    return Message(paragraphs(text, _standing(turn, question)), (*rows(options), other, *keep, steer))


def _number(turn: Turn, question: Question) -> int:
    return list(turn.almanac.questions).index(question.facet) + 1


def _standing(turn: Turn, question: Question) -> Markdown:
    value = turn.given(question.facet) if turn.get("reopened") else None
    return say("scan.standing", answer=answer_label(question, value)) if value else Markdown("")


def answer_label(question: Question, value: str) -> str:
    """An answer in the words of its button."""
    if value == "unknown":
        return question.unknown
    if value == "not-applicable":
        return question.not_applicable
    if value == "skipped":
        return label("scan.skipped")
    return next(option.label for option in question.options if option.level == int(value))


def answer(turn: Turn, scan: str = "", facet: str = "", value: str = "") -> list[Message]:
    """Take an answer. One from an earlier scan or to a question of old changes nothing and says so."""
    question = turn.almanac.questions.get(turn.almanac.today("facet", facet))
    if question is None or value not in ("1", "2", "3", "4", "unknown", "not-applicable"):
        return turn.go_on(echo=say("scan.stale"))
    if scan != str(turn.scan()):
        return turn.go_on(echo=say("scan.earlier"))
    before = turn.given(question.facet)
    turn.set(f"answer:{question.facet}", value)
    turn.drop("reopened", "stopped")
    return turn.go_on(echo=_heard(turn, before, value, answer_label(question, value)))


def _heard(turn: Turn, before: str | None, value: str, answer: str) -> Markdown:
    """What was taken down; in a group also from whom."""
    if turn.context.by:
        turn.set(f"took_part:{turn.context.by.id}", "yes")
        return say("group.noted", who=turn.context.by.name, answer=answer)
    return say("scan.changed" if before not in (None, "skipped", value) else "scan.noted", answer=answer)


def hint(turn: Turn, facet: str = "") -> list[Message]:
    """What a question means and when it does not apply."""
    question = turn.almanac.questions.get(turn.almanac.today("facet", facet)) or open_question(turn)
    if question is None:
        return turn.go_on()
    return turn.go_on(
        Message(paragraphs(say("plain.text", text=question.help), say("plain.text", text=question.not_applicable_means)))
    )


def back(turn: Turn) -> list[Message]:
    """To the question before; from the first question to what the scan is about, and from there to the role."""
    if not turn.scan():
        return turn.go_on(Message(say("scan.nothing_before")))
    if not turn.get("subject"):
        turn.drop("role")
        return turn.go_on()
    earlier = _before(turn)
    if earlier:
        turn.set("reopened", earlier)
    else:
        turn.drop("subject", "name", "reopened")
    return turn.go_on()


def _before(turn: Turn) -> str | None:
    """The last answered question before the one that is open."""
    order = list(turn.almanac.questions)
    current = open_question(turn)
    end = order.index(current.facet) if current else len(order)
    return next((facet for facet in reversed(order[:end]) if turn.given(facet)), None)


def keep(turn: Turn) -> list[Message]:
    turn.drop("reopened")
    return turn.go_on()


def skip(turn: Turn) -> list[Message]:
    question = open_question(turn)
    if turn.lacks_role():
        turn.set("role", "none")
    elif question is None or not turn.get("subject"):
        return turn.go_on(echo=say("scan.no_skip"))
    elif turn.given(question.facet):
        turn.drop("reopened")
    else:
        turn.set(f"answer:{question.facet}", "skipped")
    return turn.go_on(echo=say("scan.noted", answer=label("scan.skipped")))


def change(turn: Turn) -> list[Message]:
    """All answers, each a button that leads back to its question."""
    given = [(question, value) for facet, question in turn.almanac.questions.items() if (value := turn.given(facet))]
    if not given:
        return turn.go_on(Message(say("scan.nothing_to_change")))
    buttons = [
        Button(f"{turn.almanac.facets[question.facet].name}: {answer_label(question, value)}", f"ask:{question.facet}")
        for question, value in given
    ]
    return [Message(say("scan.change"), (*rows(buttons), (Button(label("button.leave"), "resume"),)))]


def reopen(turn: Turn, facet: str = "") -> list[Message]:
    facet = turn.almanac.today("facet", facet)
    if facet in turn.almanac.questions:
        turn.set("reopened", facet)
    return turn.go_on()


def stop(turn: Turn) -> list[Message]:
    turn.set("stopped", "yes")
    return [Message(paragraphs(say("scan.stop" if in_progress(turn) else "scan.stop_done"), by_name(turn)))]


def by_name(turn: Turn) -> Markdown:
    """For what can be typed in a group: that the advisor must be named there, when it would not hear it otherwise."""
    return say("group.by_name") if turn.context.by and turn.context.named else Markdown("")


def resume(turn: Turn) -> list[Message]:
    turn.drop("stopped", "reopened")
    return turn.go_on()


def offer_resume(turn: Turn) -> list[Message]:
    """Where the person was, with the choice to go on or to start again."""
    question = open_question(turn)
    if question is None or not turn.get("subject"):
        turn.drop("stopped")
        return turn.go_on()
    newest = max(fact.at for name, fact in turn.facts.items() if name == "subject" or name.startswith("answer:"))
    text = say("scan.resume", number=_number(turn, question), total=len(turn.almanac.questions), day=day(newest))
    return [Message(text, ((Button(label("button.resume"), "resume"), Button(label("button.restart"), "restart:yes")),))]


def restart(turn: Turn, sure: str = "") -> list[Message]:
    """A new scan. Asks first when that loses answers that gave no result yet."""
    if not sure and in_progress(turn) and turn.answers():
        return [
            Message(
                say("scan.sure"), ((Button(label("button.restart_yes"), "restart:yes"), Button(label("button.leave"), "resume")),)
            )
        ]
    turn.drop(
        *[name for name in turn.facts if name.startswith(("answer:", "took_part:"))],
        "subject",
        "name",
        "reopened",
        "full",
        "ambition",
        "stopped",
    )
    turn.set("scan", str(turn.scan() + 1))
    return turn.go_on(echo=say("scan.again"))


def rest(turn: Turn) -> list[Message]:
    """The questions that were not needed for the phase, for a full profile."""
    turn.set("full", "yes")
    return turn.go_on()


ACTIONS: dict[str, Handler] = {
    "answer": answer,
    "hint": hint,
    "back": back,
    "keep": keep,
    "skip": skip,
    "change": change,
    "ask": reopen,
    "stop": stop,
    "resume": resume,
    "restart": restart,
    "rest": rest,
}

"""The steps: all of them in order, one in full, and the phase that they lead to."""

from __future__ import annotations

from dialogs.messages import Button, Markdown, Message, numbers, paragraphs, rows
from dialogs.result import advice_of, known, next_step, step_button
from dialogs.texts import label, say
from dialogs.turn import Handler, Turn
from knowledge.model import Almanac, Benchmark, Step


def roadmap(turn: Turn) -> list[Message]:
    """All steps to the phase aimed for, in order: now, next and later."""
    if not known(turn):
        return next_step(turn)
    advice = advice_of(turn, turn.placement())
    steps = [step_button(turn.almanac, planned, f"roadmap.{planned.when}") for planned in advice.steps]
    last = (Button(label("button.ambition"), "ambition"), Button(label("button.outcome"), "next-step"))
    return [Message(say("roadmap.title" if steps else "result.no_steps", wanted=advice.wanted), (*rows(steps), last))]


def step(turn: Turn, name: str = "") -> list[Message]:
    """One step: why, what to do, who, effort, how one notices that it worked, what to read."""
    found = turn.almanac.steps.get(turn.almanac.today("step", name))
    if found is None:
        return turn.go_on(echo=say("scan.stale"))
    facet = turn.almanac.facets[found.facet]
    text = paragraphs(
        say("step.title", title=found.title),
        say("step.place", facet=facet.name, start=found.from_level, to=found.to_level, effort=label(f"effort.{found.effort}")),
        say("plain.text", text=found.why),
        numbers(found.actions),
        say("step.who", who=found.who),
        say("step.result", result=found.result),
        _history(turn.almanac, found),
        say("step.ours") if found.source == "ours" else say("step.source", source=turn.almanac.sources[found.source].title),
    )
    chapters = [Button(turn.almanac.chapters[name].title, f"chapter:{name}") for name in found.chapters]
    last = (Button(label("button.outcome"), "next-step"), Button(label("button.share"), f"share:step:{found.id}"))
    return turn.aside(Message(text, (*rows(chapters), last)))


def _history(almanac: Almanac, found: Step) -> Markdown:
    """A figure of long ago for the facet of a step, with its year and base; those seen at the source come first."""
    figures = [figure for figure in almanac.benchmarks.values() if found.facet in figure.facets]
    best = max(figures, key=lambda figure: (figure.certainty == "seen", figure.year), default=None)
    return history(best) if best else Markdown("")


def history(figure: Benchmark) -> Markdown:
    value = f"{figure.value:g}".replace(".", ",")
    return say("step.history", statement=figure.statement, value=value, unit=figure.unit, base=figure.base, year=figure.year)


def ambition(turn: Turn, wanted: str = "") -> list[Message]:
    """Ask for, or take, the phase aimed for."""
    if not known(turn):
        return next_step(turn)
    if wanted in ("2", "3", "4"):
        turn.set("ambition", wanted)
        return turn.go_on(echo=say("ambition.noted", number=int(wanted), verb=turn.almanac.phase(int(wanted)).verb))
    lowest = turn.placement().lowest
    choices = [phase for phase in turn.almanac.phases if phase.number > lowest]
    buttons = [
        Button(label("ambition.choice", number=phase.number, verb=phase.verb), f"ambition:{phase.number}", phase.summary)
        for phase in choices
    ]
    return [Message(say("ambition.ask"), (*rows(buttons), (Button(label("button.leave"), "resume"),)))]


ACTIONS: dict[str, Handler] = {"roadmap": roadmap, "step": step, "ambition": ambition}

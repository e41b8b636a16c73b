"""The report as data: what stands in it, in the order of the page. How it looks is in document.typ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.report.outcome import Outcome
from bot.report.profile import Profile, profile_of
from dialogs.chapters import citation, reason
from dialogs.messages import Bar
from dialogs.texts import label, listing
from knowledge.advice import Planned, Suggestion
from knowledge.model import Chapter
from knowledge.placement import smallest_change


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs or a list under it; `lead` stands out above them."""

    title: str
    lead: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class StepPart:
    """A step for now, all of it."""

    title: str
    place: str
    why: str
    actions: tuple[str, ...]
    who: str
    notice: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything that is in the document. `rows` is the profile as a table: facet, now, goal."""

    day: date
    title: str
    made: str
    outcome: Part
    reasons: tuple[Part, ...]
    profile: Profile
    rows: tuple[tuple[str, str, str], ...]
    now: Part
    steps: tuple[StepPart, ...]
    later: tuple[Part, ...]
    chapters: tuple[Part, ...]
    notes: tuple[str, ...]


def report_of(outcome: Outcome) -> Report:
    """The report of an outcome."""
    profile = profile_of(outcome)
    return Report(
        day=outcome.day,
        title=label("report.title", subject=outcome.called),
        made=_made(outcome),
        outcome=Part(label("report.outcome"), label("report.outcome_is", phase=outcome.phase()), tuple(_cautions(outcome))),
        reasons=tuple(_reasons(outcome)),
        profile=profile,
        rows=tuple(_row(bar) for bar in profile.bars),
        now=_now(outcome),
        steps=tuple(_step(outcome, planned) for planned in outcome.advice.steps if planned.when == "now"),
        later=tuple(_later(outcome)),
        chapters=tuple(_chapter(outcome, suggestion) for suggestion in outcome.advice.chapters),
        notes=tuple(_notes(outcome)),
    )


def _made(outcome: Outcome) -> str:
    role = outcome.almanac.roles.get(outcome.role or "")
    return label("report.made_role", day=outcome.date, role=role.name) if role else label("report.made", day=outcome.date)


# --- The outcome and why


def _cautions(outcome: Outcome) -> Iterator[str]:
    """How sure the outcome is, and what it leaves out."""
    placement = outcome.placement
    if not placement.certain:
        yield label("report.uncertain", unsure=outcome.unsure(), number=placement.lowest)
    elif placement.open:
        yield label("report.certain_early", asked=len(outcome.almanac.facets) - len(placement.open))
    if placement.not_applicable:
        yield label("report.left_out", names=listing([outcome.almanac.facets[f].name for f in placement.not_applicable]))


def _reasons(outcome: Outcome) -> Iterator[Part]:
    """Why this phase, what the phase is, and the smallest change for the next one."""
    almanac, placement = outcome.almanac, outcome.placement
    phase = almanac.phase(placement.lowest)
    yield Part("", label("report.because"), (placement.rule.because,))
    yield Part("", label("report.in_short", number=phase.number), (phase.summary,))
    change = smallest_change(almanac, placement)
    if change:
        raises = (label("explain.raise", name=almanac.facets[c.facet].name, start=c.from_level, to=c.to_level) for c in change)
        yield Part("", label("report.smallest", phase=placement.lowest + 1), tuple(raises))


def _row(bar: Bar) -> tuple[str, str, str]:
    """A facet without level and goal is one that does not apply."""
    key = "report.goal_level" if bar.goal else "report.no_step" if bar.level else "report.no_goal"
    goal = label(key, level=bar.goal)
    return bar.name, bar.words, goal


# --- The steps


def _now(outcome: Outcome) -> Part:
    advice, role = outcome.advice, outcome.almanac.roles.get(outcome.role or "")
    tips = (role.tip,) if role else ()
    if not advice.steps:
        applies = len(outcome.placement.not_applicable) < len(outcome.almanac.facets)
        return Part(label("report.steps_none"), label("report.no_steps" if applies else "report.nothing_applies"), tips)
    title = label("report.steps", wanted=advice.wanted, verb=outcome.almanac.phase(advice.wanted).verb)
    return Part(title, label("report.reached") if advice.reached else "", tips)


def _step(outcome: Outcome, planned: Planned) -> StepPart:
    step, almanac = planned.step, outcome.almanac
    notes = [label("report.assumed")] if planned.assumed else []
    if step.source != "ours":
        notes.append(label("report.source", source=almanac.sources[step.source].title))
    return StepPart(
        title=step.title,
        place=label(
            "step.place",
            facet=almanac.facets[step.facet].name,
            start=step.from_level,
            to=step.to_level,
            effort=label(f"effort.{step.effort}"),
        ),
        why=step.why,
        actions=step.actions,
        who=step.who,
        notice=step.result,
        notes=tuple(notes),
    )


def _later(outcome: Outcome) -> Iterator[Part]:
    """The steps after those for now; the last ones, often many, by title only."""
    facets = outcome.almanac.facets
    steps = [planned.step for planned in outcome.advice.steps if planned.when == "next"]
    if steps:
        texts = [label("report.later_step", title=step.title, facet=facets[step.facet].name) for step in steps]
        yield Part(label("report.after"), "", tuple(texts))
    titles = tuple(planned.step.title for planned in outcome.advice.steps if planned.when == "later")
    if titles:
        yield Part(label("report.last"), "", titles)


# --- What to read, and how to read this


def _chapter(outcome: Outcome, suggestion: Suggestion) -> Part:
    found = suggestion.chapter
    if isinstance(found, Chapter):
        return Part(found.title, reason(outcome.almanac, suggestion), (found.summary,))
    return Part(found.title, citation(outcome.almanac, found), (found.gist or label("reference.title_only"),))


def _notes(outcome: Outcome) -> Iterator[str]:
    phase = outcome.almanac.phase(outcome.placement.lowest)
    yield label("report.model")
    yield label("report.not_a_grade")
    yield label("report.ours")
    yield label("report.phase_name", number=phase.number, certainty=phase.certainty_note)
    yield label("report.answers")
    yield label("report.version", day=outcome.date, version=outcome.almanac.version)

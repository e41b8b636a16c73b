"""What to do next and what to read, for a placement, an ambition and a role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Almanac, Chapter, Reference, Role, Step
from knowledge.placement import Change, Placement, assumed_levels, smallest_change

When = Literal["now", "next", "later"]
Reason = Literal["step", "role", "facet", "phase", "book"]

NOW = 3
NEXT = 3
CHAPTERS = 5
PER_KIND = 2
REFERENCES = 2
_EFFORT = {"hours": 0, "weeks": 1, "months": 2}


@dataclass(frozen=True)
class Planned:
    """A step, when to take it, and whether the facet's level is only assumed because it was not known."""

    step: Step
    when: When
    assumed: bool


@dataclass(frozen=True)
class Suggestion:
    """A chapter to read and why: it belongs to a step (named by `step`), to the role, to a facet, or to the
    role and the phase of the whole."""

    chapter: Chapter | Reference
    reason: Reason
    step: Step | None = None


@dataclass(frozen=True)
class Advice:
    """`wanted` is the phase the steps lead to; `reached` says that the ambition asked for was reached already."""

    wanted: int
    reached: bool
    change: tuple[Change, ...]
    steps: tuple[Planned, ...]
    chapters: tuple[Suggestion, ...]

    def now(self) -> tuple[Step, ...]:
        return tuple(planned.step for planned in self.steps if planned.when == "now")


def advise(almanac: Almanac, placement: Placement, ambition: int | None = None, role: str | None = None) -> Advice:
    """The steps in order and the chapters to read.

    The ambition is a phase, by default the one after the lowest. When every facet is there already, the advice goes
    on to the phase after it. Below phase 4 there is always a step, unless no facet applies.
    """
    wanted = ambition or min(4, placement.lowest + 1)
    levels = assumed_levels(almanac, placement)
    reached = all(level >= wanted for level in levels.values())
    if reached:
        wanted = next((phase for phase in range(wanted, 5) if any(level < phase for level in levels.values())), 4)
    known_role = almanac.roles.get(role or "")
    change = smallest_change(almanac, placement, known_role.facets if known_role else ())
    steps = tuple(_planned(almanac, placement, _in_order(almanac, placement, levels, wanted, change, known_role)))
    chapters = tuple(_chapters(almanac, placement, [planned.step for planned in steps if planned.when == "now"], known_role))
    return Advice(wanted, reached, change, steps, chapters)


# --- Steps


def _in_order(
    almanac: Almanac, placement: Placement, levels: Mapping[str, int], wanted: int, change: Iterable[Change], role: Role | None
) -> Iterator[Step]:
    """The steps up to the wanted level, each after the steps it builds on."""
    smallest = {(c.facet, level) for c in change for level in range(c.from_level, c.to_level)}
    left = [step for step in almanac.steps.values() if levels.get(step.facet, 4) <= step.from_level < wanted]

    def urgency(step: Step) -> tuple[bool, bool, bool, int, int]:
        return (
            (step.facet, step.from_level) not in smallest,
            step.facet in placement.assumed,
            role is None or role.id not in step.roles,
            step.from_level,
            _EFFORT[step.effort],
        )

    left.sort(key=urgency)
    while left:
        step = next(step for step in left if not _waits_for(almanac, step, left))
        left.remove(step)
        yield step


def _waits_for(almanac: Almanac, step: Step, left: Iterable[Step]) -> bool:
    """Whether a step builds on one that is still to come: an earlier one of its facet, or one named in `after`."""
    return any(other.id in step.after or (other.facet == step.facet and other.from_level < step.from_level) for other in left)


def _planned(almanac: Almanac, placement: Placement, steps: Iterable[Step]) -> Iterator[Planned]:
    """The first three that wait for nothing are for now, the three after them next, the rest later."""
    ordered = list(steps)
    now = [step for step in ordered if not _waits_for(almanac, step, ordered)][:NOW]
    rest = [step for step in ordered if step not in now]
    for when, part in (("now", now), ("next", rest[:NEXT]), ("later", rest[NEXT:])):
        for step in part:
            yield Planned(step, when, step.facet in placement.assumed)  # type: ignore[arg-type]


# --- Chapters


def suits(phase: int, level: int, placement: Placement) -> bool:
    """Whether a chapter for a phase helps someone at a level on its subject.

    Never far below the phase of the whole: a front-runner with one weak spot does not get a beginners' chapter.
    """
    return max(level, placement.lowest - 1) <= phase <= max(level + 1, placement.lowest)


def _chapters(almanac: Almanac, placement: Placement, now: list[Step], role: Role | None) -> Iterator[Suggestion]:
    own = sorted(_own(almanac, placement, now, role), key=lambda found: found[0])
    chosen = list(_varied(suggestion for _, suggestion in own))
    extra = _for_role(almanac, placement, role, chosen) if role else None
    yield from [*chosen[: CHAPTERS - 1], extra] if extra else chosen
    yield from list(_references(almanac, placement, now))[:REFERENCES]


def _own(
    almanac: Almanac, placement: Placement, now: list[Step], role: Role | None
) -> Iterator[tuple[tuple[int, ...], Suggestion]]:
    """Every own chapter that suits, with its place in the order: steps first, then role, then facets."""
    levels = assumed_levels(almanac, placement)
    facets = [step.facet for step in now] or list(levels) or list(almanac.facets)
    for position, chapter in enumerate(almanac.chapters.values()):
        touched = [facet for facet in facets if facet in chapter.facets]
        if not touched or not any(suits(chapter.phase, levels.get(facet, 1), placement) for facet in touched):
            continue
        step = next((step for step in now if chapter.id in step.chapters), None)
        for_role = role is not None and role.id in chapter.roles
        order = (
            not (step and for_role),
            step is None,
            not for_role,
            now.index(step) if step else 0,
            -len(touched),
            facets.index(touched[0]),
            position,
        )
        reason: Reason = "step" if step else "role" if for_role else "facet"
        yield order, Suggestion(chapter, reason, step or next((s for s in now if s.facet == touched[0]), None))


def _for_role(almanac: Almanac, placement: Placement, role: Role, chosen: list[Suggestion]) -> Suggestion | None:
    """A chapter for the role about something else, when none of those chosen is written for it."""
    if any(isinstance(found.chapter, Chapter) and role.id in found.chapter.roles for found in chosen):
        return None
    fitting = [
        chapter
        for chapter in almanac.chapters.values()
        if role.id in chapter.roles and abs(chapter.phase - placement.lowest) <= 1
    ]
    nearest = min(
        fitting, key=lambda chapter: (chapter.roles.index(role.id), abs(chapter.phase - placement.lowest)), default=None
    )
    return Suggestion(nearest, "phase") if nearest else None


def _varied(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """The first five, with at most two of one kind as long as other kinds are left."""
    waiting: list[Suggestion] = []
    kinds: dict[str, int] = {}
    chosen = 0
    for suggestion in suggestions:
        assert isinstance(suggestion.chapter, Chapter)
        kind = suggestion.chapter.kind
        if kinds.get(kind, 0) >= PER_KIND:
            waiting.append(suggestion)
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        chosen += 1
        yield suggestion
        if chosen == CHAPTERS:
            return
    yield from waiting[: CHAPTERS - chosen]


def _references(almanac: Almanac, placement: Placement, now: list[Step]) -> Iterator[Suggestion]:
    """Chapters of the books: those that a step names, then those about its facet."""
    levels = assumed_levels(almanac, placement)
    seen: set[str] = set()
    for by_name in (True, False):
        for step in now:
            for reference in almanac.references.values():
                named = reference.id in step.references if by_name else step.facet in reference.ours.facets
                if named and reference.id not in seen and _helps(reference, levels[step.facet], placement, by_name):
                    seen.add(reference.id)
                    yield Suggestion(reference, "book", step)


def _helps(reference: Reference, level: int, placement: Placement, otherwise: bool) -> bool:
    """Whether the phase of a reference suits; `otherwise` when its phase is not known."""
    phase = reference.fits_phase
    return suits(phase, level, placement) if phase else otherwise

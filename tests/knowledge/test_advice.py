"""Advice over all answers, ambitions and roles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.advice import Advice, advise
from knowledge.model import Almanac, Answer, Chapter, Reference
from knowledge.placement import Placement, place
from tests.knowledge.answers import EVERY, FACETS

AMBITIONS = st.sampled_from([None, 1, 2, 3, 4])
ROLES = st.sampled_from(
    [
        None,
        "communication",
        "customer-contact",
        "policy",
        "neighbourhood",
        "council-office",
        "councillor",
        "executive",
        "management",
        "hr",
        "it",
        "legal",
        "information",
    ]
)


def _advice(almanac: Almanac, answers: dict[str, Answer], ambition: int | None, role: str | None) -> tuple[Placement, Advice]:
    placement = place(almanac, answers)
    return placement, advise(almanac, placement, ambition, role)


@given(answers=EVERY, ambition=AMBITIONS, role=ROLES)
def test_never_empty_below_the_last_phase(
    almanac: Almanac, answers: dict[str, Answer], ambition: int | None, role: str | None
) -> None:
    placement, advice = _advice(almanac, answers, ambition, role)
    applying = any(answer != "not-applicable" for answer in answers.values())
    if placement.lowest < 4 and applying:
        assert advice.now()
        assert advice.chapters


@given(answers=EVERY, ambition=AMBITIONS, role=ROLES)
def test_steps_come_in_an_order_that_can_be_walked(
    almanac: Almanac, answers: dict[str, Answer], ambition: int | None, role: str | None
) -> None:
    placement, advice = _advice(almanac, answers, ambition, role)
    assert len(advice.now()) <= 3
    levels = {facet: placement.levels.get(facet, 1) for facet in FACETS if answers[facet] != "not-applicable"}
    planned = {p.step.id for p in advice.steps}
    done: set[str] = set()
    for p in advice.steps:
        step = p.step
        assert levels[step.facet] == step.from_level
        assert all(before in done for before in step.after if before in planned)
        if p.when == "now":
            assert not set(step.after) & planned
            assert answers[step.facet] in ("unknown", step.from_level)
        levels[step.facet] += 1
        done.add(step.id)
    assert all(level >= advice.wanted for level in levels.values())
    order = {"now": 0, "next": 1, "later": 2}
    assert [order[p.when] for p in advice.steps] == sorted(order[p.when] for p in advice.steps)


@given(answers=EVERY, ambition=AMBITIONS, role=ROLES)
def test_no_beginners_chapter_for_a_front_runner(
    almanac: Almanac, answers: dict[str, Answer], ambition: int | None, role: str | None
) -> None:
    placement, advice = _advice(almanac, answers, ambition, role)
    for suggestion in advice.chapters:
        chapter = suggestion.chapter
        phase = chapter.phase if isinstance(chapter, Chapter) else chapter.fits_phase
        assert phase is None or phase >= placement.lowest - 1
    ids = [suggestion.chapter.id for suggestion in advice.chapters]
    assert len(ids) == len(set(ids)) <= 7
    assert sum(isinstance(s.chapter, Reference) for s in advice.chapters) <= 2


def test_every_level_and_role_has_chapters_of_its_own(almanac: Almanac) -> None:
    """Ten facets, three steps, twelve roles: whoever has one weak spot gets something to read about it, for the role where there is any."""
    holes = []
    for facet in FACETS:
        for level in (1, 2, 3):
            answers: dict[str, Answer] = {**dict.fromkeys(FACETS, level + 1), facet: level}
            for role in almanac.roles:
                _, advice = _advice(almanac, answers, level + 1, role)
                about = [s for s in advice.chapters if isinstance(s.chapter, Chapter) and facet in s.chapter.facets]
                for_role = [s for s in advice.chapters if isinstance(s.chapter, Chapter) and role in s.chapter.roles]
                if advice.now()[0].facet != facet or not about or not for_role:
                    holes.append((facet, level, role))
    assert holes == []


@given(answers=EVERY, role=ROLES)
def test_the_same_answers_give_the_same_advice(almanac: Almanac, answers: dict[str, Answer], role: str | None) -> None:
    shuffled = dict(reversed(answers.items()))
    assert _advice(almanac, answers, None, role)[1] == _advice(almanac, shuffled, None, role)[1]

"""Placement over all answers: monotone, honest bounds, an exact early stop, a change that is really the smallest."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Almanac, Answer
from knowledge.placement import evidence, place, smallest_change
from tests.knowledge.answers import EVERY, FACETS, KNOWN, LEVELS, PARTIAL

_INTERACTION, _ORGANISATION = FACETS[:5], FACETS[5:]


def _said(answers: Mapping[str, Answer]) -> int:
    """The rule as the sentence says it, written again without the table: the highest phase p with at least half of all
    facets at p and more than half of each group at p - 1."""
    applying = {facet: answer for facet, answer in answers.items() if answer != "not-applicable"}
    for phase in (4, 3, 2):
        enough = 2 * sum(level >= phase for level in applying.values()) >= len(applying)  # type: ignore[operator]
        if applying and enough and all(_most(applying, group, phase - 1) for group in (_INTERACTION, _ORGANISATION)):
            return phase
    return 1


def _most(applying: Mapping[str, Answer], group: tuple[str, ...], phase: int) -> bool:
    levels = [applying[facet] for facet in group if facet in applying]
    return not levels or 2 * sum(level >= phase for level in levels) > len(levels)  # type: ignore[operator]


@given(answers=KNOWN)
def test_the_table_is_the_sentence(almanac: Almanac, answers: dict[str, Answer]) -> None:
    placement = place(almanac, answers)
    assert placement.lowest == placement.highest == _said(answers)


@given(answers=KNOWN, facet=st.sampled_from(FACETS))
def test_a_better_answer_never_lowers_the_phase(almanac: Almanac, answers: dict[str, Answer], facet: str) -> None:
    phases = [place(almanac, answers | {facet: level}).lowest for level in (1, 2, 3, 4)]
    assert phases == sorted(phases)
    assert phases[0] <= place(almanac, answers | {facet: "not-applicable"}).lowest <= phases[3]


@given(answers=EVERY, data=st.data())
def test_bounds_hold_whatever_the_unknowns_turn_out_to_be(
    almanac: Almanac, answers: dict[str, Answer], data: st.DataObject
) -> None:
    placement = place(almanac, answers)
    known = {facet: data.draw(LEVELS) if answer == "unknown" else answer for facet, answer in answers.items()}
    assert placement.lowest <= place(almanac, known).lowest <= placement.highest
    assert place(almanac, {f: 1 if a == "unknown" else a for f, a in answers.items()}).lowest == placement.lowest
    assert place(almanac, {f: 4 if a == "unknown" else a for f, a in answers.items()}).lowest == placement.highest


@given(answers=EVERY)
def test_stopping_early_gives_what_all_answers_give(almanac: Almanac, answers: dict[str, Answer]) -> None:
    given_so_far: dict[str, Answer] = {}
    for facet in almanac.questions:
        given_so_far[facet] = answers[facet]
        placement = place(almanac, given_so_far)
        if placement.certain:
            complete = place(almanac, answers)
            assert (complete.lowest, complete.highest) == (placement.lowest, placement.highest)


@given(answers=PARTIAL)
def test_a_stop_is_never_too_late(almanac: Almanac, answers: dict[str, Answer]) -> None:
    """When the phase is not certain, the open questions can really still give both bounds."""
    placement = place(almanac, answers)
    unsure = {facet for facet in FACETS if answers.get(facet, "unknown") == "unknown"}
    for level, phase in ((1, placement.lowest), (4, placement.highest)):
        assert place(almanac, answers | dict.fromkeys(unsure, level)).lowest == phase


@given(answers=EVERY)
def test_the_smallest_change_reaches_the_next_phase(almanac: Almanac, answers: dict[str, Answer]) -> None:
    placement = place(almanac, answers)
    change = smallest_change(almanac, placement)
    applying = [answer for answer in answers.values() if answer != "not-applicable"]
    if placement.lowest == 4 or not applying:
        assert change == ()
        return
    assert change
    assert place(almanac, answers | {c.facet: c.to_level for c in change}).lowest > placement.lowest


def test_no_smaller_change_reaches_the_next_phase(almanac: Almanac) -> None:
    """Compared with trying everything, for organisations small enough to do so: four facets that apply."""
    facets = ("content", "conversation", "vision", "people")
    rest: dict[str, Answer] = {facet: "not-applicable" for facet in FACETS if facet not in facets}
    for levels in product((1, 2, 3, 4), repeat=4):
        answers = rest | dict(zip(facets, levels, strict=True))
        placement = place(almanac, answers)
        cost = sum(c.to_level - c.from_level for c in smallest_change(almanac, placement))
        assert cost == _fewest(almanac, answers, facets, placement.lowest)


def _fewest(almanac: Almanac, answers: dict[str, Answer], facets: tuple[str, ...], phase: int) -> int:
    """The fewest levels to win for a higher phase, by trying all."""
    if phase == 4:
        return 0
    costs = []
    for levels in product((1, 2, 3, 4), repeat=len(facets)):
        raised = [level - answers[facet] for facet, level in zip(facets, levels, strict=True)]  # type: ignore[operator]
        if min(raised) >= 0 and _said(answers | dict(zip(facets, levels, strict=True))) > phase:
            costs.append(sum(raised))
    return min(costs)


@given(answers=KNOWN)
def test_the_evidence_is_enough_for_the_rule(almanac: Almanac, answers: dict[str, Answer]) -> None:
    for found in evidence(almanac, place(almanac, answers)):
        if found.level > 1:
            assert len(found.reached) >= found.needed or place(almanac, answers).rule.id == "niets-van-toepassing"
            assert all(answers[facet] >= found.level for facet in found.reached)  # type: ignore[operator]


def test_preferred_facets_are_chosen_among_equals(almanac: Almanac) -> None:
    placement = place(almanac, dict.fromkeys(FACETS, 1))
    for preferred in combinations(FACETS, 5):
        assert {c.facet for c in smallest_change(almanac, placement, preferred)} == set(preferred)

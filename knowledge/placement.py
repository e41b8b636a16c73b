"""Which phase follows from a set of answers, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from knowledge.model import Almanac, Answer, Count, Rule
from knowledge.tally import Known, Tallies, enough, leaves, tallies_of


@dataclass(frozen=True)
class Placement:
    """The lowest and highest phase that the answers allow, and the rule that gives the lowest.

    `levels` holds the facets with a level, `unknown` those answered "weet ik niet", `open` those without an answer.
    """

    lowest: int
    highest: int
    rule: Rule
    levels: Mapping[str, int]
    unknown: tuple[str, ...]
    not_applicable: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def certain(self) -> bool:
        return self.lowest == self.highest

    @property
    def assumed(self) -> tuple[str, ...]:
        """The facets whose level is not known, for whatever reason."""
        return self.unknown + self.open


@dataclass(frozen=True)
class Evidence:
    """One count that the rule made: the facets of a selection that reach a level, and how many were needed."""

    selection: str
    level: int
    reached: tuple[str, ...]
    applying: int
    needed: int


@dataclass(frozen=True)
class Change:
    """A facet that would have to rise from one level to another."""

    facet: str
    from_level: int
    to_level: int


def place(almanac: Almanac, answers: Mapping[str, Answer]) -> Placement:
    """The placement for answers by facet id; a facet that is missing is open and counts as unknown.

    The bounds are exact: everything unknown at level 1 and at level 4. That no other answer falls outside them is
    proved for the rules by `checks.rules`.
    """
    tallies = tallies_of(almanac)
    given = {facet: answers.get(facet, "open") for facet in almanac.facets}
    low = tallies.total(_filled(given, 1))
    return Placement(
        lowest=tallies.phase(low),
        highest=tallies.phase(tallies.total(_filled(given, 4))),
        rule=tallies.rule(low),
        levels={facet: answer for facet, answer in given.items() if isinstance(answer, int)},
        unknown=_with(given, "unknown"),
        not_applicable=_with(given, "not-applicable"),
        open=_with(given, "open"),
    )


def _filled(given: Mapping[str, int | str], level: Known) -> dict[str, Known]:
    return {facet: level if answer in ("unknown", "open") else answer for facet, answer in given.items()}  # type: ignore[misc]


def _with(given: Mapping[str, int | str], answer: str) -> tuple[str, ...]:
    return tuple(facet for facet, value in given.items() if value == answer)


def assumed_levels(almanac: Almanac, placement: Placement) -> dict[str, int]:
    """The level of each facet that applies, level 1 where it is not known."""
    return {facet: placement.levels.get(facet, 1) for facet in almanac.facets if facet not in placement.not_applicable}


def evidence(almanac: Almanac, placement: Placement) -> tuple[Evidence, ...]:
    """The counts behind the rule that decided, each with the facets that met it."""
    return tuple(
        _evidence(almanac, placement, leaf) for leaf in leaves(placement.rule.when) if isinstance(leaf, Count) and leaf.level > 1
    )


def _evidence(almanac: Almanac, placement: Placement, leaf: Count) -> Evidence:
    selected = [
        facet.id
        for facet in almanac.facets.values()
        if leaf.facets in ("all", facet.dimension) and facet.id not in placement.not_applicable
    ]
    return Evidence(
        selection=leaf.facets,
        level=leaf.level,
        reached=tuple(facet for facet in selected if placement.levels.get(facet, 1) >= leaf.level),
        applying=len(selected),
        needed=enough(leaf.at_least, len(selected)),
    )


def smallest_change(almanac: Almanac, placement: Placement, prefer: Collection[str] = ()) -> tuple[Change, ...]:
    """The fewest levels to win that give a phase above the lowest; empty in the last phase.

    Among equally small changes: first those on facets whose level is known, then those on preferred facets, then the
    earlier facets. A facet whose level is not known counts as level 1.
    """
    if placement.lowest == 4:
        return ()
    search = _Search(almanac, placement, prefer)
    found = (search.cheapest(levels) for levels in range(1, 31))
    return next((changes for changes in found if changes is not None), ())


_Ways = dict[int, tuple[int, tuple[Change, ...]]]
"""The cheapest way to each tally that can be reached: its cost and its changes."""


class _Search:
    """Winning more and more levels, until one way to win them gives the next phase."""

    def __init__(self, almanac: Almanac, placement: Placement, prefer: Collection[str]) -> None:
        self._tallies: Tallies = tallies_of(almanac)
        self._goal = placement.lowest + 1
        self._start = list(assumed_levels(almanac, placement).items())
        self._weights = [
            ((facet in placement.assumed) << 16) + ((facet not in prefer) << 8) + index
            for index, (facet, _) in enumerate(self._start)
        ]
        self._known: dict[tuple[int, int], _Ways] = {}

    def cheapest(self, levels: int) -> tuple[Change, ...] | None:
        """The cheapest way to win exactly so many levels that gives the phase, or None."""
        ways = self._ways(len(self._start), levels)
        found = [way for tally, way in ways.items() if self._tallies.phase(tally) >= self._goal]
        return min(found, key=lambda way: way[0])[1] if found else None

    def _ways(self, facets: int, levels: int) -> _Ways:
        """With the first so many facets and exactly so many levels to win on them."""
        if not facets:
            return {} if levels else {0: (0, ())}
        if (facets, levels) not in self._known:
            self._known[facets, levels] = self._extended(facets, levels)
        return self._known[facets, levels]

    def _extended(self, facets: int, levels: int) -> _Ways:
        facet, level = self._start[facets - 1]
        result: _Ways = {}
        for won in range(min(4 - level, levels) + 1):
            added = self._tallies.of(facet, level + won)  # type: ignore[arg-type]
            change = (Change(facet, level, level + won),) if won else ()
            for tally, (cost, changes) in self._ways(facets - 1, levels - won).items():
                price, key = cost + won * self._weights[facets - 1], tally + added
                if key not in result or price < result[key][0]:
                    result[key] = price, changes + change
        return result

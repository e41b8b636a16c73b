"""Counting answers so that the rules can be decided, proved over all answers and searched for the smallest change.

A rule sees answers only through counts: how many facets of a selection (all, a dimension or one facet) are at a
level or higher, and how many apply. Such counts add up over facets, so the counts of a whole set of answers are kept
as one integer, four bits a count, and adding a facet is adding an integer. Ten facets have 9,765,625 sets of answers
without unknowns and only some sixteen thousand tallies: that is what makes proofs over all sets instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from knowledge.model import All, Almanac, Any_, Condition, Count, FacetAt, Not, Rule

Known = Literal[1, 2, 3, 4, "not-applicable"]
KNOWN: tuple[Known, ...] = (1, 2, 3, 4, "not-applicable")
Tally = int
Column = tuple[str, int]
_BITS = 4
_MASK = (1 << _BITS) - 1


class Tallies:
    """The columns that the rules of an almanac look at, and the rule and phase that follow from a tally."""

    def __init__(self, almanac: Almanac) -> None:
        self.rules = almanac.rules
        self._phases = {phase.id: phase.number for phase in almanac.phases}
        self._columns = {column: index for index, column in enumerate(sorted(set(_columns(almanac.rules))))}
        self._tests = [self._test(rule.when) for rule in almanac.rules]
        self._decided: dict[Tally, int] = {}
        self._shares = {
            facet.id: {answer: self._share(facet.id, facet.dimension, answer) for answer in KNOWN}
            for facet in almanac.facets.values()
        }

    def of(self, facet: str, answer: Known) -> Tally:
        """What one answer adds to the tally."""
        return self._shares[facet][answer]

    def total(self, answers: Mapping[str, Known]) -> Tally:
        return sum(self._shares[facet][answer] for facet, answer in answers.items())

    def rule(self, tally: Tally) -> Rule:
        """The first rule that holds."""
        index = self._decided.get(tally)
        if index is None:
            index = next(i for i, test in enumerate(self._tests) if test(tally))
            self._decided[tally] = index
        return self.rules[index]

    def phase(self, tally: Tally) -> int:
        return self._phases[self.rule(tally).phase]

    def holds(self, index: int, tally: Tally) -> bool:
        """Whether the condition of the rule at this row holds, whatever rows stand above it."""
        return self._tests[index](tally)

    def alike(self, facet: str) -> tuple[Tally, ...]:
        """Facets with the same value here are interchangeable for the rules."""
        return tuple(self._shares[facet].values())

    def _share(self, facet: str, dimension: str, answer: Known) -> Tally:
        if answer == "not-applicable":
            return 0
        return sum(
            1 << (_BITS * index)
            for (selection, level), index in self._columns.items()
            if selection in ("all", dimension, facet) and answer >= level
        )

    def _count(self, selection: str, level: int) -> Callable[[Tally], int]:
        shift = _BITS * self._columns[selection, level]
        return lambda tally: (tally >> shift) & _MASK

    def _test(self, condition: Condition | None) -> Callable[[Tally], bool]:
        match condition:
            case None:
                return lambda tally: True
            case All(all=parts):
                tests = [self._test(part) for part in parts]
                return lambda tally: all(test(tally) for test in tests)
            case Any_(any=parts):
                tests = [self._test(part) for part in parts]
                return lambda tally: any(test(tally) for test in tests)
            case Not(not_=part):
                test = self._test(part)
                return lambda tally: not test(tally)
            case FacetAt(facet=facet, level=level):
                reached = self._count(facet, level)
                return lambda tally: reached(tally) > 0
            case Count():
                return self._enough(condition)
        raise TypeError(condition)

    def _enough(self, condition: Count) -> Callable[[Tally], bool]:
        reached = self._count(condition.facets, condition.level)
        applying = self._count(condition.facets, 0)
        needed = condition.at_least
        return lambda tally: reached(tally) >= enough(needed, applying(tally))


def enough(needed: int | Literal["half", "majority"], applying: int) -> int:
    """How many facets a count asks for when so many apply: a share of none is none."""
    if needed == "half":
        return (applying + 1) // 2
    if needed == "majority":
        return min(applying, applying // 2 + 1)
    return needed


def leaves(condition: Condition | None) -> Iterator[Count | FacetAt]:
    """The counts and single facets that a condition is built of."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            for part in parts:
                yield from leaves(part)
        case Not(not_=part):
            yield from leaves(part)
        case Count() | FacetAt():
            yield condition


def _columns(rules: Sequence[Rule]) -> Iterator[Column]:
    for rule in rules:
        for leaf in leaves(rule.when):
            if isinstance(leaf, Count):
                yield leaf.facets, leaf.level
                yield leaf.facets, 0
            else:
                yield leaf.facet, leaf.level


@lru_cache(maxsize=2)
def tallies_of(almanac: Almanac) -> Tallies:
    return Tallies(almanac)

"""The questions that could not be answered, grouped for the editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 80


@dataclass(frozen=True)
class Gap:
    """A question without anything personal, the first and the last day it was asked, and how often."""

    question: str
    first: str
    last: str
    count: int


def grouped(gaps: Iterable[Gap]) -> list[list[Gap]]:
    """Questions that look alike together; the group that was asked most comes first."""
    groups: list[list[Gap]] = []
    for gap in sorted(gaps, key=lambda gap: -gap.count):
        near = next((group for group in groups if fuzz.token_set_ratio(group[0].question, gap.question) >= ALIKE), None)
        if near:
            near.append(gap)
        else:
            groups.append([gap])
    return sorted(groups, key=lambda group: -sum(gap.count for gap in group))


def gap_lines(gaps: Sequence[Gap]) -> Iterator[str]:
    """A line for each group, with the other ways it was asked under it."""
    if not gaps:
        yield "Er zijn geen vragen die onbeantwoord bleven."
    for group in grouped(gaps):
        days = f"{min(gap.first for gap in group)} tot {max(gap.last for gap in group)}"
        yield f"{sum(gap.count for gap in group):>4} keer  {days}  {group[0].question}"
        yield from (f"{'':>35}{gap.question}" for gap in group[1:])

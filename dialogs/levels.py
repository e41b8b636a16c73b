"""The ten levels as bars: where each facet is now, and where its steps lead."""

from __future__ import annotations

from dialogs.messages import Bar, Group
from dialogs.texts import label
from knowledge.advice import Advice
from knowledge.model import Almanac, Facet
from knowledge.placement import Placement


def groups(almanac: Almanac, placement: Placement, advice: Advice) -> tuple[Group, ...]:
    """A bar for each facet, in their groups; the goal of a facet is the highest level that one of its steps leads to."""
    goals: dict[str, int] = {}
    for planned in advice.steps:
        goals[planned.step.facet] = max(planned.step.to_level, goals.get(planned.step.facet, 0))
    facets = almanac.facets.values()
    return tuple(
        Group(group.name, tuple(_bar(placement, facet, goals.get(facet.id)) for facet in facets if facet.dimension == group.id))
        for group in almanac.dimensions.values()
    )


def _bar(placement: Placement, facet: Facet, goal: int | None) -> Bar:
    level = placement.levels.get(facet.id)
    if level:
        return Bar(facet.name, level, label("picture.level", level=level), goal)
    key = "not_applicable" if facet.id in placement.not_applicable else "unknown" if facet.id in placement.unknown else "open"
    return Bar(facet.name, None, label(f"picture.{key}"), goal)

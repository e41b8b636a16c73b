"""Every worked example gives what it says."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.advice import advise
from knowledge.findings import Finding
from knowledge.model import Almanac, Organisation
from knowledge.placement import place
from knowledge.reading import Reading


def check_examples(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    for organisation in almanac.organisations.values():
        for message in _differences(almanac, organisation):
            yield Finding(
                reading.place(organisation, "expect"),
                "E01",
                f'Voorbeeld "{organisation.id}": {message} Pas de verwachting aan, of de regels en stappen.',
            )


def _differences(almanac: Almanac, organisation: Organisation) -> Iterator[str]:
    expected = organisation.expect
    placement = place(almanac, organisation.answers)
    if (placement.lowest, placement.highest) != (expected.lowest, expected.highest):
        yield f"verwacht fase {expected.lowest} tot {expected.highest}, de regels geven {placement.lowest} tot {placement.highest}."
    if expected.rule and placement.rule.id != expected.rule:
        yield f'verwacht regel "{expected.rule}", maar regel "{placement.rule.id}" geldt.'
    advice = advise(almanac, placement, ambition=organisation.ambition, role=organisation.role)
    now = tuple(planned.step.id for planned in advice.steps if planned.when == "now")
    if expected.now is not None and now != expected.now:
        yield f"verwacht als stappen voor nu {', '.join(expected.now) or 'geen'}, het advies geeft {', '.join(now) or 'geen'}."

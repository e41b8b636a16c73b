"""Rules that cannot be proved sound."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    HALF,
    Case,
    Content,
    condition,
    first,
    named,
    only,
    swap,
    within,
)

CASES = [
    Case(
        "a condition for the last rule",
        "rules.yaml",
        within("id: ontdekt", first("    phase: .*\n", "\\g<0>    when: {facet: vision, level: 2}\n")),
        "R01",
        ("- id: ontdekt",),
        'De laatste regel, "ontdekt", heeft een voorwaarde',
    ),
    Case(
        "no condition halfway",
        "rules.yaml",
        swap(f"    {HALF}\n", ""),
        "R02",
        ("- id: experimenteert",),
        'Regel "experimenteert" heeft geen voorwaarde',
    ),
    Case(
        "a condition that cannot be",
        "rules.yaml",
        condition("{all: [{facet: vision, level: 4}, {not: {facet: vision, level: 3}}]}"),
        "R03",
        ("- id: experimenteert",),
        "geen enkel stel antwoorden voldoet",
    ),
    Case(
        "a rule below one that takes all its cases",
        "rules.yaml",
        condition("{facets: all, at_least: 10, level: 4}"),
        "R03",
        ("- id: experimenteert",),
        'kan nooit gelden: regel "netwerkt" (regel {other}) vangt alle gevallen al af.',
        other=("- id: netwerkt",),
    ),
    Case(
        "a rule below two that take its cases",
        "rules.yaml",
        condition("{facets: all, at_least: 10, level: 3}"),
        "R03",
        ("- id: experimenteert",),
        '"netwerkt" (regel {other}) en "converseert" (regel ',
        other=("- id: netwerkt",),
    ),
    Case(
        "a phase without a rule",
        "rules.yaml",
        within("id: netwerkt", only("phase: .*", "phase: converseert")),
        "R04",
        ("- id: netwerkt",),
        'Geen enkele regel geeft de fase "netwerkt"',
        where="phases.yaml",
    ),
    Case(
        "a better answer for a lower phase",
        "rules.yaml",
        condition(f"{{all: [{HALF[6:]}, {{not: {{facet: vision, level: 3}}}}]}}"),
        "R05",
        ("- id: ontdekt",),
        '"vision" van 2 naar 3 geeft fase 1 in plaats van 2.',
    ),
    Case(
        "a rule with less for a lower phase above",
        "rules.yaml",
        swap("not: {facets: all, at_least: 1, level: 1}", "{facet: people, level: 4}"),
        "R05",
        ("- id: niets-van-toepassing",),
        '"people" van 3 naar 4 geeft fase 1',
    ),
    Case(
        "less than level 1 for not applicable",
        "rules.yaml",
        condition("{facets: all, at_least: 10, level: 1}"),
        "R06",
        ("- id: ontdekt",),
        '"content" van 1 naar niet van toepassing geeft fase 1 in plaats van 2.',
    ),
    Case(
        "more than level 4 for not applicable",
        "rules.yaml",
        within(
            "id: niets-van-toepassing", only("phase: .*", "phase: netwerkt"), only("not: .*", "not: {facet: vision, level: 1}")
        ),
        "R06",
        ("- id: ontdekt",),
        '"vision" van niet van toepassing naar 4 geeft fase 1 in plaats van 4.',
    ),
]


@pytest.mark.parametrize("case", named(CASES))
def test_an_unsound_rule_is_found(case: Case, content: Content) -> None:
    content.finds(case)

"""Worked examples that give something else than they say."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    GONE,
    Case,
    Content,
    condition,
    named,
    only,
    within,
)


def _example(name: str, expect: str, message: str) -> Case:
    """A case of a worked example with another expectation."""
    edit = within(f"id: {name}", only("expect: .*", f"expect: {expect}"))
    return Case(
        f"{name}: {expect}",
        "organisations.yaml",
        edit,
        "E01",
        (f"- id: {name}", "expect:"),
        f'Voorbeeld "{name}": verwacht {message}',
    )


CASES = [
    _example("dorp", "{lowest: 2, highest: 2}", "fase 2 tot 2, de regels geven 1 tot 1."),
    _example("alles-onbekend", "{lowest: 1, highest: 3}", "fase 1 tot 3, de regels geven 1 tot 4."),
    _example("dorp", f"{{lowest: 1, highest: 1, rule: {GONE}}}", f'regel "{GONE}", maar regel "ontdekt" geldt.'),
    _example("dorp", "{lowest: 1, highest: 1, now: []}", "als stappen voor nu geen, het advies geeft "),
    Case(
        "a rule for phase 4 that asks more than half",
        "rules.yaml",
        within("id: netwerkt", only("all, at_least: half", "all, at_least: majority")),
        "E01",
        ("- id: waterschap-voorloper", "expect:"),
        "verwacht fase 4 tot 4, de regels geven 3 tot 3.",
        where="organisations.yaml",
    ),
    Case(
        "a rule that changes an example",
        "rules.yaml",
        condition("{facets: all, at_least: 1, level: 2}"),
        "E01",
        ("- id: dorp", "expect:"),
        "verwacht fase 1 tot 1, de regels geven 2 tot 2.",
        where="organisations.yaml",
    ),
]


@pytest.mark.parametrize("case", named(CASES))
def test_another_outcome_is_found(case: Case, content: Content) -> None:
    content.finds(case)

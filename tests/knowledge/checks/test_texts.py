"""Texts that are hard to read. All of these only warn."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    LONG,
    PROBE,
    TIKTOK,
    Case,
    Content,
    Edit,
    first,
    named,
    only,
    probe,
    within,
)

ASKED = ("- facet: people", "ask:")

TWO_QUESTIONS = "Hier staan twee vragen in één, of geen."


def _action(text: str) -> Edit:
    """Another first action for the first step."""
    return within("id: content-1-2", first("^      - .*", f"      - {text}"))


def _ask(text: str) -> Edit:
    return within("facet: people", only("ask: .*", f'ask: "{text}"'))


CASES = [
    Case("a long sentence of a step", "steps.yaml", _action(LONG), "T01", (LONG,), "Deze zin telt 26 woorden"),
    Case(
        "a long folded sentence",
        TIKTOK,
        only("^pitfall: .*", f"pitfall: >-\n  {LONG}\n"),
        "T01",
        ("pitfall:",),
        "Maak er twee van",
    ),
    Case("click here", "steps.yaml", _action("Klik hier voor meer."), "T02", ("Klik hier",), "zegt niet waar iemand komt"),
    Case("two question marks", "questions.yaml", _ask("Wie doet mee? En hoe vaak?"), "T03", ASKED, TWO_QUESTIONS),
    Case("two questions with one mark", "questions.yaml", _ask("Wie doet mee en hoe vaak?"), "T03", ASKED, TWO_QUESTIONS),
    Case("an informal word", "steps.yaml", _action("Vraag je collega."), "T04", ("Vraag je",), '"je" past niet bij de u-vorm'),
    Case(
        "a long summary",
        PROBE,
        probe(only("^summary: .*", f"summary: {'Dit is een zin. ' * 18}")),
        "T05",
        ("summary:",),
        "De samenvatting telt 72 woorden. Tussen 40 en 70",
    ),
    Case("a short chapter", PROBE, probe(), "T05", ("why:",), "De tekst van dit hoofdstuk telt 21 woorden. Tussen 200 en 350"),
]


HARMLESS = [
    pytest.param("steps.yaml", _action("\"Vraag 'Wat vind je?' aan een inwoner.\""), id="informal words of someone else"),
    pytest.param("steps.yaml", _action(LONG.replace("woord ", "", 1)), id="a sentence of just the right length"),
]


@pytest.mark.parametrize("case", named(CASES))
def test_a_hard_text_is_found(case: Case, content: Content) -> None:
    content.finds(case)


@pytest.mark.parametrize(("file", "edit"), HARMLESS)
def test_a_right_text_is_left_alone(file: str, edit: Edit, content: Content) -> None:
    content.finds_nothing(file, edit)

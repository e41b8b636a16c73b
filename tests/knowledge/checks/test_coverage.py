"""What is missing, double or out of reach: levels, questions, steps and chapters."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    PROBE,
    Case,
    Content,
    both,
    first,
    named,
    only,
    probe,
    put,
    within,
    without,
)

LEVEL_2 = r"level: 2\n(?:          .*\n|        [^-].*\n)*?        words: \["

LEVEL_3 = LEVEL_2.replace("level: 2", "level: 3")


def _chapter_in(step: str, phase: int, line: str, message: str) -> Case:
    """A case of a step that names a chapter of a phase."""
    edit = within(f"id: {step}", first(r"chapters: \[", "chapters: [zz-proef, "))
    also = {PROBE: probe(only("^phase: .*", f"phase: {phase}"))}
    return Case(f"phase {phase} in {step}", "steps.yaml", edit, "C08", (f"- id: {step}", line), message, also=also)


CASES = [
    Case(
        "a phase number twice",
        "phases.yaml",
        first("number: 2", "number: 1"),
        "C01",
        ("- id: ontdekt", "number: 1"),
        "Niveau 1 staat hier 2 keer",
    ),
    Case(
        "a level twice",
        "facets.yaml",
        within("id: people", only("number: 2", "number: 3")),
        "C01",
        ("- id: people", "- number: 1"),
        "Niveau 3 staat hier 2 keer",
    ),
    Case(
        "an option twice",
        "questions.yaml",
        within("facet: people", only("level: 4", "level: 1")),
        "C01",
        ("- facet: people", "- level: 1"),
        "Niveau 4 staat hier 0 keer",
    ),
    Case(
        "a facet without a question",
        "questions.yaml",
        without("facet: people"),
        "C02",
        ("- id: people",),
        'Onderdeel "people" heeft geen vraag',
        where="facets.yaml",
    ),
    Case(
        "a word for two options",
        "questions.yaml",
        within("facet: people", put(LEVEL_2, "proefwoord, "), put(LEVEL_3, "Proefwoord, ")),
        "C03",
        ("- facet: people", "- level: 3"),
        '"proefwoord" hoort al bij een ander antwoord',
    ),
    Case(
        "a word for an option that means not knowing",
        "questions.yaml",
        within("facet: people", only("unknown: .*", "unknown: Proefwoord"), put(LEVEL_2, "proefwoord, ")),
        "C03",
        ("- facet: people", "- level: 2"),
        '"proefwoord" hoort al bij een ander antwoord',
    ),
    Case(
        "no step of a level",
        "steps.yaml",
        within("id: people-2-3", only("from: 2", "from: 3")),
        "C04",
        ("- id: people",),
        "0 stappen van niveau 2 naar 3",
        where="facets.yaml",
    ),
    Case(
        "a step after one of a higher level",
        "steps.yaml",
        within("id: content-1-2", only("after: .*", "after: [vision-2-3]")),
        "C05",
        ("- id: content-1-2", "after:"),
        'Stap "vision-2-3" hoort bij een hoger niveau',
    ),
    Case(
        "a step after one that waits for it",
        "steps.yaml",
        both(
            within("id: content-1-2", only("after: .*", "after: [vision-1-2]")),
            within("id: vision-1-2", only("after: .*", "after: [content-1-2]")),
        ),
        "C06",
        ("- id: vision-1-2",),
        'Stap "vision-1-2" moet op zichzelf wachten',
    ),
    Case(
        "a step after the next one of its own facet",
        "steps.yaml",
        within("id: content-1-2", only("after: .*", "after: [content-2-3]")),
        "C06",
        ("- id: content-2-3",),
        'Stap "content-2-3" moet op zichzelf wachten',
    ),
    Case("a chapter that nothing names", PROBE, probe(), "C07", ("id: zz-proef",), 'wijst naar "zz-proef"'),
    _chapter_in("content-1-2", 4, "chapters:", 'Hoofdstuk "zz-proef" hoort bij fase 4 en past niet bij een stap van 1 naar 2.'),
    Case(
        "a gist from a title",
        "references.yaml",
        within("id: sk-dienstverlening-via-twitter", put("gist_basis: title-only", "\n    gist: Proef.")),
        "C09",
        ("- id: sk-dienstverlening-via-twitter", "gist_basis:"),
        'Bij "sk-dienstverlening-via-twitter" passen "gist" en "gist_basis" niet',
    ),
    Case(
        "no gist from a text",
        "references.yaml",
        within("id: sk-dienstverlening-via-twitter", only("gist_basis: title-only", "gist_basis: opening-of-chapter")),
        "C09",
        ("- id: sk-dienstverlening-via-twitter", "gist_basis:"),
        'Zonder "gist" hoort er title-only',
    ),
    _chapter_in("people-3-4", 1, "chapters:", "een voorloper krijgt zo nooit iets voor beginners"),
]


@pytest.mark.parametrize("case", named(CASES))
def test_a_gap_is_found(case: Case, content: Content) -> None:
    content.finds(case)

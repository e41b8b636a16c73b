"""Names that do not exist, exist twice, or once meant something else."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    GONE,
    PROBE,
    TIKTOK,
    Case,
    Content,
    Edit,
    both,
    condition,
    first,
    gone,
    named,
    only,
    probe,
    put,
    twice,
    within,
)


def _missing(what: str, file: str, name: str, *edits: Edit) -> Case:
    """A case of a name that does not exist."""
    return Case(f"{file}: {name}", f"{file}.yaml", both(*edits), "V01", (GONE,), f'{what} "{GONE}" bestaat niet. ')


def _double(file: str, name: str) -> Case:
    """A case of an item that stands twice in a file."""
    line = (f"- id: {name}", f"- id: {name}")
    message = f'De naam "{name}" bestaat al: {file} regel {{other}}. '
    return Case(f"{file}: {name} twice", file, twice(f"id: {name}"), "V02", line, message, other=("", line[0]))


def _once_was(file: str, name: str, old: str) -> Case:
    """A case of an old name that is a name of today."""
    edit = put(f"^( *- )?id: {name}$", f"\nformerly: [{old}]" if file == TIKTOK else f"\n    formerly: [{old}]")
    return Case(f"{file}: {name} once was {old}", file, edit, "V03", ("formerly:",), f'De oude naam "{old}" is in gebruik')


MISSING = [
    _missing("Bron", "phases", "source of a characteristic", gone(r"^        source: ")),
    _missing("Groep", "facets", "dimension", gone("^    dimension: ")),
    _missing("Onderdeel", "questions", "facet", gone("^  - facet: ")),
    _missing("Fase", "rules", "phase", within("id: netwerkt", gone("phase: "))),
    _missing("Bron", "rules", "source", within("id: netwerkt", gone("source: "))),
    _missing(
        "Onderdeel", "rules", "facet in any", condition(f"{{any: [{{facet: vision, level: 2}}, {{facet: {GONE}, level: 2}}]}}")
    ),
    _missing("Onderdeel", "steps", "facet", gone("^    facet: ")),
    _missing("Rol", "steps", "role", first(r"^    roles: \[", rf"\g<0>{GONE}, ")),
    _missing("Stap", "steps", "after", first(r"^    after: \[", rf"\g<0>{GONE}, ")),
    _missing("Hoofdstuk", "steps", "chapter", first(r"^    chapters: \[", rf"\g<0>{GONE}, ")),
    _missing("Verwijzing", "steps", "reference", first(r"^    references: \[", rf"\g<0>{GONE}, ")),
    _missing("Bron", "steps", "source", gone("^    source: ")),
    _missing("Onderdeel", "roles", "facet", gone(r"^    facets: \[")),
    _missing("Boek", "references", "book", gone("^    book: ")),
    _missing("Onderdeel", "references", "facet", gone(r"^    ours: \{.*facets: \[")),
    _missing("Onderdeel", "chapters/tiktok", "facet", put(r"^facets: \[", f"{GONE}, ")),
    _missing("Rol", "chapters/tiktok", "role", put(r"^roles: \[", f"{GONE}, ")),
    _missing("Hoofdstuk", "chapters/tiktok", "further chapter", put(r"^  chapters: \[", f"{GONE}, ")),
    _missing("Onderzoek", "benchmarks", "survey", gone("^    survey: ")),
    _missing("Onderdeel", "benchmarks", "facet", gone(r"^    facets: \[")),
    _missing("Rol", "organisations", "role", gone("^    role: ")),
    _missing("Onderdeel", "organisations", "facet of an answer", within("id: dorp", first("content: 1", f"{GONE}: 1"))),
    Case(
        "a mistyped name",
        "rules.yaml",
        condition("{facet: visoin, level: 2}"),
        "V01",
        ("visoin",),
        'Onderdeel "visoin" bestaat niet. Bedoelde u "vision"?',
    ),
    Case(
        "a chapter that went away",
        "chapters/storytelling.yaml",
        None,
        "V01",
        ("- id: content-2-3", "chapters:"),
        'Hoofdstuk "storytelling" bestaat niet.',
        where="steps.yaml",
    ),
]


DOUBLE = [
    _double("facets.yaml", "content"),
    _double("rules.yaml", "netwerkt"),
    _double("steps.yaml", "content-1-2"),
    _double("references.yaml", "sk-dienstverlening-via-twitter"),
    _double("intents.yaml", "skip"),
    Case(
        "a chapter twice",
        PROBE,
        probe(only("^id: .*", "id: tiktok")),
        "V02",
        ("id: tiktok",),
        'De naam "tiktok" bestaat al: chapters/tiktok.yaml regel 2.',
    ),
    Case(
        "a phase twice",
        "phases.yaml",
        first("id: experimenteert", "id: ontdekt"),
        "V02",
        ("- id: ontdekt", "- id: ontdekt"),
        'De naam "ontdekt" bestaat al',
    ),
    Case(
        "a question twice",
        "questions.yaml",
        twice("facet: vision"),
        "V02",
        ("- facet: vision", "- facet: vision"),
        "vision",
    ),
    _once_was("facets.yaml", "content", "experience"),
    _once_was("roles.yaml", "hr", "it"),
    _once_was("steps.yaml", "content-1-2", "content-2-3"),
    _once_was(TIKTOK, "tiktok", "adverteren"),
    Case(
        "one old name of two",
        "roles.yaml",
        both(put("^  - id: hr$", "\n    formerly: [oud]"), put("^  - id: it$", "\n    formerly: [oud]")),
        "V03",
        ("- id: hr", "formerly:"),
        'De oude naam "oud" is in gebruik bij een ander onderdeel.',
    ),
]


CASES = [*MISSING, *DOUBLE]


@pytest.mark.parametrize("case", named(CASES))
def test_a_wrong_name_is_found(case: Case, content: Content) -> None:
    content.finds(case)


def test_an_old_name_that_nothing_else_has_is_left_alone(content: Content) -> None:
    content.finds_nothing("roles.yaml", put("^  - id: hr$", "\n    formerly: [personeel]"))

"""The traps of YAML and of files: what cannot be read, or is read otherwise than it looks."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    CHAPTER,
    HALF,
    TIKTOK,
    TITLE,
    Case,
    Content,
    Edit,
    add,
    both,
    first,
    named,
    only,
    put,
    swap,
    titled,
    within,
    written,
)

CASES = [
    Case("a tab before a list", "sources.yaml", first(r"^  - id", "\t- id"), "Y01", ("\t- id",), "springt in met een tab"),
    Case(
        "a tab before a key",
        "sources.yaml",
        within("id: ours", only("    title", "\ttitle")),
        "Y01",
        ("\ttitle",),
        "tab",
    ),
    Case("a colon in a text", "sources.yaml", titled("Eigen tekst: van ons"), "Y01", TITLE, "dubbele punt in een tekst"),
    Case("a text that begins with @", "sources.yaml", titled("@gemeente"), "Y01", TITLE, "zoals @"),
    Case("a text that begins with *", "sources.yaml", titled("*Eigen* tekst"), "Y01", TITLE, "Een * aan het begin"),
    Case("a quoted part of a text", "sources.yaml", titled('"Eigen" tekst'), "Y01", TITLE, "aanhalingsteken midden in een tekst"),
    Case(
        "an unclosed quote at the end",
        "sources.yaml",
        add('  - id: proef\n    title: "Nooit gesloten\n    url: https://example.org\n'),
        "Y01",
        ("Nooit gesloten",),
        "geopend en nooit gesloten",
    ),
    Case(
        "an unclosed list",
        "roles.yaml",
        within("id: hr", first(r"facets: \[(.*)\]", r"facets: [\1")),
        "Y01",
        ("- id: hr", "facets:"),
        "niet goed afgesloten",
    ),
    Case(
        "a key without a colon",
        "sources.yaml",
        within("id: ours", only("    title:", "    title")),
        "Y01",
        ("- id: ours", "title"),
        "mist een dubbele punt na een sleutel",
    ),
    Case("a key too far left", "sources.yaml", titled("x\n   url: y"), "Y01", ("   url: y",), "Zet de streepjes recht"),
    Case(
        "a text before the first key",
        "sources.yaml",
        first("^sources:", '"proef"\nsources:'),
        "Y01",
        ("sources:",),
        "Na deze regel",
    ),
    Case(
        "a control character",
        "sources.yaml",
        titled('"Eigen\x07 tekst"'),
        "Y01",
        TITLE,
        "een teken dat YAML niet kent",
    ),
    Case("a key twice", "roles.yaml", within("id: hr", put("^    name: HR\n", "    name: PZ\n")), "Y02", ("name: PZ",), '"name"'),
    Case(
        "a key in braces twice", "rules.yaml", swap(HALF, HALF[:-1] + ", level: 1}"), "Y02", ("level: 2, level: 1}",), '"level"'
    ),
    Case(
        "an alias of a list",
        "roles.yaml",
        both(
            within("id: hr", first(r"facets: \[.*\]", "facets: &proef [vision]")),
            within("id: it", first(r"facets: \[.*\]", "facets: *proef")),
        ),
        "Y03",
        ("&proef",),
        "Schrijf de tekst uit",
    ),
    Case(
        "an alias of a text",
        "roles.yaml",
        both(within("id: hr", first("name: HR", "name: &proef HR")), within("id: it", first("name: ICT", "name: *proef"))),
        "Y03",
        ("&proef",),
        "Verwijzingen met & en *",
    ),
    Case(
        "a text that begins with &",
        "sources.yaml",
        titled("&Co van ons"),
        "Y03",
        TITLE,
        "Verwijzingen met & en *",
    ),
    Case(
        "an item that begins with &",
        "roles.yaml",
        within("id: hr", put(r"words: \[", "&Co van ons, ")),
        "Y03",
        ("&Co",),
        "Verwijzingen met & en *",
    ),
    Case("no read as false", "sources.yaml", titled("no"), "Y04", TITLE, '"no" leest YAML als een ja/nee-waarde'),
    Case("a number as text", "sources.yaml", titled("2014"), "Y04", TITLE, '"2014" leest YAML als een getal'),
    Case("nothing as text", "sources.yaml", titled(""), "Y04", TITLE, '"(leeg)" leest YAML als niets'),
    Case("a version without quotes", "rules.yaml", only("^version: .*", "version: 2026.1"), "Y04", ("version:",), "een getal"),
    Case("no in a list", "synonyms.yaml", put(r"^ignored: \[", "no, "), "Y04", ("ignored:",), '"no" leest YAML als een ja/nee'),
    Case("a text lost behind #", "sources.yaml", titled("Nieuws #1 van ons"), "Y05", TITLE, '"#1 van ons"'),
    Case("an item lost behind a comma", "synonyms.yaml", put(r"^ignored: \[", "proef, #weg\n  "), "Y05", ("#weg",), '"#weg"'),
    Case(
        "a text lost on its second line",
        "sources.yaml",
        titled("Nieuws\n      en tips #1"),
        "Y05",
        ("en tips #1",),
        '"#1"',
    ),
    Case("an empty file", "sources.yaml", written(""), "Y06", (), "leeg of geen lijst van sleutels"),
    Case("a missing file", "roles.yaml", None, "Y07", (), "ontbreekt"),
    Case("a file that is not UTF-8", "roles.yaml", add("# priv\udce9\n"), "Y07", (), "Sla het op als UTF-8"),
    Case("no schema", "sources.yaml", first(r"\A.*\n", ""), "Y08", (), "yaml-language-server"),
    Case(
        "a schema not on the first line", TIKTOK, first(r"\A", "# proef\n"), "Y08", (), "De eerste regel moet het schema noemen"
    ),
    Case("a file with a mistyped name", "role.yaml", written("x: 1\n"), "Y09", (), 'Bedoelde u "roles.yaml"?'),
    Case(
        "a chapter with another ending",
        "chapters/proef.yml",
        written(CHAPTER),
        "Y09",
        (),
        "wordt niet gelezen",
    ),
]


HARMLESS = [
    pytest.param("sources.yaml", titled('"Nieuws #1"'), id="a quoted #"),
    pytest.param("sources.yaml", titled('"Vragen: &Co van ons"'), id="a quoted &"),
    pytest.param("sources.yaml", titled(">-\n      Vragen van\n      &Co aan ons"), id="an & in a folded text"),
    pytest.param("steps.yaml", within("id: content-1-2", first("from: 1", "from: 1  # laag")), id="a remark behind a number"),
]


@pytest.mark.parametrize("case", named(CASES))
def test_a_trap_is_found(case: Case, content: Content) -> None:
    content.finds(case)


@pytest.mark.parametrize(("file", "edit"), HARMLESS)
def test_what_yaml_reads_as_meant_is_left_alone(file: str, edit: Edit, content: Content) -> None:
    content.finds_nothing(file, edit)

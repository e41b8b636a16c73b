"""The checks, tested by breaking a copy of the content in every way that they claim to find.

Each way is a case: which file, how to break it, and the code, line and words of the finding that must come.
The line is looked up in the broken text, so that the content may change without these cases.
"""

from __future__ import annotations

import gc
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jsonschema
import pytest
import yaml

import knowledge
from knowledge.findings import ContentError, Finding, Place
from knowledge.opening import Report, check_folder, open_almanac
from knowledge.reading import CONTENT, FILES
from knowledge.schemas import FOLDER, schemas

Edit = Callable[[str], str]
WARNINGS = {"C07", "S02", "T01", "T02", "T03", "T04", "T05"}
GONE = "bestaat-niet"
LONG = " ".join(["woord"] * 26) + "."
HALF = "when: {facets: all, at_least: half, level: 2}"
TIKTOK = "chapters/tiktok.yaml"
PROBE = "chapters/zz-proef.yaml"
CHAPTER = """\
# yaml-language-server: $schema=../../schemas/chapter.json
id: zz-proef
title: Een proefhoofdstuk
line: Een hoofdstuk dat alleen in een test bestaat
phase: 2
kind: means
facets: [vision]
roles: [communication]
summary: Dit hoofdstuk is kort.
why: Het bestaat om iets te laten zien.
how:
  - Lees het.
  - Leg het weg.
  - Ga verder.
pitfall: Het blijft liggen.
people: Eén tester.
result: Een bevinding.
further:
  laws: []
  chapters: []
  references: []
keywords: [zwartzoef, zwartzoeven, zwartzoever]
synonyms: [zwartzoefje]
questions:
  - Wat is een zwartzoef?
  - Hoe werkt een zwartzoever?
basis: Verzonnen voor de test.
"""


@dataclass(frozen=True)
class Case:
    """One way to break the content. An edit of None deletes the file; `also` holds edits that the break needs besides.

    `line` names the line of the finding: () is line 1, one text is the only line that holds it, and of more texts each
    but the last is a whole line that comes before. `other` does the same for the line that {other} in `message` stands for.
    `wrong` says why the finding is not right today.
    """

    id: str
    file: str
    edit: Edit | None
    code: str
    line: tuple[str, ...]
    message: str
    where: str = ""
    also: Mapping[str, Edit] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    wrong: str = ""


class CaseError(Exception):
    """A case does not fit the content any more; never what a check should find."""


# --- Ways to break a text. Each insists that what it changes is there.


def _counted(pattern: str, text: str, wanted: int | None = 1) -> None:
    count = len(re.findall(pattern, text, re.MULTILINE))
    if count == 0 or (wanted is not None and count != wanted):
        raise CaseError(f"{pattern!r} stands {count} times in the text")


def swap(old: str, new: str) -> Edit:
    """Replace a text that is there exactly once."""

    def edit(text: str) -> str:
        _counted(re.escape(old), text)
        return text.replace(old, new)

    return edit


def only(pattern: str, new: str) -> Edit:
    """Replace what matches a pattern exactly once."""

    def edit(text: str) -> str:
        _counted(pattern, text)
        return re.sub(pattern, new, text, flags=re.MULTILINE)

    return edit


def first(pattern: str, new: str) -> Edit:
    """Replace the first match of a pattern."""

    def edit(text: str) -> str:
        _counted(pattern, text, None)
        return re.sub(pattern, new, text, count=1, flags=re.MULTILINE)

    return edit


def put(pattern: str, new: str) -> Edit:
    """Put a text right behind the only match of a pattern."""
    return only(f"({pattern})", rf"\g<1>{new}")


def gone(pattern: str) -> Edit:
    """Make the name behind the first match of a pattern one that does not exist."""
    return first(rf"({pattern})[\w-]+", rf"\g<1>{GONE}")


def within(item: str, *edits: Edit) -> Edit:
    """Edit only the item of a list that begins with this line."""
    pattern = re.compile(rf"^( *)- {re.escape(item)}\n(?:\1 .*\n| *\n)*", re.MULTILINE)

    def edit(text: str) -> str:
        _counted(pattern.pattern, text)
        found = pattern.search(text)
        assert found is not None
        return text[: found.start()] + both(*edits)(found[0]) + text[found.end() :]

    return edit


def both(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for each in edits:
            text = each(text)
        return text

    return edit


def twice(item: str) -> Edit:
    return within(item, lambda block: block + block)


def without(item: str) -> Edit:
    return within(item, lambda block: "")


def add(more: str) -> Edit:
    return lambda text: text + more


def written(text: str) -> Edit:
    return lambda _: text


def probe(*edits: Edit) -> Edit:
    """A chapter of these tests, changed."""
    return written(both(*edits)(CHAPTER))


def titled(title: str) -> Edit:
    """Give the first source another title, as it stands in the file."""
    return within("id: ours", first(r"title: .*", f"title: {title}"))


def condition(text: str) -> Edit:
    """Give the rule "experimenteert" another condition."""
    return swap(HALF, f"when: {text}")


TITLE = ("- id: ours", "title:")
BLOCK = "\n      facets: all\n      at_least: half\n      level: 2"


# --- The cases


YAML = [
    Case("a tab before a list", "sources.yaml", first(r"^  - id", "\t- id"), "Y01", ("\t- id",), "zoals een tab"),
    Case(
        "a tab before a key", "sources.yaml", within("id: ours", only("    title", "\ttitle")), "Y01", ("\ttitle",), "inspringen"
    ),
    Case(
        "a tab before a key is named",
        "sources.yaml",
        within("id: ours", only("    title", "\ttitle")),
        "Y01",
        ("\ttitle",),
        "tab",
        wrong="the general message comes, without the word tab",
    ),
    Case("a colon in a text", "sources.yaml", titled("Eigen tekst: van ons"), "Y01", TITLE, "dubbele punt in een tekst"),
    Case("a text that begins with @", "sources.yaml", titled("@gemeente"), "Y01", TITLE, "zoals een tab of een @"),
    Case("a text that begins with *", "sources.yaml", titled("*Eigen* tekst"), "Y01", TITLE, "Een * aan het begin"),
    Case("a quoted part of a text", "sources.yaml", titled('"Eigen" tekst'), "Y01", TITLE, "aanhalingsteken midden in een tekst"),
    Case(
        "an unclosed quote before another",
        "sources.yaml",
        titled('"Eigen tekst'),
        "Y01",
        ("- id: seed", "title:"),
        "aanhalingsteken midden in een tekst",
    ),
    Case(
        "an unclosed quote at the end",
        "sources.yaml",
        add('  - id: proef\n    title: "Nooit gesloten\n    url: https://example.org\n'),
        "Y01",
        ("Nooit gesloten",),
        "geopend en nooit gesloten",
        wrong="the line is the one after the end of the file, not that of the quote",
    ),
    Case(
        "an unclosed list",
        "roles.yaml",
        within("id: hr", first(r"facets: \[(.*)\]", r"facets: [\1")),
        "Y01",
        ("- id: hr", "facets:"),
        "niet goed afgesloten",
        wrong="the line is the one after the list",
    ),
    Case(
        "a key without a colon",
        "sources.yaml",
        within("id: seed", only("    title:", "    title")),
        "Y01",
        ("- id: seed", "title"),
        "mist een dubbele punt na een sleutel",
        wrong="the line is the one after the key",
    ),
    Case("a key too far left", "sources.yaml", titled("x\n   url: y"), "Y01", ("   url: y",), "Zet de streepjes recht"),
    Case("a key too far right", "sources.yaml", titled('"x"\n      url: y'), "Y01", ("      url: y",), "inspringen"),
    Case("a key in place of a dash", "sources.yaml", add(" proef: x\n"), "Y01", (" proef: x",), "sleutels recht onder elkaar"),
    Case("two documents", "sources.yaml", add("---\nproef: x\n"), "Y01", ("---",), "Dit kan niet als YAML gelezen worden"),
    Case(
        "a text before the first key",
        "sources.yaml",
        first("^sources:", '"proef"\nsources:'),
        "Y01",
        ("sources:",),
        "Na deze regel",
    ),
    Case(
        "a control character on the first line",
        "sources.yaml",
        first(r"\A.*", "\\g<0>\x07"),
        "Y01",
        (),
        "een teken dat YAML niet kent",
    ),
    Case(
        "a control character",
        "sources.yaml",
        titled('"Eigen\x07 tekst"'),
        "Y01",
        TITLE,
        "een teken dat YAML niet kent",
        wrong="the line is always 1",
    ),
    Case("a key twice", "roles.yaml", within("id: hr", put("^    name: HR\n", "    name: PZ\n")), "Y02", ("name: PZ",), '"name"'),
    Case("a key of the file twice", "rules.yaml", put("^version: .*\n", 'version: "1"\n'), "Y02", ('version: "1"',), '"version"'),
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
        "an alias of a group",
        "organisations.yaml",
        both(
            within("id: dorp", first(r"expect: ", "expect: &proef ")),
            within("id: griffie", first(r"expect: .*", "expect: *proef")),
        ),
        "Y03",
        ("&proef",),
        "Verwijzingen met & en *",
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
        wrong="behind a bracket the first word is lost without a finding",
    ),
    Case("no read as false", "sources.yaml", titled("no"), "Y04", TITLE, '"no" leest YAML als een ja/nee-waarde'),
    Case("a number as text", "sources.yaml", titled("2014"), "Y04", TITLE, '"2014" leest YAML als een getal'),
    Case("a date", "sources.yaml", titled("2014-09-03"), "Y04", TITLE, '"2014-09-03" leest YAML als een datum'),
    Case("a time read as a number", "sources.yaml", titled("12:30"), "Y04", TITLE, '"12:30" leest YAML als een getal'),
    Case("nothing as text", "sources.yaml", titled(""), "Y04", TITLE, '"(leeg)" leest YAML als niets'),
    Case("a version without quotes", "rules.yaml", only("^version: .*", "version: 2026.1"), "Y04", ("version:",), "een getal"),
    Case("no in a list", "synonyms.yaml", put(r"^ignored: \[", "no, "), "Y04", ("ignored:",), '"no" leest YAML als een ja/nee'),
    Case(
        "a false id", "sources.yaml", first("id: ours", "id: off"), "Y04", ("id: off",), '"off" leest YAML als een ja/nee-waarde'
    ),
    Case("a text lost behind #", "sources.yaml", titled("Nieuws #1 van ons"), "Y05", TITLE, '"#1 van ons"'),
    Case("a whole text lost", "sources.yaml", titled("#durftevragen"), "Y05", TITLE, '"#durftevragen"'),
    Case("an item lost in part", TIKTOK, only("^how:\n", "how:\n  - Zoek #tips\n"), "Y05", ("Zoek #tips",), '"#tips"'),
    Case("an item lost behind a comma", "synonyms.yaml", put(r"^ignored: \[", "proef, #weg\n  "), "Y05", ("#weg",), '"#weg"'),
    Case(
        "a text lost on its second line",
        "sources.yaml",
        titled("Nieuws\n      en tips #1"),
        "Y05",
        ("en tips #1",),
        '"#1"',
        wrong="the line is that of the start of the text",
    ),
    Case("an empty file", "sources.yaml", written(""), "Y06", (), "leeg of geen lijst van sleutels"),
    Case("only a comment", "sources.yaml", lambda text: text.splitlines()[0] + "\n", "Y06", (), "Begin met een sleutel"),
    Case("a list in place of keys", "sources.yaml", only("^sources:\n", ""), "Y06", (), "leeg of geen lijst van sleutels"),
    Case("a missing file", "roles.yaml", None, "Y07", (), "ontbreekt"),
    Case("a file that is not UTF-8", "roles.yaml", add("# priv\udce9\n"), "Y07", (), "Sla het op als UTF-8"),
    Case("a chapter that is not UTF-8", TIKTOK, add("# priv\udce9\n"), "Y07", (), "Sla het op als UTF-8"),
    Case("no schema", "sources.yaml", first(r"\A.*\n", ""), "Y08", (), "yaml-language-server"),
    Case(
        "a schema not on the first line", TIKTOK, first(r"\A", "# proef\n"), "Y08", (), "De eerste regel moet het schema noemen"
    ),
    Case("a file with a mistyped name", "role.yaml", written("x: 1\n"), "Y09", (), 'Bedoelde u "roles.yaml"?'),
    Case("a file with another ending", "roles.yml", written("x: 1\n"), "Y09", (), "wordt niet gelezen"),
    Case(
        "a chapter with another ending",
        "chapters/proef.yml",
        written(CHAPTER),
        "Y09",
        (),
        "wordt niet gelezen",
    ),
]

SHAPE = [
    Case("no version", "rules.yaml", only("^version: .*\n", ""), "M01", ("rules:",), '"version"'),
    Case(
        "a step without who",
        "steps.yaml",
        within("id: content-1-2", first(r"    who: .*\n", "")),
        "M01",
        ("- id: content-1-2",),
        '"who"',
    ),
    Case(
        "a condition without level",
        "rules.yaml",
        condition("{facets: all, at_least: half}"),
        "M01",
        ("at_least: half}",),
        '"level"',
    ),
    Case(
        "a condition without level, in lines",
        "rules.yaml",
        condition(BLOCK.replace("\n      level: 2", "")),
        "M01",
        ("- id: experimenteert", "facets: all"),
        '"level"',
    ),
    Case("a chapter without further laws", TIKTOK, only(r"^  laws: .*\n", ""), "M01", ("further:", "chapters:"), '"laws"'),
    Case("an item without an id", "roles.yaml", first("- id: hr\n    name: HR", "- name: HR"), "M01", ("- name: HR",), '"id"'),
    Case("a mistyped key", "roles.yaml", within("id: hr", only("    tip:", "    tipp:")), "M02", ("tipp:",), 'Bedoelde u "tip"?'),
    Case(
        "a key of another file",
        "roles.yaml",
        add("steps: []\n"),
        "M02",
        ("steps:",),
        '"steps" bestaat hier niet. Kies uit: roles.',
    ),
    Case("a mistyped key of a chapter", TIKTOK, only("^pitfall:", "pitfal:"), "M02", ("pitfal:",), 'Bedoelde u "pitfall"?'),
    Case(
        "a mistyped key in braces",
        "organisations.yaml",
        within("id: dorp", only("highest", "hihgest")),
        "M02",
        ("hihgest",),
        'Bedoelde u "highest"?',
    ),
    Case(
        "the name in the program for a key of the file",
        "steps.yaml",
        within("id: content-1-2", first("    from:", "    from_level:")),
        "M02",
        ("from_level",),
        '"from_level" bestaat hier niet',
    ),
    Case(
        "one key too many in a condition, in lines",
        "rules.yaml",
        condition(BLOCK + "\n      levl: 3"),
        "M02",
        ("levl:",),
        'Bedoelde u "level"?',
    ),
    Case(
        "a text for a list",
        "steps.yaml",
        within("id: content-1-2", first(r"actions:\n(?:      - .*\n)+", "actions: Doe iets.\n")),
        "M03",
        ("actions: Doe iets.",),
        'Bij "actions" hoort een lijst',
    ),
    Case(
        "a list for a text",
        "sources.yaml",
        titled("[Eigen, tekst]"),
        "M03",
        TITLE,
        'Bij "title" hoort één tekst. Hier staat een lijst',
    ),
    Case("a group for a text", "sources.yaml", titled("{Eigen: tekst}"), "M03", TITLE, 'Bij "title" hoort één tekst'),
    Case(
        "a text for a number",
        "references.yaml",
        first("page: .*", "page: dertien"),
        "M03",
        ("page: dertien",),
        'Bij "page" hoort een getal, hier staat "dertien".',
    ),
    Case(
        "a quoted number",
        "steps.yaml",
        within("id: content-1-2", first("from: 1", 'from: "1"')),
        "M03",
        ('from: "1"',),
        'Bij "from" hoort een getal, hier staat "1".',
    ),
    Case(
        "a number for a group",
        "organisations.yaml",
        within("id: dorp", first("expect: .*", "expect: 1")),
        "M03",
        ("expect: 1",),
        'Bij "expect" hoort een lijst of een groep sleutels',
    ),
    Case(
        "a list for a group",
        "organisations.yaml",
        within("id: dorp", first(r"answers:\n.*\n.*\n", "answers: [1, 2]\n")),
        "M03",
        ("answers: [1",),
        'Bij "answers" hoort een lijst of een groep sleutels',
    ),
    Case("a text for an item", "sources.yaml", add("  - proef\n"), "M03", ("- proef",), "hoort een lijst of een groep sleutels"),
    Case(
        "nothing for the items",
        "books.yaml",
        first(r"^books:\n[\s\S]*", "books:\n"),
        "M03",
        ("books:",),
        'Bij "books" hoort een lijst',
    ),
    Case(
        "a text for a level in a condition",
        "rules.yaml",
        condition("{facet: vision, level: hoog}"),
        "M03",
        ("level: hoog",),
        'Bij "level" hoort een getal, hier staat "hoog".',
    ),
    Case(
        "a mistyped choice",
        "steps.yaml",
        within("id: content-1-2", first("effort: .*", "effort: maanden")),
        "M04",
        ("effort: maanden",),
        '"maanden" kan hier niet. Kies uit: hours, months, weeks.',
    ),
    Case(
        "a choice that is none",
        TIKTOK,
        only("^kind: .*", "kind: boek"),
        "M04",
        ("kind: boek",),
        "Kies uit: governance, inspiration, means",
    ),
    Case(
        "a list for a choice",
        TIKTOK,
        only("^kind: .*", "kind: [means]"),
        "M04",
        ("kind:",),
        "Bij",
        wrong='the message says that "None" is not possible',
    ),
    Case("a level too high", TIKTOK, only("^phase: .*", "phase: 5"), "M04", ("phase: 5",), '"5" is te hoog: hooguit 4.'),
    Case("a level too low", TIKTOK, only("^phase: .*", "phase: 0"), "M04", ("phase: 0",), '"0" is te laag: minstens 1.'),
    Case(
        "a step from the last level",
        "steps.yaml",
        within("id: content-3-4", first("from: 3", "from: 4")),
        "M04",
        ("- id: content-3-4", "from: 4"),
        '"4" is te hoog: hooguit 3.',
    ),
    Case(
        "an answer that is none",
        "organisations.yaml",
        within("id: dorp", first("content: 1", "content: nvt")),
        "M04",
        ("content: nvt",),
        '"nvt" kan hier niet. Kies uit: not-applicable, unknown.',
    ),
    Case(
        "an answer too high",
        "organisations.yaml",
        within("id: dorp", first("content: 1", "content: 7")),
        "M04",
        ("content: 7",),
        '"7" kan hier niet.',
    ),
    Case(
        "a level too high in a condition",
        "rules.yaml",
        condition("{facets: all, at_least: half, level: 9}"),
        "M04",
        ("level: 9",),
        '"9" is te hoog: hooguit 4.',
    ),
    Case(
        "a level too high in a condition, in lines",
        "rules.yaml",
        condition(BLOCK.replace("level: 2", "level: 9")),
        "M04",
        ("level: 9",),
        "is te hoog: hooguit 4.",
    ),
    Case(
        "a share that is none",
        "rules.yaml",
        condition("{facets: all, at_least: helft, level: 2}"),
        "M04",
        ("at_least: helft",),
        '"helft" kan hier niet.',
    ),
    Case(
        "a label too long",
        "roles.yaml",
        within("id: hr", first("name: HR", "name: Personeel, organisatie en ontwikkeling")),
        "M05",
        ("ontwikkeling",),
        "hooguit 28 tekens, het zijn er 38.",
    ),
    Case(
        "a folded line too long",
        TIKTOK,
        only("^line: .*", f"line: >-\n  {'woord ' * 10}\n  {'woord ' * 10}"),
        "M05",
        ("line: >-",),
        "hooguit 90",
    ),
    Case(
        "an id too long",
        "roles.yaml",
        first("id: hr$", f"id: {'h' * 49}"),
        "M05",
        ("id: hhh",),
        "hooguit 48 tekens, het zijn er 49.",
    ),
    Case(
        "an empty label",
        "roles.yaml",
        within("id: hr", first("name: HR", 'name: ""')),
        "M05",
        ('name: ""',),
        "Deze tekst is leeg.",
    ),
    Case("a blank text", "sources.yaml", titled('"  "'), "M05", TITLE, "Deze tekst is leeg."),
    Case("an empty id", "roles.yaml", first("id: hr$", 'id: ""'), "M05", ('id: ""',), "Deze tekst is leeg."),
    Case("an id with a capital", "roles.yaml", first("id: hr$", "id: HR"), "M06", ("id: HR",), '"HR" kan geen naam zijn'),
    Case("an id with a space", "roles.yaml", first("id: hr$", "id: h r"), "M06", ("id: h r",), '"h r" kan geen naam zijn'),
    Case("a name with an underscore", TIKTOK, put(r"^facets: \[", "a_b, "), "M06", ("facets: [a_b",), '"a_b" kan geen naam zijn'),
    Case(
        "an answer to a facet with a capital",
        "organisations.yaml",
        within("id: dorp", first("content: 1", "Content: 1")),
        "M06",
        ("Content: 1",),
        '"Content" kan geen naam zijn',
        wrong="the message names the answer, not the facet",
    ),
    Case("three phases", "phases.yaml", without("id: netwerkt"), "M07", ("- id: ontdekt",), "minstens 4, het zijn er 3."),
    Case(
        "five levels",
        "facets.yaml",
        within("id: content", twice("number: 4")),
        "M07",
        ("- id: content", "- number: 1"),
        "hooguit 4.",
    ),
    Case(
        "two actions",
        "steps.yaml",
        within("id: content-1-2", first(r"actions:\n(?:      - .*\n)+", "actions: [Lees dit., Doe dat.]\n")),
        "M07",
        ("Lees dit.",),
        "minstens 3, het zijn er 2.",
    ),
    Case(
        "no rules", "rules.yaml", first(r"^rules:\n[\s\S]*", "rules: []\n"), "M07", ("rules: []",), "minstens 1, het zijn er 0."
    ),
    Case("an empty condition", "rules.yaml", condition("{all: []}"), "M07", ("all: []",), "minstens 1, het zijn er 0."),
    Case(
        "a mistyped form of condition",
        "rules.yaml",
        condition("{facts: all, level: 2}"),
        "M08",
        ("facts:",),
        "Deze voorwaarde is niet te begrijpen",
    ),
    Case("a condition of nothing", "rules.yaml", condition("{}"), "M08", ("when: {}",), "Deze voorwaarde is niet te begrijpen"),
    Case(
        "a mistyped form deep in a condition",
        "rules.yaml",
        condition("\n      any:\n        - {facet: vision, level: 2}\n        - {nott: {facet: people, level: 1}}"),
        "M08",
        ("nott:",),
        'Gebruik "all", "any", "not"',
    ),
    Case(
        "a text for a condition",
        "rules.yaml",
        condition("altijd"),
        "M08",
        ("when: altijd",),
        "niet te begrijpen",
        wrong="the program stops with an AttributeError",
    ),
    Case(
        "a text within a condition",
        "rules.yaml",
        condition("{not: altijd}"),
        "M08",
        ("not: altijd",),
        "niet te begrijpen",
        wrong="the program stops with an AttributeError",
    ),
    Case(
        "a list for a condition",
        "rules.yaml",
        condition("[]"),
        "M08",
        ("when: []",),
        "niet te begrijpen",
        wrong="the program stops with an AttributeError",
    ),
    Case(
        "a text for a number or fraction",
        "benchmarks.yaml",
        first("value: .*", "value: veel"),
        "M09",
        ("value: veel",),
        'De waarde bij "value" klopt niet',
    ),
]


def _missing(what: str, file: str, name: str, *edits: Edit) -> Case:
    """A case of a name that does not exist."""
    return Case(f"{file}: {name}", f"{file}.yaml", both(*edits), "V01", (GONE,), f'{what} "{GONE}" bestaat niet. ')


NAMES = [
    _missing("Bron", "phases", "source of a characteristic", gone(r"^        source: ")),
    _missing("Groep", "facets", "dimension", gone("^    dimension: ")),
    _missing("Bron", "facets", "source of a level", gone("^        source: ")),
    _missing("Onderdeel", "questions", "facet", gone("^  - facet: ")),
    _missing("Fase", "rules", "phase", within("id: netwerkt", gone("phase: "))),
    _missing("Bron", "rules", "source", within("id: netwerkt", gone("source: "))),
    _missing("Groep", "rules", "group in a condition", condition(f"{{facets: {GONE}, at_least: half, level: 2}}")),
    _missing("Groep", "rules", "group in all", within("id: netwerkt", only("facets: interaction", f"facets: {GONE}"))),
    _missing("Groep", "rules", "group in not", swap("not: {facets: all,", f"not: {{facets: {GONE},")),
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
    _missing("Verwijzing", "chapters/tiktok", "further reference", put(r"^  references: \[", f"{GONE}, ")),
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
        "a name of few",
        "facets.yaml",
        first("dimension: interaction", "dimension: xyz"),
        "V01",
        ("dimension: xyz",),
        "Kies uit: interaction, organisation.",
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


def _double(file: str, name: str, *, wrong: str = "") -> Case:
    """A case of an item that stands twice in a file."""
    line = (f"- id: {name}", f"- id: {name}")
    message = f'De naam "{name}" bestaat al: {file} regel {{other}}. '
    return Case(f"{file}: {name} twice", file, twice(f"id: {name}"), "V02", line, message, other=("", line[0]), wrong=wrong)


def _once_was(file: str, name: str, old: str) -> Case:
    """A case of an old name that is a name of today."""
    edit = put(f"^( *- )?id: {name}$", f"\nformerly: [{old}]" if file == TIKTOK else f"\n    formerly: [{old}]")
    return Case(f"{file}: {name} once was {old}", file, edit, "V03", ("formerly:",), f'De oude naam "{old}" is in gebruik')


DOUBLE = [
    _double("facets.yaml", "interaction"),
    _double("facets.yaml", "content"),
    _double("rules.yaml", "netwerkt"),
    _double("steps.yaml", "content-1-2"),
    _double("roles.yaml", "hr"),
    _double("books.yaml", "almanak-2014"),
    _double("references.yaml", "sk-dienstverlening-via-twitter"),
    _double("sources.yaml", "seed"),
    _double("benchmarks.yaml", "kok-2012"),
    _double("benchmarks.yaml", "2011-geen-beleid"),
    _double("organisations.yaml", "dorp"),
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
        wrong="ids of phases are not compared",
    ),
    Case(
        "a question twice",
        "questions.yaml",
        twice("facet: vision"),
        "V02",
        ("- facet: vision", "- facet: vision"),
        "vision",
        wrong="the last question of a facet replaces the others without a finding",
    ),
    _once_was("facets.yaml", "content", "experience"),
    _once_was("facets.yaml", "vision", "vision"),
    _once_was("roles.yaml", "hr", "it"),
    _once_was("steps.yaml", "content-1-2", "content-2-3"),
    _once_was("references.yaml", "sk-dienstverlening-via-twitter", "sk-hoe-actief-zijn-gemeenten"),
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


def _chapter_in(step: str, phase: int, line: str, message: str) -> Case:
    """A case of a step that names a chapter of a phase."""
    edit = within(f"id: {step}", first(r"chapters: \[", "chapters: [zz-proef, "))
    also = {PROBE: probe(only("^phase: .*", f"phase: {phase}"))}
    return Case(f"phase {phase} in {step}", "steps.yaml", edit, "C08", (f"- id: {step}", line), message, also=also)


LEVEL_2 = r"level: 2\n(?:          .*\n|        [^-].*\n)*?        words: \["
LEVEL_3 = LEVEL_2.replace("level: 2", "level: 3")
COVERAGE = [
    Case(
        "a phase number twice",
        "phases.yaml",
        first("number: 2", "number: 1"),
        "C01",
        ("- id: ontdekt", "number: 1"),
        "Niveau 1 staat hier 2 keer",
    ),
    Case(
        "a phase number left out",
        "phases.yaml",
        first("number: 1", "number: 2"),
        "C01",
        ("- id: ontdekt", "number: 2"),
        "Niveau 1 staat hier 0 keer",
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
        "two labels the same",
        "questions.yaml",
        within("facet: people", first("label: .*", "label: Proef"), first(r"(level: 4\n *label: ).*", r"\g<1>proef")),
        "C03",
        ("- facet: people", "- level: 4"),
        '"proef" hoort al bij een ander antwoord',
    ),
    Case(
        "two steps of one level",
        "steps.yaml",
        within("id: people-2-3", only("from: 2", "from: 1")),
        "C04",
        ("- id: people",),
        "2 stappen van niveau 1 naar 2",
        where="facets.yaml",
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
        "a step after itself",
        "steps.yaml",
        within("id: content-1-2", only("after: .*", "after: [content-1-2]")),
        "C06",
        ("- id: content-1-2",),
        'Stap "content-1-2" moet op zichzelf wachten',
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
    Case(
        "a chapter that only itself names",
        PROBE,
        probe(only("  chapters: .*", "  chapters: [zz-proef]")),
        "C07",
        ("id: zz-proef",),
        'wijst naar "zz-proef"',
    ),
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

RULES = [
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


EXAMPLES = [
    _example("dorp", "{lowest: 2, highest: 2}", "fase 2 tot 2, de regels geven 1 tot 1."),
    _example("alles-onbekend", "{lowest: 1, highest: 3}", "fase 1 tot 3, de regels geven 1 tot 4."),
    _example("dorp", "{lowest: 1, highest: 1, rule: netwerkt}", 'regel "netwerkt", maar regel "ontdekt" geldt.'),
    _example("dorp", f"{{lowest: 1, highest: 1, rule: {GONE}}}", f'regel "{GONE}", maar regel "ontdekt" geldt.'),
    _example("dorp", "{lowest: 1, highest: 1, now: [content-3-4]}", "als stappen voor nu content-3-4, het advies geeft "),
    _example("dorp", "{lowest: 1, highest: 1, now: []}", "als stappen voor nu geen, het advies geeft "),
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

FINDABLE = [
    Case(
        "a synonym of two chapters",
        TIKTOK,
        put(r"^synonyms: \[", "Zwartzoéf, "),
        "S01",
        ("Zwartzoéf",),
        '"Zwartzoéf" staat ook bij hoofdstuk "adverteren"',
        also={"chapters/adverteren.yaml": put(r"^synonyms: \[", "zwartzoef, ")},
    ),
    Case(
        "a question that another chapter answers",
        TIKTOK,
        put("^questions:$", "\n  - Hoe stellen wij ons socialmediabeleid vast?"),
        "S02",
        ("ons socialmediabeleid vast?",),
        'Deze voorbeeldvraag vindt eerst "socialmediabeleid"',
    ),
    Case(
        "a question that no chapter answers",
        PROBE,
        probe(only("  - Hoe werkt .*", "  - Is dit er?")),
        "S02",
        ("Is dit er?",),
        'vindt eerst "geen enkel hoofdstuk"',
    ),
    Case(
        "a phrase of two intents",
        "intents.yaml",
        both(within("id: back", put(r"phrases: \[", "zwartzoef, ")), within("id: skip", put(r"phrases: \[", "Zwartzoef!, "))),
        "S03",
        ("Zwartzoef!",),
        '"Zwartzoef!" staat ook bij "back"',
    ),
]


def _action(text: str) -> Edit:
    """Another first action for the first step."""
    return within("id: content-1-2", first("^      - .*", f"      - {text}"))


def _ask(text: str) -> Edit:
    return within("facet: people", only("ask: .*", f'ask: "{text}"'))


ASKED = ("- facet: people", "ask:")
TWO_QUESTIONS = "Hier staan twee vragen in één, of geen."
TEXTS = [
    Case("a long sentence of a step", "steps.yaml", _action(LONG), "T01", (LONG,), "Deze zin telt 26 woorden"),
    Case("a long sentence after a short one", "steps.yaml", _action(f"Kort. {LONG}"), "T01", (LONG,), "Deze zin telt 26 woorden"),
    Case(
        "a long folded sentence",
        TIKTOK,
        only("^pitfall: .*", f"pitfall: >-\n  {LONG}\n"),
        "T01",
        ("pitfall:",),
        "Maak er twee van",
    ),
    Case(
        "a long sentence of a phase", "phases.yaml", first(r'- text: ".*"', f"- text: {LONG}"), "T01", (LONG,), "telt 26 woorden"
    ),
    Case("click here", "steps.yaml", _action("Klik hier voor meer."), "T02", ("Klik hier",), "zegt niet waar iemand komt"),
    Case(
        "click here in a chapter",
        PROBE,
        probe(only("^result: .*", "result: Of klik hier.")),
        "T02",
        ("klik hier",),
        '"Klik hier" zegt niet',
    ),
    Case("two question marks", "questions.yaml", _ask("Wie doet mee? En hoe vaak?"), "T03", ASKED, TWO_QUESTIONS),
    Case("two questions with one mark", "questions.yaml", _ask("Wie doet mee en hoe vaak?"), "T03", ASKED, TWO_QUESTIONS),
    Case("no question", "questions.yaml", _ask("Vertel wie meedoet."), "T03", ASKED, "met één vraagteken"),
    Case("an informal word", "steps.yaml", _action("Vraag je collega."), "T04", ("Vraag je",), '"je" past niet bij de u-vorm'),
    Case(
        "an informal word in a role",
        "roles.yaml",
        put(r"^  - id: hr\n    name: ", "Jouw "),
        "T04",
        ("Jouw",),
        '"Jouw" past niet bij de u-vorm',
    ),
    Case(
        "a short summary",
        TIKTOK,
        only(r"^summary: .*\n(?:  .*\n)*", "summary: Kort.\n"),
        "T05",
        ("summary:",),
        "De samenvatting telt 1 woorden",
    ),
    Case(
        "a long summary",
        PROBE,
        probe(only("^summary: .*", f"summary: {'Dit is een zin. ' * 18}")),
        "T05",
        ("summary:",),
        "De samenvatting telt 72 woorden. Tussen 40 en 70",
    ),
    Case("a short chapter", PROBE, probe(), "T05", ("why:",), "De tekst van dit hoofdstuk telt 21 woorden. Tussen 200 en 350"),
    Case(
        "a long chapter",
        PROBE,
        probe(only("^why: .*", f"why: {'Dit is een zin. ' * 90}")),
        "T05",
        ("why:",),
        "De tekst van dit hoofdstuk telt 374 woorden.",
    ),
]

CASES = [*YAML, *SHAPE, *NAMES, *DOUBLE, *COVERAGE, *RULES, *EXAMPLES, *FINDABLE, *TEXTS]

HARMLESS: list[tuple[str, str, Edit]] = [
    ("a quoted #", "sources.yaml", titled('"Nieuws #1"')),
    ("a quoted &", "sources.yaml", titled('"Vragen: &Co van ons"')),
    ("an & in a folded text", "sources.yaml", titled(">-\n      Vragen van\n      &Co aan ons")),
    ("a remark behind a number", "steps.yaml", within("id: content-1-2", first("from: 1", "from: 1  # laag"))),
    ("a remark on its own line", "sources.yaml", add("# einde\n")),
    ("quoted words that YAML reads otherwise", "sources.yaml", titled('"no"')),
    ("an old name that nothing else has", "roles.yaml", put("^  - id: hr$", "\n    formerly: [personeel]")),
    ("informal words of someone else", "steps.yaml", _action("\"Vraag 'Wat vind je?' aan een inwoner.\"")),
    ("a sentence of just the right length", "steps.yaml", _action(LONG.replace("woord ", "", 1))),
    ("other words to type", "roles.yaml", within("id: hr", put(r"words: \[", "jouw collega, "))),
]
FALSE_ALARMS = {
    "a quoted &": "Y03 is looked for in lines, also within quotes",
    "an & in a folded text": "Y03 is looked for in lines, also within folded texts",
}


# --- Breaking and looking


@dataclass(frozen=True)
class Original:
    folder: Path
    report: Report


@pytest.fixture(scope="module", autouse=True)
def uncollected() -> Iterator[None]:
    """Each case makes and drops some hundred thousand objects without cycles; looking for cycles takes a quarter of the time."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """One copy of the content for all cases, so that they all break the same text."""
    folder = tmp_path_factory.mktemp("knowledge") / "content"
    shutil.copytree(CONTENT, folder)
    return Original(folder, check_folder(folder))


@pytest.fixture
def folder(original: Original, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original.folder, tmp_path / "content"))


def change(path: Path, edit: Edit | None) -> None:
    """Break one file; a lone surrogate in the new text becomes a byte that is not UTF-8."""
    if edit is None:
        path.unlink()
        return
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = edit(before)
    if after == before:
        raise CaseError(f"{path.name} is not changed")
    path.write_text(after, encoding="utf-8", errors="surrogateescape")


def line_of(path: Path, marks: tuple[str, ...]) -> int:
    """The number of the line that the marks of a case name."""
    if not marks:
        return 1
    lines = path.read_text(encoding="utf-8").split("\n")
    start = 0
    for anchor in filter(None, marks[:-1]):
        start = next((n for n, line in enumerate(lines[start:], start + 1) if line.strip() == anchor), 0)
        if not start:
            raise CaseError(f"{path.name} has no line {anchor!r}")
    found = [n for n, line in enumerate(lines[start:], start + 1) if marks[-1] in line]
    if not found or (len(marks) == 1 and len(found) > 1):
        raise CaseError(f"{marks[-1]!r} stands on {len(found)} lines of {path.name}")
    return found[0]


def new_findings(report: Report, original: Original) -> list[Finding]:
    """What was not found in the content as it is, wherever it stands now."""
    known = {(finding.place.file, finding.code, finding.message) for finding in original.report.findings}
    return [finding for finding in report.findings if (finding.place.file, finding.code, finding.message) not in known]


def broken(wrong: str) -> list[pytest.MarkDecorator]:
    """The mark of what is wrong today; a case that does not fit the content fails all the same."""
    return [pytest.mark.xfail(strict=True, raises=(AssertionError, AttributeError), reason=wrong)] if wrong else []


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.code} {case.id}", marks=broken(case.wrong)) for case in CASES])
def test_finds(case: Case, folder: Path, original: Original) -> None:
    for file, edit in {case.file: case.edit, **case.also}.items():
        change(folder / file, edit)
    where = case.where or case.file
    place = Place(where, line_of(folder / where, case.line))
    message = case.message.replace("{other}", str(line_of(folder / where, case.other)))
    report = check_folder(folder)
    found = [finding for finding in new_findings(report, original) if (finding.place, finding.code) == (place, case.code)]
    everything = "\n".join(map(str, report.findings))
    assert found, f"no {case.code} at {place.file}:{place.line} in:\n{everything}"
    assert any(message in finding.message for finding in found), f"no {message!r} in:\n{everything}"
    warns = case.code in WARNINGS
    assert {finding.severity for finding in found} == {"warning" if warns else "error"}
    assert report.sound is warns, everything
    assert (report.almanac is not None) is warns


@pytest.mark.parametrize(
    ("file", "edit"),
    [pytest.param(file, edit, id=name, marks=broken(FALSE_ALARMS.get(name, ""))) for name, file, edit in HARMLESS],
)
def test_leaves_alone_what_is_right(file: str, edit: Edit, folder: Path, original: Original) -> None:
    change(folder / file, edit)
    assert new_findings(check_folder(folder), original) == []


def test_every_code_has_a_case() -> None:
    """Each code in the source, and no others; a case that is wrong today does not count."""
    sources = Path(knowledge.__file__).parent.rglob("*.py")
    codes = {code for path in sources for code in re.findall(r'"([A-Z][0-9]{2})"', path.read_text(encoding="utf-8"))}
    assert {case.code for case in CASES if not case.wrong} == codes


def test_every_case_has_a_name_of_its_own() -> None:
    names = [(case.code, case.id) for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_all_findings_come_at_once_sorted_by_file_and_line(folder: Path) -> None:
    """The files are read in another order than that of their names."""
    change(folder / "sources.yaml", both(titled("no"), within("id: seed", first("title: .*", "titel: x"))))
    change(folder / "phases.yaml", first("verb:", "verb: x\n    verb:"))
    change(folder / TIKTOK, only("^kind: .*", "kind: boek"))
    report = check_folder(folder)
    assert [(finding.place.file, finding.code) for finding in report.findings] == [
        (TIKTOK, "M04"),
        ("phases.yaml", "Y02"),
        ("sources.yaml", "Y04"),
        ("sources.yaml", "M01"),
        ("sources.yaml", "M02"),
    ]
    places = [finding.place for finding in report.findings]
    assert places == sorted(places)
    assert not report.sound
    assert report.almanac is None


def test_opening_tells_all_errors(folder: Path) -> None:
    change(folder / TIKTOK, both(put(r"^facets: \[", f"{GONE}, "), put(r"^roles: \[", f"{GONE}, ")))
    change(folder / "roles.yaml", put(r"^  - id: hr\n    name: ", "Jouw "))
    with pytest.raises(ContentError) as caught:
        open_almanac(folder)
    assert [(finding.code, finding.severity) for finding in caught.value.findings] == [("V01", "error")] * 2
    assert str(caught.value) == "\n".join(map(str, caught.value.findings))


def test_opening_does_not_stop_for_a_warning(folder: Path) -> None:
    change(folder / "roles.yaml", put(r"^  - id: hr\n    name: ", "Jouw "))
    assert open_almanac(folder).roles["hr"].name == "Jouw HR"


# --- The content as it is


def test_the_content_is_sound(original: Original) -> None:
    assert [str(finding) for finding in original.report.findings if finding.severity == "error"] == []
    assert original.report.sound
    assert original.report.almanac is not None
    assert original.report.proof.sets == 6 ** len(original.report.almanac.facets)


def contents() -> list[Path]:
    return sorted(CONTENT.rglob("*.yaml"))


def validator(path: Path) -> jsonschema.Draft202012Validator:
    """What judges by the schema that a file names on its first line."""
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert named is not None, f"{path.name} names no schema"
    schema = (path.parent / named[1]).resolve()
    assert schema.parent == FOLDER.resolve()
    assert schema.stem == ("chapter" if path.parent.name == "chapters" else path.stem)
    return jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.relative_to(CONTENT).as_posix()) for path in contents()])
def test_a_file_fits_its_schema(path: Path) -> None:
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [error.message for error in validator(path).iter_errors(value)] == []


@pytest.mark.parametrize("file", [f"{name}.yaml" for name in FILES] + [TIKTOK])
def test_a_schema_is_as_strict_as_the_checks(file: str) -> None:
    value = yaml.safe_load((CONTENT / file).read_text(encoding="utf-8"))
    judge = validator(CONTENT / file)
    assert not judge.is_valid({**value, "onbekend": 1})
    assert [key for key in value if judge.is_valid({**value, key: None})] == []


def test_the_schema_files_are_those_of_the_models() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == schemas()


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding(Place("steps.yaml", 12), "V01", "Stap bestaat niet."), "steps.yaml:12  fout V01  Stap bestaat niet."),
        (Finding(Place("a/b.yaml", 3), "T04", "Schrijf u.", "warning"), "a/b.yaml:3  let op T04  Schrijf u."),
    ],
)
def test_a_finding_as_text(finding: Finding, text: str) -> None:
    assert str(finding) == text

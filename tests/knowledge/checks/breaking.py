"""Ways to break a copy of the content, and to see that the checks find it.

Each way is a case: which file, how to break it, and the code, line and words of the finding that must come.
The line is looked up in the broken text, so that the content may change without these cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from knowledge.findings import Finding, Place
from knowledge.opening import Report, check_folder

Edit = Callable[[str], str]
WARNINGS = {"C07", "S02", "T01", "T02", "T03", "T04", "T05"}
KEPT = ("adverteren", "socialmediabeleid", "storytelling", "tiktok")
GONE = "bestaat-niet"
LONG = " ".join(["woord"] * 26) + "."
HALF = "when: {facets: all, at_least: half, level: 2}"
TITLE = ("- id: ours", "title:")
BLOCK = "\n      facets: all\n      at_least: half\n      level: 2"
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


# --- Breaking and looking


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


@dataclass(frozen=True)
class Content:
    """A copy of the content to break, and what was found in it before."""

    folder: Path
    before: Report

    def finds(self, case: Case) -> None:
        """The finding comes at its place, with its words; an error stops the almanac and a warning does not."""
        for file, edit in {case.file: case.edit, **case.also}.items():
            change(self.folder / file, edit)
        where = case.where or case.file
        place = Place(where, line_of(self.folder / where, case.line))
        message = case.message.replace("{other}", str(line_of(self.folder / where, case.other)))
        report = check_folder(self.folder)
        found = [finding for finding in self._new(report) if (finding.place, finding.code) == (place, case.code)]
        everything = "\n".join(map(str, report.findings))
        assert found, f"no {case.code} at {place.file}:{place.line} in:\n{everything}"
        assert any(message in finding.message for finding in found), f"no {message!r} in:\n{everything}"
        warns = case.code in WARNINGS
        assert {finding.severity for finding in found} == {"warning" if warns else "error"}
        assert report.sound is warns, everything
        assert (report.almanac is not None) is warns

    def finds_nothing(self, file: str, edit: Edit) -> None:
        change(self.folder / file, edit)
        assert self._new(check_folder(self.folder)) == []

    def _new(self, report: Report) -> list[Finding]:
        """What was not found before, wherever it stands now."""
        known = {(finding.place.file, finding.code, finding.message) for finding in self.before.findings}
        return [finding for finding in report.findings if (finding.place.file, finding.code, finding.message) not in known]


def named(cases: list[Case]) -> list[ParameterSet]:
    """The cases as parameters that tell their code and name."""
    return [pytest.param(case, id=f"{case.code} {case.id}") for case in cases]


def small(folder: Path) -> None:
    """Leave few chapters, so that a check takes a fraction of the time; nothing names the others any more."""
    for path in (folder / "chapters").iterdir():
        if path.stem not in KEPT:
            path.unlink()
    for path in (folder / "steps.yaml", *(folder / "chapters").iterdir()):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^( +chapters: )\[([^]]*)\]", _only_kept, text, flags=re.MULTILINE), encoding="utf-8")


def _only_kept(found: re.Match[str]) -> str:
    return f"{found[1]}[{', '.join(name for name in re.findall(r'[a-z-]+', found[2]) if name in KEPT)}]"

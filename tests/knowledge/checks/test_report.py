"""All findings together, and that every code has a case and stands in the guide for editors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import knowledge
from knowledge.findings import ContentError, Finding, Place
from knowledge.opening import check_folder, open_almanac
from tests.knowledge.checks import (
    test_coverage,
    test_examples,
    test_findable,
    test_links,
    test_reading,
    test_rules,
    test_shapes,
    test_texts,
)
from tests.knowledge.checks.breaking import (
    GONE,
    TIKTOK,
    WARNINGS,
    Content,
    both,
    change,
    first,
    only,
    put,
    titled,
    within,
)

FAMILIES = (test_coverage, test_examples, test_findable, test_links, test_reading, test_rules, test_shapes, test_texts)
CASES = [case for family in FAMILIES for case in family.CASES]
GUIDE = Path(knowledge.__file__).parents[1] / "docs" / "redactie.md"


def codes() -> set[str]:
    """Every code in the source."""
    sources = Path(knowledge.__file__).parent.rglob("*.py")
    return {code for path in sources for code in re.findall(r'"([A-Z][0-9]{2})"', path.read_text(encoding="utf-8"))}


def test_every_code_has_a_case() -> None:
    assert {case.code for case in CASES} == codes()


def test_every_code_stands_once_in_the_guide_with_whether_it_only_warns() -> None:
    rows = re.findall(r"^\| ([A-Z][0-9]{2})( \(let op\))? \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(code for code, _ in rows) == sorted(codes())
    assert {code for code, warns in rows if warns} == WARNINGS


def test_every_case_has_a_name_of_its_own() -> None:
    names = [(case.code, case.id) for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_all_findings_come_at_once_sorted_by_file_and_line(content: Content) -> None:
    """The files are read in another order than that of their names."""
    change(content.folder / "sources.yaml", both(titled("no"), within("id: seed", first("title: .*", "titel: x"))))
    change(content.folder / "phases.yaml", first("verb:", "verb: x\n    verb:"))
    change(content.folder / TIKTOK, only("^kind: .*", "kind: boek"))
    report = check_folder(content.folder)
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


def test_opening_tells_all_errors(content: Content) -> None:
    change(content.folder / TIKTOK, both(put(r"^facets: \[", f"{GONE}, "), put(r"^roles: \[", f"{GONE}, ")))
    change(content.folder / "roles.yaml", put(r"^  - id: hr\n    name: ", "Jouw "))
    with pytest.raises(ContentError) as caught:
        open_almanac(content.folder)
    assert [(finding.code, finding.severity) for finding in caught.value.findings] == [("V01", "error")] * 2
    assert str(caught.value) == "\n".join(map(str, caught.value.findings))


def test_opening_does_not_stop_for_a_warning(content: Content) -> None:
    change(content.folder / "roles.yaml", put(r"^  - id: hr\n    name: ", "Jouw "))
    assert open_almanac(content.folder).roles["hr"].name == "Jouw HR"


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding(Place("steps.yaml", 12), "V01", "Stap bestaat niet."), "steps.yaml:12  fout V01  Stap bestaat niet."),
        (Finding(Place("a/b.yaml", 3), "T04", "Schrijf u.", "warning"), "a/b.yaml:3  let op T04  Schrijf u."),
    ],
)
def test_a_finding_as_text(finding: Finding, text: str) -> None:
    assert str(finding) == text

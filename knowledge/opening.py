"""Opening the almanac: reading a folder and proving it sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.checks.coverage import check_coverage
from knowledge.checks.examples import check_examples
from knowledge.checks.findable import check_phrases, check_questions
from knowledge.checks.links import check_links
from knowledge.checks.rules import Proof, check_rules, prove
from knowledge.checks.texts import check_texts
from knowledge.findings import ContentError, Finding
from knowledge.model import Almanac
from knowledge.reading import CONTENT, Reading, read_folder


@dataclass(frozen=True)
class Report:
    """What a check of a folder gives: all findings by file and line, the almanac if it is sound, and the proof."""

    findings: tuple[Finding, ...]
    almanac: Almanac | None
    proof: Proof

    @property
    def sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


def check_folder(folder: Path = CONTENT) -> Report:
    """Read and check everything. What cannot be judged until something else is mended is left for the next time."""
    reading = read_folder(folder)
    almanac = reading.almanac
    if almanac is None:
        return Report(tuple(sorted(reading.findings)), None, Proof())
    reading.findings += check_texts(reading, almanac)
    _check_soundness(reading, almanac)
    if not reading.sound:
        return Report(tuple(sorted(reading.findings)), None, Proof())
    reading.findings += check_questions(reading, almanac)
    return Report(tuple(sorted(reading.findings)), almanac, prove(almanac))


def open_almanac(folder: Path = CONTENT) -> Almanac:
    """The almanac of a folder, proved sound. Raises ContentError with all findings when it is not.

    Leaves out what could only warn, so that a start is quick.
    """
    reading = read_folder(folder)
    if reading.almanac:
        _check_soundness(reading, reading.almanac)
    if reading.almanac is None or not reading.sound:
        raise ContentError(finding for finding in reading.findings if finding.severity == "error")
    return reading.almanac


def _check_soundness(reading: Reading, almanac: Almanac) -> None:
    """Everything that can be an error, in steps: what builds on an id needs that id to exist."""
    for checks in ((check_links, check_phrases), (check_coverage, check_rules), (check_examples,)):
        for check in checks:
            reading.findings += check(reading, almanac)
        if not reading.sound:
            return

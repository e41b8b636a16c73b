"""Opening the almanac: reading a folder and proving it sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.checks.coverage import check_coverage
from knowledge.checks.examples import check_examples
from knowledge.checks.findable import check_findable
from knowledge.checks.links import check_links
from knowledge.checks.rules import Proof, prove
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
    proof = _check(reading) if reading.almanac else Proof()
    report = Report(tuple(sorted(reading.findings)), reading.almanac, proof)
    return report if report.sound else Report(report.findings, None, proof)


def _check(reading: Reading) -> Proof:
    almanac = reading.almanac
    assert almanac is not None
    reading.findings += check_texts(reading, almanac)
    links = list(check_links(reading, almanac))
    reading.findings += links
    if links:
        return Proof()
    coverage = list(check_coverage(reading, almanac))
    proof, unsound = prove(reading, almanac)
    reading.findings += coverage + unsound
    if not any(finding.severity == "error" for finding in coverage + unsound):
        reading.findings += check_examples(reading, almanac)
        reading.findings += check_findable(reading, almanac)
    return proof


def open_almanac(folder: Path = CONTENT) -> Almanac:
    """The almanac of a folder, proved sound. Raises ContentError with all findings when it is not."""
    report = check_folder(folder)
    if report.almanac is None:
        raise ContentError(finding for finding in report.findings if finding.severity == "error")
    return report.almanac

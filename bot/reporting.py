"""The findings and the proof of a check, in lines to read."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.opening import Report


def report_lines(report: Report) -> Iterator[str]:
    """Findings first, then what was proved, then the verdict."""
    yield from (str(finding) for finding in report.findings)
    proof = report.proof
    if proof.sets:
        yield f"Bewijs: {_grouped(proof.sets)} mogelijke stellen antwoorden, elk met precies één laagste en één hoogste fase."
        for (low, high), count in sorted(proof.spread.items()):
            name = f"fase {low}" if low == high else f"fase {low} tot {high}"
            yield f"  {name:<14} {_grouped(count):>12}  {100 * count / proof.sets:5.1f}%"
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = len(report.findings) - errors
    yield f"{_count(errors, 'fout', 'fouten')}, {_count(warnings, 'keer let op', 'keer let op')}. {'De kennisbank klopt.' if report.sound else 'Herstel de fouten.'}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"

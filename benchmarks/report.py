"""How long the picture of the profile and the report take: the first time in a process, and after that.

.venv/bin/python -m benchmarks.report
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import cycle, islice
from statistics import median

from benchmarks.table import print_table
from bot.report.making import document_now, picture_now
from bot.report.outcome import Outcome, outcome_of
from bot.report.profile import profile_of, profile_svg
from knowledge.opening import open_almanac

RUNS = 50


def _svg(outcome: Outcome) -> str:
    return profile_svg(profile_of(outcome))


def _milliseconds(work: Callable[[Outcome], object], outcome: Outcome) -> float:
    start = time.perf_counter()
    work(outcome)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    almanac = open_almanac()
    outcomes = [
        outcome_of(almanac, item.answers, date(2026, 1, 1), ambition=item.ambition, subject=item.subject, role=item.role)
        for item in almanac.organisations.values()
    ]
    rows = []
    # The picture comes before the report, so its first time holds importing typst and loading the fonts.
    for name, work in (("SVG", _svg), ("PNG", picture_now), ("PDF", document_now)):
        first = _milliseconds(work, outcomes[0])
        warm = [_milliseconds(work, outcome) for outcome in islice(cycle(outcomes), RUNS)]
        rows.append((name, f"{len(work(outcomes[0])) / 1024:.0f}", first, min(warm), median(warm), max(warm)))
    head = ("what", "KB", "first", "lowest", "median", "highest")
    print_table(f"Milliseconds; after the first, {RUNS} times over {len(outcomes)} worked examples", head, rows)


if __name__ == "__main__":
    main()

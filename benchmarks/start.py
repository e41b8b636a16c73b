"""How long the proof, opening the knowledge base and a start of the program take.

.venv/bin/python -m benchmarks.start
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.table import print_table
from knowledge.checks.rules import check_rules, prove
from knowledge.opening import check_folder, open_almanac
from knowledge.reading import read_folder
from knowledge.tally import tallies_of

ROOT = Path(__file__).parents[1]
RUNS = 7
READING = read_folder()


def _times(work: Callable[[], object]) -> list[float]:
    result = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        result.append(time.perf_counter() - start)
    return result


def _prove() -> None:
    assert READING.almanac
    tallies_of.cache_clear()
    assert not list(check_rules(READING, READING.almanac))
    prove(READING.almanac)


def _chat() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([ROOT / "scripts/run"], input=b"", env={**os.environ, "DATA_DIR": folder}, check=True, capture_output=True)


def _python() -> None:
    subprocess.run([ROOT / ".venv/bin/python", "-c", "pass"], check=True)


def main() -> None:
    rows = [
        ("proof over all 6^10 sets of answers", _times(_prove)),
        ("reading the YAML", _times(read_folder)),
        ("opening: reading and all that can be an error", _times(open_almanac)),
        ("check: everything, with the spread", _times(check_folder)),
        ("python that does nothing", _times(_python)),
        ("scripts/run, first screen, end of input", _times(_chat)),
    ]
    print_table(
        f"Seconds, {RUNS} runs", ("what", "lowest", "median", "highest"), [(name, min(t), median(t), max(t)) for name, t in rows]
    )


if __name__ == "__main__":
    main()

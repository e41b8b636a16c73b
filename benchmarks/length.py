"""How many questions it takes until the phase is certain: exactly, over all sets of answers, and for the worked examples.

.venv/bin/python -m benchmarks.length
"""

from __future__ import annotations

from collections import Counter

from benchmarks.table import print_table
from knowledge.model import Almanac, Answer
from knowledge.opening import open_almanac
from knowledge.placement import place
from knowledge.tally import KNOWN, Known, Tally, tallies_of

Pair = tuple[Tally, Tally]


def _certain_after(almanac: Almanac, answers: tuple[Known, ...], unknown: bool) -> list[float]:
    """For 0, 1, ... questions: the share of all answer sets whose phase is certain by then."""
    tallies = tallies_of(almanac)
    order = list(almanac.questions)
    pairs: Counter[Pair] = Counter({(0, 0): 1})
    shares = []
    for asked in range(len(order) + 1):
        low = sum(tallies.of(facet, 1) for facet in order[asked:])
        high = sum(tallies.of(facet, 4) for facet in order[asked:])
        certain = sum(n for (a, b), n in pairs.items() if tallies.phase(a + low) == tallies.phase(b + high))
        shares.append(certain / pairs.total())
        if asked < len(order):
            pairs = _answered(
                pairs,
                [(tallies.of(order[asked], a), tallies.of(order[asked], a)) for a in answers]
                + [(tallies.of(order[asked], 1), tallies.of(order[asked], 4))] * unknown,
            )
    return shares


def _answered(pairs: Counter[Pair], options: list[Pair]) -> Counter[Pair]:
    result: Counter[Pair] = Counter()
    for (low, high), count in pairs.items():
        for more_low, more_high in options:
            result[low + more_low, high + more_high] += count
    return result


def _asked(almanac: Almanac, answers: dict[str, Answer]) -> int:
    given: dict[str, Answer] = {}
    for facet in almanac.questions:
        if place(almanac, given).certain:
            break
        given[facet] = answers[facet]
    return len(given)


def main() -> None:
    almanac = open_almanac()
    kinds = {
        "four levels": _certain_after(almanac, (1, 2, 3, 4), False),
        "and not applicable": _certain_after(almanac, KNOWN, False),
        "and unknown": _certain_after(almanac, KNOWN, True),
    }
    rows = [
        (name, *(f"{100 * share:.0f}%" for share in shares[3:]), sum(1 - share for share in shares[:-1]))
        for name, shares in kinds.items()
    ]
    print_table("Certain after so many questions, all answer sets", ("answers", *map(str, range(3, 11)), "mean asked"), rows)
    examples = [(item.id, _asked(almanac, item.answers)) for item in almanac.organisations.values()]
    examples.append(("mean", sum(asked for _, asked in examples) / len(examples)))  # type: ignore[arg-type]
    print_table("Worked examples", ("example", "questions"), examples)


if __name__ == "__main__":
    main()

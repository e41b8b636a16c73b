"""How sure it is that the almanac deals with a question at all, from 0 to 1.

A logistic function of a few signals, as one threshold on one score lets too much through. The weights are fitted by
`benchmarks/search.py --fit` on questions that are not used for judging.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from knowledge.search.index import Hit, Index

BIAS = -3.43
WEIGHTS = (2.06, -1.21, -1.89, -4.00, -2.74)


@dataclass(frozen=True)
class Signals:
    """`strength`: the best score, in logarithm; `covered`: the share of the question's information in the best chapter; `lead`: how far it is ahead of the second;
    `never`: the share that is about what the almanac never covers; `against`: by how much that is more than `covered`."""

    strength: float
    covered: float
    lead: float
    never: float
    against: float


def signals(never: Index, question: str, hits: Sequence[Hit]) -> Signals:
    """The signals for the hits of a question, of which there is at least one."""
    best, second = hits[0], hits[1].score if len(hits) > 1 else 0.0
    foreign = max((hit.covered for hit in never.ask(question)), default=0.0)
    return Signals(
        strength=math.log1p(best.score),
        covered=best.covered,
        lead=1 - second / best.score,
        never=foreign,
        against=foreign - max(hit.covered for hit in hits[:3]),
    )


def confidence(found: Signals) -> float:
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, astuple(found), strict=True))
    return 1 / (1 + math.exp(-total))

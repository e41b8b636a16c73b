"""How sure it is that the almanac deals with a question at all, from 0 to 1.

A logistic function of a few signals, as one threshold on one score lets too much through. The weights are fitted by
`benchmarks/search.py --fit` on questions that are not used for judging.
"""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import astuple, dataclass

from knowledge.search.index import Hit
from knowledge.search.words import words

BIAS = -5.42
WEIGHTS = (2.20, 0.32, 0.47, 1.50)


@dataclass(frozen=True)
class Signals:
    """`covered`: the share of the question's information in the best chapter; `margin`: how much likelier its wording is for
    that chapter than for what the almanac does not cover; `overall`: the same for all chapters together; `online`: 1 if the
    question holds a word that has to do with social media, otherwise 0."""

    covered: float
    margin: float
    overall: float
    online: float


def signals(online: Container[str], question: str, best: Hit) -> Signals:
    """The signals for a question and its best hit; `online` are words that have to do with social media."""
    return Signals(
        covered=best.covered,
        margin=best.margin,
        overall=best.overall,
        online=float(any(word in online for word in words(question))),
    )


def confidence(found: Signals) -> float:
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, astuple(found), strict=True))
    return 1 / (1 + math.exp(-total))

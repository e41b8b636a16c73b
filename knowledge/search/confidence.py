"""How sure it is that the almanac deals with a question at all, from 0 to 1.

A logistic function of a few signals, as one threshold on one score lets too much through. The weights are fitted by
`benchmarks/search.py --fit` on questions that are not used for judging.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import astuple, dataclass

from knowledge.search.index import Hit, Index
from knowledge.search.words import words

BIAS = -6.91
WEIGHTS = (1.04, 0.84, 1.01, 1.26, -2.43, -2.36, 2.09, 2.47)


@dataclass(frozen=True)
class Clues:
    """Words that tell where a question comes from, whatever it is about: from social media, or from an organisation.

    A desk matter (`mijn wachtwoord`) may hold every word of a chapter, but seldom says `we` or names a channel.
    """

    online: Container[str]
    ours: Container[str]


@dataclass(frozen=True)
class Signals:
    """`strength`: the best score, in logarithm; `covered`: the share of the question's information in the best chapter;
    `whole`: 1 if the question holds a whole phrase of it, otherwise 0; `lead`: how far it is ahead of the second; `never`: the
    share that is about what the almanac never covers; `against`: by how much that is more than `covered`; `online` and `ours`:
    1 if the question holds such a clue, otherwise 0."""

    strength: float
    covered: float
    whole: float
    lead: float
    never: float
    against: float
    online: float
    ours: float


def signals(never: Index, clues: Clues, question: str, hits: Sequence[Hit]) -> Signals:
    """The signals for the hits of a question, of which there is at least one."""
    best, second = hits[0], hits[1].score if len(hits) > 1 else 0.0
    foreign = max((hit.covered for hit in never.ask(question)), default=0.0)
    return Signals(
        strength=math.log1p(best.score),
        covered=best.covered,
        whole=float(best.whole),
        lead=1 - second / best.score,
        never=foreign,
        against=foreign - max(hit.covered for hit in hits[:3]),
        online=float(any(word in clues.online for word in words(question))),
        ours=float(any(word in clues.ours for word in words(question))),
    )


def confidence(found: Signals) -> float:
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, astuple(found), strict=True))
    return 1 / (1 + math.exp(-total))

"""How likely it is that a question is about each document: naive Bayes over words and pairs of neighbouring words.

People ask the same thing in ever new words, but with turns that return: `mag ik`, `van ons lijkt`, `wie kijkt er`. None of
them tells much, small words least of all, but together they decide between documents that share the telling words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import pairwise

from knowledge.search.words import stem

SMOOTHING = 0.1
MOST_SHARE = 2 / 3


class Likelihood:
    """A document is the texts that people may type for it, each as its words. Of `ignored` words only the pairs count."""

    def __init__(self, documents: Iterable[Iterable[Sequence[str]]], ignored: Set[str]) -> None:
        self._ignored = ignored
        counts = [Counter(turn for text in document for turn in self._turns(text)) for document in documents]
        held = Counter(turn for count in counts for turn in count)
        most = MOST_SHARE * len(counts)  # what nearly all hold tells nothing and costs most
        self._rarity = {turn: math.log((1 + len(counts)) / (1 + number)) for turn, number in held.items() if number <= most}
        self._lengths = [math.log1p(count.total() / SMOOTHING + len(held)) for count in counts]
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, count in enumerate(counts):
            for turn in count.keys() & self._rarity.keys():
                self._postings[turn][number] = math.log1p(count[turn] / SMOOTHING)

    def _turns(self, text: Sequence[str]) -> Iterator[str]:
        """The stems of a text, and each two that stand together."""
        stems = [stem(word) for word in text]
        yield from (each for word, each in zip(text, stems, strict=True) if word not in self._ignored)
        yield from (f"{left} {right}" for left, right in pairwise(stems))

    def odds(self, text: Sequence[str], among: Collection[int]) -> dict[int, float]:
        """For each of these documents the logarithm of its likelihood beside the likeliest's: 0 for that one, less for others.

        What no document holds, or nearly all, says nothing; the rarer a turn, the more it says.
        """
        turns = [turn for turn in self._turns(text) if turn in self._rarity]
        asked = sum(self._rarity[turn] for turn in turns)
        found = {number: -asked * self._lengths[number] for number in among}
        for turn in turns:
            rarity = self._rarity[turn]
            for number, value in self._postings[turn].items():
                if number in found:
                    found[number] += rarity * value
        most = max(found.values(), default=0.0)
        return {number: value - most for number, value in found.items()}

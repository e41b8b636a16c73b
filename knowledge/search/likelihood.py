"""How likely it is that a question is about each document: naive Bayes over words, pairs of neighbours and runs of letters.

People ask the same thing in ever new words, but with turns that return: `mag ik`, `van ons lijkt`, `wie kijkt er`. None of
them tells much, small words least of all, but together they decide between documents that share the telling words. Runs of
letters see that a word is of a known family when no rule for words does: `vluchtelingenopvang` and `opvanglocatie`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge.search.words import stem

SMOOTHING = 0.1
RUN, RUN_WEIGHT = 4, 0.5
MOST = 400


class Likelihood:
    """A document is the texts that people may type for it, each as its words and how many times it counts; `foreign` are texts
    that no document is about. Two more documents come behind the others: `self.foreign`, and all the others `self.together`.

    What more than `MOST` documents hold tells little and costs most: left out.
    """

    def __init__(self, documents: Iterable[Iterable[tuple[Sequence[str], int]]], foreign: Iterable[Sequence[str]] = ()) -> None:
        counts = [_counts(document) for document in documents]
        together: Counter[str] = Counter()
        for count in counts:
            together.update(count)
        self.foreign, self.together = len(counts), len(counts) + 1
        counts += [_counts((text, 1) for text in foreign), together]
        held = Counter(turn for count in counts for turn in count)
        self._weight = {turn: _weight(turn, number, len(counts)) for turn, number in held.items() if number <= MOST}
        self._lengths = [math.log1p(count.total() / SMOOTHING + len(held)) for count in counts]
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, count in enumerate(counts):
            for turn in count.keys() & self._weight.keys():
                self._postings[turn][number] = self._weight[turn] * math.log1p(count[turn] / SMOOTHING)
        self._of_word = lru_cache(maxsize=2_000)(self._added)

    def _added(self, turns: Iterable[str]) -> tuple[float, dict[int, float]]:
        """How much these turns tell, and what they add to the likelihood of each document."""
        known = [turn for turn in turns if turn in self._weight]
        added: defaultdict[int, float] = defaultdict(float)
        for turn in known:
            for number, value in self._postings[turn].items():
                added[number] += value
        return sum(self._weight[turn] for turn in known), dict(added)

    def of(self, text: Sequence[str], among: Iterable[int]) -> dict[int, float]:
        """The logarithm of the likelihood that each of these documents gives a text, all less the same amount, in units that
        make short texts and long ones compare: the root of how much their turns tell.

        What no document holds, or all, says nothing; the rarer a turn, the more it says.
        """
        read = (*(self._of_word(_in_word(word)) for word in text), self._added(_pairs(text)))
        parts = [(weight, added) for weight, added in read if added]
        told = sum(weight for weight, _ in parts)
        unit = math.sqrt(told) or 1.0
        return {n: (sum(added.get(n, 0.0) for _, added in parts) - told * self._lengths[n]) / unit for n in among}


def _counts(document: Iterable[tuple[Sequence[str], int]]) -> Counter[str]:
    """How often each turn stands in the texts of a document."""
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text, times in document:
        for word in text:
            words[word] += times
        for pair in _pairs(text):
            counts[pair] += times
    for word, times in words.items():
        for turn in _in_word(word):
            counts[turn] += times
    return counts


@lru_cache(maxsize=50_000)
def _in_word(word: str) -> tuple[str, ...]:
    """The stem, and the runs of letters, of which a space marks the start and the end; a star tells them from stems."""
    padded = f" {word} "
    return stem(word), *(f"{padded[i : i + RUN]}*" for i in range(len(padded) - RUN + 1))


def _pairs(text: Sequence[str]) -> Iterator[str]:
    return (f"{left} {right}" for left, right in pairwise(stem(word) for word in text))


def _weight(turn: str, held: int, size: int) -> float:
    """How much a turn tells, by the share of the documents that hold it."""
    return math.sqrt(math.log((1 + size) / (1 + held))) * (RUN_WEIGHT if turn.endswith("*") else 1.0)

"""Likeness by letters: TF-IDF over runs of three and five letters, the cosine of a question and each document.

Words that the index does not know, in no stem and no typing error, still share runs of letters with words of the same
family: `vluchtelingenopvang` and `opvanglocatie`. That is too vague to find chapters by, but it decides well between
those that were found already.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

RUNS = (3, 5)
MOST_SHARE, MOST = 1 / 3, 400


@lru_cache(maxsize=50_000)
def runs(word: str) -> tuple[str, ...]:
    """The runs of letters in a word, of which a space marks the start and the end."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in RUNS for i in range(len(padded) - n + 1))


class Letters:
    """Documents are words with their weight. Runs that very many documents hold tell nothing and cost most: left out."""

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        held = Counter(run for document in documents for run in {run for word in document for run in runs(word)})
        self._idf = {run: math.log((1 + len(documents)) / (1 + count)) for run, count in held.items()}
        most = min(MOST, MOST_SHARE * len(documents))
        self._kept = {run for run, count in held.items() if count <= most}
        self._numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("L"))
        self._values: defaultdict[str, array[float]] = defaultdict(lambda: array("f"))
        for number, document in enumerate(documents):
            for run, value in self._vector(document):
                self._numbers[run].append(number)
                self._values[run].append(value)
        self._word = lru_cache(maxsize=20_000)(self._of_word)

    def _vector(self, document: Mapping[str, float]) -> Iterator[tuple[str, float]]:
        """The kept runs of a document, at the length of the whole."""
        counts: defaultdict[str, float] = defaultdict(float)
        for word, weight in document.items():
            for run in runs(word):
                counts[run] += weight
        values = {run: math.log1p(count) * self._idf[run] for run, count in counts.items()}
        length = math.hypot(*values.values()) or 1.0
        return ((run, value / length) for run, value in values.items() if run in self._kept)

    def _of_word(self, word: str) -> dict[int, float]:
        """What a word adds to the likeness of each document."""
        found: defaultdict[int, float] = defaultdict(float)
        for run in runs(word):
            if run in self._kept:
                idf = self._idf[run]
                for number, value in zip(self._numbers[run], self._values[run], strict=True):
                    found[number] += idf * value
        return dict(found)

    def likeness(self, words: Iterable[str], among: Iterable[int]) -> dict[int, float]:
        """How like the words each of these documents is: 1 for the one that is most like them, 0 for no likeness."""
        parts = [self._word(word) for word in words]
        found = {number: sum(part.get(number, 0.0) for part in parts) for number in among}
        most = max(found.values(), default=0.0)
        return {number: value / most for number, value in found.items()} if most else {}

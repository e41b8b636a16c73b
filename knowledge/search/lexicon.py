"""The words that an index knows, and how an asked word is read as some of them.

A word is widened by its stem, by splitting or joining compounds, by synonyms and by typing errors (rapidfuzz).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.search.words import other_stem, stem, words

How = Literal["same", "stem", "typo", "compound", "synonym"]
WEIGHT: dict[How, float] = {"same": 1.0, "stem": 0.9, "compound": 0.75, "synonym": 0.25}
LEAST_ALIKE = 0.75
SURELY_ALIKE = 0.85
SHORTEST_TYPO = 4
SHORTEST_JOINED = 6


@dataclass(frozen=True)
class Token:
    """A word to look up, what was typed for it, and how much it weighs."""

    word: str
    asked: str
    weight: float = 1.0


@dataclass(frozen=True)
class Sense:
    """One reading of a word: a stem of the index, its weight, and how it was got."""

    term: str
    weight: float
    how: How


class Lexicon:
    """`vocabulary` holds every word of the index and `phrases` those that may be run together, each as its words; `synonyms`
    are groups of words that mean the same, `ignored` words say nothing.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        phrases: Iterable[Sequence[str]],
        synonyms: Iterable[Iterable[str]],
        ignored: Collection[str],
    ) -> None:
        self._ignored = ignored
        self.stems = {word: stem(word) for word in vocabulary if word not in ignored}
        self.name = {term: word for word, term in sorted(self.stems.items(), key=lambda item: -len(item[0]))}
        self._second: defaultdict[str, dict[str, None]] = defaultdict(dict)  # in a fixed order, which a set has not
        for word, term in self.stems.items():
            self._second[other_stem(word)][term] = None
        self._synonyms = _grouped(synonyms)
        self._run_together = {
            "".join(found): [word for word in found if word not in ignored] for found in phrases if 2 <= len(found) <= 3
        }
        self._near_lengths: dict[int, list[str]] = {}
        self.senses = lru_cache(maxsize=20_000)(self._senses)
        self._nearly = lru_cache(maxsize=20_000)(self._search_nearly)

    def split(self, word: str) -> tuple[str, ...]:
        """Two known words that a compound is made of, a linking s, e or en allowed; empty when it is none."""
        for middle in range(len(word) - 3, 2, -1):
            left, right = word[:middle], word[middle:]
            if right in self.stems:
                for link in ("", "s", "e", "en"):
                    base = left.removesuffix(link) if link else left
                    if len(base) >= 3 and base in self.stems and (not link or left.endswith(link)):
                        return base, right
        return ()

    def _senses(self, word: str) -> tuple[Sense, ...]:
        """Every reading of a word, the likeliest first. Empty when the index knows nothing like it."""
        found: dict[str, Sense] = {}

        def add(term: str, weight: float, how: How) -> None:
            if term in self.name and (term not in found or found[term].weight < weight):
                found[term] = Sense(term, weight, how)

        if word in self.stems:
            add(self.stems[word], WEIGHT["same"], "same")
        add(stem(word), WEIGHT["stem"], "stem")
        for term in self._second.get(other_stem(word), ()):
            add(term, WEIGHT["stem"] - 0.05, "stem")
        for part in self.split(word):
            add(self.stems[part], WEIGHT["compound"] * 0.65, "compound")
        for term in self._synonyms.get(stem(word), ()):
            add(term, WEIGHT["synonym"], "synonym")
        if word not in self.stems:  # a stem may be found by chance: `traning` is no form of `traan`
            for other, likeness in self._nearly(word, SURELY_ALIKE if found else LEAST_ALIKE):
                add(self.stems[other], likeness * likeness, "typo")
                for term in self._synonyms.get(self.stems[other], ()):
                    add(term, likeness * likeness * WEIGHT["synonym"], "synonym")
        return tuple(sorted(found.values(), key=lambda sense: -sense.weight))

    def _search_nearly(self, word: str, least: float) -> list[tuple[str, float]]:
        """Words of about the same length that differ by a typing error, the likest first."""
        if len(word) < SHORTEST_TYPO or word.isdigit():
            return []
        found = process.extract(word, self._of_length(len(word)), scorer=OSA.normalized_similarity, score_cutoff=least, limit=5)
        return [(other, likeness) for other, likeness, _ in found]

    def _of_length(self, length: int) -> list[str]:
        """The words whose length differs from this by at most two."""
        if length not in self._near_lengths:
            self._near_lengths[length] = [word for word in self.stems if abs(len(word) - length) <= 2]
        return self._near_lengths[length]

    def read(self, question: str) -> list[Token]:
        """The words of a question in their order, neighbours joined and compounds split as the index knows them. What says
        nothing weighs nothing."""
        typed = words(question)
        tokens: list[Token] = []
        position = 0
        while position < len(typed):
            length = next((n for n in (3, 2) if self._joins(typed[position : position + n], n)), 1)
            part = typed[position : position + length]
            position += length
            word = saying if (saying := " ".join(part)) in self.stems else "".join(part)
            if word in self._ignored or (len(word) < 2 and word != "x"):
                tokens.append(Token(word, word, 0.0))
            else:
                tokens += self._parts(word, " ".join(part))
        return tokens

    def _joins(self, part: list[str], length: int) -> bool:
        """Whether neighbours are one word of the index, or one with a typing error when one of them is unknown alone."""
        joined = "".join(part)
        if len(part) == length and " ".join(part) in self.stems:
            return True
        if len(part) < length or len(joined) < SHORTEST_JOINED or all(word in self._ignored for word in part):
            return False
        if part[-1] in self._ignored:  # `in richten` is one word, `werk en` is not `werken`
            return False
        if joined in self.stems:
            return True
        unknown = any(word not in self.stems and stem(word) not in self.name for word in part)
        small = any(word in self._ignored for word in part)
        return length == 2 and unknown and not small and bool(self._nearly(joined, SURELY_ALIKE))

    def _parts(self, word: str, asked: str) -> Iterator[Token]:
        """The word itself, or its parts when only those are known."""
        if word not in self.stems and word in self._run_together:
            for part in self._run_together[word]:
                yield Token(part, asked)
        elif word not in self.stems and stem(word) not in self.name and (parts := self.split(word)):
            for part in parts:
                yield Token(part, asked, WEIGHT["compound"])
        else:
            yield Token(word, asked)

    def spelled(self, tokens: Iterable[Token]) -> list[str]:
        """The words of a question without their typing errors, as far as it knows of them."""
        return [word for token in tokens for word in (self._spelled(token.word) if token.weight else token.word).split()]

    def _spelled(self, word: str) -> str:
        likeliest = self.senses(word)[:1]
        return self.name[likeliest[0].term] if likeliest and likeliest[0].how == "typo" else word


def _grouped(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each stem the stems that mean the same."""
    result: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        stems = {stem(word) for phrase in group for word in words(phrase)}
        for each in stems:
            result[each] |= stems - {each}
    return {term: tuple(sorted(others)) for term, others in result.items()}

"""A small full-text index for Dutch: weighted BM25 over fields, every asked word widened to words of the index.

A word of a question is widened by its stem, by splitting or joining compounds, by synonyms and by typing errors
(rapidfuzz). All weights and the two BM25 constants come from measurement; `benchmarks/search.py` prints the table.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from knowledge.search.words import other_stem, stem, words

K1, B = 1.2, 0.3
How = Literal["same", "stem", "typo", "compound", "synonym"]
WEIGHT: dict[How, float] = {"same": 1.0, "stem": 0.95, "compound": 0.7, "synonym": 0.7}
PART = 0.5
LEAST_ALIKE = 0.78
SHORTEST_TYPO = 4


@dataclass(frozen=True)
class Match:
    """A word that was asked, the word of the index that it was taken for, and how it got there."""

    asked: str
    found: str
    how: How


@dataclass(frozen=True)
class Sense:
    """One reading of an asked word: a stem of the index, its weight, and how it was got."""

    term: str
    weight: float
    how: How


@dataclass(frozen=True)
class Hit:
    """A document and its score; `covered` is the share of the question's information that it holds, 0 to 1."""

    document: int
    score: float
    covered: float
    matches: tuple[Match, ...]


class Index:
    """`documents` are mappings from a field's weight to its texts, in an order that the hits refer to by number."""

    def __init__(
        self,
        documents: Sequence[Iterable[tuple[float, str]]],
        synonyms: Iterable[Iterable[str]] = (),
        ignored: Iterable[str] = (),
        light: Mapping[str, float] | None = None,
    ) -> None:
        self.ignored = frozenset(ignored)
        self._light = {stem(word): weight for word, weight in (light or {}).items()}
        self.surfaces: dict[str, str] = {}
        texts = [[(weight, words(text)) for weight, text in document] for document in documents]
        for document in texts:
            for _, found in document:
                self.surfaces.update((word, stem(word)) for word in found if word not in self.ignored)
        self.size = len(texts)
        self._second = self._by_other_stem()
        self._synonyms = _grouped(synonyms)
        self._by_length = self._lengths()
        self.postings = self._weigh([self._counts(document) for document in texts])
        self.idf = {
            term: math.log(1 + (self.size - len(found) + 0.5) / (len(found) + 0.5)) for term, found in self.postings.items()
        }
        self.rarest = math.log(1 + (self.size + 0.5) / 0.5)
        self.name = {term: word for word, term in sorted(self.surfaces.items(), key=lambda item: -len(item[0]))}
        self.senses = lru_cache(maxsize=20_000)(self._senses)

    # --- building

    def _by_other_stem(self) -> dict[str, set[str]]:
        result: defaultdict[str, set[str]] = defaultdict(set)
        for word, term in self.surfaces.items():
            result[other_stem(word)].add(term)
        return dict(result)

    def _lengths(self) -> dict[int, list[str]]:
        result: defaultdict[int, list[str]] = defaultdict(list)
        for word in self.surfaces:
            result[len(word)].append(word)
        return dict(result)

    def _counts(self, document: Iterable[tuple[float, list[str]]]) -> dict[str, float]:
        """How often each stem stands in a document, by the weight of its fields; parts of compounds count for half."""
        counts: defaultdict[str, float] = defaultdict(float)
        for weight, found in document:
            for word in found:
                if word in self.ignored:
                    continue
                counts[self.surfaces[word]] += weight
                for part in self.split(word):
                    counts[part] += weight * PART
        return counts

    def _weigh(self, counts: Sequence[Mapping[str, float]]) -> dict[str, dict[int, float]]:
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(len(lengths), 1) or 1.0
        postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            norm = K1 * (1 - B + B * length / mean)
            for term, amount in count.items():
                postings[term][number] = amount * (K1 + 1) / (amount + norm)
        return dict(postings)

    # --- widening

    def split(self, word: str) -> tuple[str, ...]:
        """The stems of two known words that a compound is made of, a linking s or e allowed; empty when it is none."""
        for middle in range(len(word) - 3, 2, -1):
            left, right = word[:middle], word[middle:]
            if right in self.surfaces and right not in self.ignored:
                for link in ("", "s", "e", "en"):
                    base = left.removesuffix(link) if link else left
                    if len(base) >= 3 and base in self.surfaces and (not link or left.endswith(link)):
                        return self.surfaces[base], self.surfaces[right]
        return ()

    def _senses(self, word: str) -> tuple[Sense, ...]:
        """Every reading of an asked word, the likeliest first. Empty when the index knows nothing like it."""
        found: dict[str, Sense] = {}

        def add(term: str, weight: float, how: How) -> None:
            if term in self.postings and (term not in found or found[term].weight < weight):
                found[term] = Sense(term, weight, how)

        if word in self.surfaces:
            add(self.surfaces[word], WEIGHT["same"], "same")
        add(stem(word), WEIGHT["stem"], "stem")
        for term in self._second.get(other_stem(word), ()):
            add(term, WEIGHT["stem"] - 0.05, "stem")
        known = bool(found)
        for part in self.split(word):
            add(part, WEIGHT["compound"] * (0.8 if known else 1.0), "compound")
        for term in self._synonyms.get(stem(word), ()):
            add(term, WEIGHT["synonym"], "synonym")
        if not found:
            for other, likeness in self._nearly(word):
                add(self.surfaces[other], likeness * likeness, "typo")
                for term in self._synonyms.get(self.surfaces[other], ()):
                    add(term, likeness * likeness * WEIGHT["synonym"], "synonym")
        return tuple(sorted(found.values(), key=lambda sense: -sense.weight))

    def _nearly(self, word: str) -> list[tuple[str, float]]:
        """Words of about the same length that differ by a typing error."""
        if len(word) < SHORTEST_TYPO or word.isdigit():
            return []
        near = []
        for length in range(len(word) - 2, len(word) + 3):
            for other in self._by_length.get(length, ()):
                likeness = OSA.normalized_similarity(word, other, score_cutoff=LEAST_ALIKE)
                if likeness:
                    near.append((other, likeness))
        return sorted(near, key=lambda item: -item[1])[:5]

    def read(self, question: str) -> list[str]:
        """The words of a question that count: two or three joined when only the joined word is known, small words out."""
        typed = words(question)
        result: list[str] = []
        position = 0
        while position < len(typed):
            for length in (3, 2, 1):
                part = typed[position : position + length]
                joined = "".join(part)
                if len(part) == length and (
                    length == 1 or (joined in self.surfaces and not all(self._is_known(word) for word in part))
                ):
                    break
            position += len(part)
            if joined not in self.ignored and (len(joined) > 1 or joined == "x"):
                result.append(joined)
        return list(dict.fromkeys(result))

    def _is_known(self, word: str) -> bool:
        return word in self.surfaces or word in self.ignored

    # --- asking

    def ask(self, question: str) -> list[Hit]:
        """All documents that hold a word of the question, best first."""
        scores: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        matches: defaultdict[int, list[Match]] = defaultdict(list)
        total = 0.0
        for word in self.read(question):
            senses = self.senses(word)
            light = min((self._light.get(sense.term, 1.0) for sense in senses[:1]), default=1.0)
            worth = light * (max((self.idf[sense.term] for sense in senses), default=self.rarest))
            total += worth
            for number, (score, sense) in self._best(senses).items():
                scores[number] += light * score
                covered[number] += worth * sense.weight
                matches[number].append(Match(word, self.name.get(sense.term, sense.term), sense.how))
        hits = [
            Hit(number, score * (0.4 + 0.6 * covered[number] / total), covered[number] / total, tuple(matches[number]))
            for number, score in scores.items()
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.document))

    def _best(self, senses: Iterable[Sense]) -> dict[int, tuple[float, Sense]]:
        """For one asked word, the best score in each document, with the likeliest reading that it holds."""
        best: dict[int, tuple[float, Sense]] = {}
        for sense in senses:
            factor = sense.weight * self.idf[sense.term]
            for number, amount in self.postings[sense.term].items():
                score = factor * amount
                known = best.get(number)
                if known is None or known[0] < score:
                    best[number] = score, known[1] if known else sense
        return best

    def greatest(self, question: str) -> float:
        """The score of a document that held every asked word to the full; words the index does not know count as rare."""
        return sum(
            max((self.idf[s.term] for s in self.senses(word)), default=self.rarest) * (K1 + 1) for word in self.read(question)
        )


def _grouped(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each stem the stems that mean the same."""
    result: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        stems = {stem(word) for phrase in group for word in words(phrase)}
        for each in stems:
            result[each] |= stems - {each}
    return {term: tuple(sorted(others)) for term, others in result.items()}

"""A small full-text index for Dutch: weighted BM25 over fields, every asked word widened to words of the index.

A word of a question is widened by its stem, by splitting or joining compounds, by synonyms and by typing errors
(rapidfuzz). A document that holds a whole phrase of the question gets more than for its words alone. Likeness by letters
and the likelihood of the wording decide between what is found. All weights come from measurement; `benchmarks/search.py`
prints the table.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.search.likelihood import Likelihood
from knowledge.search.words import other_stem, stem, words

K1, B = 4.5, 0.5
How = Literal["same", "stem", "typo", "compound", "synonym"]
Kind = Literal["text", "name", "phrase", "question"]
WEIGHT: dict[How, float] = {"same": 1.0, "stem": 0.9, "compound": 0.75, "synonym": 0.25}
PART = 0.3
PHRASE = 1.5
COVERAGE = 0.6
MENTION = 0.6
LIKELIHOOD = 0.1
TYPED: dict[Kind, int] = {"text": 0, "name": 10, "phrase": 1, "question": 1}
LEAST_ALIKE = 0.75
SURELY_ALIKE = 0.85
SHORTEST_TYPO = 4
SHORTEST_JOINED = 6
MANY = 100
MOST = 20


@dataclass(frozen=True)
class Field:
    """A text of a document and what its words weigh. Names and phrases also count as a whole; names, phrases and questions
    are what people may type for the document."""

    weight: float
    text: str
    kind: Kind = "text"

    @property
    def phrase(self) -> bool:
        return self.kind in ("name", "phrase")


@dataclass(frozen=True)
class Match:
    """A word that was asked, the word of the index that it was taken for, and how it got there."""

    asked: str
    found: str
    how: How


@dataclass(frozen=True)
class Token:
    """A word to look up, the word that was typed for it, and how much it weighs."""

    word: str
    asked: str
    weight: float = 1.0


@dataclass(frozen=True)
class Sense:
    """One reading of a word: a stem of the index, its weight, and how it was got."""

    term: str
    weight: float
    how: How


@dataclass(frozen=True)
class Hit:
    """A document and its score; `covered` is the share of the question's information that it holds, 0 to 1; `whole` tells
    whether the question holds a whole phrase of it."""

    document: int
    score: float
    covered: float
    whole: bool
    matches: tuple[Match, ...]


class Index:
    """`documents` hold fields; hits refer to them by their number in the order given.

    `synonyms` are groups of words that mean the same, `ignored` words say nothing, `light` words weigh less.
    """

    def __init__(
        self,
        documents: Iterable[Iterable[Field]],
        synonyms: Iterable[Iterable[str]] = (),
        ignored: Iterable[str] = (),
        light: Mapping[str, float] | None = None,
    ) -> None:
        self.ignored = frozenset(ignored)
        self._light = {stem(word): weight for word, weight in (light or {}).items()}
        fields = [[(field, self._read_field(field)) for field in document] for document in documents]
        self.surfaces = {
            word: stem(word) for document in fields for _, found in document for word in found if word not in self.ignored
        }
        self._second: defaultdict[str, set[str]] = defaultdict(set)
        self._near_lengths: dict[int, list[str]] = {}
        self._foremost: dict[str, list[int]] = {}
        for word, term in self.surfaces.items():
            self._second[other_stem(word)].add(term)
        self._synonyms = _grouped(synonyms)
        self._run_together = self._joined_phrases(fields)
        self.postings = self._weigh([self._counts(document) for document in fields])
        self._phrases = self._phrases_by_term(fields)
        self._likelihood = Likelihood(_typed(document) for document in fields)
        size = len(fields)
        self.idf = {term: _rarity(size, found.values()) for term, found in self.postings.items()}
        self.rarest = math.log(1 + (size + 0.5) / 0.5)
        self.name = {term: word for word, term in sorted(self.surfaces.items(), key=lambda item: -len(item[0]))}
        self.senses = lru_cache(maxsize=20_000)(self._senses)
        self._nearly = lru_cache(maxsize=20_000)(self._search_nearly)

    # --- building

    def _read_field(self, field: Field) -> list[str]:
        """The words of a field. A phrase of nothing but words that say nothing (`je of u`) is a word by itself."""
        found = words(field.text)
        saying = field.phrase and 2 <= len(found) <= 3 and all(word in self.ignored for word in found)
        return [" ".join(found)] if saying else found

    def _counts(self, fields: Iterable[tuple[Field, list[str]]]) -> dict[str, float]:
        """How often each stem stands in a document, by the weight of its fields; parts of compounds count for half."""
        counts: defaultdict[str, float] = defaultdict(float)
        for field, found in fields:
            for word in found:
                if word in self.ignored:
                    continue
                counts[self.surfaces[word]] += field.weight
                for part in self.split(word):
                    counts[self.surfaces[part]] += field.weight * PART
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

    def _joined_phrases(self, fields: Iterable[Iterable[tuple[Field, list[str]]]]) -> dict[str, list[str]]:
        """Phrases as people run them together: `toneofvoice`."""
        return {
            "".join(found): [word for word in found if word not in self.ignored]
            for document in fields
            for field, found in document
            if field.phrase and 2 <= len(found) <= 3
        }

    def _phrases_by_term(
        self, fields: Iterable[Iterable[tuple[Field, list[str]]]]
    ) -> dict[str, list[tuple[frozenset[str], int]]]:
        """For each stem the phrases of two words or more that hold it, with their document. Of a phrase with one word that
        says something (`hoeveel mensen`) the small words count as well."""
        result: defaultdict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        for number, document in enumerate(fields):
            for field, found in document:
                terms = frozenset(self.surfaces[word] for word in found if word not in self.ignored)
                whole = terms | (self.ignored.intersection(found) if len(terms) == 1 else frozenset())
                if field.phrase and terms and len(whole) > 1:
                    rarest = min(terms, key=lambda term: len(self.postings[term]))
                    result[rarest].append((whole, number))
        return dict(result)

    # --- widening

    def split(self, word: str) -> tuple[str, ...]:
        """Two known words that a compound is made of, a linking s, e or en allowed; empty when it is none."""
        for middle in range(len(word) - 3, 2, -1):
            left, right = word[:middle], word[middle:]
            if right in self.surfaces:
                for link in ("", "s", "e", "en"):
                    base = left.removesuffix(link) if link else left
                    if len(base) >= 3 and base in self.surfaces and (not link or left.endswith(link)):
                        return base, right
        return ()

    def _senses(self, word: str) -> tuple[Sense, ...]:
        """Every reading of a word, the likeliest first. Empty when the index knows nothing like it."""
        found: dict[str, Sense] = {}

        def add(term: str, weight: float, how: How) -> None:
            if term in self.postings and (term not in found or found[term].weight < weight):
                found[term] = Sense(term, weight, how)

        if word in self.surfaces:
            add(self.surfaces[word], WEIGHT["same"], "same")
        add(stem(word), WEIGHT["stem"], "stem")
        for term in self._second.get(other_stem(word), ()):
            add(term, WEIGHT["stem"] - 0.05, "stem")
        for part in self.split(word):
            add(self.surfaces[part], WEIGHT["compound"] * 0.65, "compound")
        for term in self._synonyms.get(stem(word), ()):
            add(term, WEIGHT["synonym"], "synonym")
        if word not in self.surfaces:  # a stem may be found by chance: `traning` is no form of `traan`
            for other, likeness in self._nearly(word, SURELY_ALIKE if found else LEAST_ALIKE):
                add(self.surfaces[other], likeness * likeness, "typo")
                for term in self._synonyms.get(self.surfaces[other], ()):
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
            self._near_lengths[length] = [word for word in self.surfaces if abs(len(word) - length) <= 2]
        return self._near_lengths[length]

    def read(self, question: str) -> list[Token]:
        """The words of a question that count: neighbours joined and compounds split as the index knows them."""
        tokens = {token.word: token for token in reversed(list(self._tokens(words(question))))}
        return list(reversed(tokens.values()))

    def _tokens(self, typed: list[str]) -> Iterator[Token]:
        position = 0
        while position < len(typed):
            length = next((n for n in (3, 2) if self._joins(typed[position : position + n], n)), 1)
            part = typed[position : position + length]
            position += length
            word = saying if (saying := " ".join(part)) in self.surfaces else "".join(part)
            if word in self.ignored or (len(word) < 2 and word != "x"):
                continue
            yield from self._parts(word, " ".join(part))

    def _joins(self, part: list[str], length: int) -> bool:
        """Whether neighbours are one word of the index, or one with a typing error when one of them is unknown alone."""
        joined = "".join(part)
        if len(part) == length and " ".join(part) in self.surfaces:
            return True
        if len(part) < length or len(joined) < SHORTEST_JOINED or all(word in self.ignored for word in part):
            return False
        if part[-1] in self.ignored:  # `in richten` is one word, `werk en` is not `werken`
            return False
        if joined in self.surfaces:
            return True
        unknown = any(word not in self.surfaces and stem(word) not in self.postings for word in part)
        small = any(word in self.ignored for word in part)
        return length == 2 and unknown and not small and bool(self._nearly(joined, SURELY_ALIKE))

    def _parts(self, word: str, asked: str) -> Iterator[Token]:
        """The word itself, or its parts when only those are known."""
        if word not in self.surfaces and word in self._run_together:
            for part in self._run_together[word]:
                yield Token(part, asked)
        elif word not in self.surfaces and stem(word) not in self.postings and (parts := self.split(word)):
            for part in parts:
                yield Token(part, asked, WEIGHT["compound"])
        else:
            yield Token(word, asked)

    # --- asking

    def ask(self, question: str, most: int = MOST) -> list[Hit]:
        """The documents that hold most of the question, best first."""
        scores: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        readings: list[tuple[Token, dict[int, tuple[float, Sense]]]] = []
        terms: dict[str, float] = {}
        total = 0.0
        for token, senses in self._rarest_first(question):
            weight = token.weight * min((self._light.get(sense.term, 1.0) for sense in senses[:1]), default=1.0)
            worth = weight * max((self.idf[sense.term] for sense in senses), default=self.rarest)
            total += worth
            terms.update((sense.term, max(terms.get(sense.term, 0.0), weight * sense.weight)) for sense in senses)
            best = self._best(senses, scores)
            readings.append((token, best))
            for number, (score, sense) in best.items():
                scores[number] += weight * score
                covered[number] += worth * sense.weight
        phrases = self._whole_phrases(terms, self.ignored.intersection(words(question)))
        for number, bonus in phrases.items():
            scores[number] += PHRASE * bonus
        for number in scores:
            scores[number] *= 1 - COVERAGE + COVERAGE * covered[number] / total
        best = heapq.nsmallest(MOST, scores, key=lambda number: (-scores[number], number))
        weighed = self._weigh_wording(question, {number: scores[number] for number in best})
        return [
            Hit(number, score, covered[number] / total, number in phrases, tuple(self._matches(readings, number)))
            for score, number in weighed[:most]
        ]

    def _spelled(self, word: str) -> str:
        """A word without its typing error, if it has one that the index knows of."""
        likeliest = self.senses(word)[:1]
        return self.name[likeliest[0].term] if likeliest and likeliest[0].how == "typo" else word

    def _weigh_wording(self, question: str, scores: Mapping[int, float]) -> list[tuple[float, int]]:
        """The documents by score, the best first: less for a document the less likely it makes the wording of the question."""
        asked = [word if word in self.ignored else self._spelled(word) for word in words(question)]
        odds = self._likelihood.odds(asked, scores)
        weighed = [(score * math.exp(LIKELIHOOD * odds[number]), number) for number, score in scores.items()]
        return sorted(weighed, key=lambda item: (-item[0], item[1]))

    def _rarest_first(self, question: str) -> list[tuple[Token, tuple[Sense, ...]]]:
        read = [(token, self.senses(token.word)) for token in self.read(question)]
        return sorted(read, key=lambda item: min((len(self.postings[sense.term]) for sense in item[1]), default=0))

    def _best(self, senses: Iterable[Sense], found: Mapping[int, float]) -> dict[int, tuple[float, Sense]]:
        """For one word, the best score in each document, with the likeliest reading that it holds."""
        best: dict[int, tuple[float, Sense]] = {}
        for sense in senses:
            factor = sense.weight * self.idf[sense.term]
            for number, amount in self._holders(sense.term, found):
                score = factor * amount
                known = best.get(number)
                if known is None or known[0] < score:
                    best[number] = score, known[1] if known else sense
        return best

    def _holders(self, term: str, found: Mapping[int, float]) -> Iterable[tuple[int, float]]:
        """The documents that hold a stem. Of a stem that very many hold: those found already, and where it weighs most."""
        postings = self.postings[term]
        if len(postings) <= MANY:
            return postings.items()
        numbers = {number for number in found if number in postings}
        if len(numbers) < MANY:
            numbers.update(self._champions(term))
        return [(number, postings[number]) for number in numbers]

    def _champions(self, term: str) -> list[int]:
        if term not in self._foremost:
            postings = self.postings[term]
            self._foremost[term] = heapq.nlargest(MANY, postings, key=lambda number: postings[number])
        return self._foremost[term]

    def _matches(self, readings: Iterable[tuple[Token, dict[int, tuple[float, Sense]]]], number: int) -> Iterator[Match]:
        for token, best in readings:
            if number in best:
                sense = best[number][1]
                yield _match(token.asked, self.name.get(sense.term, sense.term), _how(token, sense))

    def _whole_phrases(self, terms: Mapping[str, float], small: Set[str]) -> dict[int, float]:
        """For each document the worth of the best of its phrases that the question holds entirely."""
        asked = terms.keys() | small
        best: dict[int, float] = {}
        for term in terms:
            for phrase, number in self._phrases.get(term, ()):
                if phrase <= asked:
                    worth = sum(self.idf[part] * terms[part] for part in phrase if part in terms)
                    best[number] = max(best.get(number, 0.0), worth)
        return best


def _typed(document: Iterable[tuple[Field, list[str]]]) -> Iterator[tuple[list[str], int]]:
    """What people may type for a document, word by word, and how many times that counts. Writers of questions avoid the name
    of a thing, which people who know it type first. A phrase that was read as one word is words again."""
    return ((" ".join(found).split(), TYPED[field.kind]) for field, found in document if TYPED[field.kind])


def _rarity(size: int, amounts: Collection[float]) -> float:
    """How much a stem tells. Where it weighs little beside where it weighs most, it counts as a part of a document:
    a keyword of one chapter stays telling when others mention it in passing."""
    most = max(amounts)
    held = sum((amount / most) ** MENTION for amount in amounts)
    return math.log(1 + (size - held + 0.5) / (held + 0.5))


@lru_cache(maxsize=20_000)
def _match(asked: str, found: str, how: How) -> Match:
    return Match(asked, found, how)


def _how(token: Token, sense: Sense) -> How:
    return sense.how if sense.how != "same" or token.asked == token.word else "compound"


def _grouped(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each stem the stems that mean the same."""
    result: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        stems = {stem(word) for phrase in group for word in words(phrase)}
        for each in stems:
            result[each] |= stems - {each}
    return {term: tuple(sorted(others)) for term, others in result.items()}

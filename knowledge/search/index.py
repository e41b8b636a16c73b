"""A small full-text index for Dutch: weighted BM25 over fields, every asked word widened to words of the index.

A document that holds a whole phrase of the question gets more than for its words alone. The likelihood of the wording orders
what is found. All weights come from measurement; `benchmarks/search.py` prints what they give.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from knowledge.search.lexicon import How, Lexicon, Sense, Token
from knowledge.search.likelihood import Likelihood
from knowledge.search.words import stem, words

K1, B = 4.5, 0.5
Kind = Literal["text", "name", "phrase", "question"]
PART = 0.3
PHRASE = 1.5
COVERAGE = 0.6
MENTION = 0.6
LIKELIHOOD = 0.4
TYPED: dict[Kind, int] = {"text": 0, "name": 10, "phrase": 1, "question": 1}
MANY = 100
MOST = 20

Readings = list[tuple[Token, dict[int, tuple[float, Sense]]]]
"""For each word of a question the documents that hold it, with what it gives there and how it is read there."""


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
class Hit:
    """A document and its score; `covered` is the share of the question's information that it holds, 0 to 1.

    `margin` is how much likelier the wording of the question is for it than for what is foreign; `overall` is that for all
    documents together, the same for every hit of a question.
    """

    document: int
    score: float
    covered: float
    margin: float
    overall: float
    matches: tuple[Match, ...]


class Index:
    """`documents` hold fields; hits refer to them by their number in the order given.

    `synonyms` are groups of words that mean the same, `ignored` words say nothing, `light` words weigh less; `foreign` are
    messages that no document is about.
    """

    def __init__(
        self,
        documents: Iterable[Iterable[Field]],
        synonyms: Iterable[Iterable[str]] = (),
        ignored: Iterable[str] = (),
        light: Mapping[str, float] | None = None,
        foreign: Iterable[str] = (),
    ) -> None:
        self.ignored = frozenset(ignored)
        self._light = {stem(word): weight for word, weight in (light or {}).items()}
        fields = [[(field, self._read_field(field)) for field in document] for document in documents]
        self.lexicon = Lexicon(
            (word for document in fields for _, found in document for word in found),
            (found for document in fields for field, found in document if field.phrase),
            synonyms,
            self.ignored,
        )
        self._foremost: dict[str, list[int]] = {}
        self.postings = self._weigh([self._counts(document) for document in fields])
        self._phrases = self._phrases_by_term(fields)
        self._likelihood = Likelihood(map(_typed, fields), map(words, foreign))
        size = len(fields)
        self.idf = {term: _rarity(size, found.values()) for term, found in self.postings.items()}
        self.rarest = math.log(1 + (size + 0.5) / 0.5)

    # --- building

    def _read_field(self, field: Field) -> list[str]:
        """The words of a field. A phrase of nothing but words that say nothing (`je of u`) is a word by itself."""
        found = words(field.text)
        saying = field.phrase and 2 <= len(found) <= 3 and all(word in self.ignored for word in found)
        return [" ".join(found)] if saying else found

    def _counts(self, fields: Iterable[tuple[Field, list[str]]]) -> dict[str, float]:
        """How often each stem stands in a document, by the weight of its fields; parts of compounds count for less."""
        counts: defaultdict[str, float] = defaultdict(float)
        for field, found in fields:
            for word in found:
                if word in self.ignored:
                    continue
                counts[self.lexicon.stems[word]] += field.weight
                for part in self.lexicon.split(word):
                    counts[self.lexicon.stems[part]] += field.weight * PART
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

    def _phrases_by_term(
        self, fields: Iterable[Iterable[tuple[Field, list[str]]]]
    ) -> dict[str, list[tuple[frozenset[str], int]]]:
        """For each stem the phrases of two words or more that hold it, with their document. Of a phrase with one word that
        says something (`hoeveel mensen`) the small words count as well."""
        result: defaultdict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        for number, document in enumerate(fields):
            for field, found in document:
                terms = frozenset(self.lexicon.stems[word] for word in found if word not in self.ignored)
                whole = terms | (self._small(found) if len(terms) == 1 else frozenset())
                if field.phrase and terms and len(whole) > 1:
                    rarest = min(sorted(terms), key=lambda term: len(self.postings[term]))
                    result[rarest].append((whole, number))
        return dict(result)

    def _small(self, found: Iterable[str]) -> frozenset[str]:
        """The words that say nothing, marked, so that none is taken for a stem: `wel` is the stem of `geweld`."""
        return frozenset(f"{word} " for word in self.ignored.intersection(found))

    # --- asking

    def ask(self, question: str, most: int = MOST) -> list[Hit]:
        """The documents that hold most of the question, best first. The likelier a document makes the wording of the question,
        the more its score."""
        tokens = self.lexicon.read(question)
        scores, covered, readings = self._gather(tokens, self._small(words(question)))
        best = heapq.nsmallest(MOST, scores, key=lambda number: (-scores[number], number))
        wording = self._likelihood
        likely = wording.of(self.lexicon.spelled(tokens), (*best, wording.foreign, wording.together))
        foreign, together = likely.pop(wording.foreign), likely.pop(wording.together)
        most_likely = max(likely.values(), default=0.0)
        weighed = {number: scores[number] * math.exp(LIKELIHOOD * (value - most_likely)) for number, value in likely.items()}
        return [
            Hit(n, weighed[n], covered[n], likely[n] - foreign, together - foreign, tuple(self._matches(readings, n)))
            for n in heapq.nsmallest(most, weighed, key=lambda number: (-weighed[number], number))
        ]

    def _gather(self, tokens: Iterable[Token], small: Set[str]) -> tuple[dict[int, float], dict[int, float], Readings]:
        """For each document that holds any of the words its score and the share of their information that it holds, and for
        each word where it was found."""
        scores: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        readings: Readings = []
        terms: dict[str, float] = {}
        total = 0.0
        for token, senses in self._rarest_first(tokens):
            weight = token.weight * min((self._light.get(sense.term, 1.0) for sense in senses[:1]), default=1.0)
            worth = weight * max((self.idf[sense.term] for sense in senses), default=self.rarest)
            total += worth
            terms.update((sense.term, max(terms.get(sense.term, 0.0), weight * sense.weight)) for sense in senses)
            best = self._best(senses, scores)
            readings.append((token, best))
            for number, (score, sense) in best.items():
                scores[number] += weight * score
                covered[number] += worth * sense.weight
        for number, bonus in self._whole_phrases(terms, small).items():
            scores[number] += PHRASE * bonus
        shares = {number: covered[number] / total for number in scores}
        return {n: score * (1 - COVERAGE + COVERAGE * shares[n]) for n, score in scores.items()}, shares, readings

    def _rarest_first(self, tokens: Iterable[Token]) -> list[tuple[Token, tuple[Sense, ...]]]:
        """The words that say something, each once, with their readings."""
        once = {token.word: token for token in reversed(list(tokens)) if token.weight}
        read = [(token, self.lexicon.senses(token.word)) for token in reversed(once.values())]
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

    def _matches(self, readings: Readings, number: int) -> Iterator[Match]:
        for token, best in readings:
            if number in best:
                sense = best[number][1]
                yield Match(token.asked, self.lexicon.name.get(sense.term, sense.term), _how(token, sense))

    def _whole_phrases(self, terms: Mapping[str, float], small: Set[str]) -> dict[int, float]:
        """For each document the worth of the best of its phrases that the question holds entirely."""
        asked = terms.keys() | small
        best: dict[int, float] = {}
        for term in terms:
            for phrase, number in self._phrases.get(term, ()):
                if phrase <= asked:
                    worth = math.fsum(self.idf[part] * terms[part] for part in phrase if part in terms)
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


def _how(token: Token, sense: Sense) -> How:
    return sense.how if sense.how != "same" or token.asked == token.word else "compound"

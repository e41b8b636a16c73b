"""How well questions find their chapter, side by side with simpler methods, and how fast.

    .venv/bin/python -m benchmarks.search           the tables
    .venv/bin/python -m benchmarks.search --fit     new weights for knowledge/search/confidence.py

`questions.tsv` and `out_of_scope.tsv` are by one author: its even lines were used for choosing weights, its odd lines
only for judging. `own_*.tsv` are by another, who saw nothing but the titles, `more_*.tsv` by others again; both were
used for choosing. `blind_*.tsv` are by yet others and only for judging. Questions are never copied into the knowledge base:
example questions of chapters that come near one of these were left out.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path
from statistics import mean, median, pstdev

import Stemmer
from rapidfuzz import fuzz

from benchmarks.table import print_table
from knowledge.model import Almanac
from knowledge.opening import open_almanac
from knowledge.search import intent_of, search, words
from knowledge.search.confidence import signals
from knowledge.search.finding import FIELDS, _fields, _indexes
from knowledge.search.index import Field, Index

CROSSED = 10
DATA = Path(__file__).parent / "data"
Question = tuple[str, frozenset[str]]
Ranker = Callable[[str], Sequence[str]]


def _questions(name: str) -> list[Question]:
    rows = [line.split("\t") for line in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [(row[0], frozenset(row[1].replace(" ", "").split(",")) if len(row) > 1 else frozenset()) for row in rows]


QUESTIONS, FOREIGN = _questions("questions"), _questions("out_of_scope")
OWN = _questions("own_questions") + _questions("more_questions")
OWN_FOREIGN = _questions("own_out_of_scope") + _questions("more_out_of_scope")
BLIND, BLIND_FOREIGN = _questions("blind_questions"), _questions("blind_out_of_scope")
CHOOSING, JUDGING = QUESTIONS[0::2], QUESTIONS[1::2]
FOREIGN_CHOOSING, FOREIGN_JUDGING = FOREIGN[0::2], FOREIGN[1::2]
PARTS = {
    "choosing": (CHOOSING, FOREIGN_CHOOSING),
    "own": (OWN, OWN_FOREIGN),
    "judging": (JUDGING, FOREIGN_JUDGING),
    "blind": (BLIND, BLIND_FOREIGN),
}


# --- rankers to compare with


def _texts(almanac: Almanac) -> dict[str, str]:
    return {chapter.id: " ".join(field.text for field in _fields(chapter)) for chapter in almanac.chapters.values()}


def token_set_ratio(almanac: Almanac) -> Ranker:
    """What one writes first: rapidfuzz over all fields together."""
    texts = {name: " ".join(words(text)) for name, text in _texts(almanac).items()}
    return lambda question: sorted(texts, key=lambda name: -fuzz.token_set_ratio(" ".join(words(question)), texts[name]))


def plain_bm25(almanac: Almanac) -> Ranker:
    """BM25 over all fields together, with Snowball stems."""
    stem = Stemmer.Stemmer("dutch").stemWords
    documents = {name: Counter(stem(words(text))) for name, text in _texts(almanac).items()}
    mean = sum(d.total() for d in documents.values()) / len(documents)
    df = Counter(term for document in documents.values() for term in document)

    def score(terms: Iterable[str], document: Counter[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * document.total() / mean)
        return sum(
            math.log(1 + (len(documents) - df[t] + 0.5) / (df[t] + 0.5)) * document[t] * 2.2 / (document[t] + norm) for t in terms
        )

    return lambda question: sorted(documents, key=lambda name: -score(stem(words(question)), documents[name]))


def character_tfidf(almanac: Almanac) -> Ranker:
    """Cosine over TF-IDF of runs of three to five characters within words."""

    def grams(text: str) -> Counter[str]:
        return Counter(f" {w} "[i : i + n] for w in words(text) for n in (3, 4, 5) for i in range(len(w) + 3 - n))

    counts = {name: grams(text) for name, text in _texts(almanac).items()}
    df = Counter(gram for count in counts.values() for gram in count)

    def vector(count: Counter[str]) -> dict[str, float]:
        weighed = {g: (1 + math.log(n)) * math.log((1 + len(counts)) / (1 + df[g])) for g, n in count.items() if df[g]}
        length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        return {gram: value / length for gram, value in weighed.items()}

    vectors = {name: vector(count) for name, count in counts.items()}

    def rank(question: str) -> list[str]:
        asked = vector(grams(question))
        return sorted(vectors, key=lambda name: -sum(value * vectors[name].get(gram, 0.0) for gram, value in asked.items()))

    return rank


def ours(almanac: Almanac) -> Ranker:
    return lambda question: [found.chapter.id for found in search(almanac, question).found]


# --- figures


def _hits(rank: Ranker, questions: Sequence[Question]) -> tuple[float, float, float]:
    """hit@1, hit@3 and the mean reciprocal rank."""
    places = [next((i for i, name in enumerate(rank(q)[:10], 1) if name in wanted), 0) for q, wanted in questions]
    n = len(places)
    return sum(p == 1 for p in places) / n, sum(0 < p <= 3 for p in places) / n, sum(1 / p for p in places if p) / n


def ranking_table(almanac: Almanac) -> None:
    rows = []
    for name, make in (
        ("token_set_ratio", token_set_ratio),
        ("BM25, Snowball", plain_bm25),
        ("TF-IDF of characters", character_tfidf),
        ("ours", ours),
    ):
        rank = make(almanac)
        rows.append((name, *(f"{value:.3f}" for good, _ in PARTS.values() for value in _hits(rank, good))))
    head = ("method", *(f"{part} {figure}" for part in PARTS for figure in ("h@1", "h@3", "mrr")))
    print_table("Finding the chapter (72 chapters; nobody tuned on judging and blind)", head, rows)


def cross_table(almanac: Almanac) -> None:
    """The example questions themselves, a tenth at a time asked of an almanac without that tenth. There are many, so a small
    change shows here first; but who wrote the one wrote the other, and they were written to tell chapters apart."""
    parts = [_without_part(almanac, part) for part in range(CROSSED)]
    results = [_hits(ours(rest), left_out) for rest, left_out in parts]
    size = sum(len(left_out) for _, left_out in parts)
    rows = [(f"{size}", *(f"{sum(figures) / CROSSED:.4f}" for figures in zip(*results, strict=True)))]
    print_table("Example questions that the almanac has not seen (choosing)", ("questions", "h@1", "h@3", "mrr"), rows)


def _without_part(almanac: Almanac, part: int) -> tuple[Almanac, list[Question]]:
    left_out = [(q, frozenset((c.id,))) for c in almanac.chapters.values() for q in c.questions[part::CROSSED]]
    chapters = {
        name: chapter.model_copy(update={"questions": tuple(q for i, q in enumerate(chapter.questions) if i % CROSSED != part)})
        for name, chapter in almanac.chapters.items()
    }
    return replace(almanac, chapters=chapters), left_out


def outcome_table(almanac: Almanac) -> None:
    rows = []
    for name, (good, foreign) in PARTS.items():
        results = [(search(almanac, q), wanted) for q, wanted in good]
        choices = [(result, wanted) for result, wanted in results if result.taken_as == "choice"]
        among = sum(bool(wanted & {found.chapter.id for found in result.asked}) for result, wanted in choices)
        answers = [(result, wanted) for result, wanted in results if result.taken_as == "answer"]
        right = sum(result.found[0].chapter.id in wanted for result, wanted in answers)
        leaks = sum(search(almanac, q).taken_as == "answer" for q, _ in foreign)
        refused = sum(result.taken_as in ("none", "intent") for result, _ in results)
        rows.append(
            (
                name,
                f"{refused / len(good):.3f}",
                f"{leaks / len(foreign):.3f}",
                f"{right / max(len(answers), 1):.3f}",
                f"{len(choices) / len(good):.3f}",
                f"{among / max(len(choices), 1):.3f}",
            )
        )
    print_table(
        "Honest outcomes", ("part", "good refused", "foreign answered", "answer right", "bedoelt u", "right among them"), rows
    )


def with_typos(question: str, chance: random.Random) -> str:
    """One typing error in every word of six letters or more: a letter left out, doubled, swapped or replaced."""
    return " ".join(_typo(word, chance) if len(word) >= 6 else word for word in question.split())


def _typo(word: str, chance: random.Random) -> str:
    i = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
            word[:i] + chance.choice("aeiourstn") + word[i + 1 :],
        )
    )


def typo_table(almanac: Almanac) -> None:
    chance = random.Random(1)
    spoiled = [(with_typos(q, chance), wanted) for q, wanted in JUDGING]
    rows = [
        (name, *(f"{v:.3f}" for v in _hits(make(almanac), spoiled)))
        for name, make in (("BM25, Snowball", plain_bm25), ("TF-IDF of characters", character_tfidf), ("ours", ours))
    ]
    print_table("A typing error in every long word (judging)", ("method", "h@1", "h@3", "mrr"), rows)


def _milliseconds(ask: Callable[[str], object], turns: int = 3) -> tuple[float, float]:
    """Of every question the fastest of some turns: other work on the machine is no part of the search. From the second on its
    words are known."""
    times = sorted(_fastest(partial(ask, question), turns) for question, _ in QUESTIONS + FOREIGN)
    return median(times), times[int(0.99 * len(times))]


def _fastest(work: Callable[[], object], turns: int = 3) -> float:
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def time_table(almanac: Almanac) -> None:
    rows = []
    search(almanac, "warm")
    for name, make in (
        ("token_set_ratio", token_set_ratio),
        ("BM25, Snowball", plain_bm25),
        ("TF-IDF of characters", character_tfidf),
    ):
        rows.append((name, *(f"{value:.2f}" for value in _milliseconds(make(almanac)))))
    _indexes.cache_clear()
    search(almanac, "warm")
    rows.append(
        ("ours, 72 chapters, words never met before", *(f"{v:.2f}" for v in _milliseconds(lambda q: search(almanac, q), 1)))
    )
    rows.append(("ours, 72 chapters, with outcome", *(f"{value:.2f}" for value in _milliseconds(lambda q: search(almanac, q)))))
    large = _large_index(almanac, 10_000)
    rows.append(("ours, 10,000 chapters, index only", *(f"{value:.2f}" for value in _milliseconds(large.ask))))
    print_table("Milliseconds a question", ("method", "p50", "p99"), rows)


def opening_table(almanac: Almanac) -> None:
    """The index is built at the first question, so it is shown beside the opening."""

    def build() -> None:
        _indexes.cache_clear()
        _indexes(almanac)

    rows = [
        (name, f"{_fastest(work):.0f}")
        for name, work in (("opening the knowledge base", open_almanac), ("the index, at the first question", build))
    ]
    print_table("Milliseconds at a start", ("what", "fastest of three"), rows)


def _large_index(almanac: Almanac, size: int) -> Index:
    """Made-up chapters: words of the real ones shuffled, with words of their own."""
    chance = random.Random(1)
    vocabulary = [word for chapter in almanac.chapters.values() for field in _fields(chapter) for word in words(field.text)]
    vocabulary += [
        "".join(chance.choices("bdfgklmnprstvz", k=2)) + chance.choice("aeiou") + "".join(chance.choices("klmnrst", k=3))
        for _ in range(20_000)
    ]
    documents = []
    for _ in range(size):
        picked = chance.sample(vocabulary, 90)
        documents.append(
            [
                Field(FIELDS["title"], " ".join(picked[:4]), "name"),
                Field(FIELDS["keywords"], " ".join(picked[4:10]), "name"),
                *(Field(FIELDS["questions"], " ".join(picked[i : i + 8]), "question") for i in range(10, 50, 8)),
                Field(FIELDS["body"], " ".join(picked[50:])),
            ]
        )
    return Index(documents, almanac.synonyms.groups, almanac.synonyms.ignored)


# --- fitting


def fit(almanac: Almanac) -> None:
    """Logistic regression on the questions for choosing, both kinds weighed alike."""
    index = _indexes(almanac)
    samples = []
    for questions, covered in ((OWN + CHOOSING, 1), (OWN_FOREIGN + FOREIGN_CHOOSING, 0)):
        for question, _ in questions:
            hits = index.own.ask(question)
            if hits and intent_of(almanac, question) is None:
                samples.append((astuple(signals(index.online, question, hits[0])), covered))
    means, spreads = zip(
        *((mean(column), pstdev(column)) for column in zip(*(values for values, _ in samples), strict=True)), strict=True
    )
    scaled = [([1.0, *((v - m) / s for v, m, s in zip(values, means, spreads, strict=True))], y) for values, y in samples]
    share = {y: 1 / sum(other == y for _, other in samples) for y in (0, 1)}
    weights = [0.0] * len(scaled[0][0])
    for _ in range(4000):
        gradient = [0.002 * weight for weight in weights]
        for values, y in scaled:
            p = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))
            for k, value in enumerate(values):
                gradient[k] += share[y] * (p - y) * value
        weights = [w - g for w, g in zip(weights, gradient, strict=True)]
    per_unit = [w / s for w, s in zip(weights[1:], spreads, strict=True)]
    bias = weights[0] - sum(w * m for w, m in zip(per_unit, means, strict=True))
    print(f"BIAS = {bias:.2f}\nWEIGHTS = ({', '.join(f'{w:.2f}' for w in per_unit)})")


def main() -> None:
    almanac = open_almanac()
    if "--fit" in sys.argv:
        fit(almanac)
        return
    for table in (opening_table, ranking_table, cross_table, outcome_table, typo_table, time_table):
        table(almanac)


if __name__ == "__main__":
    main()

"""Texts that a busy reader understands at once: short sentences, one question at a time, the u-form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.findings import Finding
from knowledge.model import Almanac, Benchmark, Book, Chapter, Intent, Model, Reference, Source, Survey
from knowledge.reading import Reading

LONGEST_SENTENCE = 25
SUMMARY_WORDS = range(40, 71)
CHAPTER_WORDS = range(200, 351)
_NOT_SAID_BY_US = (Reference, Book, Source, Survey, Benchmark, Intent)
_SAID_BY_PEOPLE = ("words", "synonyms", "keywords", "questions")
_QUOTED = re.compile(r"(?<!\w)'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_INFORMAL = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)


def check_texts(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    for item, path, text in _texts(almanac):
        for code, message in problems(text):
            yield Finding(reading.place(item, *path), code, message, "warning")
    for question in almanac.questions.values():
        if question.ask.count("?") != 1 or re.search(r"\b(en|of) (hoe|wat|wie|waar|wanneer|welke|waarom)\b", question.ask):
            yield Finding(
                reading.place(question, "ask"),
                "T03",
                "Hier staan twee vragen in één, of geen. Stel precies één vraag, met één vraagteken.",
                "warning",
            )
    for chapter in almanac.chapters.values():
        yield from _lengths(reading, chapter)


def _texts(almanac: Almanac) -> Iterator[tuple[Model, tuple[str | int, ...], str]]:
    for items in vars(almanac).values():
        for item in items.values() if isinstance(items, dict) else items if isinstance(items, tuple) else ():
            if isinstance(item, Model) and not isinstance(item, _NOT_SAID_BY_US):
                yield from _within(item, item, ())


def _within(owner: Model, value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Model, tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield owner, path, value
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            if name not in _SAID_BY_PEOPLE:
                yield from _within(owner, getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _within(owner, part, (*path, index))


def problems(text: str) -> Iterator[tuple[str, str]]:
    for sentence in re.split(r"(?<=[.!?:])\s+", text):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            yield (
                "T01",
                f'Deze zin telt {count} woorden: "{" ".join(sentence.split()[:6])} ...". Maak er twee van; hooguit {LONGEST_SENTENCE} woorden.',
            )
    if "klik hier" in text.casefold():
        yield "T02", '"Klik hier" zegt niet waar iemand komt. Noem wat er achter de knop of link zit.'
    informal = _INFORMAL.search(_QUOTED.sub("", text))
    if informal:
        yield "T04", f'"{informal[0]}" past niet bij de u-vorm. Schrijf u of uw.'


def body_words(chapter: Chapter) -> int:
    """The words of what is read behind the summary."""
    return sum(len(text.split()) for text in (chapter.why, *chapter.how, chapter.pitfall, chapter.people, chapter.result))


def _lengths(reading: Reading, chapter: Chapter) -> Iterator[Finding]:
    for field, count, wanted in (
        ("summary", len(chapter.summary.split()), SUMMARY_WORDS),
        ("why", body_words(chapter), CHAPTER_WORDS),
    ):
        if count not in wanted:
            name = "De samenvatting" if field == "summary" else "De tekst van dit hoofdstuk"
            yield Finding(
                reading.place(chapter, field),
                "T05",
                f"{name} telt {count} woorden. Tussen {wanted[0]} en {wanted[-1]} leest het prettigst.",
                "warning",
            )

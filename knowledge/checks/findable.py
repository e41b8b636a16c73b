"""Chapters can be found by their own words: no synonym points two ways, every example question finds its chapter first."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.findings import Finding
from knowledge.model import Almanac
from knowledge.reading import Reading
from knowledge.search import first_found, words


def check_phrases(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    yield from _synonyms(reading, almanac)
    yield from _intents(reading, almanac)


def _synonyms(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for chapter in almanac.chapters.values():
        for index, synonym in enumerate(chapter.synonyms):
            owner = taken.setdefault(" ".join(words(synonym)), chapter.id)
            if owner != chapter.id:
                yield Finding(
                    reading.place(chapter, "synonyms", index),
                    "S01",
                    f'"{synonym}" staat ook bij hoofdstuk "{owner}". Laat een synoniem bij één hoofdstuk staan, anders wijst het twee kanten op.',
                )


def check_questions(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    for chapter in almanac.chapters.values():
        for index, question in enumerate(chapter.questions):
            first = first_found(almanac, question) or "geen enkel hoofdstuk"
            if first != chapter.id:
                yield Finding(
                    reading.place(chapter, "questions", index),
                    "S02",
                    f'Deze voorbeeldvraag vindt eerst "{first}". Voeg hier woorden uit de vraag toe aan "synonyms", of stel de vraag scherper.',
                    "warning",
                )


def _intents(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for intent in almanac.intents.values():
        for index, phrase in enumerate(intent.phrases):
            owner = taken.setdefault(" ".join(words(phrase)), intent.id)
            if owner != intent.id:
                yield Finding(
                    reading.place(intent, "phrases", index),
                    "S03",
                    f'"{phrase}" staat ook bij "{owner}". Laat hem bij één van de twee staan.',
                )

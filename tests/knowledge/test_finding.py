"""Outcomes on the real almanac: what it covers, what it does not, and when the books are meant."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from knowledge.model import Almanac, Reference
from knowledge.search import search


@pytest.mark.parametrize(
    "question", ["wat schreef David Kok", "het boek Digitale Dialoog", "wie is de auteur van de gemeentetweet"]
)
def test_books_are_found_when_a_question_asks_for_them(almanac: Almanac, question: str) -> None:
    result = search(almanac, question)
    assert result.outcome == "answer"
    assert isinstance(result.found[0].chapter, Reference)


@pytest.mark.parametrize("question", ["dode zwaan in sloot", "hotel boeken met hond", "boek een tafeltje voor twee"])
def test_an_author_or_book_by_chance_is_no_question_about_the_books(almanac: Almanac, question: str) -> None:
    assert search(almanac, question).outcome == "none"


def test_what_is_written_down_as_foreign_is_hardly_ever_answered(almanac: Almanac) -> None:
    answered = [message for message in almanac.foreign if search(almanac, message).outcome == "answer"]
    assert len(answered) <= len(almanac.foreign) / 100, answered


def test_one_word_is_judged_as_a_sentence_is(almanac: Almanac) -> None:
    words = ("webcare", "archiveren", "storytelling", "chatbots", "paspoort", "voetbal", "laptop")
    assert [search(almanac, word).outcome for word in words] == ["answer"] * 4 + ["none"] * 3


def test_every_process_finds_the_same() -> None:
    """Words are kept in sets and dictionaries here and there; their order may not show, in the scores nor in the reasons."""
    script = """
import json
from knowledge.opening import open_almanac
from knowledge.search import search
almanac = open_almanac()
questions = [q for chapter in almanac.chapters.values() for q in chapter.questions[:15]]
spoiled = [" ".join(word[:3] + word[4:] if len(word) > 6 else word for word in q.split()) for q in questions]
results = [search(almanac, q) for q in spoiled]
print(json.dumps([[(f.chapter.id, f.score, [(m.asked, m.found, m.how) for m in f.matches]) for f in r.found] for r in results]))
"""
    seeds = [
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert len(json.loads(seeds[0].stdout)) > 1000
    assert seeds[0].stdout == seeds[1].stdout

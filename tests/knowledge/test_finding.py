"""Outcomes on the real almanac: what it covers, what it does not, and when the books are meant."""

from __future__ import annotations

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

"""What people type instead of pressing: the words of an answer are that answer, also when they begin as a question does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.events import Context, Fact
from dialogs.turn import Turn
from dialogs.understanding import meaning
from knowledge.model import Almanac

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def asked(almanac: Almanac, facet: str) -> Turn:
    """A scan in which the question about this facet is open."""
    facts = {"subject": "organisation", "scan": "1", "reopened": facet}
    return Turn(almanac, {name: Fact(value, AT) for name, value in facts.items()}, Context(AT))


def test_the_words_of_an_option_are_that_option(almanac: Almanac) -> None:
    wrong = []
    for question in almanac.questions.values():
        turn = asked(almanac, question.facet)
        for option in question.options:
            for word in option.words:
                if meaning(turn, word) != f"answer:1:{question.facet}:{option.level}":
                    wrong.append((question.facet, word, meaning(turn, word)))
    assert wrong == []


@pytest.mark.parametrize("text", ["wie antwoordt?", "wie antwoordt bij ons op berichten", "hoe regelen wij webcare"])
def test_a_question_stays_a_question(almanac: Almanac, text: str) -> None:
    assert meaning(asked(almanac, "experience"), text) is None

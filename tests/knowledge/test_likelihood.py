"""The likelihood of a wording by itself."""

from __future__ import annotations

from knowledge.search.likelihood import Likelihood
from knowledge.search.words import words


def _odds(question: str, *documents: tuple[str, ...]) -> dict[int, float]:
    texts = [[(words(text), 1) for text in document] for document in documents]
    return Likelihood(texts).odds(words(question), range(len(documents)))


def test_turns_of_small_words_decide_between_documents_that_share_the_telling_word() -> None:
    odds = _odds("mag ik een foto delen", ("wie maakt de foto",), ("mag ik de foto plaatsen",), ("rooster",), ("toon",))
    assert odds[1] == 0 > odds[0]


def test_a_document_that_says_it_more_often_is_likelier() -> None:
    odds = _odds("foto", ("foto", "foto", "toon"), ("foto", "video", "muziek"), ("rooster",), ("toon",))
    assert odds[0] == 0 > odds[1] > odds[2]


def test_a_word_of_the_same_family_is_heard_by_its_letters() -> None:
    odds = _odds("opvanglocatie", ("vluchtelingenopvang",), ("vluchtheuvel",), ("rooster",))
    assert odds[0] == 0 > max(odds[1], odds[2])


def test_a_text_counts_as_many_times_as_it_is_said_to() -> None:
    often, once = [(["foto"], 10), (["toon"], 10)], [(["foto"], 1), (["toon"], 10), (["video"], 9)]
    odds = Likelihood([often, once, [(["rooster"], 20)]]).odds(["foto"], range(3))
    assert odds[0] == 0 > odds[1] > odds[2]


def test_what_nobody_says_tells_nothing() -> None:
    assert set(_odds("xylofoon", ("foto",), ("video",)).values()) == {0.0}
    assert set(_odds("foto", (), ()).values()) == {0.0}

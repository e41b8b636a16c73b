"""The likelihood of a wording by itself."""

from __future__ import annotations

from knowledge.search.likelihood import Likelihood
from knowledge.search.words import words


def _of(question: str, *documents: tuple[str, ...]) -> dict[int, float]:
    texts = [[(words(text), 1) for text in document] for document in documents]
    return Likelihood(texts).of(words(question), range(len(documents)))


def test_turns_of_small_words_decide_between_documents_that_share_the_telling_word() -> None:
    likely = _of("mag ik een foto delen", ("wie maakt de foto",), ("mag ik de foto plaatsen",), ("rooster",), ("toon",))
    assert likely[1] > likely[0]


def test_a_document_that_says_it_more_often_is_likelier() -> None:
    likely = _of("foto", ("foto", "foto", "toon"), ("foto", "video", "muziek"), ("rooster",), ("toon",))
    assert likely[0] > likely[1] > likely[2]


def test_a_word_of_the_same_family_is_heard_by_its_letters() -> None:
    likely = _of("opvanglocatie", ("vluchtelingenopvang",), ("vluchtheuvel",), ("rooster",))
    assert likely[0] > max(likely[1], likely[2])


def test_a_text_counts_as_many_times_as_it_is_said_to() -> None:
    often, once = [(["foto"], 10), (["toon"], 10)], [(["foto"], 1), (["toon"], 10), (["video"], 9)]
    likely = Likelihood([often, once, [(["rooster"], 20)]]).of(["foto"], range(3))
    assert likely[0] > likely[1] > likely[2]


def test_what_nobody_says_tells_nothing() -> None:
    assert set(_of("xylofoon", ("foto",), ("video",)).values()) == {0.0}
    assert set(_of("foto", (), ()).values()) == {0.0}

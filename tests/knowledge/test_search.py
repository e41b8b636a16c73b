"""The index by itself, on documents of a few words."""

from __future__ import annotations

from knowledge.search.index import Field, Index


def _index(*documents: tuple[Field, ...], ignored: tuple[str, ...] = ()) -> Index:
    return Index(documents, ignored=ignored)


def _best(index: Index, question: str) -> int:
    return index.ask(question)[0].document


def test_a_phrase_of_words_that_say_nothing_is_found_as_a_whole() -> None:
    index = _index((Field(2.0, "reactie"),), (Field(2.0, "je of u", kind="phrase"),), ignored=("je", "of", "u"))
    assert [hit.document for hit in index.ask("schrijven we je of u")] == [1]
    assert index.ask("je u") == []


def test_small_words_make_a_phrase_with_the_one_that_says_something() -> None:
    index = _index((Field(2.0, "mensen"),), (Field(1.0, "hoeveel mensen", kind="phrase"),), ignored=("hoeveel", "in"))
    assert _best(index, "hoeveel mensen in het team") == 1
    assert _best(index, "mensen in het team") == 0


def test_a_stem_by_chance_does_not_hide_a_typing_error() -> None:
    index = _index((Field(0.25, "traan"), Field(2.0, "webcare")), (Field(2.5, "training"),))
    assert {hit.document for hit in index.ask("traning")} == {0, 1}
    assert _best(index, "traning") == 1


def test_a_keyword_stays_telling_when_others_mention_it() -> None:
    mentions = [(Field(0.1, "archief"), Field(2.0, word)) for word in ("rooster", "toon", "video", "wijk")]
    index = _index((Field(2.5, "archief"),), *mentions)
    everywhere = _index(*[(Field(2.5, "archief"),)] * 5)
    assert index.idf["archief"] > 2 * everywhere.idf["archief"]

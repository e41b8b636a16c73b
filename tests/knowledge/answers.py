"""Sets of answers for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from knowledge.model import Answer

FACETS = (
    "content",
    "experience",
    "context",
    "conversation",
    "collaboration",
    "vision",
    "purpose",
    "processes",
    "resources",
    "people",
)
LEVELS = st.integers(1, 4)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(LEVELS, st.sampled_from(["unknown", "not-applicable"]))


def answer_sets(answers: st.SearchStrategy[Answer] = ANSWERS) -> st.SearchStrategy[dict[str, Answer]]:
    """An answer for every facet."""
    return st.fixed_dictionaries(dict.fromkeys(FACETS, answers))


KNOWN = answer_sets(st.one_of(LEVELS, st.just("not-applicable")))
EVERY = answer_sets()
PARTIAL = st.dictionaries(st.sampled_from(FACETS), ANSWERS)

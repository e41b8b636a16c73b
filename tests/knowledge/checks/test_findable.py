"""Words that point two ways, and questions that do not find their chapter."""

from __future__ import annotations

import pytest

from tests.knowledge.checks.breaking import (
    PROBE,
    TIKTOK,
    Case,
    Content,
    both,
    named,
    only,
    probe,
    put,
    within,
)

CASES = [
    Case(
        "a synonym of two chapters",
        TIKTOK,
        put(r"^synonyms: \[", "Zwartzoéf, "),
        "S01",
        ("Zwartzoéf",),
        '"Zwartzoéf" staat ook bij hoofdstuk "adverteren"',
        also={"chapters/adverteren.yaml": put(r"^synonyms: \[", "zwartzoef, ")},
    ),
    Case(
        "a question that another chapter answers",
        TIKTOK,
        put("^questions:$", "\n  - Hoe stellen wij ons socialmediabeleid vast?"),
        "S02",
        ("ons socialmediabeleid vast?",),
        'Deze voorbeeldvraag vindt eerst "socialmediabeleid"',
    ),
    Case(
        "a question that no chapter answers",
        PROBE,
        probe(only("  - Hoe werkt .*", "  - Is dit er?")),
        "S02",
        ("Is dit er?",),
        'vindt eerst "geen enkel hoofdstuk"',
    ),
    Case(
        "a phrase of two intents",
        "intents.yaml",
        both(within("id: back", put(r"phrases: \[", "zwartzoef, ")), within("id: skip", put(r"phrases: \[", "Zwartzoef!, "))),
        "S03",
        ("Zwartzoef!",),
        '"Zwartzoef!" staat ook bij "back"',
    ),
]


@pytest.mark.parametrize("case", named(CASES))
def test_what_cannot_be_found_is_told(case: Case, content: Content) -> None:
    content.finds(case)

"""The pages of a chapter: forward first, then back, and always a way out."""

from __future__ import annotations

import pytest

from dialogs.events import Pressed, Said
from dialogs.messages import offered
from knowledge.model import Almanac
from tests.dialogs.test_walks import Walk

SCAN = [Said("/start"), Pressed("role:communication"), Pressed("subject:organisation")]
DONE = [*SCAN, *(Said("1") for _ in range(10))]


@pytest.mark.parametrize(
    ("before", "out"), [([], "Alle onderwerpen"), (SCAN, "Verder met de scan"), (DONE, "Naar uw uitkomst")], ids=len
)
def test_every_page_leads_forward_back_and_out(almanac: Almanac, before: list[Said | Pressed], out: str) -> None:
    walk = Walk(almanac)
    for event in before:
        walk.take(event)
    labels = [_labels(walk, page) for page in (1, 2, 3)]
    assert labels[0] == ["Lees verder", out]
    assert labels[1] == ["Lees verder", "Vorige pagina", out]
    assert labels[2][-2:] == ["Vorige pagina", out]


def _labels(walk: Walk, page: int) -> list[str]:
    return [button.label for button in offered(walk.take(Pressed(f"read:webcare-organiseren:{page}")).messages)]

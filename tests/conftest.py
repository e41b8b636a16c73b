"""What all tests share: the almanac of the real content, opened once."""

from __future__ import annotations

import pytest

from knowledge.model import Almanac
from knowledge.opening import open_almanac


@pytest.fixture(scope="session")
def almanac() -> Almanac:
    return open_almanac()

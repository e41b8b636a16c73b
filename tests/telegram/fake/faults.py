"""Trouble that a test may ask for."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from typing import Any

from tests.telegram.fake.reading import METHODS
from tests.telegram.fake.refusals import Refused

STORMS = {429: "Too Many Requests: retry after 1", 500: "Internal Server Error", 502: "Bad Gateway"}


class Faults:
    """Calls that fail, wait or lose their answer: the next ones, or by chance."""

    def __init__(self) -> None:
        self.failed: list[str] = []  # the methods of the calls that were made to fail
        self._faults: dict[tuple[str, str], deque[Any]] = defaultdict(deque)
        self._storms: dict[str, tuple[random.Random, float, tuple[int, ...]]] = {}

    def fail(self, method: str, status: int, description: str, *, retry_after: int | None = None, times: int = 1) -> None:
        """The next calls of the method are not done but answered with this error."""
        error = Refused(status, description, problem=False, retry_after=retry_after)
        self._faults["fail", METHODS[method].__api_method__].extend([error] * times)

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """The next calls of the method wait so long before they are done."""
        self._faults["delay", METHODS[method].__api_method__].extend([seconds] * times)

    def drop(self, method: str, times: int = 1) -> None:
        """The next calls of the method are done, but their answer is lost."""
        self._faults["drop", METHODS[method].__api_method__].extend([True] * times)

    def storm(self, method: str, chance: float, seed: int = 0, *statuses: int) -> None:
        """From now on this share of the calls is not done but fails with one of the statuses (429, 500); 0 ends it."""
        drawn = random.Random(seed), chance, statuses or (429, 500)
        assert set(drawn[2]) <= STORMS.keys(), f"a storm brings only {list(STORMS)}"
        self._storms[METHODS[method].__api_method__] = drawn

    def _fault(self, kind: str, method: str) -> Any:
        return self._faults[kind, method].popleft() if self._faults[kind, method] else None

    def _failure(self, method: str) -> Refused | None:
        """How this call fails, if it does."""
        error: Refused | None = self._fault("fail", method)
        drawn, chance, statuses = self._storms.get(method, (random, 0.0, ()))
        if not error and chance and drawn.random() < chance:
            status = drawn.choice(statuses)
            error = Refused(status, STORMS[status], problem=False, retry_after=1 if status == 429 else None)
        self.failed += [method] if error else []
        return error

"""How much one person may send: enough for the quickest reader, too little to keep others waiting."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Literal

from bot.events import Incoming
from dialogs.events import Pressed, Said, Sent


class Pace:
    """At most so many events a minute of the clock from one person."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def judge(self, event: Incoming) -> Literal["fine", "warn", "ignore"]:
        """Whether an event is to be answered; the first that is not is to be met with a warning."""
        if not isinstance(event.event, Said | Pressed | Sent):
            return "fine"
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute, self._counts = minute, Counter()
        person = f"{event.conversation}/{event.by.id if event.by else ''}"
        self._counts[person] += 1
        over = self._counts[person] - self._per_minute
        return "fine" if over <= 0 else "warn" if over == 1 else "ignore"

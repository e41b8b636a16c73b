"""What a report is made of: the placement and the advice, about whom, for whom and of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.report.characters import shortened, visible
from dialogs.texts import count, day, label
from knowledge.advice import Advice, advise
from knowledge.model import Almanac, Answer
from knowledge.placement import Placement, place

LONGEST_NAME = 80


@dataclass(frozen=True)
class Outcome:
    """`subject` is `organisation` or `department`; `name` is what people call it, when they said so."""

    almanac: Almanac
    placement: Placement
    advice: Advice
    day: date
    subject: str = "organisation"
    name: str = ""
    role: str | None = None

    @property
    def called(self) -> str:
        """The name of the subject, or `uw organisatie`."""
        return shortened(visible(self.name), LONGEST_NAME) or label(f"report.{self.subject}")

    @property
    def date(self) -> str:
        """`24 november 2026`."""
        return f"{day(self.day)} {self.day.year}"

    def phase(self) -> str:
        """`fase 2 van 4 (experimenteert)`, with the second phase when two are possible, or the range when more are."""
        low, high = self.almanac.phase(self.placement.lowest), self.almanac.phase(self.placement.highest)
        possible = high.number - low.number + 1
        key = "report.phase" if possible == 1 else "report.phases" if possible == 2 else "report.range"
        return label(key, number=low.number, verb=low.verb, other=high.number, other_verb=high.verb)

    def unsure(self) -> str:
        """`2 vragen`: how many questions were answered with "weet ik niet" or not at all."""
        return count(len(self.placement.assumed), "vraag", "vragen")


def outcome_of(
    almanac: Almanac,
    answers: dict[str, Answer],
    day: date,
    *,
    ambition: int | None = None,
    subject: str = "organisation",
    name: str = "",
    role: str | None = None,
) -> Outcome:
    """The outcome for answers by facet id; a facet that is missing counts as not asked."""
    placement = place(almanac, answers)
    return Outcome(almanac, placement, advise(almanac, placement, ambition, role), day, subject, name, role)

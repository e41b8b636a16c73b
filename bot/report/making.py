"""What the channels ask for: the picture and the document of an outcome, made beside the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.report import rendering
from bot.report.advice_report import report_of
from bot.report.outcome import Outcome
from bot.report.profile import profile_of, profile_svg

# One thread, so one at a time, on any event loop and also when someone no longer waits for the result. More would
# take memory and gain nothing: several at once are no faster than one after another.
_ONE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="report")


def picture_now(outcome: Outcome) -> bytes:
    """The profile as PNG."""
    return rendering.png(profile_svg(profile_of(outcome)))


def document_now(outcome: Outcome) -> bytes:
    """The report as PDF."""
    return rendering.pdf(report_of(outcome))


async def picture(outcome: Outcome) -> bytes:
    """The profile as PNG, without holding up the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_ONE, picture_now, outcome)


async def document(outcome: Outcome) -> bytes:
    """The report as PDF, without holding up the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_ONE, document_now, outcome)

"""The files that come with messages, made when they are shown."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from dialogs.conversation import where
from dialogs.messages import Attachment
from knowledge.model import Almanac

if TYPE_CHECKING:
    from bot.report.outcome import Outcome

Draw = Callable[[Attachment], Awaitable[bytes | None]]
"""Makes the file of an attachment; None when that fails, so that the text can go without it."""

log = logging.getLogger(__name__)


def drawer(almanac: Almanac) -> Draw:
    """What makes files with the steps, chapters and words of this almanac."""

    async def draw(attachment: Attachment) -> bytes | None:
        try:
            return await _made(almanac, attachment)
        except Exception as error:
            log.error("a file could not be made: %s", where(error))
            return None

    return draw


async def _made(almanac: Almanac, attachment: Attachment) -> bytes:
    if attachment.kind == "data":
        return attachment.content.encode()
    # Imported when it is needed: the compiler of documents takes a while, and most conversations do without.
    from bot.report.making import document, picture

    make = picture if attachment.kind == "picture" else document
    return await make(_outcome(almanac, attachment))


def _outcome(almanac: Almanac, attachment: Attachment) -> Outcome:
    from bot.report.outcome import outcome_of

    given = json.loads(attachment.content)
    return outcome_of(
        almanac,
        given["answers"],
        datetime.fromisoformat(given["at"]).date(),
        ambition=given["ambition"],
        subject=given["subject"],
        name=given["name"] or "",
        role=given["role"],
    )

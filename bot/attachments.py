"""The files that come with messages, made when they are shown."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from dialogs.messages import Attachment

Draw = Callable[[Attachment], Awaitable[bytes | None]]
"""Makes the file of an attachment; None when that fails, so that the text can go without it."""

log = logging.getLogger(__name__)


async def draw(attachment: Attachment) -> bytes | None:
    return attachment.content.encode()

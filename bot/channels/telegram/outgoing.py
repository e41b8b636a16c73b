"""From our messages to what Telegram accepts: HTML, a keyboard, and no text over its limit."""

from __future__ import annotations

import html
from collections.abc import Iterator

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit

from bot.markup import Line, lines
from dialogs.messages import Button, Message, offered

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
LONGEST_LABEL = 60


def parts(message: Message, first_number: int = 1) -> list[str]:
    """The HTML of a message, with its explained buttons as a numbered list, in as many parts as the limit asks."""
    rendered = [("\n" if line.gap else "") + _html(line) for line in lines(message.text)]
    rendered += [
        f"\n<b>{number}. {html.escape(button.label, quote=False)}</b>: {html.escape(button.detail, quote=False)}"
        for number, button in _explained(message, first_number)
    ]
    return list(_split(rendered))


def _explained(message: Message, first_number: int) -> Iterator[tuple[int, Button]]:
    for number, button in enumerate(offered([message]), first_number):
        if button.detail:
            yield number, button


def keyboard(message: Message, first_number: int = 1) -> InlineKeyboardMarkup | None:
    """The buttons; those that are explained in the text carry their number."""
    if not message.buttons:
        return None
    numbers = {id(button): number for number, button in _explained(message, first_number)}
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(_label(button, numbers.get(id(button))), callback_data=button.action) for button in row]
            for row in message.buttons
        ]
    )


def _label(button: Button, number: int | None) -> str:
    text = f"{number}. {button.label}" if number else button.label
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def _html(line: Line) -> str:
    pieces = []
    for piece in line.pieces:
        text = html.escape(piece.text, quote=False)
        text = f"<b>{text}</b>" if piece.strong else text
        pieces.append(f"<i>{text}</i>" if piece.emphasis else text)
    return f"{line.marker} {''.join(pieces)}" if line.marker else "".join(pieces)


def _split(rendered: list[str]) -> Iterator[str]:
    """Lines together as long as they fit; a line is never cut, as none of ours comes near the limit."""
    part: list[str] = []
    for line in rendered:
        if part and _length("\n".join([*part, line])) > LONGEST:
            yield "\n".join(part)
            part = []
        part.append(line)
    yield "\n".join(part)


def _length(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units; with the tags, so a little on the safe side."""
    return len(text.encode("utf-16-le")) // 2

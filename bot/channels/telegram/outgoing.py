"""From our messages to what Telegram accepts: HTML, a keyboard, and no text over its limit."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat
from telegram.constants import MessageLimit

from bot.markup import Line, lines
from dialogs.messages import Button, Message, PassOn, offered
from dialogs.texts import label

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
LONGEST_CAPTION = int(MessageLimit.CAPTION_LENGTH)
LONGEST_LABEL = 60
LONGEST_COPY = 256


def parts(message: Message, first_number: int = 1) -> list[str]:
    """The HTML of a message, with its explained buttons as a numbered list, in as many parts as the limit asks."""
    rendered = html_of(message.text).split("\n")
    rendered += [
        f"\n<b>{number}. {html.escape(button.label, quote=False)}</b>: {html.escape(button.detail, quote=False)}"
        for number, button in _explained(message, first_number)
    ]
    return list(_split(rendered))


def html_of(text: str) -> str:
    """Markdown as Telegram's HTML."""
    return "\n".join(("\n" if line.gap else "") + _html(line) for line in lines(text))


def _explained(message: Message, first_number: int) -> Iterator[tuple[int, Button]]:
    for number, button in enumerate(offered([message]), first_number):
        if button.detail:
            yield number, button


def keyboard(message: Message, link: Callable[[str], str], first_number: int = 1) -> InlineKeyboardMarkup | None:
    """The buttons; those that are explained in the text carry their number. `link` makes a link of a payload.

    A button that passes something on opens the list of chats; another, to copy the link, comes below the rest.
    """
    if not message.buttons:
        return None
    numbers = {id(button): number for number, button in _explained(message, first_number)}
    rows = [[_button(button, numbers.get(id(button))) for button in row] for row in message.buttons]
    copies = [[_copy(button.pass_on, link)] for row in message.buttons for button in row if button.pass_on]
    return InlineKeyboardMarkup([*rows, *copies])


def _button(button: Button, number: int | None) -> InlineKeyboardButton:
    if not button.pass_on:
        return InlineKeyboardButton(_label(button, number), callback_data=button.action)
    chosen = SwitchInlineQueryChosenChat(button.pass_on.payload, allow_user_chats=True, allow_group_chats=True)
    return InlineKeyboardButton(_label(button, number), switch_inline_query_chosen_chat=chosen)


def _copy(passed: PassOn, link: Callable[[str], str]) -> InlineKeyboardButton:
    address = link(passed.payload)
    text = f"{passed.text}\n{address}"
    return InlineKeyboardButton(label("button.copy"), copy_text=CopyTextButton(text if len(text) <= LONGEST_COPY else address))


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

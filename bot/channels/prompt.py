"""The prompt of the chat in a terminal: the choices above a line to type on.

Arrows mark a choice, everything else goes to the line. Enter sends what was typed, or else the marked choice.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, Dimension, FormattedTextControl, HSplit, Layout, ScrollOffsets, Window
from prompt_toolkit.layout.margins import ConditionalMargin, ScrollbarMargin
from prompt_toolkit.layout.processors import BeforeInput

from bot.channels.console import CLOSE, width
from dialogs.events import Pressed, Said
from dialogs.messages import Button
from dialogs.texts import label

_LEAD = 6
"""How far choices stand from the left: the mark, and a number of two digits."""
_BAR = 2
"""The room for a bar that shows where one is in a long list."""
_QUESTION_ROWS = 8
"""Rows that a long list leaves free, so that the question above it stays in sight."""


class Prompt:
    """One answer from the keyboard."""

    def __init__(self, buttons: Sequence[Button]) -> None:
        self._buttons = buttons
        self._marked = 0
        self._line = Buffer(multiline=False)

    async def answer(self) -> Said | Pressed | None:
        """What was typed or chosen; None when the person closes the chat."""
        application: Application[Said | Pressed | None] = Application(
            Layout(self._layout(), focused_element=self._line), key_bindings=self._keys(), erase_when_done=True
        )
        try:
            return await application.run_async()
        except EOFError:
            return None

    def _layout(self) -> HSplit:
        choices = Window(
            FormattedTextControl(self._choices),
            height=lambda: Dimension(max=_list_rows()),
            dont_extend_height=True,
            scroll_offsets=ScrollOffsets(bottom=3),
            right_margins=[ConditionalMargin(ScrollbarMargin(display_arrows=True), Condition(self._is_long))],
        )
        line = Window(
            BufferControl(self._line, [BeforeInput("> ")]),
            height=Dimension(min=1, max=4),
            wrap_lines=True,
            dont_extend_height=True,
        )
        keys = Window(FormattedTextControl(lambda: "\n".join(_broken(label("plain.keys"), width()))), dont_extend_height=True)
        return HSplit([choices, line, keys] if self._buttons else [line, keys])

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add("up")(lambda event: self._mark(-1))
        keys.add("down")(lambda event: self._mark(1))
        keys.add("enter")(self._send)
        for key in ("c-d", "c-c", "<sigint>"):
            keys.add(key)(lambda event: event.app.exit(result=None))
        return keys

    def _mark(self, by: int) -> None:
        if self._buttons:
            self._marked = (self._marked + by) % len(self._buttons)

    def _send(self, event: KeyPressEvent) -> None:
        text = self._line.text
        if text.strip() == CLOSE:
            event.app.exit(result=None)
        elif text.strip() or not self._buttons:
            event.app.exit(result=Said(text))
        else:
            event.app.exit(result=Pressed(self._buttons[self._marked].action))

    def _choices(self) -> StyleAndTextTuples:
        """The list as it is drawn; while something is typed nothing is marked, since Enter sends that."""
        result: StyleAndTextTuples = []
        for number, button in enumerate(self._buttons):
            marked = number == self._marked
            if marked:
                result.append(("[SetCursorPosition]", ""))
            shown = marked and not self._line.text.strip()
            lines = choice_lines(number + 1, button, width())
            lines[0] = ("❯" if shown else " ") + lines[0][1:]
            result.append(("bold" if shown else "", "\n".join(lines) + "\n" * (number + 1 < len(self._buttons))))
        return result

    def _is_long(self) -> bool:
        return sum(len(choice_lines(0, button, width())) for button in self._buttons) > _list_rows()


def choice_lines(number: int, button: Button, columns: int) -> list[str]:
    """A choice with its number and explanation, broken between words."""
    first, *rest = [line for text in (button.label, button.detail) for line in _broken(text, columns - _LEAD - _BAR)]
    return [f"{number:>4}. {first}", *(" " * _LEAD + line for line in rest)]


def _broken(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, max(columns, 10), break_on_hyphens=False)


def _list_rows() -> int:
    return max(get_app().output.get_size().rows - _QUESTION_ROWS, 5)

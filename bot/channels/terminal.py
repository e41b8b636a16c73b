"""The chat in a terminal: with arrows where that is possible, with numbers in a pipe."""

from __future__ import annotations

import asyncio
import html
import re
import signal
import sys
import textwrap
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.attachments import Draw
from bot.channels.console import CLOSE, width
from bot.desk import Desk
from bot.events import Incoming, Outgoing
from bot.markup import Line, Piece, lines
from dialogs.events import Event, Pressed, Said
from dialogs.messages import Attachment, Button, Markdown, Message, offered, paragraphs
from dialogs.texts import say

CONVERSATION = "terminal:local"


class Terminal:
    """Prints messages, and saves files in `folder`; with `plain` without colours and with a number before every button."""

    name = "terminal"
    links = False
    named = False

    def __init__(self, plain: bool, draw: Draw, folder: Path) -> None:
        self._plain = plain
        self._draw = draw
        self._folder = folder
        self.offer: list[Button] = []

    async def address(self, conversation: str) -> dict[str, Any]:
        return {}

    async def show(self, outgoing: Outgoing) -> None:
        buttons = offered(outgoing.messages)
        numbers = {id(button): number for number, button in enumerate(buttons, 1)}
        for message in outgoing.messages:
            if message.attachment and message.attachment.kind != "picture":
                message = replace(message, text=paragraphs(message.text, await self._save(message.attachment)))
            self._print_message(message, numbers)
        self.offer = buttons

    async def _save(self, attachment: Attachment) -> Markdown:
        """Keep a file in the folder of the data, and say where it is."""
        path = self._folder / attachment.name
        file = await self._draw(attachment)
        if file is None:
            return say("plain.no_file")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file)
        except OSError:
            return say("plain.no_file")
        return say("plain.saved", path=path)

    def _print_message(self, message: Message, numbers: dict[int, int]) -> None:
        if self._plain:
            print("\n".join(("\n" if line.gap else "") + _wrapped(line) for line in lines(message.text)))
            for button in (button for row in message.buttons for button in row):
                print(f"{numbers[id(button)]:>2}. {button.label}")
                if button.detail:
                    print(_wrapped_text("    ", button.detail))
            print(flush=True)
        else:
            from prompt_toolkit import HTML, print_formatted_text

            print_formatted_text(
                HTML("\n".join(("\n" if line.gap else "") + _coloured(line) for line in lines(message.text)) + "\n")
            )


def _wrapped(line: Line) -> str:
    return _wrapped_text(f"{line.marker} " if line.marker else "", line.bare)


def _wrapped_text(lead: str, text: str) -> str:
    return textwrap.fill(lead + text, width(), subsequent_indent=" " * len(lead), break_long_words=False, break_on_hyphens=False)


def _coloured(line: Line) -> str:
    """A line with its styles as markup for the terminal, broken between words."""
    lead = f"{line.marker} " if line.marker else ""
    column, result = len(lead), lead
    for piece in line.pieces:
        for word in re.findall(r"\S+\s*|\s+", piece.text):
            if column + len(word.rstrip()) > width():
                column, result = len(lead), f"{result.rstrip()}\n{' ' * len(lead)}"
            result += _styled(word, piece)
            column += len(word)
    return result


def _styled(word: str, piece: Piece) -> str:
    text = html.escape(word)
    text = f"<b>{text}</b>" if piece.strong else text
    return f"<i>{text}</i>" if piece.emphasis else text


class Chat:
    """One person at the keyboard, until the end of input or `/einde`."""

    def __init__(self, desk: Desk, terminal: Terminal, plain: bool) -> None:
        self._desk = desk
        self._terminal = terminal
        self._plain = plain

    async def run(self) -> None:
        if self._plain:  # waiting for a line cannot be interrupted otherwise, and a kill loses nothing
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        event: Event | None = Said("/start")
        while event is not None:
            await self._desk.receive([_incoming(event)])
            await self._desk.idle()
            event = await (self._read_line() if self._plain else self._choose())

    async def _read_line(self) -> Event | None:
        """A line from a pipe: typed text, or `!` and an action, which presses the button that carries it."""
        print("> ", end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line or line.strip() == CLOSE:
            return None
        text = line.rstrip("\n")
        return Pressed(text[1:]) if text.startswith("!") else Said(text)

    async def _choose(self) -> Event | None:
        """A button chosen with the arrows, or something typed; shown as it would be in a pipe."""
        from prompt_toolkit import print_formatted_text

        from bot.channels.prompt import Prompt

        buttons = self._terminal.offer
        event = await Prompt(buttons).answer()
        if event:
            said = event.text if isinstance(event, Said) else next(b.label for b in buttons if b.action == event.action)
            print_formatted_text(f"{_wrapped_text('> ', said)}\n")
        return event


def _incoming(event: Event) -> Incoming:
    return Incoming(Terminal.name, uuid.uuid4().hex, CONVERSATION, event, datetime.now().astimezone())

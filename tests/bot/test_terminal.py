"""The chat in a real terminal: a pseudo terminal with keys on one side and the program on the other."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.model import Almanac

ROOT = Path(__file__).parents[2]
PATIENCE = 30
UP, DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x03", "\x04"
PROMPT = "Sluiten: Ctrl-D."


class Keyboard:
    """A person in front of a terminal of so many columns and 24 rows."""

    def __init__(self, folder: Path, columns: int, **environment: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        settings = {"DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm"}
        settings |= {"PROMPT_TOOLKIT_NO_CPR": "1", **environment}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot"], stdin=slave, stdout=slave, stderr=slave, env={**os.environ, **settings}
        )
        os.close(slave)
        self.screen = ""

    def keys(self, keys: str) -> None:
        self.screen = ""
        os.write(self._master, keys.encode())

    def sees(self, text: str) -> None:
        """Read until the text is on the screen, and the prompt after it."""
        self.waits(lambda screen: PROMPT in _flat(screen).partition(text)[2])

    def waits(self, seen: Callable[[str], bool]) -> None:
        while not seen(self.screen):
            assert self._read(), f"this is all there is:\n{self.screen}"

    def closed(self) -> None:
        """Read until the program ends, which it does without complaint."""
        while self._read():
            pass
        assert self._process.wait(PATIENCE) == 0
        assert "Traceback" not in self.screen

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], PATIENCE)
        try:
            data = os.read(self._master, 65536) if ready else b""
        except OSError:  # how Linux says that the other side is closed
            data = b""
        self.screen += data.decode(errors="replace")
        return bool(data)


def _lines(screen: str) -> list[str]:
    """What was drawn on each line, without colours."""
    return [_drawn(line) for line in screen.split("\n")]


def _drawn(line: str) -> str:
    """A line with the steps of the cursor to left and right followed."""
    column, cells = 0, dict[int, str]()
    for code, number, step, character in re.findall(r"(\x1b\[[?;]?(\d*)[;\d]*([A-Za-z]))|([^\x1b])", line):
        if code:
            column = max(0, column + int(number or 1) * {"C": 1, "D": -1}.get(step, 0))
        elif character == "\r":
            column = 0
        else:
            cells[column] = character
            column += 1
    return "".join(cells.get(place, " ") for place in range(max(cells, default=-1) + 1))


def _flat(screen: str) -> str:
    """The same on one line, without the mark and the bar."""
    return " ".join(" ".join(re.sub(r"\s[\^v]$", "", line.rstrip()) for line in _lines(screen)).replace("❯", " ").split())


Open = Callable[..., Keyboard]


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Open]:
    opened: list[Keyboard] = []

    def start(columns: int = 80, **environment: str) -> Keyboard:
        opened.append(Keyboard(tmp_path, columns, **environment))
        return opened[-1]

    yield start
    for keyboard in opened:
        keyboard.end()


def test_what_is_typed_is_never_a_shortcut(at: Open) -> None:
    person = at()
    person.sees("Wat is uw rol?")
    person.keys("wat is dit" + ENTER)
    person.sees("Ik ben een programma")
    person.keys("wethouder" + ENTER)
    person.sees("Genoteerd: Bestuurder.")


def test_a_number_may_have_two_digits(at: Open, almanac: Almanac) -> None:
    person = at()
    person.sees("Wat is uw rol?")
    person.keys("11" + ENTER)
    person.sees(f"Genoteerd: {list(almanac.roles.values())[10].name}.")


def test_arrows_mark_a_choice_and_go_round(at: Open) -> None:
    person = at()
    person.sees("Wat is uw rol?")
    person.keys(UP + ENTER)
    person.sees("> Liever niet zeggen")
    person.keys(UP + DOWN + DOWN + ENTER)
    person.sees("> Eén afdeling")
    person.sees("Genoteerd: Eén afdeling.")


def test_typed_text_goes_before_the_marked_choice(at: Open) -> None:
    person = at()
    person.sees("Wat is uw rol?")
    person.keys("2" + DOWN + DOWN + ENTER)
    person.sees("> 2")


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C, "/einde" + ENTER, "half getypt" + CTRL_D])
def test_the_chat_can_be_closed(at: Open, keys: str) -> None:
    person = at()
    person.sees("Wat is uw rol?")
    person.keys(keys)
    person.closed()


def test_a_narrow_terminal_breaks_between_words(at: Open, almanac: Almanac) -> None:
    person = at(columns=50)
    person.sees("Wat is uw rol?")
    person.keys("2" + ENTER)
    person.sees("Waarover gaat de scan?")
    person.keys(ENTER)
    person.sees("Vraag 1 van 10")
    assert max(len(line.rstrip()) for line in _lines(person.screen)) <= 50
    first = next(iter(almanac.questions.values()))
    for option in first.options:
        assert option.text in _flat(person.screen)


def test_no_color_draws_without_colour(at: Open) -> None:
    person = at(NO_COLOR="1")
    person.sees("Wat is uw rol?")
    assert not re.search(r"\x1b\[[\d;]*\b(3[0-8]|4[0-8]|9[0-7])(;\d+)*m", person.screen)


def test_a_dumb_terminal_gets_plain_lines(at: Open) -> None:
    person = at(TERM="dumb")
    person.waits(lambda screen: "\n> " in screen)
    assert " 1. " in person.screen
    assert "\x1b" not in person.screen

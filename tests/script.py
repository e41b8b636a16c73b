"""Conversations as text files: who says or presses what, and what must come.

# a remark; `# not in: terminal (why)` leaves a channel out
> text          is typed
[label]         presses the button with this label that was shown last
[[action]]      presses an old or made-up button, by what it carries
! sticker       sends something that is no text
~ restart       the process ends and starts again
~ again         the last event is delivered once more
< text          must be in the answer to the last event
- text          must not be in it
= label         this button must be in it
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

FOLDER = Path(__file__).parent / "conversations"


@dataclass
class Seen:
    """What one event brought: the texts, and the labels of the buttons."""

    text: str = ""
    labels: list[str] = field(default_factory=list)


class Person(Protocol):
    """Someone at the other end of a channel. Each method gives what was shown in answer."""

    async def say(self, text: str) -> Seen: ...
    async def press(self, label: str) -> Seen: ...
    async def press_action(self, action: str) -> Seen: ...
    async def send(self, kind: str) -> Seen: ...
    async def again(self) -> Seen: ...
    async def restart(self) -> Seen: ...


def scripts(channel: str) -> list[Path]:
    """The conversations that a channel plays: all but those that say why not."""
    return [path for path in sorted(FOLDER.glob("*.txt")) if f"# not in: {channel}" not in path.read_text(encoding="utf-8")]


async def play(path: Path, person: Person) -> None:
    """Play a conversation; a line that does not come true raises AssertionError with its number."""
    seen = Seen()
    for number, line in enumerate(_lines(path), 1):
        mark, _, rest = line.partition(" ")
        where = f"{path.name}:{number} {line}\n--- shown:\n{seen.text}\n--- buttons: {seen.labels}"
        if mark == "<":
            assert _plain(rest) in _plain(seen.text), where
        elif mark == "-":
            assert _plain(rest) not in _plain(seen.text), where
        elif mark == "=":
            assert rest in seen.labels, where
        elif line and mark != "#":
            try:
                seen = await _do(line, person)
            except AssertionError as error:
                raise AssertionError(f"{where}\n{error}") from error


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


async def _do(line: str, person: Person) -> Seen:
    if line.startswith("[["):
        return await person.press_action(line[2:-2])
    if line.startswith("["):
        return await person.press(line[1:-1])
    mark, _, rest = line.partition(" ")
    match mark, rest:
        case ">", _:
            return await person.say(rest)
        case "!", _:
            return await person.send(rest)
        case "~", "again":
            return await person.again()
        case "~", "restart":
            return await person.restart()
    raise ValueError(f"this line means nothing: {line}")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

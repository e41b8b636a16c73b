"""What any channel can show: a text in a small Markdown subset, with buttons under it.

The subset is **strong**, *emphasis*, paragraphs, line breaks and lists. Whatever comes from people or from the
content passes through `say` (texts.py) or `plain`, which escape it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dialogs.events import Fact


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def plain(text: str) -> Markdown:
    """Text from a person or from the content, on one line, with everything escaped that Markdown would take for its own."""
    if isinstance(text, Markdown):
        return text
    line = " ".join(text.split())
    line = re.sub(r"([\\*_`\[\]<>])", r"\\\1", line)
    return Markdown(re.sub(r"^(\d+)([.)])|^([-+#])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line))


def bullets(items: Iterable[str]) -> Markdown:
    return Markdown("\n".join(f"- {plain(item)}" for item in items))


def numbers(items: Iterable[str]) -> Markdown:
    return Markdown("\n".join(f"{index}. {plain(item)}" for index, item in enumerate(items, 1)))


def paragraphs(*parts: str) -> Markdown:
    """Markdown parts with an empty line between them; empty parts are left out."""
    return Markdown("\n\n".join(part for part in parts if part))


@dataclass(frozen=True)
class PassOn:
    """Something that can be passed on: `payload` is what a link to it carries, `text` introduces that link."""

    payload: str
    text: str


@dataclass(frozen=True)
class Button:
    """`action` says what pressing means, wherever the button stands; `detail` explains a label that is too short.

    A channel that has a way of its own to pass things on uses `pass_on` instead of the action.
    """

    label: str
    action: str
    detail: str = ""
    pass_on: PassOn | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Attachment:
    """A file that comes with a message. `content` is JSON: the data themselves, or the answers that are to be drawn."""

    kind: Literal["picture", "report", "data"]
    name: str
    content: str


@dataclass(frozen=True)
class Bar:
    """A facet: its level, or in `words` why it has none, and the level that the steps lead to."""

    name: str
    level: int | None
    words: str
    goal: int | None


@dataclass(frozen=True)
class Group:
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Drawn:
    """The levels as bars, with the text above and, when there is one, below them."""

    above: Markdown
    groups: tuple[Group, ...]
    below: Markdown


@dataclass(frozen=True)
class Message:
    """`in_place`: may take the place of the message whose button was pressed. `drawn`: what a channel that can draw bars
    in a message shows instead of the text and the picture."""

    text: Markdown
    buttons: Rows = ()
    in_place: bool = False
    attachment: Attachment | None = None
    drawn: Drawn | None = None

    def after(self, said: Markdown) -> Message:
        """The same message, with something said before it."""
        drawn = self.drawn and replace(self.drawn, above=paragraphs(said, self.drawn.above))
        return replace(self, text=paragraphs(said, self.text), drawn=drawn)


@dataclass(frozen=True)
class Reply:
    """What an event gives: facts to set (None: to drop), messages to show (none: nobody is there to see them), whether all
    is to be forgotten, the question that could not be answered, without anything personal, and the conversation that
    goes on in this one."""

    messages: tuple[Message, ...]
    facts: dict[str, Fact | None]
    forget: bool = False
    gap: str = ""
    takes_over: str = ""


def offered(messages: Sequence[Message]) -> list[Button]:
    """The buttons that can be chosen by number: those of the last message first, then those above it."""
    return [button for message in reversed(messages) for row in message.buttons for button in row]


def dump_offer(messages: Sequence[Message]) -> str:
    return json.dumps([[button.label, button.action] for button in offered(messages)], ensure_ascii=False)


def load_offer(text: str) -> list[Button]:
    return [Button(label, action) for label, action in json.loads(text)]


def rows(buttons: Iterable[Button], width: int = 1) -> Rows:
    """Buttons in rows of so many."""
    listed = list(buttons)
    return tuple(tuple(listed[i : i + width]) for i in range(0, len(listed), width))

"""From our messages to Adaptive Cards. Texts are runs, which Teams shows as they are: nothing in them can become a link."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.channels.teams.sharing import Links, said
from bot.markup import Line, lines, plain_text
from dialogs.messages import Bar, Button, Drawn, Group, Message, offered
from dialogs.texts import label

Card = dict[str, Any]
Element = dict[str, Any]

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
VERB = "press"
LONGEST_TITLE = 60
LONGEST_TEXTS = 14_000
LONGEST_SUMMARY = 120
LEVELS_WIDTH = "135px"


def cards(message: Message, links: Links, first_number: int = 1, link: Element | None = None) -> list[Card]:
    """The cards of a message: one, or more when its texts are long. `link` is a button that opens something."""
    explained = [line for number, button in _explained(message, first_number) for line in _explanation(number, button)]
    said = _drawn(message.drawn) if message.drawn else texts(message.text)
    parts = list(_split([*said, *explained]))
    buttons = ([_actions([link])] if link else []) + _buttons(message, links, first_number)
    return [card(part) for part in parts[:-1]] + [card(parts[-1] + buttons)]


def card(body: Iterable[Element]) -> Card:
    """A card with these elements."""
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "lang": "nl",
        "msteams": {"width": "Full"},
        "body": list(body),
    }


def attachment(shown: Card) -> dict[str, Any]:
    return {"contentType": CONTENT_TYPE, "content": shown}


def summary(message: Message) -> str:
    """What a notification shows."""
    first = next((line for line in plain_text(message.text).splitlines() if line.strip()), "")
    return shortened(first, LONGEST_SUMMARY)


def texts(text: str) -> list[Element]:
    """The elements of a Markdown text, one a line."""
    return [_text(line) for line in lines(text) if line.text.strip()]


def open_url(title: str, url: str) -> Element:
    """A button that opens an address."""
    return {"type": "Action.OpenUrl", "title": _title(title), "url": url}


def _drawn(drawn: Drawn) -> list[Element]:
    """The levels between their texts, as rows that are read from left to right."""
    rows = [row for group in drawn.groups for row in _group(group)]
    below = [{"type": "Container", "spacing": "Medium", "items": texts(drawn.below)}] if drawn.below else []
    return [*texts(drawn.above), *rows, *below]


def _group(group: Group) -> Iterator[Element]:
    yield {"type": "RichTextBlock", "spacing": "Medium", "inlines": [_run(group.name, strong=True)]}
    for bar in group.bars:
        columns = [_column([_run(bar.name)], "stretch"), _column(_bar(bar), "auto"), _column([_run(_level(bar))], LEVELS_WIDTH)]
        yield {"type": "ColumnSet", "spacing": "Small", "columns": columns}


def _bar(bar: Bar) -> list[Element]:
    """A square for each level. What they show is said in words beside them."""
    return [_run("■" * (bar.level or 0)) | {"color": "Accent"}, _run("□" * (4 - (bar.level or 0)))]


def _level(bar: Bar) -> str:
    return f"{bar.words}, {label('picture.goal', level=bar.goal)}" if bar.goal else bar.words


def _column(runs: list[Element], width: str) -> Element:
    shown = {"type": "RichTextBlock", "inlines": [run for run in runs if run["text"]]}
    return {"type": "Column", "width": width, "verticalContentAlignment": "Center", "items": [shown]}


def _text(line: Line) -> Element:
    marker = [_run(f"{line.marker} ")] if line.marker else []
    runs = [_run(piece.text, piece.strong, piece.emphasis) for piece in line.pieces if piece.text]
    return {"type": "RichTextBlock", "spacing": "Medium" if line.gap else "Small", "inlines": [*marker, *runs]}


def _run(text: str, strong: bool = False, emphasis: bool = False) -> Element:
    run: Element = {"type": "TextRun", "text": text}
    if strong:
        run["weight"] = "Bolder"
    if emphasis:
        run["italic"] = True
    return run


def _explained(message: Message, first_number: int) -> Iterator[tuple[int, Button]]:
    for number, button in enumerate(offered([message]), first_number):
        if button.detail:
            yield number, button


def _explanation(number: int, button: Button) -> list[Element]:
    runs = [_run(f"{number}. {button.label}", strong=True), _run(f": {button.detail}")]
    return [{"type": "RichTextBlock", "spacing": "Medium", "inlines": runs}]


def _buttons(message: Message, links: Links, first_number: int) -> list[Element]:
    """A set of actions for each row, and behind a button that passes something on the text that it uncovers."""
    numbers = {id(button): number for number, button in _explained(message, first_number)}
    mark = secrets.token_urlsafe(9)
    elements: list[Element] = []
    for row in message.buttons:
        names = {id(button): f"pass-on-{len(elements)}-{place}" for place, button in enumerate(row) if button.pass_on}
        actions = [_toggle(button, name) if (name := names.get(id(button))) else _press(button, mark, numbers) for button in row]
        elements += [_actions(actions), *(_passed_on(button, names[id(button)], links) for button in row if button.pass_on)]
    return elements


def _actions(actions: list[Element]) -> Element:
    return {"type": "ActionSet", "spacing": "Small", "actions": actions}


def _press(button: Button, mark: str, numbers: dict[int, int]) -> Element:
    """A button that tells us its action, also where only the older way to do so is known. `card` tells presses apart."""
    number = numbers.get(id(button))
    title = _title(f"{number}. {button.label}" if number else button.label)
    data = {"action": button.action, "card": mark}
    older = {"type": "Action.Submit", "title": title, "data": data}
    return {"type": "Action.Execute", "title": title, "verb": VERB, "data": data, "fallback": older}


def _toggle(button: Button, name: str) -> Element:
    return {"type": "Action.ToggleVisibility", "title": _title(button.label), "targetElements": [name]}


def _passed_on(button: Button, name: str, links: Links) -> Element:
    """The text with the link, hidden until it is asked for, to copy from."""
    assert button.pass_on is not None
    payload = button.pass_on.payload
    typed = label("teams.typed", text=said(payload))
    address = [page] if (page := links.page(payload)) else [links.chat(payload), typed]
    shown = [label("teams.copy"), button.pass_on.text, *address]
    runs = [{"type": "RichTextBlock", "spacing": "Small", "inlines": [_run(text)]} for text in shown]
    return {"type": "Container", "id": name, "isVisible": False, "style": "emphasis", "items": runs}


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, cut at a word."""
    if len(text) <= longest:
        return text
    words = text[:longest].rpartition(" ")[0].rstrip(",;:.")
    return f"{words or text[: longest - 1]}…"


def _title(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def _split(
    elements: list[Element], length: Callable[[Element], int] = lambda element: len(json.dumps(element))
) -> Iterator[list[Element]]:
    """Elements together as long as they fit in one card."""
    part: list[Element] = []
    total = 0
    for element in elements:
        if part and total + length(element) > LONGEST_TEXTS:
            yield part
            part, total = [], 0
        part.append(element)
        total += length(element)
    yield part

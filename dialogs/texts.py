"""Every sentence that is not in the content, read from texts.yaml."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from dialogs.messages import Markdown, plain
from knowledge.findings import ContentError
from knowledge.nodes import read_document

FILE = Path(__file__).with_name("texts.yaml")
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@cache
def texts() -> dict[str, str]:
    """All sentences by `topic.name`. Raises ContentError with file and line when the file cannot be used."""
    document = read_document(FILE.name, FILE.read_text(encoding="utf-8"))
    if document.findings:
        raise ContentError(document.findings)
    return {f"{topic}.{name}": text.strip() for topic, group in document.value.items() for name, text in group.items()}


def say(key: str, **values: object) -> Markdown:
    """The sentence with its values filled in; values that are no Markdown are escaped."""
    return Markdown(
        texts()[key].format(
            **{name: plain(str(value)) if not isinstance(value, Markdown) else value for name, value in values.items()}
        )
    )


def label(key: str, **values: object) -> str:
    """A sentence for a button, where nothing is Markdown."""
    return texts()[key].format(**values)


def count(number: int, one: str, more: str) -> str:
    """`1 vraag`, `3 vragen`."""
    return f"{number} {one if number == 1 else more}"


def listing(items: list[str]) -> str:
    """`a`, `a en b`, `a, b en c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} en {items[-1]}" if items else ""


def capital(text: str) -> str:
    """The same, as the begin of a sentence."""
    return text[:1].upper() + text[1:]


def day(moment: date) -> str:
    """`12 maart`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]}"

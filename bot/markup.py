"""The Markdown subset of messages, parsed once into lines of styled pieces that a channel renders its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("zero", {"breaks": True}).enable(["emphasis", "escape", "list", "newline"])


@dataclass(frozen=True)
class Piece:
    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class Line:
    """One line; `marker` is what a list puts before it (`•` or `2.`), `gap` says that an empty line comes before."""

    pieces: tuple[Piece, ...]
    marker: str = ""
    gap: bool = False

    @property
    def text(self) -> str:
        return f"{self.marker} {self.bare}" if self.marker else self.bare

    @property
    def bare(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@lru_cache(maxsize=1024)
def lines(text: str) -> tuple[Line, ...]:
    """The lines of a Markdown text."""
    return tuple(_lines(_parser.parse(text)))


def _lines(tokens: list[Token]) -> Iterator[Line]:
    marker, gap, first = "", False, True
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if token.info else "•"
        elif token.type in ("paragraph_open", "bullet_list_open", "ordered_list_open"):
            gap = not first and token.level == 0
        elif token.type == "inline":
            for pieces in _broken(token.children or []):
                yield Line(tuple(pieces), marker, gap and not first)
                marker, gap, first = "", False, False


def _broken(tokens: list[Token]) -> Iterator[list[Piece]]:
    """The pieces of a paragraph, a list for each line."""
    pieces: list[Piece] = []
    strong = emphasis = 0
    for token in tokens:
        strong += (token.type == "strong_open") - (token.type == "strong_close")
        emphasis += (token.type == "em_open") - (token.type == "em_close")
        if token.type in ("softbreak", "hardbreak"):
            yield pieces
            pieces = []
        elif token.content:
            pieces.append(Piece(token.content, strong > 0, emphasis > 0))
    yield pieces


def html(text: str) -> str:
    """A Markdown text as HTML; whatever is no Markdown of ours is escaped."""
    return str(_parser.render(text))


def plain_text(text: str) -> str:
    """A Markdown text without its marks, for logs, pipes and tests."""
    return "\n".join(("\n" if line.gap else "") + line.text for line in lines(text))

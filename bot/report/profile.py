"""The profile as a picture: ten bars of four levels in two groups, as one SVG for web, chat and PDF, and as words.

Bars and no radar: names stay readable on a phone, levels can be read off, and no shape suggests what it does not mean.
Nothing is told by colour alone: each level has its number, and "nu" and "doel" stand in their cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bot.report.characters import shortened, visible
from bot.report.outcome import Outcome
from dialogs import levels
from dialogs.messages import Bar, Group
from dialogs.texts import capital, label

WIDTH = 600
_EDGE, _CELLS, _CELL, _GAP = 24, 284, 70, 4
_HEIGHT, _PITCH = 36, 48
_ROOM = 37  # letters of the title on a line
_INK, _SOFT, _LINE = "#16202b", "#46535f", "#5b6b7a"
NOW, GOAL = "#0b5cad", "#c2410c"
_FONT = "'Source Sans Pro', 'Source Sans 3', Arial, sans-serif"


@dataclass(frozen=True)
class Profile:
    """`title` names the subject, `phase` its phase."""

    title: str
    phase: str
    groups: tuple[Group, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for group in self.groups for bar in group.bars)


def profile_of(outcome: Outcome) -> Profile:
    """The profile of an outcome."""
    groups = levels.groups(outcome.almanac, outcome.placement, outcome.advice)
    return Profile(label("picture.title", subject=outcome.called), capital(outcome.phase()), groups)


# --- As words


def alt_text(profile: Profile) -> str:
    """The whole picture in words: every facet with its level or why it has none, and its goal."""
    groups = [f"{group.name}: {'; '.join(_spoken(bar) for bar in group.bars)}." for group in profile.groups]
    return visible(" ".join((f"{profile.title}.", f"{profile.phase}.", *groups)))


def _spoken(bar: Bar) -> str:
    key = "picture.spoken_goal" if bar.goal else "picture.spoken"
    return label(key, name=bar.name, words=bar.words, goal=bar.goal)


# --- As a picture


def profile_svg(profile: Profile) -> str:
    """One SVG, 600 wide, on a white panel of its own. The texts stay texts; what they hold is escaped."""
    lines = _title(profile.title)
    body = [_text(_EDGE, 46 + 30 * number, line, 26, bold=True) for number, line in enumerate(lines)]
    top = 46 + 30 * len(lines)
    body.append(_text(_EDGE, top, profile.phase, 19))
    top += 20
    for group in profile.groups:
        body.append(_text(_EDGE, top + 30, group.name, 20, bold=True))
        top += 44
        for bar in group.bars:
            body += _row(bar, top)
            top += _PITCH
        top += 8
    body += _legend(profile, top + 8)
    return _panel(profile, top + 56, body)


def _panel(profile: Profile, height: int, body: list[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="profiel" role="img" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" font-family="{_FONT}">'
    )
    words = f"<title>{_escaped(profile.title)}</title><desc>{_escaped(alt_text(profile))}</desc>"
    panel = (
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{height - 2}" rx="10" fill="#ffffff" stroke="{_LINE}" stroke-width="2"/>'
    )
    return "\n".join((head, words, panel, *body, "</svg>"))


def _row(bar: Bar, top: int) -> Iterator[str]:
    if bar.level:
        yield _text(_EDGE, top + 24, bar.name, 18)
    else:
        yield _text(_EDGE, top + 13, bar.name, 18)
        yield _text(_EDGE, top + 33, bar.words, 17, fill=_SOFT)
    for number in (1, 2, 3, 4):
        yield from _cell(bar, number, _CELLS + (number - 1) * (_CELL + _GAP), top)


def _cell(bar: Bar, number: int, left: int, top: int) -> Iterator[str]:
    middle = left + _CELL // 2
    if bar.level and number <= bar.level:
        yield _box(left, top, "nu", f'fill="{NOW}"')
        words = label("picture.now", level=number) if number == bar.level else str(number)
        yield _text(middle, top + 24, words, 18, bold=number == bar.level, fill="#ffffff", middle=True)
    elif number == bar.goal:
        yield _box(left, top, "doel", f'fill="#fff7ed" stroke="{GOAL}" stroke-width="4"', 2)
        yield _text(middle, top + 24, label("picture.goal", level=number), 18, bold=True, middle=True)
    elif bar.level:
        yield _box(left, top, "leeg", f'fill="#f1f4f6" stroke="{_LINE}"', 0.5)
        yield _text(middle, top + 24, str(number), 18, fill=_SOFT, middle=True)
    else:
        yield _box(left, top, "onbekend", f'fill="#ffffff" stroke="{_LINE}" stroke-dasharray="4 4"', 0.5)


def _box(left: int, top: int, kind: str, look: str, inset: float = 0) -> str:
    """A cell; a border is drawn around its middle, so it is drawn inward to stay within the cell."""
    size = f'width="{_CELL - 2 * inset:g}" height="{_HEIGHT - 2 * inset:g}"'
    return f'<rect class="{kind}" x="{left + inset:g}" y="{top + inset:g}" {size} rx="4" {look}/>'


def _legend(profile: Profile, top: int) -> Iterator[str]:
    yield f'<line x1="{_EDGE}" x2="{WIDTH - _EDGE}" y1="{top}" y2="{top}" stroke="{_LINE}"/>'
    key = "picture.legend_goal" if any(bar.goal for bar in profile.bars) else "picture.legend"
    yield _text(_EDGE, top + 28, label(key), 17, fill=_SOFT)


def _text(x: int, y: int, words: str, size: int, *, bold: bool = False, fill: str = _INK, middle: bool = False) -> str:
    look = (' font-weight="700"' if bold else "") + (' text-anchor="middle"' if middle else "")
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{look}>{_escaped(words)}</text>'


def _title(text: str) -> list[str]:
    """The title in three lines at most."""
    lines = list(_wrapped(text))
    return lines if len(lines) <= 3 else [*lines[:2], shortened(lines[2] + lines[3], len(lines[2]))]


def _wrapped(text: str) -> Iterator[str]:
    """The title in lines that fit, by a wide guess of each character; a word longer than a line is cut."""
    line = ""
    for word in text.split():
        while _width(word) > _ROOM:
            room = next(size for size in range(len(word), 0, -1) if _width(word[:size]) <= _ROOM)
            yield from (line, word[:room]) if line else (word[:room],)
            line, word = "", word[room:]
        if line and _width(f"{line} {word}") > _ROOM:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def _width(text: str) -> float:
    """In letters of the title."""
    return sum(0.5 if sign in " .,:;'ijlrtfI" else 1.5 if sign in "mwMW@%—□" else 1.2 if sign.isupper() else 1 for sign in text)


def _escaped(words: str) -> str:
    return escape(visible(words), quote=False)

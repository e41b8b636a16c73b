"""From SVG to PNG and from a report to PDF, with typst: one wheel that needs nothing of the system.

Fonts come from packages and never from the system, so the same input gives the same bytes everywhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bot.report.advice_report import Report
from bot.report.characters import STAND_IN, printable
from bot.report.profile import WIDTH, alt_text, profile_svg
from dialogs.texts import label

if TYPE_CHECKING:
    import typst

_DOCUMENT = Path(__file__).with_name("document.typ")
_IMAGE = Path(__file__).with_name("image.typ")
_ICON = Path(__file__).with_name("icon.typ")
FONT_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
PIXELS = 1200
_POINTS_PER_INCH = 72
_BOTH_FONTS = b'#set text(font: "Source Sans Pro")\na *a*'


def png(svg: str) -> bytes:
    """The picture, 1200 pixels wide. Raises typst.TypstError when the text is no SVG."""
    return _compile(_IMAGE, {"svg": _picture(svg)}, format="png", ppi=_POINTS_PER_INCH * PIXELS / WIDTH)


def icon(svg: str, size: int) -> bytes:
    """A square drawing without letters as PNG, so many pixels wide; what is not drawn stays transparent."""
    return _compile(_ICON, {"svg": svg, "size": str(size)}, format="png", ppi=_POINTS_PER_INCH)


def pdf(report: Report) -> bytes:
    """The report as a tagged PDF, made to PDF/UA-1 and PDF/A-2a. The same report gives the same bytes."""
    data = {
        **asdict(report),
        "day": report.day.isoformat(),
        "alt": alt_text(report.profile),
        "words": _words(),
    }
    moment = datetime.combine(report.day, time(), UTC)
    drawn = {**_drawn(data), "svg": _picture(profile_svg(report.profile))}
    inputs = {"data": json.dumps(drawn, ensure_ascii=False)}
    return _compile(_DOCUMENT, inputs, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=moment)


def _picture(svg: str) -> str:
    """The SVG as the first font can draw it, which has no □ but a ballot box that looks the same.

    With a character of the second font, typst would draw the whole line in yet another one.
    """
    return printable(svg).replace(STAND_IN, "☐")


def _words() -> dict[str, str]:
    """The sentences that are the same in every report."""
    return {
        "summary": label("report.summary"),
        "footer": label("report.footer"),
        "page": label("report.page"),
        "of": label("report.of"),
        "profile": label("report.profile"),
        "caption": label("report.caption"),
        "facet": label("report.facet"),
        "now": label("report.now"),
        "goal": label("report.goal"),
        "tip": label("report.tip"),
        "who": label("report.who"),
        "notice": label("report.notice"),
        "later": label("report.later"),
        "reading": label("report.reading"),
        "reading_where": label("report.reading_where"),
        "reading_this": label("report.reading_this"),
    }


def _drawn(value: Any) -> Any:
    """The data with every text as the fonts can draw it, so no text can be an error."""
    if isinstance(value, dict):
        return {key: _drawn(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_drawn(part) for part in value]
    return printable(value) if isinstance(value, str) else value


def _compile(template: Path, inputs: dict[str, str], **how: Any) -> bytes:
    import typst

    # The root confines what a template could read to its folder.
    return typst.compile(template, None, root=template.parent, font_paths=fonts(), sys_inputs=inputs, **how)


@cache
def fonts() -> typst.Fonts:
    """The fonts, loaded once.

    The package holds each font in two forms, and typst would take the one that the file system names first. So the two
    files that are wanted are put apart; once they have been used, they are in memory and the folder can go.
    """
    import typst

    package = files("font_source_sans_pro") / "files"
    with TemporaryDirectory() as folder:
        for name in FONT_FILES:
            (Path(folder) / name).write_bytes((package / name).read_bytes())
        loaded = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        typst.compile(_BOTH_FONTS, font_paths=loaded, format="png")
    return loaded

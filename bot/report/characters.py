"""Which characters the fonts of the report can draw, and what becomes of the others.

A PDF that is made to PDF/UA must not hold a character without a shape in its fonts, so one emoji in the name of a
department would otherwise be an error.
"""

from __future__ import annotations

import re
import unicodedata

STAND_IN = "□"
# Blocks that both font files of Source Sans Pro hold in full; a test draws each character. The white square that stands
# in for the rest comes from the second font.
_DRAWN = (
    "\u0020-\u007e\u00a0-\u017e\u01cd-\u01dc\u01e6\u01e7\u0218-\u021b\u0300-\u030c\u0323-\u0328"  # Latin
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490-\u0493"  # Greek and Cyrillic
    "\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9"  # Welsh and Vietnamese
    "\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac"  # punctuation
    "\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a0\u25a1\u2713"  # signs
)
DRAWN = re.compile(f"[{_DRAWN}]")
_NOT_DRAWN = re.compile(f"[^{_DRAWN}]")


def printable(text: str) -> str:
    """The text on one line as the fonts can draw it: control and format characters away, a □ for what has no shape."""
    return _NOT_DRAWN.sub(STAND_IN, visible(text))


def visible(text: str) -> str:
    """The text on one line without what has no shape of its own: control, format and variation characters."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(sign for sign in line if unicodedata.category(sign)[0] != "C" and not "\ufe00" <= sign <= "\ufe0f")


def shortened(text: str, longest: int) -> str:
    """The text, cut off with … when it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' ,.-')}…"

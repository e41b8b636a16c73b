"""What the ways to chat in a terminal share. Apart, because a pipe has no use for the library that draws the prompt."""

from __future__ import annotations

import os
import sys

WIDTH = 78
CLOSE = "/einde"


def width() -> int:
    """How many columns a line may take."""
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH, WIDTH)
    except (OSError, ValueError):
        return WIDTH

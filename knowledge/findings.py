"""What is wrong with the content: where, what and what to write instead, in Dutch."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, order=True)
class Place:
    """A line (from 1) in a file of the content folder."""

    file: str
    line: int


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend. `code` is stable; an error stops the program, a warning does not."""

    place: Place
    code: str
    message: str = field(compare=False)
    severity: Literal["error", "warning"] = field(default="error", compare=False)

    def __str__(self) -> str:
        word = "fout" if self.severity == "error" else "let op"
        return f"{self.place.file}:{self.place.line}  {word} {self.code}  {self.message}"

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.place.file,
            "line": self.place.line,
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
        }


class ContentError(Exception):
    """The content cannot be used; `findings` says why, sorted by file and line."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Bedoelde u "x"?` with the nearest known word, or the known words when none is near and they are few."""
    names = sorted(set(known))
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f'Bedoelde u "{near[0]}"?'
    if len(names) <= 12:
        return f"Kies uit: {', '.join(names)}."
    return "Kijk in de lijst welke namen er zijn."

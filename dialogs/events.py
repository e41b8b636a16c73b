"""What can happen in a conversation, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Said:
    """Someone typed this; a text that begins with a slash is a command."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """Someone pressed a button that carries this action, such as `answer:1:content:2`."""

    action: str


@dataclass(frozen=True)
class Sent:
    """Someone sent something that is no text: a photo, a sticker, a voice message."""

    kind: str


Event = Said | Pressed | Sent


@dataclass(frozen=True)
class Fact:
    """One thing known of a conversation, and since when."""

    value: str
    at: datetime


Facts = Mapping[str, Fact]
"""What is known of a conversation, by name:

role, subject, name            who asks, and about what (name: of the organisation or department, when typed)
scan                           the number of the current scan, counted from 1
answer:<facet>                 a level, `unknown`, `not-applicable` or `skipped`
reopened                       the facet whose question was gone back to
full                           set when the rest of the questions is wanted though the phase is certain
ambition                       the phase aimed for
result:<scan>                  the outcome of a scan as it was given, as JSON
stopped                        set when the person stopped
offer                          the buttons last shown, as JSON, so that "2" or a typed label can mean one of them
"""

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


@dataclass(frozen=True)
class Joined:
    """The advisor was added to a group."""


@dataclass(frozen=True)
class Left:
    """The advisor was removed from a group, or blocked by a person: nothing can be shown there any more."""


@dataclass(frozen=True)
class Reminded:
    """The day came for which a reminder was asked."""


@dataclass(frozen=True)
class Moved:
    """This conversation goes on where another was: a group became a supergroup, under another id."""

    before: str


Event = Said | Pressed | Sent | Joined | Left | Reminded | Moved


@dataclass(frozen=True)
class Fact:
    """One thing known of a conversation, and since when."""

    value: str
    at: datetime


@dataclass(frozen=True)
class Someone:
    """Who acted in a group: an id of the channel, and the name that the group knows them by (shown, never kept)."""

    id: str
    name: str


@dataclass(frozen=True)
class Context:
    """What holds while an event is answered, besides what is known of the conversation.

    `fresh` is a random id for whatever is made new in this turn; `by` is who acted, in a group; `links` says whether the
    channel can make a link that opens here; `named` that in a group it hears only what names the advisor; `shared` is the
    shared advice that the event asks for, from whoever shared it; `keep_days` is after how many days without a word
    everything is forgotten.
    """

    at: datetime
    fresh: str = ""
    by: Someone | None = None
    links: bool = False
    named: bool = False
    shared: Fact | None = None
    keep_days: int = 365


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
took_part:<id>                 in a group: that someone answered, by their id in the channel
share:<id>                     an advice that was shared, as JSON; the id is in the link
reminder                       the day on which to remind, as YYYY-MM-DD
found                          what the last question found, by title, and the words that led there, as JSON
offer                          the buttons last shown, as JSON, so that "2" or a typed label can mean one of them
"""

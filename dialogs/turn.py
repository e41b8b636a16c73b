"""One turn of a conversation: what is known while an event is answered, and what this turn adds to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dialogs.events import Context, Fact, Facts
from dialogs.messages import Button, Markdown, Message, load_offer
from knowledge.model import Almanac, Answer
from knowledge.placement import Placement, place


class Turn:
    """Facts are read with `get` and changed with `set` and `drop`; `changes` is what storage must keep.

    `then` says what comes after the handler's own messages: nothing, the place where the conversation is (`position`),
    or only a question that is still open (`aside`). `echo` opens the first of those messages.
    """

    def __init__(self, almanac: Almanac, facts: Facts, context: Context) -> None:
        self.almanac = almanac
        self.context = context
        self.facts: dict[str, Fact] = dict(facts)
        self.changes: dict[str, Fact | None] = {}
        self.then: Literal["nothing", "position", "aside"] = "nothing"
        self.echo = Markdown("")
        self.forget = False
        self.gap = ""

    def get(self, name: str) -> str | None:
        fact = self.facts.get(name)
        return fact.value if fact else None

    def set(self, name: str, value: str) -> None:
        """Keep a fact; one that is the same already keeps its date."""
        if self.get(name) != value:
            self.facts[name] = self.changes[name] = Fact(value, self.context.at)

    def drop(self, *names: str) -> None:
        for name in names:
            if name in self.facts:
                del self.facts[name]
                self.changes[name] = None

    def go_on(self, *messages: Message, echo: Markdown | None = None) -> list[Message]:
        """End a handler by going to where the conversation is."""
        self.then = "position"
        self.echo = echo or self.echo
        return list(messages)

    def aside(self, *messages: Message) -> list[Message]:
        """End a handler by repeating the question that is open, if one is."""
        self.then = "aside"
        return list(messages)

    def role(self) -> str | None:
        """The role of today's almanac, or None when it was skipped, not asked or does not exist any more."""
        role = self.almanac.today("role", self.get("role") or "")
        return role if role in self.almanac.roles else None

    def lacks_role(self) -> bool:
        """Whether the role is still to be asked; a group has none."""
        return not self.get("role") and self.context.by is None

    def scan(self) -> int:
        """The number of the current scan; 0 when none was begun."""
        return int(self.get("scan") or 0)

    def given(self, facet: str) -> str | None:
        """The stored answer on a facet, also when it was given under an older name of it."""
        names = [facet, *self.almanac.facets[facet].formerly]
        return next((value for name in names if (value := self.get(f"answer:{name}"))), None)

    def all_given(self) -> dict[str, str]:
        """The stored answers by facet, in the order of the almanac."""
        return {facet: value for facet in self.almanac.facets if (value := self.given(facet))}

    def offer(self) -> list[Button]:
        """The buttons last shown, in the order of their numbers."""
        return load_offer(self.get("offer") or "[]")

    def answers(self) -> dict[str, Answer]:
        """The answers as the rules read them; a skipped question counts as not known."""
        return {facet: _answer(value) for facet, value in self.all_given().items()}

    def placement(self) -> Placement:
        return place(self.almanac, self.answers())


def _answer(value: str) -> Answer:
    return int(value) if value.isdigit() else "not-applicable" if value == "not-applicable" else "unknown"


Handler = Callable[..., list[Message]]
"""A function from a turn and the parts of an action behind its name to messages."""

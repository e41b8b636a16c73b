"""Conversations that nobody wrote: random presses and texts, checked for what must always hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.outgoing import LONGEST, keyboard, parts
from dialogs.conversation import respond
from dialogs.events import Context, Event, Fact, Pressed, Said, Sent, Someone
from dialogs.messages import Button, Message, Reply, offered
from dialogs.texts import texts
from knowledge.model import Almanac

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
TYPED = st.one_of(
    st.sampled_from(
        ["terug", "stop", "verder", "opnieuw", "wijzigen", "wat is onze volgende stap", "1", "2", "de laatste", "hulp", "waarom"]
    ),
    st.sampled_from(
        [
            "hoe organiseer ik webcare",
            "raadslid op twitter",
            "paspoort",
            "/start",
            "/start c_x",
            "/start c_webcare",
            "/start a_nooit",
            "herinner mij over 3 maanden",
            "rapport",
            "/terug",
            "afdeling Wonen",
        ]
    ),
    st.text(max_size=40),
    st.integers(1000, 10_000).map(lambda length: "woord " * (length // 6)),
)
MOVES = st.lists(
    st.one_of(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), TYPED, st.just(Sent("sticker"))), max_size=40
)


class Walk:
    """A conversation with itself: facts kept, buttons remembered."""

    def __init__(self, almanac: Almanac, by: Someone | None = None) -> None:
        self.by = by
        self.almanac = almanac
        self.facts: dict[str, Fact] = {}
        self.buttons: list[Button] = []
        self.at = START

    def take(self, event: Event) -> Reply:
        self.at += timedelta(minutes=1)
        reply = respond(self.almanac, self.facts, event, Context(self.at, fresh=f"f{len(self.facts)}", by=self.by, links=True))
        self.keep(reply)
        return reply

    def keep(self, reply: Reply) -> None:
        if reply.forget:
            self.facts = {}
        for name, fact in reply.facts.items():
            self.facts.pop(name, None)
            if fact:
                self.facts[name] = fact
        self.buttons = offered(reply.messages) or self.buttons


def _event(move: object, walk: Walk) -> Event:
    if isinstance(move, int) and walk.buttons:
        return Pressed(walk.buttons[move % len(walk.buttons)].action)
    return move if isinstance(move, Sent) else Said(str(move))


@settings(max_examples=150, deadline=None)
@given(moves=MOVES, by=st.sampled_from([None, Someone("5", "Anna *")]))
def test_whatever_happens_there_is_a_fitting_answer(almanac: Almanac, moves: list[object], by: Someone | None) -> None:
    walk = Walk(almanac, by)
    for move in [0, *moves]:
        reply = walk.take(_event(move, walk))
        assert reply.messages
        for message in reply.messages:
            assert texts()["plain.trouble"].split("{")[0] not in message.text
            check_fits_telegram(message)


@settings(max_examples=60, deadline=None)
@given(moves=MOVES, data=st.data())
def test_the_same_event_again_changes_no_answer(almanac: Almanac, moves: list[object], data: st.DataObject) -> None:
    """A press that is repeated leaves the answers as they are."""
    walk = Walk(almanac)
    for move in moves:
        walk.take(_event(move, walk))
    walk.take(Said("verder"))
    answers = [button for button in walk.buttons if button.action.startswith("answer:")]
    if answers:
        press = Pressed(data.draw(st.sampled_from(answers)).action)
        walk.take(press)
        once = _answers(walk)
        walk.take(press)
        assert _answers(walk) == once


def _answers(walk: Walk) -> dict[str, str]:
    return {name: fact.value for name, fact in walk.facts.items() if name.startswith("answer:")}


def check_fits_telegram(message: Message) -> None:
    for part in parts(message):
        assert 1 <= len(part.encode("utf-16-le")) // 2 <= LONGEST
    for row in message.buttons:
        assert 1 <= len(row) <= 8
    markup = keyboard(message, lambda payload: f"https://t.me/a_bot_with_a_long_name_of_its_own_bot?start={payload}")
    for pressable in (button for line in (markup.inline_keyboard if markup else ()) for button in line):
        assert pressable.text.strip()
        if pressable.copy_text:
            assert 1 <= len(pressable.copy_text.text) <= 256
        elif pressable.switch_inline_query_chosen_chat:
            assert re.fullmatch(r"[\w-]{1,64}", str(pressable.switch_inline_query_chosen_chat.query))
        else:
            assert 1 <= len(str(pressable.callback_data).encode()) <= 64


def test_every_page_fits_a_phone(almanac: Almanac) -> None:
    """Every question, step, page and list on its own: within Telegram's limits, and short enough to read on a phone."""
    walk = Walk(almanac)
    walk.take(Said("/start"))
    actions = [f"{kind}:{name}" for kind, items in (("step", almanac.steps), ("chapter", almanac.chapters)) for name in items]
    actions += [f"reference:{name}" for name in almanac.references] + [f"facet:{name}" for name in almanac.facets]
    actions += [f"read:{name}:{page}" for name in almanac.chapters for page in (1, 2, 3)]
    actions += [
        f"share:{kind}:{name}" for kind, items in (("step", almanac.steps), ("chapter", almanac.chapters)) for name in items
    ]
    actions += [f"hint:{name}" for name in almanac.questions]
    for action in actions:
        for message in walk.take(Pressed(action)).messages:
            check_fits_telegram(message)
            assert len(message.text) < 2000, action

"""What a typed text means: a command, one of the buttons last shown, a wish to steer, or else a free question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from dialogs import result, scan
from dialogs.messages import Button
from dialogs.numbers import by_number, reminder
from dialogs.roles import role_said
from dialogs.turn import Turn
from dialogs.wording import answer, negated, open_to_answers
from knowledge.model import Almanac
from knowledge.search import intent_of, normal, words

COMMANDS = {
    "start": "start", "scan": "scan", "stap": "next-step", "hoofdstukken": "chapters", "wijzigen": "change", "terug": "back",
    "overslaan": "skip", "opnieuw": "restart", "stop": "stop", "hulp": "help", "help": "help", "privacy": "privacy",
    "gegevens": "export", "verwijderen": "delete", "delen": "share", "rol": "role",
    "rapport": "report", "profiel": "profile", "herinner": "remind", "herinnering": "remind",
}  # fmt: skip
_PHASE = re.compile(r"^(?:en )?(?:wat (?:is|betekent|houdt|wil) |vertel over |uitleg )?(?:de )?(?:fase )?(\w+)(?: in| zeggen)?$")
_TO_PHASE = re.compile(r"^(?:hoe|wat) .*\b(?:naar|in|bij|tot|voor) (?:de )?fase (\w+)(?: te komen| komen)?$")
_STRESSED = frozenset(words("echt gewoon nu soms eigenlijk liever maar gvd zo graag"))
SAME_LABEL = 88
SAME_WORD = 85


def command(text: str) -> tuple[str, str] | None:
    """The action and payload of a slash command, `unknown-command` for one that does not exist, None for other text."""
    match = re.match(r"^/([A-Za-z_]+)(?:@\w+)?(?:\s+(\S+))?", text)
    return (COMMANDS.get(match[1].lower(), "unknown-command"), match[2] or "") if match else None


def in_need(almanac: Almanac, text: str) -> bool:
    """Whether someone says that they want to die. This goes before everything else, wherever it stands in the text."""
    said = [word for word in words(text) if word not in _STRESSED]
    intent = almanac.intents.get("crisis")
    return any(_within(found, said) for phrase in (intent.phrases if intent else ()) if (found := words(phrase)))


def _within(phrase: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words of a phrase stand in a text one after another; longer words may hold a typing error."""
    places = range(len(said) - len(phrase) + 1)
    return any(all(_same(word, said[place + i]) for i, word in enumerate(phrase)) for place in places)


def _same(word: str, typed: str) -> bool:
    return word == typed or (len(word) > 5 and fuzz.ratio(word, typed) >= 80)


def meaning(turn: Turn, text: str) -> str | None:
    """The action that a typed text stands for, or None when it is a free question."""
    said = normal(text)
    offer = turn.offer()
    return (
        by_number(turn, said, offer)
        or _by_label(said, offer)
        or _steer(turn, offer, COMMANDS.get(said))
        or reminder(said)
        or _by_exact_words(turn, said, text)
        or _steer(turn, offer, intent_of(turn.almanac, text))
        or _phase(turn.almanac, said)
        or answer(turn, said, text)
        or role_said(turn, said, text)
    )


def _by_label(said: str, offer: Sequence[Button]) -> str | None:
    """A label nearly as typed; never one that says the opposite."""
    same = [button for button in offer if negated(button.label) == negated(said)]
    scores = [(fuzz.ratio(said, normal(button.label)), button.action) for button in same]
    best = max(scores, default=(0.0, ""))
    return best[1] if best[0] >= SAME_LABEL else None


def _by_exact_words(turn: Turn, said: str, text: str) -> str | None:
    """An answer to the open question in words that it has itself, also when they look like a question: "wie antwoordt"."""
    question = None if "?" in text else open_to_answers(turn)
    if question is None:
        return None
    level = next((option.level for option in question.options if said in map(normal, option.words)), None)
    return f"answer:{turn.scan()}:{question.facet}:{level}" if level else None


def _steer(turn: Turn, offer: Sequence[Button], intent: str | None) -> str | None:
    """The action of an intent; some depend on where the conversation is and on what was shown last."""
    match intent:
        case "hint":
            return "hint" if open_to_answers(turn) else "explain" if result.known(turn) else "help"
        case "why" if not turn.get("found"):
            return "hint" if open_to_answers(turn) else "explain"
        case "explain" if turn.get("found") and (not result.known(turn) or _chapter_shown(offer)):
            return "why"
        case "more":
            return f"more:{chapter}" if (chapter := _chapter_shown(offer)) else "contents"
        case "back" if any(button.action == "next-step" for button in offer):
            return "next-step"
        case "agree":
            return offer[0].action if offer and offer[0].action.endswith(":yes") else "resume"
        case "decline":
            return "resume" if offer and offer[0].action.endswith(":yes") else "decline"
        case "further":
            return _further(turn, offer)
        case "effort":
            shown = [button.action for button in offer if button.action.startswith("share:step:")]
            return shown[0].removeprefix("share:") if shown else "next-step" if result.known(turn) else None
        case "crisis":
            return None
    return intent


def _further(turn: Turn, offer: Sequence[Button]) -> str:
    """What comes after the thing last shown: chapters alike, the next page, the rest of the steps."""
    actions = [button.action for button in offer]
    for kind in ("more:", "read:", "facet-on:"):
        if found := [action for action in actions if action.startswith(kind)]:
            return found[-1]
    return "resume" if scan.in_progress(turn) else "roadmap" if result.known(turn) else "contents"


def _chapter_shown(offer: Sequence[Button]) -> str | None:
    """The id of the chapter that was shown last, if that was the last thing shown."""
    shown = next((button.action for button in offer if button.action.startswith(("read:", "more:"))), None)
    return shown.split(":")[1] if shown else None


def _phase(almanac: Almanac, said: str) -> str | None:
    """`wat is fase 2`, `wat betekent experimenteert`, `hoe komen we in fase 3`."""
    for pattern, action in ((_TO_PHASE, "ambition"), (_PHASE, "phase")):
        match = pattern.match(said.strip("? "))
        named = match[1] if match and " " in said else ""
        for phase in almanac.phases:
            if fuzz.ratio(named, normal(phase.verb)) >= SAME_WORD or (named == str(phase.number) and "fase" in said):
                return f"{action}:{phase.number}"
    return None

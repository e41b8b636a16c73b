"""What a typed text means: a command, one of the buttons last shown, a wish to steer, or else a free question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from dialogs import scan
from dialogs.messages import Button, load_offer
from dialogs.turn import Turn
from knowledge.model import Option, Question
from knowledge.search import content_words, intent_of, normal

COMMANDS = {
    "start": "start", "scan": "scan", "stap": "next-step", "hoofdstukken": "chapters", "wijzigen": "change", "terug": "back",
    "overslaan": "skip", "opnieuw": "restart", "stop": "stop", "hulp": "help", "help": "help", "privacy": "privacy",
    "gegevens": "export", "verwijderen": "delete", "delen": "share", "rol": "role", "waarom": "explain",
    "rapport": "report", "profiel": "profile", "herinner": "remind", "herinnering": "remind",
}  # fmt: skip
_NUMBER = re.compile(r"^(?:optie|nummer|nr|antwoord|keuze|knop)?\s*(\d{1,2})\s*[.):]?$")
_ORDINALS = ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"]
_ORDINAL = re.compile(rf"^(?:de |het |optie |antwoord )*({'|'.join(_ORDINALS)}|laatste)(?: optie| antwoord| knop)?$")
_COUNTED = ["geen", "een", "twee", "drie", "vier", "vijf", "zes"]
_REMIND = re.compile(rf"^herinner (?:mij|me|ons) over (\d{{1,2}}|{'|'.join(_COUNTED[1:])}) maand(?:en)?\b")
_LETTER = re.compile(r"^(?:optie |antwoord )?([a-d])[.)]?$")
_ASKING = re.compile(
    r"\?|^(hoe|wat|wie|waar|waarom|wanneer|welke|welk|mag|mogen|moet|moeten|kan|kun|kunnen|heb|hebben|is|zijn|zijn er)\b"
)
SAME_LABEL = 88
ENOUGH = 0.7
MARGIN = 0.2


def command(text: str) -> tuple[str, str] | None:
    """The action and payload of a slash command, `unknown-command` for one that does not exist, None for other text."""
    match = re.match(r"^/([A-Za-z_]+)(?:@\w+)?(?:\s+(\S+))?", text)
    return (COMMANDS.get(match[1].lower(), "unknown-command"), match[2] or "") if match else None


def meaning(turn: Turn, text: str) -> str | None:
    """The action that a typed text stands for, or None when it is a free question."""
    said = normal(text)
    offer = load_offer(turn.get("offer") or "[]")
    return (
        _by_number(said, offer)
        or _by_label(said, offer)
        or COMMANDS.get(said)
        or _reminder(said)
        or _by_exact_words(turn, said, text)
        or intent_of(turn.almanac, text)
        or _by_words(turn, said, text)
    )


def _by_number(said: str, offer: Sequence[Button]) -> str | None:
    """`2`, `optie 2`, `de tweede`, `b`: an index in what was offered."""
    if match := _NUMBER.match(said):
        index = int(match[1]) - 1
    elif match := _ORDINAL.match(said):
        index = _last_option(offer) if match[1] == "laatste" else _ORDINALS.index(match[1])
    elif match := _LETTER.match(said):
        index = "abcd".index(match[1])
    else:
        return None
    return offer[index].action if 0 <= index < len(offer) else None


def _reminder(said: str) -> str | None:
    """`herinner mij over 3 maanden`."""
    match = _REMIND.match(said)
    months = match and (match[1] if match[1].isdigit() else str(_COUNTED.index(match[1])))
    return f"remind:{months}" if months else None


def _last_option(offer: Sequence[Button]) -> int:
    """The last button of the same kind as the first, so that "de laatste" is an answer and not the menu."""
    kind = offer[0].action.rpartition(":")[0] if offer else ""
    same = [i for i, button in enumerate(offer) if button.action.rpartition(":")[0] == kind and button.action[-1:].isdigit()]
    return same[-1] if same else len(offer) - 1


def _by_label(said: str, offer: Sequence[Button]) -> str | None:
    scores = [(fuzz.ratio(said, normal(button.label)), button.action) for button in offer]
    best = max(scores, default=(0.0, ""))
    return best[1] if best[0] >= SAME_LABEL else None


def _by_exact_words(turn: Turn, said: str, text: str) -> str | None:
    """An answer to the open question in words that it has itself, also when they look like a question: "wie antwoordt"."""
    question = None if "?" in text else _open_question(turn)
    if question is None:
        return None
    level = next((option.level for option in question.options if said in map(normal, option.words)), None)
    return f"answer:{turn.scan()}:{question.facet}:{level}" if level else None


def _open_question(turn: Turn) -> Question | None:
    return scan.open_question(turn) if turn.get("subject") and not turn.get("stopped") else None


def _by_words(turn: Turn, said: str, text: str) -> str | None:
    """An answer to the open question in the person's own words."""
    question = _open_question(turn)
    if question is None or _ASKING.search(text.strip().lower()):
        return _role_by_words(turn, said)
    if _unknown(said):
        return f"answer:{turn.scan()}:{question.facet}:unknown"
    option = _best_option(question, said)
    return f"answer:{turn.scan()}:{question.facet}:{option.level}" if option else None


def _unknown(said: str) -> bool:
    return said in ("weet niet", "geen idee", "weetniet", "weet ik niet", "ik weet het niet", "geen flauw idee", "onbekend", "?")


def _best_option(question: Question, said: str) -> Option | None:
    """The option whose words cover the text, when it stands out from the others."""
    scores = sorted(((_likeness(option, said), option.level) for option in question.options), reverse=True)
    (best, level), (second, _) = scores[0], scores[1]
    if best < ENOUGH or best - second < MARGIN:
        return None
    return next(option for option in question.options if option.level == level)


def _likeness(option: Option, said: str) -> float:
    """How well an option fits, 0 to 1: one of its phrases nearly as typed, or the share of typed words that it has."""
    phrases = [normal(phrase) for phrase in (option.label, *option.words)]
    whole = max(fuzz.ratio(said, phrase) for phrase in phrases) / 100
    asked = content_words(said)
    own = content_words(" ".join([*phrases, normal(option.text)]))
    if len(asked) < 2 or not own:
        return whole if whole >= 0.8 else 0.0
    shared = sum(max(fuzz.ratio(word, other) for other in own) >= 85 for word in asked) / len(asked)
    return max(whole if whole >= 0.8 else 0.0, shared)


def _role_by_words(turn: Turn, said: str) -> str | None:
    """The role, when that is being asked: a job title, typed."""
    if not turn.scan() or not turn.lacks_role():
        return None
    title = re.sub(
        r"^(ik ben|ik werk bij|ik werk als|als|een|de|het|bij|van) ", "", re.sub(r"^(ik ben|ik werk bij|ik werk als) ", "", said)
    )
    scores = [
        (fuzz.ratio(title, normal(word)), role.id) for role in turn.almanac.roles.values() for word in (role.name, *role.words)
    ]
    score, role = max(scores)
    return f"role:{role}" if score >= 85 else None

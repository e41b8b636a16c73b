"""Numbers as people type them when they choose: `2`, `twee denk ik`, `de bovenste`, `1 of 2`, `stap 2`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import result
from dialogs.messages import Button
from dialogs.turn import Turn
from knowledge.search import words

_COUNTED = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
_ORDINALS = ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"]
_VALUES = {
    **{word: index for index, word in enumerate(_COUNTED, 1)},
    **{word: index for index, word in enumerate(_ORDINALS, 1)},
    "bovenste": 1,
}
_LAST = frozenset(("laatste", "onderste"))
_DIGITS = re.compile(r"^(\d{1,3})(?:e|de|ste)?$")
_LETTER = re.compile(r"^(?:optie |antwoord )?([a-d])[.)]?$")
_AROUND = frozenset(
    words(
        "optie nummer nr antwoord keuze knop ik we wij kies kiezen denk neem doe ga dan voor de het is wordt toch maar eigenlijk "
        "liever ook en of tussen in tot a graag nou ok oke ja nee wel misschien ongeveer bij ons mij me lijkt zou zeggen sorry bedoel bedoelde geef toon open uitleggen"
    )
)
"""Words around a number that do not change it."""
_REMIND = re.compile(rf"^herinner (?:mij|me|ons) over (\d{{1,2}}|{'|'.join(_COUNTED[:6])}) maand(?:en)?\b")


def by_number(turn: Turn, said: str, offer: Sequence[Button]) -> str | None:
    """The action of the button, or step, with this number; `which` for two numbers, `pick` for one that is not there."""
    if match := _LETTER.match(said):
        return _chosen(offer, ["abcd".index(match[1]) + 1])
    tokens = re.findall(r"[a-z0-9]+", said)
    if "stap" in tokens:
        return _step(turn, [token for token in tokens if token != "stap"], offer)
    return _chosen(offer, _numbers(tokens, _last_option(offer)))


def reminder(said: str) -> str | None:
    """`herinner mij over 3 maanden`."""
    match = _REMIND.match(said)
    return f"remind:{_VALUES.get(match[1], match[1])}" if match else None


def _chosen(offer: Sequence[Button], numbers: Sequence[int]) -> str | None:
    if not numbers or not offer:
        return None
    there = [number for number in numbers if 1 <= number <= len(offer)]
    if len(there) > 1:
        return f"which:{there[0]}:{there[1]}"
    return offer[there[0] - 1].action if there else "pick"


def _numbers(tokens: Sequence[str], last: int) -> list[int]:
    """The different numbers in a text that says nothing else."""
    article = "een" in tokens[:-1]
    values = [_value(token, last) for token in tokens if not (article and token == "een")]
    other = [token for token in tokens if _value(token, last) is None and token not in _AROUND]
    return [] if other else list(dict.fromkeys(value for value in values if value is not None))


def _value(token: str, last: int) -> int | None:
    if match := _DIGITS.match(token):
        return int(match[1])
    return last if token in _LAST else _VALUES.get(token)


def _last_option(offer: Sequence[Button]) -> int:
    """The last button of the same kind as the first, so that "de laatste" is an answer and not the menu."""
    kind = offer[0].action.rpartition(":")[0] if offer else ""
    same = [i for i, button in enumerate(offer, 1) if button.action.rpartition(":")[0] == kind and button.action[-1:].isdigit()]
    return same[-1] if same else len(offer)


def _step(turn: Turn, tokens: Sequence[str], offer: Sequence[Button]) -> str | None:
    """One of the steps that were offered, else of those of the outcome."""
    steps = [button.action for button in offer if button.action.startswith("step:")]
    if not steps and result.known(turn):
        steps = [f"step:{planned.step.id}" for planned in result.advice_of(turn, turn.placement()).steps]
    numbers = _numbers(tokens, len(steps))
    if len(numbers) != 1 or not steps:
        return None
    return steps[numbers[0] - 1] if 1 <= numbers[0] <= len(steps) else "roadmap"

"""A role in a person's own words: `ik ben communicatieadviseur bij een kleine gemeente`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from dialogs.turn import Turn
from dialogs.wording import asks, unknown
from knowledge.model import Almanac
from knowledge.search import words

_LEAD = re.compile(r"^(?:mijn (?:rol|functie|baan) is|ik ben|wij zijn|ik werk (?:als|bij|in|voor|op)|ik zit (?:bij|in|op))\b")
_NONE = frozenset([
    "geen van deze", "geen van allen", "maakt niet uit", "staat er niet bij", "overig", "anders", "iets anders", "geen",
    "niet zeggen", "zeg ik liever niet", "wil ik niet zeggen", "geen rol", "doet er niet toe", "mijn rol staat er niet bij",
])  # fmt: skip
_FUNCTION = re.compile(
    r"(adviseur|medewerker|manager|leider|voorlichter|voerder|redacteur|griffier|jurist|meester|wethouder|schepen|raadslid|"
    r"secretaris|directeur|archivaris|werker|boa|handhaver|beheerder|hoofd|coordinator|maker|officer|dijkgraaf|bestuurder)$"
)
_PLACES = frozenset(words("gemeente provincie waterschap stad dorp omgevingsdienst veiligheidsregio"))
_TOPIC = frozenset(words("op over met aan moet wil willen moeten gebruikt gebruiken organiseren"))
"""Words that make a text about someone's work rather than about who types it."""
_AND = frozenset(("en", "of"))
_SMALL = frozenset(words("een de het bij van voor in als ik ben kleine grote"))
_GRADES = frozenset(words("plv plaatsvervangend waarnemend loco senior medior junior interim strategisch eerste tweede"))
SAME, SHORT, MOST_WORDS = 85, 5, 6


def role_said(turn: Turn, said: str, text: str) -> str | None:
    """The role that a text names, when it is being asked or when the text says that it is about the role."""
    led = bool(_LEAD.match(said))
    asked = bool(turn.scan()) and turn.lacks_role()
    if turn.context.by or not (asked or led) or asks(text):
        return None
    if asked and (unknown(said) or said in _NONE):
        return "role:none"
    most = MOST_WORDS if asked and not led else 2 * MOST_WORDS
    tokens = [word for word in words(_LEAD.sub("", said)) if word not in _SMALL]
    found = max(_named(turn.almanac, tokens), default=None) if len(tokens) <= most else None
    if found is None:
        return "role" if said.startswith(("mijn rol", "mijn functie")) else None
    _, _, before, end, role = found
    sure = led and (asked or before == 0)
    return f"role:{role}" if sure or (asked and _is_person(turn.almanac, tokens, -before, end)) else None


def _is_person(almanac: Almanac, tokens: Sequence[str], start: int, end: int) -> bool:
    """Whether a role word with other words around it is someone's function, and not the subject of a question."""
    name = "".join(tokens[start:end])
    before, after = ([word for word in part if not _FUNCTION.search(word)] for part in (tokens[:start], tokens[end:]))
    others = after if _GRADES.issuperset(before) else [*before, *after]
    channels = {word for channel in almanac.synonyms.channels for word in words(channel)}
    if _AND.issuperset(others):
        return True
    if others is not after or not _TOPIC.union(channels).isdisjoint(others):
        return False
    return others[0] in _PLACES or (_FUNCTION.search(name) is not None and _AND.isdisjoint(others))


def _named(almanac: Almanac, tokens: Sequence[str]) -> Iterator[tuple[int, float, int, int, str]]:
    """Every role word in a text: its length, how alike, from which word to which, and the role. Written apart counts too."""
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + 4, len(tokens)) + 1):
            typed = "".join(tokens[start:end])
            for word, role in _words(almanac):
                score = fuzz.ratio(typed, word)
                if score >= (SAME if len(word) > SHORT else 100):
                    yield len(word), score, -start, end, role


@lru_cache(maxsize=8)
def _words(almanac: Almanac) -> list[tuple[str, str]]:
    named = ((word, role.id) for role in almanac.roles.values() for word in (role.name, *role.words))
    return [("".join(part for part in words(word) if part not in _SMALL), role) for word, role in named]

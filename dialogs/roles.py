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
_SMALL = frozenset(words("een de het bij van voor in als ik ben plv"))
SAME, SHORT, MOST_WORDS = 85, 5, 10


def role_said(turn: Turn, said: str, text: str) -> str | None:
    """The role that a text names, when it is being asked or when the text says that it is about the role."""
    led = bool(_LEAD.match(said))
    asked = bool(turn.scan()) and turn.lacks_role()
    if turn.context.by or not (asked or led) or asks(text):
        return None
    if asked and (unknown(said) or said in _NONE):
        return "role:none"
    tokens = words(_LEAD.sub("", said))
    found = max(_named(turn.almanac, tokens), default=None)
    if found is None or len(tokens) > MOST_WORDS:
        return "role" if said.startswith(("mijn rol", "mijn functie")) else None
    _, _, before, end, role = found
    start = -before
    rest = [token for token in (*tokens[:start], *tokens[end:]) if token not in _SMALL and not _FUNCTION.search(token)]
    return f"role:{role}" if led or _AND.issuperset(rest) or _is_person(turn.almanac, "".join(tokens[start:end]), rest) else None


def _is_person(almanac: Almanac, name: str, rest: Sequence[str]) -> bool:
    """Whether a name with other words is someone's function, and not the subject of a question."""
    channels = {word for channel in almanac.synonyms.channels for word in words(channel)}
    if not _TOPIC.union(channels).isdisjoint(rest):
        return False
    return not _PLACES.isdisjoint(rest) or (bool(_FUNCTION.search(name)) and _AND.isdisjoint(rest))


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
    return [("".join(words(word)), role.id) for role in almanac.roles.values() for word in (role.name, *role.words)]

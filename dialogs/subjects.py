"""What the scan is about, in a person's own words: `gewoon de gemeente`, `afdeling Burgerzaken`, `HR`."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from dialogs.texts import capital
from dialogs.wording import asks, negated
from knowledge.search import normal, words

LONGEST_NAME = 60
MOST_WORDS = 7
SAME = 88
_OWN = r"^(?:de |het |onze |mijn |ons |een )?"
_WHOLE = re.compile(rf"{_OWN}(gemeente|waterschap|provincie|stad|dorp|organisatie)\b", re.IGNORECASE)
_PART = re.compile(rf"{_OWN}(afdeling|afd|team|dienst|cluster|domein|griffie)\b", re.IGNORECASE)
_AROUND = frozenset(
    words("de het een onze ons mijn hele heel gehele gewoon voor over graag maar doe alleen eigen wij we dan is het gaat")
)
_ALL = ["gemeente", "organisatie", "waterschap", "provincie", "stad", "dorp", "alles", "allemaal", "iedereen", "geheel"]
_ANY = frozenset(("maakt niet uit", "maakt me niet uit", "weet ik niet", "weet niet", "geen idee", "beide", "allebei"))
_ONE = ["afdeling", "afd", "team", "dienst", "cluster", "domein"]
_DEPARTMENTS = [
    "burgerzaken", "publiekszaken", "dienstverlening", "klantcontact", "klantcontactcentrum", "kcc", "communicatie", "hr",
    "hrm", "p&o", "personeelszaken", "ict", "automatisering", "juridische zaken", "financien", "belastingen", "griffie",
    "handhaving", "vergunningen", "vth", "ruimtelijke ordening", "openbare ruimte", "beheer openbare ruimte", "sociaal domein",
    "fysiek domein", "wmo", "jeugd", "jeugdzorg", "werk en inkomen", "sociale zaken", "welzijn", "onderwijs", "cultuur", "sport",
    "economie", "economische zaken", "milieu", "duurzaamheid", "verkeer", "bestuurszaken", "bestuurssecretariaat", "archief",
    "inkoop", "facilitair", "facilitaire zaken", "veiligheid", "wijkteam", "wonen", "water", "concernstaf",
]  # fmt: skip


def subject_said(text: str) -> tuple[str, str] | None:
    """`organisation` or `department`, with the name if one was typed; None for a text that is something else."""
    name = " ".join(text.split())
    typed = words(name)
    if asks(name) or len(name) > LONGEST_NAME or not typed or len(typed) > MOST_WORDS:
        return None
    bare = [word for word in typed if word not in _AROUND]
    if normal(name) in _ANY or (_are(bare, _ALL) and not negated(name)) or typed == ["wij"]:
        return "organisation", ""
    if negated(name):
        return None
    return ("department", "") if _are(bare, _ONE) else _named(name)


def _are(bare: list[str], names: list[str]) -> bool:
    """Whether nothing is typed but such names; typing errors are allowed."""
    return bool(bare) and all(_close(word, names) for word in bare)


def _close(text: str, names: list[str]) -> bool:
    return process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=SAME) is not None


def _named(name: str) -> tuple[str, str] | None:
    if _WHOLE.match(name):
        return "organisation", capital(name)
    bare = re.sub(_OWN, "", name, flags=re.IGNORECASE)
    if _PART.match(name):
        return "department", capital(name)
    return ("department", capital(bare)) if _close(normal(bare), _DEPARTMENTS) else None

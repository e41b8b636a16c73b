"""What typed texts mean, at the role, the subject, a question and after the outcome: those to take, and those to leave."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.markup import plain_text
from dialogs.conversation import respond
from dialogs.events import Context, Event, Fact, Pressed, Said
from dialogs.messages import offered
from dialogs.turn import Turn
from dialogs.understanding import in_need, meaning
from knowledge.model import Almanac

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
CONTEXT = Context(NOW, fresh="f", links=True)

AT_ROLE = {
    "ik ben communicatieadviseur bij een kleine gemeente": "role:communication",
    "comm adviseur gemeente Ommen": "role:communication",
    "comunicatieadviseur": "role:communication",
    "social media adviseur": "role:communication",
    "communicatieadviseur en woordvoerder": "role:communication",
    "voorlichter bij waterschap Aa en Maas": "role:communication",
    "plv griffier": "role:council-office",
    "ik werk bij de griffie": "role:council-office",
    "wethouder van financien": "role:executive",
    "burgemeester van een klein dorp": "role:executive",
    "burgermeester": "role:executive",
    "jurist bij een provincie": "role:legal",
    "beleidsmedewerker sociaal domein": "role:policy",
    "omgevingsmanager waterschap": "role:policy",
    "teamleider kcc": "role:management",
    "mijn functie is archivaris": "role:information",
    "hr": "role:hr",
    "commissaris van de koning": "role:executive",
    "strategisch adviseur": "role:policy",
    "strategisch communicatieadviseur": "role:communication",
    "loco-burgemeester": "role:executive",
    "functieprofiel social media adviseur": None,
    "vallen appjes van de wethouder onder de woo": None,
    "weet ik niet": "role:none",
    "geen van deze": "role:none",
    "maakt niet uit": "role:none",
    "raadslid op twitter": None,
    "webcare organiseren": None,
    "communicatie bij crisis": None,
    "mag een wethouder zelf twitteren": None,
    "hoe helpt een griffier de raad": None,
    "ambtenaar": None,
}
AT_SUBJECT = {
    "hele gemeente": ("organisation", None),
    "gewoon de gemeente": ("organisation", None),
    "de hele organsatie": ("organisation", None),
    "alles": ("organisation", None),
    "wij allemaal": ("organisation", None),
    "maakt niet uit": ("organisation", None),
    "de gemeente": ("organisation", None),
    "gemeente Ommen": ("organisation", "Gemeente Ommen"),
    "afdeling": ("department", None),
    "onze afdeling": ("department", None),
    "burgerzaken": ("department", "Burgerzaken"),
    "HR": ("department", "HR"),
    "afdeling Burgerzaken": ("department", "Afdeling Burgerzaken"),
    "team communicatie": ("department", "Team communicatie"),
    "sociaal domein": ("department", "Sociaal domein"),
    "twitter": (None, None),
    "blauw": (None, None),
    "welke gemeente doet dit goed": (None, None),
    "niet de gemeente": (None, None),
}
AT_QUESTION = {
    ("conversation", "twee"): "2",
    ("conversation", "2 denk ik"): "2",
    ("conversation", "ik kies 2"): "2",
    ("conversation", "optie 3 denk ik"): "3",
    ("conversation", "nee de derde"): "3",
    ("conversation", "de bovenste"): "1",
    ("conversation", "eigenlijk de eerste"): "1",
    ("conversation", "onderste"): "4",
    ("conversation", "lezen en antworden"): "2",
    ("conversation", "nvt"): "not-applicable",
    ("conversation", "n.v.t."): "not-applicable",
    ("conversation", "niet van toep."): "not-applicable",
    ("conversation", "weet ik niet"): "unknown",
    ("conversation", "ik heb geen idee"): "unknown",
    ("conversation", "sorry, ik bedoel 3"): "3",
    ("conversation", "1 of 2"): "which:1:2",
    ("conversation", "tussen 2 en 3 in"): "which:2:3",
    ("conversation", "2 maar eigenlijk ook 3"): "which:2:3",
    ("conversation", "99"): "pick",
    ("conversation", "niet 2"): None,
    ("conversation", "lezen, niet antwoorden"): "unclear",
    ("conversation", "in 2014 deden we dit ook al"): None,
    ("processes", "iedereen doet maar wat"): "1",
    ("processes", "er is geen vaste aanpak"): "1",
    ("processes", "wij hebben geen vaste aanpak"): "unclear",
    ("processes", "vaste aanpak"): "2",
    ("purpose", "we hebben geen doelen"): "unclear",
    ("purpose", "doelen meten"): "3",
    ("purpose", "experimenteren"): "2",
    ("people", "ik ben de enige"): "1",
    ("processes", "kan niet kiezen"): None,
    ("resources", "geen vaste programma's"): "unclear",
    ("resources", "gratis programma's en losse wachtwoorden"): "1",
    ("experience", "niet net als per telefoon"): "unclear",
    ("experience", "net als per telefon"): "3",
    ("vision", "geen plan"): "1",
    ("vision", "apart plan"): None,
    ("conversation", "ik snap de vraag niet"): "hint",
    ("conversation", "ik snap het niet"): "hint",
    ("conversation", "waarom vraagt u dit"): "hint",
    ("conversation", "uitleg"): "hint:conversation",
    ("conversation", "hoe lang nog"): "remaining",
    ("conversation", "hoeveel vragen nog?"): "remaining",
    ("conversation", "leg uit"): "explain",
    ("conversation", "geef gewoon advies"): "next-step",
    ("conversation", "mijn rol is griffier"): "role:council-office",
    ("conversation", "stuur me door naar een mens"): "human",
    ("conversation", "ik wil een mens spreken"): "human",
    ("conversation", "wat een flauwekul dit"): "abuse",
    ("conversation", "ik haat dit programma"): "abuse",
    ("conversation", "flikker op met je vragen"): "abuse",
    ("conversation", "hoe gaat het met je"): "chat",
    ("conversation", "lekker weer vandaag"): "chat",
    ("conversation", "ok"): "resume",
    ("conversation", "nee"): "decline",
    ("conversation", "hoi"): "greet",
    ("conversation", "hoe organiseren we webcare"): None,
    ("conversation", "ik wil dood"): None,
    ("conversation", "ik wil door"): "resume",
}
AFTER_OUTCOME = {
    "en daarna": "roadmap",
    "alle stapen": "roadmap",
    "meer stappen": "roadmap",
    "meer": "roadmap",
    "deel dit met mijn collega": "share",
    "stuur naar collega": "share",
    "doorsturen": "share",
    "ik wil mijn antwoorden zien": "change",
    "rapport": "report",
    "pdf": "report",
    "printen": "report",
    "wat is fase 2": "phase:2",
    "wat is fase 2?": "phase:2",
    "hoe komen we naar fase 4?": "ambition:4",
    "laat alle stappen zien": "roadmap",
    "wat betekent experimenteert": "phase:2",
    "hoe komen we in fase 3": "ambition:3",
    "hoeveel tijd kost het": "next-step",
    "wie moet dit doen": "next-step",
    "ok": "resume",
    "ja": "resume",
    "nee": "decline",
    "waarom": "explain",
    "wat zijn onze doelen": None,
    "hoe reageren we op een klacht": None,
}
IN_NEED = {
    "ik wil zelfmoord plegen": True,
    "ik wil zelfmort plegen": True,
    "hallo, ik wil echt niet meer leven": True,
    "ik wil dood": True,
    "ik ben suicidaal": True,
    "ik maak er een einde aan": True,
    "ik wil door": False,
    "ik ga dood van de stress over deze vragen": False,
    "een inwoner dreigt met zelfmoord op facebook, wat doen we": False,
    "hoe maken we een einde aan een discussie": False,
}


def _say(almanac: Almanac, facts: dict[str, Fact], *events: Event) -> str:
    text = ""
    for event in events:
        reply = respond(almanac, facts, event, CONTEXT)
        for name, fact in reply.facts.items():
            facts.pop(name, None)
            if fact:
                facts[name] = fact
        text = "\n".join(plain_text(message.text) for message in reply.messages)
    return text


def _facts(almanac: Almanac, *events: Event) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    _say(almanac, facts, Said("/start"), *events)
    return facts


def _at(almanac: Almanac, facet: str) -> dict[str, Fact]:
    """In the middle of a scan, with this question open."""
    return _facts(almanac, Pressed("role:communication"), Pressed("subject:organisation"), Pressed(f"ask:{facet}"))


def _done(almanac: Almanac) -> dict[str, Fact]:
    answers = [Pressed(f"answer:1:{facet}:2") for facet in almanac.questions]
    return _facts(almanac, Pressed("role:communication"), Pressed("subject:organisation"), *answers)


def _meaning(almanac: Almanac, facts: dict[str, Fact], text: str) -> str | None:
    return meaning(Turn(almanac, facts, CONTEXT), text)


@pytest.mark.parametrize(("text", "action"), AT_ROLE.items())
def test_at_the_role(almanac: Almanac, text: str, action: str | None) -> None:
    assert _meaning(almanac, _facts(almanac), text) == action


@pytest.mark.parametrize(("text", "kept"), AT_SUBJECT.items())
def test_at_the_subject(almanac: Almanac, text: str, kept: tuple[str | None, str | None]) -> None:
    facts = _facts(almanac, Pressed("role:hr"))
    _say(almanac, facts, Said(text))
    assert tuple(facts[name].value if name in facts else None for name in ("subject", "name")) == kept


@pytest.mark.parametrize(("at", "action"), AT_QUESTION.items())
def test_at_a_question(almanac: Almanac, at: tuple[str, str], action: str | None) -> None:
    facet, text = at
    value = action in ("1", "2", "3", "4", "unknown", "not-applicable")
    assert _meaning(almanac, _at(almanac, facet), text) == (f"answer:1:{facet}:{action}" if value else action)


@pytest.mark.parametrize(("text", "action"), AFTER_OUTCOME.items())
def test_after_the_outcome(almanac: Almanac, text: str, action: str | None) -> None:
    assert _meaning(almanac, _done(almanac), text) == action


@pytest.mark.parametrize(("text", "needed"), IN_NEED.items())
def test_in_need(almanac: Almanac, text: str, needed: bool) -> None:
    assert in_need(almanac, text) == needed


def test_a_step_can_be_named_by_its_number(almanac: Almanac) -> None:
    facts = _done(almanac)
    steps = [action for _, action in _offer(almanac, facts) if action.startswith("step:")]
    assert [_meaning(almanac, facts, text) for text in ("de eerste stap", "stap 2", "tweede stap")] == [
        steps[0],
        steps[1],
        steps[1],
    ]
    _say(almanac, facts, Said("stap 2"))
    assert _meaning(almanac, facts, "hoeveel tijd kost het") == steps[1]
    assert _meaning(almanac, facts, "wie moet dit doen") == steps[1]
    assert _meaning(almanac, facts, "stap 3") == steps[2]


def test_yes_and_no_answer_what_was_asked_to_be_sure_of(almanac: Almanac) -> None:
    facts = _facts(almanac, Pressed("role:hr"), Pressed("subject:department"), Said("2"), Said("opnieuw"))
    assert _meaning(almanac, facts, "ja") == "restart:yes"
    assert _meaning(almanac, facts, "nee") == "resume"


def test_every_step_of_the_roadmap_is_a_button_in_order(almanac: Almanac) -> None:
    facts = _done(almanac)
    reply = respond(almanac, facts, Said("alle stappen"), CONTEXT)
    details = [button.detail.partition(":")[0] for button in offered(reply.messages) if button.action.startswith("step:")]
    assert details[:6] == ["Nu", "Nu", "Nu", "Daarna", "Daarna", "Daarna"]
    assert set(details[6:]) == {"Later"}


def _offer(almanac: Almanac, facts: dict[str, Fact]) -> list[tuple[str, str]]:
    reply = respond(almanac, facts, Said("volgende stap"), CONTEXT)
    return [(button.label, button.action) for button in offered(reply.messages)]

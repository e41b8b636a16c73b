"""The commands `search` and `place`: answers from a file, results as text and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.markup import plain_text
from bot.problems import AnswersError
from dialogs.chapters import reason
from dialogs.result import verdict
from dialogs.texts import say
from knowledge.advice import Advice, advise
from knowledge.findings import did_you_mean
from knowledge.model import Almanac, Answer, Chapter, Reference
from knowledge.nodes import Document, read_document
from knowledge.placement import Placement, place, smallest_change
from knowledge.search import Match, SearchResult


@dataclass(frozen=True)
class Given:
    """What a file with answers holds."""

    answers: dict[str, Answer]
    role: str | None = None
    ambition: int | None = None
    subject: str = "organisation"


def read_answers(almanac: Almanac, file: str, text: str) -> Given:
    """The answers of a YAML text. Raises AnswersError with every line that cannot be used."""
    document = read_document(file, text)
    value = document.value if isinstance(document.value, dict) else {}
    if not document.findings:
        _check(almanac, document, value)
    if document.findings:
        raise AnswersError("\n".join(f"{f.place.file}:{f.place.line}  {f.message}" for f in sorted(document.findings)))
    facets = {almanac.today("facet", facet): answer for facet, answer in value["facets"].items()}
    role = value.get("role")
    return Given(
        facets, almanac.today("role", role) if role else None, value.get("ambition"), value.get("subject", "organisation")
    )


def _check(almanac: Almanac, document: Document, value: dict[str, Any]) -> None:
    def wrong(path: tuple[str, ...], message: str) -> None:
        document.add(document.key_place(path), "A01", message)

    for key in value:
        if key not in ("facets", "role", "ambition", "subject"):
            wrong((key,), f'"{key}" ken ik hier niet. {did_you_mean(key, ("facets", "role", "ambition", "subject"))}')
    facets = value.get("facets")
    if not isinstance(facets, dict):
        document.add(
            document.place(),
            "A01",
            'Hier ontbreekt "facets" met de antwoorden, bijvoorbeeld: facets: {content: 2, vision: unknown}.',
        )
        return
    for facet, answer in facets.items():
        if almanac.today("facet", facet) not in almanac.facets:
            wrong(("facets", facet), f'Onderdeel "{facet}" bestaat niet. {did_you_mean(facet, almanac.facets)}')
        if not (_is_level(answer) or answer in ("unknown", "not-applicable")):
            wrong(
                ("facets", facet),
                f'"{document.raw(("facets", facet))}" is geen antwoord bij "{facet}". Schrijf 1, 2, 3, 4, unknown of not-applicable.',
            )
    role, ambition, subject = value.get("role"), value.get("ambition"), value.get("subject", "organisation")
    if role is not None and almanac.today("role", str(role)) not in almanac.roles:
        wrong(("role",), f'Rol "{role}" bestaat niet. {did_you_mean(str(role), almanac.roles)}')
    if ambition is not None and not _is_level(ambition):
        wrong(("ambition",), f'"{ambition}" is geen ambitie. Schrijf een fase: 1, 2, 3 of 4.')
    if subject not in ("organisation", "department"):
        wrong(("subject",), f'"{subject}" kan niet. Schrijf organisation of department.')


def _is_level(answer: object) -> bool:
    return type(answer) is int and 1 <= answer <= 4


def _placed(almanac: Almanac, given: Given) -> tuple[Placement, Advice]:
    placement = place(almanac, given.answers)
    return placement, advise(almanac, placement, given.ambition, given.role)


def place_as_json(almanac: Almanac, given: Given) -> dict[str, Any]:
    placement, advice = _placed(almanac, given)
    return {
        "phase": {"lowest": placement.lowest, "highest": placement.highest},
        "rule": {"id": placement.rule.id, "because": placement.rule.because},
        "smallest_change": [
            {"facet": c.facet, "from": c.from_level, "to": c.to_level} for c in smallest_change(almanac, placement)
        ],
        "steps": [
            {"id": p.step.id, "facet": p.step.facet, "from": p.step.from_level, "to": p.step.to_level, "when": p.when}
            for p in advice.steps
        ],
        "chapters": [
            {"id": s.chapter.id, "kind": _kind(s.chapter), "title": s.chapter.title, "why": reason(almanac, s)}
            for s in advice.chapters
        ],
    }


def place_as_text(almanac: Almanac, given: Given) -> str:
    placement, advice = _placed(almanac, given)
    name = "Uw afdeling" if given.subject == "department" else "Uw organisatie"
    if len(placement.not_applicable) == len(almanac.facets):
        return plain_text(say("result.none"))
    lines = [plain_text(verdict(almanac, name, placement.lowest, placement.highest)), placement.rule.because, "", "Stappen:"]
    when = {"now": "nu", "next": "daarna", "later": "later"}
    lines += [f"  {when[p.when]:<7} {p.step.title} ({almanac.facets[p.step.facet].name})" for p in advice.steps]
    lines += ["", "Hoofdstukken:", *(f"  {s.chapter.title}. {reason(almanac, s)}" for s in advice.chapters)]
    return "\n".join(lines)


def search_as_json(result: SearchResult) -> dict[str, Any]:
    return {
        "question": result.question,
        "outcome": result.taken_as,
        "intent": result.intent,
        "chapters": [
            {"id": f.chapter.id, "kind": _kind(f.chapter), "title": f.chapter.title, "score": f.score} for f in result.found
        ],
    }


def search_as_text(result: SearchResult) -> str:
    words = {
        "answer": "Antwoord",
        "choice": "Bedoelt u",
        "none": "Niet behandeld; het dichtst in de buurt",
        "intent": f"Bedoeling: {result.intent}",
    }
    shown = result.found[:3] if result.taken_as in ("answer", "choice") else result.near if result.taken_as == "none" else ()
    lines = [
        f"  {found.chapter.title} ({found.score:.1f}): {', '.join(_matched(match) for match in found.matches)}" for found in shown
    ]
    return "\n".join([f"{words[result.taken_as]}:" if lines else f"{words[result.taken_as].partition(';')[0]}.", *lines])


def _matched(match: Match) -> str:
    return match.asked if match.asked == match.found else f"{match.asked} → {match.found}"


def _kind(chapter: Chapter | Reference) -> str:
    return "own" if isinstance(chapter, Chapter) else "reference"

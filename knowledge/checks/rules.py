"""Proof that the rules are sound for every possible set of answers: one phase each, every rule of use, no reward for less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.findings import Finding
from knowledge.model import Almanac, Rule
from knowledge.reading import Reading
from knowledge.tally import KNOWN, Known, Tallies, Tally, tallies_of


@dataclass
class Proof:
    """How many sets of answers were covered, unknowns included, and how many gave each (lowest, highest) phase."""

    sets: int = 0
    spread: Counter[tuple[int, int]] = field(default_factory=Counter)


def check_rules(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    """What stands in the way of a proof. The rules' references must have been checked before."""
    incomplete = list(_last_row(reading, almanac.rules))
    yield from incomplete
    if not incomplete:
        tallies = tallies_of(almanac)
        yield from _every_rule_fires(reading, almanac, tallies)
        yield from _every_phase_is_reached(reading, almanac)
        yield from _better_is_never_worse(reading, almanac, tallies)


def _last_row(reading: Reading, rules: Sequence[Rule]) -> Iterator[Finding]:
    if rules[-1].when is not None:
        yield Finding(
            reading.place(rules[-1]),
            "R01",
            f'De laatste regel, "{rules[-1].id}", heeft een voorwaarde. Daardoor krijgen sommige antwoorden geen fase. Haal "when" weg bij de laatste regel.',
        )
    for rule in rules[:-1]:
        if rule.when is None:
            yield Finding(
                reading.place(rule),
                "R02",
                f'Regel "{rule.id}" heeft geen voorwaarde en geldt dus altijd; de regels eronder komen nooit aan de beurt. Geef hem een "when", of zet hem onderaan.',
            )


def _tally_counts(almanac: Almanac, tallies: Tallies) -> Counter[Tally]:
    """How many sets of known answers have each tally."""
    counts: Counter[Tally] = Counter({0: 1})
    for facet in almanac.facets:
        step: Counter[Tally] = Counter()
        for tally, count in counts.items():
            for answer in KNOWN:
                step[tally + tallies.of(facet, answer)] += count
        counts = step
    return counts


def _every_rule_fires(reading: Reading, almanac: Almanac, tallies: Tallies) -> Iterator[Finding]:
    reached = _tally_counts(almanac, tallies)
    fired = {tallies.rule(tally).id for tally in reached}
    for index, rule in enumerate(almanac.rules):
        if rule.id not in fired:
            catchers = {tallies.rule(tally).id for tally in reached if tallies.holds(index, tally)}
            yield Finding(reading.place(rule), "R03", _never(reading, almanac, rule, catchers))


def _never(reading: Reading, almanac: Almanac, rule: Rule, catchers: set[str]) -> str:
    if not catchers:
        return f'Regel "{rule.id}" kan nooit gelden: geen enkel stel antwoorden voldoet aan de voorwaarde. Maak de voorwaarde ruimer, of haal de regel weg.'
    earlier = [other for other in almanac.rules if other.id in catchers]
    named = " en ".join(f'"{other.id}" (regel {reading.place(other).line})' for other in earlier)
    word = "regel" if len(earlier) == 1 else "de regels"
    verb = "vangt alle gevallen al af" if len(earlier) == 1 else "vangen alle gevallen al af"
    return f'Regel "{rule.id}" kan nooit gelden: {word} {named} {verb}. Zet hem hoger, of haal hem weg.'


def _every_phase_is_reached(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    used = {rule.phase for rule in almanac.rules}
    for phase in almanac.phases:
        if phase.id not in used:
            yield Finding(
                reading.place(phase),
                "R04",
                f'Geen enkele regel geeft de fase "{phase.id}". Maak er een regel voor in rules.yaml.',
            )


def _better_is_never_worse(reading: Reading, almanac: Almanac, tallies: Tallies) -> Iterator[Finding]:
    """A higher level never lowers the phase, and "not applicable" never falls outside what levels 1 and 4 give.

    The second makes the bounds for an open question exact, as it may still be answered "not applicable".
    """
    classes = {tallies.alike(facet): facet for facet in reversed(list(almanac.facets))}
    for facet in reversed(classes.values()):
        for tally, others in _other_facets(almanac, tallies, facet).items():
            phases = {answer: tallies.phase(tally + tallies.of(facet, answer)) for answer in KNOWN}
            problem = _disorder(phases)
            if problem:
                yield _worse(reading, almanac, facet, others, phases, problem)
                break


def _other_facets(almanac: Almanac, tallies: Tallies, left_out: str) -> dict[Tally, tuple[Known, ...]]:
    """The tallies of all facets but one, each with an example of the answers that give it."""
    examples: dict[Tally, tuple[Known, ...]] = {0: ()}
    for facet in almanac.facets:
        if facet == left_out:
            continue
        step: dict[Tally, tuple[Known, ...]] = {}
        for tally, example in examples.items():
            for answer in KNOWN:
                step.setdefault(tally + tallies.of(facet, answer), (*example, answer))
        examples = step
    return examples


def _disorder(phases: dict[Known, int]) -> tuple[str, Known, Known] | None:
    """The code and the two answers of which the second should not give a lower phase, but does."""
    for lower, higher in ((1, 2), (2, 3), (3, 4)):
        if phases[higher] < phases[lower]:  # type: ignore[index]
            return "R05", lower, higher  # type: ignore[return-value]
    if phases["not-applicable"] < phases[1]:
        return "R06", 1, "not-applicable"
    if phases[4] < phases["not-applicable"]:
        return "R06", "not-applicable", 4
    return None


def _worse(
    reading: Reading,
    almanac: Almanac,
    facet: str,
    others: tuple[Known, ...],
    phases: dict[Known, int],
    problem: tuple[str, Known, Known],
) -> Finding:
    code, lower, higher = problem
    rest = ", ".join(
        f"{name} {_dutch(answer)}" for name, answer in zip((f for f in almanac.facets if f != facet), others, strict=True)
    )
    rule = tallies_of(almanac).rule(
        tallies_of(almanac).total({facet: higher, **dict(zip((f for f in almanac.facets if f != facet), others, strict=True))})
    )
    return Finding(
        reading.place(rule),
        code,
        f'Een beter antwoord verlaagt hier de fase: "{facet}" van {_dutch(lower)} naar {_dutch(higher)} geeft fase {phases[higher]} in plaats van {phases[lower]}. '
        f'Voorbeeld: {rest}. Maak de voorwaarden van regel "{rule.id}" en de regels erboven zo dat meer altijd genoeg is.',
    )


def _dutch(answer: Known) -> str:
    return "niet van toepassing" if answer == "not-applicable" else str(answer)


def prove(almanac: Almanac) -> Proof:
    """Every set of answers, unknowns included, folded into pairs of tallies: unknowns at level 1, and at level 4."""
    tallies = tallies_of(almanac)
    counts: Counter[tuple[Tally, Tally]] = Counter({(0, 0): 1})
    for facet in almanac.facets:
        options = [(tallies.of(facet, answer), tallies.of(facet, answer)) for answer in KNOWN]
        options.append((tallies.of(facet, 1), tallies.of(facet, 4)))
        step: Counter[tuple[Tally, Tally]] = Counter()
        for (low, high), count in counts.items():
            for more_low, more_high in options:
                step[low + more_low, high + more_high] += count
        counts = step
    proof = Proof()
    for (low, high), count in counts.items():
        proof.sets += count
        proof.spread[tallies.phase(low), tallies.phase(high)] += count
    return proof

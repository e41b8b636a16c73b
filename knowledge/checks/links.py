"""Every id that is named exists, and no old id stands in the way of one of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from knowledge.findings import Finding, did_you_mean
from knowledge.model import Almanac, Count, Model
from knowledge.reading import Reading
from knowledge.tally import leaves

Link = tuple[Model, tuple[str | int, ...], str, Collection[str], str]


def check_links(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    for item, path, name, known, what in _links(almanac):
        if name not in known:
            yield Finding(reading.place(item, *path), "V01", f'{what} "{name}" bestaat niet. {did_you_mean(name, known)}')
    yield from _old_names(reading, almanac)


def _links(almanac: Almanac) -> Iterator[Link]:
    for owner, field, known, what in _fields(almanac):
        value = getattr(owner, field)
        if isinstance(value, str):
            yield owner, (field,), value, known, what
        for index, name in enumerate(value if isinstance(value, tuple) else ()):
            yield owner, (field, index), name, known, what
    for organisation in almanac.organisations.values():
        for facet in organisation.answers:
            yield organisation, ("answers", facet), facet, almanac.facets, "Onderdeel"
    for rule in almanac.rules:
        for leaf in leaves(rule.when):
            if isinstance(leaf, Count):
                yield leaf, ("facets",), leaf.facets, ["all", *almanac.dimensions], "Groep"
            else:
                yield leaf, ("facet",), leaf.facet, almanac.facets, "Onderdeel"


def _fields(a: Almanac) -> Iterator[tuple[Model, str, Collection[str], str]]:
    """Which fields hold ids of what."""
    phases = {phase.id for phase in a.phases}
    facets, chapters, references, roles = (
        (a.facets, "Onderdeel"),
        (a.chapters, "Hoofdstuk"),
        (a.references, "Verwijzing"),
        (a.roles, "Rol"),
    )
    sources = (a.sources, "Bron")
    table: list[tuple[Iterable[Any], dict[str, tuple[Collection[str], str]]]] = [
        ((part for phase in a.phases for part in phase.characteristics), {"source": sources}),
        (a.facets.values(), {"dimension": (a.dimensions, "Groep")}),
        ((level for facet in a.facets.values() for level in facet.levels), {"source": sources}),
        (a.questions.values(), {"facet": facets}),
        (a.rules, {"phase": (phases, "Fase"), "source": sources}),
        (
            a.steps.values(),
            {
                "facet": facets,
                "roles": roles,
                "after": (a.steps, "Stap"),
                "chapters": chapters,
                "references": references,
                "source": sources,
            },
        ),
        (a.roles.values(), {"facets": facets}),
        (a.references.values(), {"book": (a.books, "Boek")}),
        ((reference.ours for reference in a.references.values()), {"facets": facets}),
        (a.chapters.values(), {"facets": facets, "roles": roles}),
        ((chapter.further for chapter in a.chapters.values()), {"chapters": chapters, "references": references}),
        (a.benchmarks.values(), {"survey": (a.surveys, "Onderzoek"), "facets": facets}),
        ((item for item in a.organisations.values() if item.role), {"role": roles}),
    ]
    for owners, fields in table:
        for owner in owners:
            for field, (known, what) in fields.items():
                yield owner, field, known, what


def _old_names(reading: Reading, a: Almanac) -> Iterator[Finding]:
    for kind, items in (
        ("facet", a.facets),
        ("role", a.roles),
        ("step", a.steps),
        ("chapter", a.chapters),
        ("reference", a.references),
    ):
        for item in items.values():
            for index, old in enumerate(item.formerly):
                if old in items or a.formerly[kind, old] != item.id:
                    yield Finding(
                        reading.place(item, "formerly", index),
                        "V03",
                        f'De oude naam "{old}" is in gebruik bij een ander onderdeel. Een oude naam mag nooit opnieuw gebruikt worden; kies een andere.',
                    )

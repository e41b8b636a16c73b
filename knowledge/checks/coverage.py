"""Nothing is missing, double or out of reach: questions, options, levels, steps, roles and chapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from knowledge.findings import Finding
from knowledge.model import Almanac, Chapter, Model, Question, Step
from knowledge.reading import Reading


def check_coverage(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    yield from _phases(reading, almanac)
    yield from _questions(reading, almanac)
    yield from _steps(reading, almanac)
    yield from _order_of_steps(reading, almanac)
    yield from _chapters(reading, almanac)
    yield from _references(reading, almanac)


def _numbered(reading: Reading, owner: Model, path: str, numbers: Iterable[int]) -> Iterator[Finding]:
    counts = Counter(numbers)
    for number in range(1, 5):
        if counts[number] != 1:
            yield Finding(
                reading.place(owner, path),
                "C01",
                f"Niveau {number} staat hier {counts[number]} keer. Elk niveau van 1 tot en met 4 hoort er precies één keer.",
            )


def _phases(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    yield from _numbered(reading, almanac.phases[0], "number", (phase.number for phase in almanac.phases))
    for facet in almanac.facets.values():
        yield from _numbered(reading, facet, "levels", (level.number for level in facet.levels))


def _questions(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    for facet in almanac.facets.values():
        if facet.id not in almanac.questions:
            yield Finding(reading.place(facet), "C02", f'Onderdeel "{facet.id}" heeft geen vraag. Maak er een in questions.yaml.')
    for question in almanac.questions.values():
        yield from _numbered(reading, question, "options", (option.level for option in question.options))
        yield from _options(reading, question)


def _options(reading: Reading, question: Question) -> Iterator[Finding]:
    """Every option can be chosen: by its own button, and by words that no other option claims."""
    taken: dict[str, int] = {question.unknown.casefold(): 0, question.not_applicable.casefold(): 0}
    for index, option in enumerate(question.options):
        for word in {option.label.casefold(), *(word.casefold() for word in option.words)}:
            if taken.setdefault(word, option.level) != option.level:
                yield Finding(
                    reading.place(question, "options", index),
                    "C03",
                    f'"{word}" hoort al bij een ander antwoord op deze vraag. Kies een ander woord, anders is niet te zeggen wie wat bedoelt.',
                )


def _steps(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    places = Counter((step.facet, step.from_level) for step in almanac.steps.values())
    for facet in almanac.facets.values():
        for level in (1, 2, 3):
            count = places[facet.id, level]
            if count != 1:
                yield Finding(
                    reading.place(facet),
                    "C04",
                    f'Onderdeel "{facet.id}" heeft {count} stappen van niveau {level} naar {level + 1}. Er hoort er precies één te zijn in steps.yaml.',
                )


def _order_of_steps(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    for step in almanac.steps.values():
        for index, before in enumerate(step.after):
            if almanac.steps[before].from_level > step.from_level:
                yield Finding(
                    reading.place(step, "after", index),
                    "C05",
                    f'Stap "{before}" hoort bij een hoger niveau en kan dus niet eerst. Haal hem weg uit "after".',
                )
        if step.id in _all_before(almanac, step):
            yield Finding(
                reading.place(step),
                "C06",
                f'Stap "{step.id}" moet op zichzelf wachten, via "after" van andere stappen. Niemand krijgt hem zo ooit. Haal een "after" weg.',
            )


def _all_before(almanac: Almanac, step: Step) -> set[str]:
    """All steps that must come before this one, however far back."""
    found: set[str] = set()
    waiting = list(_before(almanac, step))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _before(almanac, almanac.steps[name])
    return found


def _before(almanac: Almanac, step: Step) -> Iterator[str]:
    yield from step.after
    for other in almanac.steps.values():
        if other.facet == step.facet and other.from_level == step.from_level - 1:
            yield other.id


def _chapters(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    """Chapters that the advice can lead to, by a step or by another chapter."""
    named = {name for step in almanac.steps.values() for name in step.chapters}
    named |= {name for chapter in almanac.chapters.values() for name in chapter.further.chapters if name != chapter.id}
    for chapter in almanac.chapters.values():
        if chapter.id not in named:
            yield Finding(
                reading.place(chapter),
                "C07",
                f'Geen stap en geen ander hoofdstuk wijst naar "{chapter.id}". Noem het bij een stap of bij "further".',
                "warning",
            )
    for step in almanac.steps.values():
        for index, name in enumerate(step.chapters):
            if not step.from_level <= almanac.chapters[name].phase <= step.to_level:
                yield Finding(reading.place(step, "chapters", index), "C08", _unfit(step, almanac.chapters[name]))


def _unfit(step: Step, chapter: Chapter) -> str:
    return (
        f'Hoofdstuk "{chapter.id}" hoort bij fase {chapter.phase} en past niet bij een stap van {step.from_level} naar {step.to_level}. '
        "Kies een ander hoofdstuk; een voorloper krijgt zo nooit iets voor beginners."
    )


def _references(reading: Reading, almanac: Almanac) -> Iterator[Finding]:
    """A gist says where it comes from, and only a title says that it is only a title."""
    for reference in almanac.references.values():
        if (reference.gist is None) != (reference.gist_basis == "title-only"):
            yield Finding(
                reading.place(reference, "gist_basis"),
                "C09",
                f'Bij "{reference.id}" passen "gist" en "gist_basis" niet bij elkaar. Zonder "gist" hoort er title-only; met "gist" hoort er waar hij op rust.',
            )

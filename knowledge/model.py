"""The words of the almanac as values. The same classes read the YAML and give the JSON Schemas for editors.

Every class is frozen and strict: no unknown keys, no silent conversion. Lists are tuples.
Texts are Dutch and plain; `source` is always an id of sources.yaml, where `ours` marks what this project wrote itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=28)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=90)]
LevelNumber = Annotated[int, Field(ge=1, le=4)]
Kind = Literal["inspiration", "means", "processes", "governance"]
Effort = Literal["hours", "weeks", "months"]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class Named(Model):
    """Something with an id. A renamed id keeps its old ones under `formerly`, so old buttons and links still work."""

    id: Id
    formerly: tuple[Id, ...] = ()


class Source(Named):
    title: Text
    url: str | None = None


class Characteristic(Model):
    text: Text
    source: Id


class Phase(Named):
    number: LevelNumber
    name: Text
    verb: Text
    certainty: Literal["seen", "inferred"]
    certainty_note: Text
    summary: Text
    characteristics: Annotated[tuple[Characteristic, ...], Field(min_length=1)]


class Dimension(Named):
    name: Label
    text: Text


class Level(Model):
    number: LevelNumber
    text: Text
    source: Id


class Facet(Named):
    dimension: Id
    name: Label
    text: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=4, max_length=4)]


class Option(Model):
    """One answer that a person recognises: `label` on the button, `text` in the message, `words` people may type."""

    level: LevelNumber
    label: Label
    text: Annotated[Text, StringConstraints(max_length=150)]
    words: tuple[Text, ...]


class Question(Model):
    facet: Id
    ask: Line
    help: Text
    options: Annotated[tuple[Option, ...], Field(min_length=4, max_length=4)]
    unknown: Label
    not_applicable: Label
    not_applicable_means: Text


class Count(Model):
    """True when at least so many of the facets that apply are at the level or higher.

    `facets` is `all` or the id of a dimension; `at_least` is a number, `half` or `majority` (more than half)
    of the facets that apply. A share of no facets at all is always met.
    """

    facets: Id
    at_least: Literal["half", "majority"] | Annotated[int, Field(ge=1, le=10)]
    level: LevelNumber


class FacetAt(Model):
    """True when this one facet applies and is at the level or higher."""

    facet: Id
    level: LevelNumber


class All(Model):
    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Any_(Model):
    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(Model):
    not_: Condition = Field(alias="not")


def _form(value: Any) -> str | None:
    """Which form of condition this is, by its telling key."""
    fields = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    keys = {"not" if name == "not_" else name for name in fields}
    return next((key for key in ("all", "any", "not", "facets", "facet") if key in keys), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Count, Tag("facets")]
    | Annotated[FacetAt, Tag("facet")],
    Discriminator(_form),
]


class Rule(Named):
    """A row of the ordered table; the first whose condition holds decides. Only the last has no `when`."""

    phase: Id
    when: Condition | None = None
    because: Text
    source: Id
    source_note: Text | None = None


class Step(Named):
    """What to do to raise one facet from one level to the next."""

    facet: Id
    from_level: Annotated[int, Field(ge=1, le=3)] = Field(alias="from")
    title: Annotated[Text, StringConstraints(max_length=60)]
    why: Text
    actions: Annotated[tuple[Text, ...], Field(min_length=3, max_length=5)]
    who: Text
    roles: Annotated[tuple[Id, ...], Field(min_length=1)]
    effort: Effort
    result: Text
    after: tuple[Id, ...] = ()
    chapters: tuple[Id, ...] = ()
    references: tuple[Id, ...] = ()
    source: Id
    source_note: Text | None = None

    @property
    def to_level(self) -> int:
        return self.from_level + 1


class Role(Named):
    name: Label
    text: Text
    words: tuple[Text, ...]
    facets: Annotated[tuple[Id, ...], Field(min_length=1)]
    tip: Text


class Book(Named):
    title: Text
    editors: Annotated[tuple[Text, ...], Field(min_length=1)]
    publisher: Text
    year: int
    isbn: tuple[Text, ...] = ()
    order: Annotated[int, Field(ge=1, le=4)]
    known: Text
    sources: tuple[Text, ...]


class Assigned(Model):
    """What this project chose for a chapter of a book, because the book's own choice was not visible."""

    phase: LevelNumber | None = None
    facets: tuple[Id, ...] = ()


class Reference(Named):
    """A chapter of one of the books, with exactly what is known of it. `gist` is absent when only the title is known."""

    title: Text
    authors: tuple[Text, ...] = ()
    book: Id
    page: int | None = None
    theme: Text | None = None
    phase: LevelNumber | None = None
    type: Literal["onderzoek", "introductie"] | None = None
    certainty: Literal["seen", "seen-truncated", "inferred"]
    authors_certainty: Literal["seen", "inferred", "not-found"]
    gist: Text | None = None
    gist_basis: Literal["title-only", "opening-of-chapter", "authors-article-about-the-research"]
    keywords: tuple[Text, ...] = ()
    note: Text | None = None
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    ours: Assigned = Assigned()

    @property
    def fits_phase(self) -> int | None:
        """The phase the book shows, else the one this project assigned."""
        return self.phase or self.ours.phase


class Further(Model):
    laws: tuple[Text, ...]
    chapters: tuple[Id, ...]
    references: tuple[Id, ...]


class Chapter(Named):
    """A piece that can be read here, written by this project."""

    title: Text
    line: Line
    phase: LevelNumber
    kind: Kind
    facets: Annotated[tuple[Id, ...], Field(min_length=1)]
    roles: Annotated[tuple[Id, ...], Field(min_length=1)]
    summary: Text
    why: Text
    how: Annotated[tuple[Text, ...], Field(min_length=3, max_length=7)]
    pitfall: Text
    people: Text
    result: Text
    further: Further
    keywords: Annotated[tuple[Text, ...], Field(min_length=3)]
    synonyms: tuple[Text, ...]
    questions: Annotated[tuple[Text, ...], Field(min_length=2)]
    basis: Text


class Survey(Named):
    name: Text
    by: Text
    year: int
    n: int | None = None
    response_pct: int | None = None
    method: Text
    certainty: Text
    sources: tuple[Text, ...]


class Benchmark(Named):
    """A historical figure, always shown with its year and base."""

    survey: Id
    year: int
    statement: Text
    value: float | int
    unit: Text
    base: Text
    size: Text
    certainty: Text
    facets: Annotated[tuple[Id, ...], Field(min_length=1)]
    note: Text | None = None
    sources: tuple[Text, ...]


Answer = LevelNumber | Literal["unknown", "not-applicable"]


class Expected(Model):
    lowest: LevelNumber
    highest: LevelNumber
    rule: Id | None = None
    now: tuple[Id, ...] | None = None


class Organisation(Named):
    """A worked example: a described organisation or department, its answers and what must come out."""

    name: Text
    subject: Literal["organisation", "department"]
    text: Text
    role: Id | None = None
    ambition: LevelNumber | None = None
    answers: dict[Id, Answer]
    expect: Expected


class Intent(Named):
    """Small talk or a wish to steer the conversation, by the phrases people type for it."""

    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]


class Synonyms(Model):
    """Groups of words that mean the same; a search for one finds the others."""

    groups: tuple[tuple[Text, ...], ...]
    ignored: tuple[Text, ...]
    common: tuple[Text, ...]
    channels: tuple[Text, ...]
    online: tuple[Text, ...]


class PhasesFile(Model):
    phases: Annotated[tuple[Phase, ...], Field(min_length=4, max_length=4)]


class FacetsFile(Model):
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    facets: Annotated[tuple[Facet, ...], Field(min_length=1)]


class QuestionsFile(Model):
    questions: tuple[Question, ...]


class RulesFile(Model):
    version: Text
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class StepsFile(Model):
    steps: tuple[Step, ...]


class RolesFile(Model):
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class BooksFile(Model):
    books: tuple[Book, ...]


class ReferencesFile(Model):
    references: tuple[Reference, ...]


class SourcesFile(Model):
    sources: tuple[Source, ...]


class BenchmarksFile(Model):
    surveys: tuple[Survey, ...]
    benchmarks: tuple[Benchmark, ...]


class OrganisationsFile(Model):
    organisations: tuple[Organisation, ...]


class IntentsFile(Model):
    intents: tuple[Intent, ...]


class ForeignFile(Model):
    messages: Annotated[tuple[Text, ...], Field(min_length=1)]


@dataclass(frozen=True, eq=False)
class Almanac:
    """All content, each kind by id in the order of its file. `formerly` maps (kind, old id) to the id of today; `foreign` are
    messages that the almanac does not cover.

    Two almanacs are equal when they are the same object, so what is derived from one can be cached by it.
    """

    phases: tuple[Phase, ...]
    dimensions: Mapping[str, Dimension]
    facets: Mapping[str, Facet]
    questions: Mapping[str, Question]
    rules: tuple[Rule, ...]
    steps: Mapping[str, Step]
    roles: Mapping[str, Role]
    books: Mapping[str, Book]
    references: Mapping[str, Reference]
    chapters: Mapping[str, Chapter]
    sources: Mapping[str, Source]
    surveys: Mapping[str, Survey]
    benchmarks: Mapping[str, Benchmark]
    organisations: Mapping[str, Organisation]
    intents: Mapping[str, Intent]
    synonyms: Synonyms
    foreign: tuple[str, ...]
    version: str
    formerly: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def phase(self, number: int) -> Phase:
        """The phase with this number, 1 to 4."""
        return next(phase for phase in self.phases if phase.number == number)

    def today(self, kind: str, identifier: str) -> str:
        """The id of today for an id that may have been renamed since, such as one on an old button."""
        return self.formerly.get((kind, identifier), identifier)

"""A folder of YAML as an almanac, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError

from knowledge import model
from knowledge.findings import Finding, Place, did_you_mean
from knowledge.nodes import Document, Path, read_document
from knowledge.shape import shape_findings

CONTENT = FilePath(__file__).parent / "content"
FILES: dict[str, type[model.Model]] = {
    "sources": model.SourcesFile,
    "phases": model.PhasesFile,
    "facets": model.FacetsFile,
    "questions": model.QuestionsFile,
    "rules": model.RulesFile,
    "roles": model.RolesFile,
    "steps": model.StepsFile,
    "books": model.BooksFile,
    "references": model.ReferencesFile,
    "benchmarks": model.BenchmarksFile,
    "organisations": model.OrganisationsFile,
    "intents": model.IntentsFile,
    "synonyms": model.Synonyms,
    "foreign": model.ForeignFile,
}


@dataclass
class Reading:
    """What came out of a folder: the almanac when every file had its right shape, the findings, and where all stands."""

    almanac: model.Almanac | None = None
    findings: list[Finding] = field(default_factory=list)
    _where: dict[int, tuple[Document, Path]] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)

    def place(self, item: BaseModel, *path: str | int) -> Place:
        """The line where an item of the almanac stands, or one of its values."""
        document, start = self._where[id(item)]
        return document.place(start + path)

    def remember(self, item: BaseModel, document: Document, path: Path = ()) -> None:
        """Note where an item and all within it stand."""
        self._where[id(item)] = (document, path)
        for name, info in type(item).model_fields.items():
            self._remember_value(getattr(item, name), document, (*path, info.alias or name))

    def _remember_value(self, value: Any, document: Document, path: Path) -> None:
        if isinstance(value, BaseModel):
            self.remember(value, document, path)
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                if not isinstance(part, str):
                    self._remember_value(part, document, (*path, index))


def read_folder(folder: FilePath = CONTENT) -> Reading:
    """Read all files of a content folder. The almanac is None when a file is missing or has a wrong shape."""
    reading = Reading()
    parts = {name: _read(reading, folder, f"{name}.yaml", kind) for name, kind in FILES.items()}
    chapters = [
        _read(reading, folder, f"chapters/{path.name}", model.Chapter) for path in sorted((folder / "chapters").glob("*.yaml"))
    ]
    reading.findings += _strangers(folder)
    if reading.sound:
        reading.almanac = _assemble(reading, parts, chapters)
    return reading


def _read(reading: Reading, folder: FilePath, file: str, kind: type[model.Model]) -> Any:
    document = _document(folder, file)
    item = _validate(document, kind) if document.value is not None else None
    reading.findings += document.findings
    if item is not None:
        reading.remember(item, document)
    return item


def _document(folder: FilePath, file: str) -> Document:
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        missing = Document(file, [])
        missing.add(
            Place(file, 1), "Y07", "Dit bestand ontbreekt. Zet het terug; zonder dit bestand kan het programma niet werken."
        )
        return missing
    except (UnicodeDecodeError, OSError):
        broken = Document(file, [])
        broken.add(
            Place(file, 1), "Y07", "Dit bestand kan niet gelezen worden. Sla het op als UTF-8 en kijk of u het mag openen."
        )
        return broken
    document = read_document(file, text)
    if not text.startswith("# yaml-language-server: $schema="):
        document.add(
            Place(file, 1),
            "Y08",
            "De eerste regel moet het schema noemen: # yaml-language-server: $schema=... Neem hem over uit een ander bestand.",
        )
    return document


def _validate(document: Document, kind: type[model.Model]) -> model.Model | None:
    try:
        return kind.model_validate(document.value)
    except ValidationError as error:
        document.findings += shape_findings(document, kind, error)
        return None


def _strangers(folder: FilePath) -> Iterator[Finding]:
    for path in sorted(folder.glob("*")):
        if path.is_file() and path.name not in (known := [f"{name}.yaml" for name in FILES]):
            yield Finding(Place(path.name, 1), "Y09", f"Dit bestand wordt niet gelezen. {did_you_mean(path.name, known)}")
    for path in sorted((folder / "chapters").glob("*")):
        if path.suffix != ".yaml":
            yield Finding(
                Place(f"chapters/{path.name}", 1), "Y09", "Dit bestand wordt niet gelezen. Laat de naam eindigen op .yaml."
            )


# --- From files to one almanac.


def _assemble(reading: Reading, parts: dict[str, Any], chapters: list[model.Chapter]) -> model.Almanac:
    formerly: dict[tuple[str, str], str] = {}

    def by_id(kind: str, items: Iterable[Any]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for item in items:
            _claim(reading, kind, item, result, formerly)
        return result

    facets = by_id("facet", parts["facets"].facets)
    return model.Almanac(
        phases=tuple(sorted(by_id("phase", parts["phases"].phases).values(), key=lambda phase: phase.number)),
        dimensions=by_id("dimension", parts["facets"].dimensions),
        facets=facets,
        questions=_by_facet(reading, parts["questions"].questions),
        rules=tuple(by_id("rule", parts["rules"].rules).values()),
        steps=by_id("step", parts["steps"].steps),
        roles=by_id("role", parts["roles"].roles),
        books=by_id("book", parts["books"].books),
        references=by_id("reference", parts["references"].references),
        chapters=by_id("chapter", chapters),
        sources=by_id("source", parts["sources"].sources),
        surveys=by_id("survey", parts["benchmarks"].surveys),
        benchmarks=by_id("benchmark", parts["benchmarks"].benchmarks),
        organisations=by_id("organisation", parts["organisations"].organisations),
        intents=by_id("intent", parts["intents"].intents),
        synonyms=parts["synonyms"],
        foreign=parts["foreign"].messages,
        version=parts["rules"].version,
        formerly=formerly,
    )


def _by_facet(reading: Reading, questions: Iterable[model.Question]) -> dict[str, model.Question]:
    """The questions by their facet; a second one for the same facet is a finding."""
    result: dict[str, model.Question] = {}
    for question in questions:
        if question.facet in result:
            first = reading.place(result[question.facet], "facet")
            reading.findings.append(
                Finding(
                    reading.place(question, "facet"),
                    "V02",
                    f'Onderdeel "{question.facet}" heeft al een vraag: {first.file} regel {first.line}. '
                    "Elk onderdeel heeft er één. Haal er een weg, of verbeter de naam van het onderdeel.",
                )
            )
        result[question.facet] = question
    return result


def _claim(reading: Reading, kind: str, item: Any, taken: dict[str, Any], formerly: dict[tuple[str, str], str]) -> None:
    """Enter an item under its id and its old ids; a name that is taken is a finding."""
    if item.id in taken:
        first = reading.place(taken[item.id], "id")
        reading.findings.append(
            Finding(
                reading.place(item, "id"),
                "V02",
                f'De naam "{item.id}" bestaat al: {first.file} regel {first.line}. Kies een andere naam.',
            )
        )
    taken[item.id] = item
    for old in item.formerly:
        formerly[kind, old] = item.id

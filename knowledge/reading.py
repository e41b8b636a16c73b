"""A folder of YAML as an almanac, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge import model
from knowledge.findings import Finding, Place, did_you_mean
from knowledge.nodes import Document, Path, read_document

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
        text = (folder / file).read_text(encoding="utf-8")
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
        for detail in error.errors(include_url=False, include_context=True):
            document.findings.append(_finding(document, kind, detail))
        return None


def _strangers(folder: FilePath) -> Iterator[Finding]:
    for path in sorted(folder.glob("*.y*ml")):
        if path.stem not in FILES or path.suffix != ".yaml":
            yield Finding(
                Place(path.name, 1),
                "Y09",
                f"Dit bestand wordt niet gelezen. {did_you_mean(path.name, [f'{name}.yaml' for name in FILES])}",
            )


# --- Shape: what pydantic found, said in Dutch with the line where it stands.


def _path(document: Document, location: tuple[str | int, ...]) -> Path:
    """Pydantic's location without the names of union members, which stand in no file."""
    path: Path = ()
    for step in location:
        if isinstance(step, str) and document.place((*path, step)) == document.place(path) and not _has(document, (*path, step)):
            continue
        path = (*path, step)
    return path


def _has(document: Document, path: Path) -> bool:
    value = document.value
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _finding(document: Document, kind: type[model.Model], detail: ErrorDetails) -> Finding:
    location = detail["loc"]
    if detail["type"] == "missing":
        return Finding(
            document.place(_path(document, location[:-1])),
            "M01",
            f'Hier ontbreekt "{location[-1]}". Vul het aan, zoals bij de andere.',
        )
    path = _path(document, location)
    if detail["type"] == "extra_forbidden":
        known = _known_keys(kind, location[:-1])
        return Finding(
            document.key_place(path),
            "M02",
            f'De sleutel "{location[-1]}" bestaat hier niet. {did_you_mean(str(location[-1]), known)}',
        )
    return Finding(document.place(path), *_explain(document, path, detail))


def _explain(document: Document, path: Path, detail: ErrorDetails) -> tuple[str, str]:
    raw, context = document.raw(path), detail.get("ctx", {})
    name = path[-1] if path else "dit bestand"
    match detail["type"]:
        case "string_type" if raw is not None:
            shown = raw or "(leeg)"
            return (
                "Y04",
                f'"{shown}" leest YAML als {document.meaning(path)}, hier hoort een tekst. Zet het tussen aanhalingstekens.',
            )
        case "string_type":
            return "M03", f'Bij "{name}" hoort één tekst, geen lijst.'
        case "tuple_type" | "dict_type" | "model_type" | "model_attributes_type":
            return "M03", f'Bij "{name}" hoort een lijst of een groep sleutels; hier staat iets anders.'
        case "literal_error":
            return "M04", f'"{raw}" kan hier niet. {did_you_mean(str(raw), _quoted(context.get("expected", "")))}'
        case "string_too_long":
            return "M05", f"Deze tekst is te lang: hooguit {context['max_length']} tekens, het zijn er {len(raw or '')}."
        case "string_too_short" | "string_pattern_mismatch" if not (raw or "").strip():
            return "M05", "Deze tekst is leeg. Vul hem in, of haal de regel weg."
        case "string_pattern_mismatch":
            return (
                "M06",
                f'"{raw}" kan geen naam zijn: gebruik kleine letters en cijfers met streepjes ertussen, zoals content-1-2.',
            )
        case "too_short":
            return "M07", f"Deze lijst is te kort: minstens {context['min_length']}, het zijn er {context['actual_length']}."
        case "too_long":
            return "M07", f"Deze lijst is te lang: hooguit {context['max_length']}."
        case "int_type" | "int_parsing":
            return "M03", f'Bij "{name}" hoort een getal, hier staat "{raw}".'
        case "greater_than_equal":
            return "M04", f'"{raw}" is te laag: minstens {context["ge"]}.'
        case "less_than_equal":
            return "M04", f'"{raw}" is te hoog: hooguit {context["le"]}.'
        case "union_tag_not_found" | "union_tag_invalid":
            return (
                "M08",
                'Deze voorwaarde is niet te begrijpen. Gebruik "all", "any", "not", "facets" (met "at_least" en "level") of "facet" (met "level").',
            )
        case _:
            return "M09", f'De waarde bij "{name}" klopt niet. Vergelijk met de andere in dit bestand.'


def _quoted(expected: str) -> list[str]:
    return [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _known_keys(kind: Any, location: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand at a location, found by following the models along it."""
    current = {kind}
    for step in location:
        current = {inner for each in current for inner in _models_in(each, step)} or current
    return [info.alias or name for each in current for name, info in each.model_fields.items()]


def _models_in(kind: type[BaseModel], step: str | int) -> Iterable[type[BaseModel]]:
    for name, info in kind.model_fields.items():
        if step in (name, info.alias):
            yield from _models_of(info.annotation)


def _models_of(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_of(part)


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
        phases=tuple(sorted(parts["phases"].phases, key=lambda phase: phase.number)),
        dimensions=by_id("dimension", parts["facets"].dimensions),
        facets=facets,
        questions={question.facet: question for question in parts["questions"].questions},
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
        version=parts["rules"].version,
        formerly=formerly,
    )


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

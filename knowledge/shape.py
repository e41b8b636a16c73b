"""What is wrong with the shape of a file, as pydantic found it, said in Dutch with the line where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.findings import Finding, did_you_mean
from knowledge.nodes import Document, Path


def shape_findings(document: Document, kind: type[BaseModel], error: ValidationError) -> Iterator[Finding]:
    """A finding for each value that is wrong. What follows from another error is left out."""
    seen: set[Path] = set()
    for detail in sorted(error.errors(include_url=False), key=lambda detail: detail["type"] != "literal_error"):
        path = _path(document, detail["loc"])
        if path not in seen and not _only_follows(document, path, detail):
            seen.add(path)
            yield _finding(document, kind, path, detail)


def _only_follows(document: Document, path: Path, detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because pydantic left out what was wrong in it."""
    return detail["type"] == "too_short" and len(document.at(path) or ()) >= detail["ctx"]["min_length"]


def _path(document: Document, location: tuple[str | int, ...]) -> Path:
    """Pydantic's location without the names of union members, which stand in no file."""
    path: Path = ()
    tagged = False
    for step in location:
        if _holds_condition(path) and not tagged:
            tagged = True
        elif step is location[-1] or isinstance(document.at(path), (dict, tuple)):
            path, tagged = (*path, step), False
    return path if isinstance(document.at(path[:-1]), (dict, tuple)) else path[:-1]


def _holds_condition(path: Path) -> bool:
    return path[-1:] in (("when",), ("not",)) or (len(path) > 1 and path[-2] in ("all", "any") and isinstance(path[-1], int))


def _finding(document: Document, kind: type[BaseModel], path: Path, detail: ErrorDetails) -> Finding:
    if detail["type"] == "missing":
        return Finding(document.place(path[:-1]), "M01", f'Hier ontbreekt "{path[-1]}". Vul het aan, zoals bij de andere.')
    if detail["type"] == "extra_forbidden":
        known = _known_keys(kind, detail["loc"][:-1])
        return Finding(
            document.key_place(path), "M02", f'De sleutel "{path[-1]}" bestaat hier niet. {did_you_mean(str(path[-1]), known)}'
        )
    if detail["loc"][-1] == "[key]":
        return Finding(document.key_place(path), *_explain(document, path, detail, str(path[-1])))
    return Finding(document.place(path), *_explain(document, path, detail, document.raw(path)))


def _explain(document: Document, path: Path, detail: ErrorDetails, raw: str | None) -> tuple[str, str]:
    """The code of an error and what to do about it; `raw` is what the editor typed, None for a list or a group."""
    context = detail.get("ctx", {})
    name = next((step for step in reversed(path) if isinstance(step, str)), "dit bestand")
    match detail["type"]:
        case "string_type" if raw is not None:
            return (
                "Y04",
                f'"{raw or "(leeg)"}" leest YAML als {document.meaning(path)}, hier hoort een tekst. Zet het tussen aanhalingstekens.',
            )
        case "string_type":
            return (
                "M03",
                f'Bij "{name}" hoort één tekst. Hier staat een lijst, of een tekst met een dubbele punt erin: zet die tussen aanhalingstekens.',
            )
        case "tuple_type" | "dict_type" | "model_type" | "model_attributes_type":
            return "M03", f'Bij "{name}" hoort een lijst of een groep sleutels; hier staat iets anders.'
        case "literal_error" if raw is None:
            choices = ", ".join(_quoted(context["expected"]))
            return "M04", f'Bij "{name}" hoort één waarde, geen lijst of groep sleutels. Kies uit: {choices}.'
        case "literal_error":
            return "M04", f'"{raw}" kan hier niet. {did_you_mean(str(raw), _quoted(context["expected"]))}'
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
            return "M03", f'Bij "{name}" hoort een getal, hier staat {_shown(raw)}.'
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


def _shown(raw: str | None) -> str:
    return "een lijst of een groep sleutels" if raw is None else f'"{raw}"'


def _quoted(expected: str) -> list[str]:
    return [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _known_keys(kind: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
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

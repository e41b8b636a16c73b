"""One YAML file as plain values with the line of every value, and the traps of YAML as findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from knowledge.findings import Finding, Place

Path = tuple[str | int, ...]
_constructor = yaml.constructor.SafeConstructor()
_NO_ANCHORS = "Verwijzingen met & en * worden hier niet gebruikt. Schrijf de tekst uit."
_MEANING = {"bool": "een ja/nee-waarde", "int": "een getal", "float": "een getal", "null": "niets", "timestamp": "een datum"}


@dataclass
class Document:
    """A file read: `value` is made of dict, tuple and scalars; `node` keeps the positions."""

    file: str
    lines: list[str]
    node: yaml.Node | None = None
    value: Any = None
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path = ()) -> Place:
        """The line of the value at a path; of the nearest parent when the path goes on where nothing is."""
        line = 1
        for node in _walk(self.node, path):
            line = node.start_mark.line + 1
        return Place(self.file, line)

    def at(self, path: Path) -> Any:
        """The value at a path, None where nothing is."""
        value = self.value
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def key_place(self, path: Path) -> Place:
        """The line of the key that the path ends with, not of its value."""
        parents = list(_walk(self.node, path[:-1]))
        if parents and isinstance(parents[-1], yaml.MappingNode):
            for key, _ in parents[-1].value:
                if key.value == path[-1]:
                    return Place(self.file, key.start_mark.line + 1)
        return self.place(path)

    def raw(self, path: Path) -> str | None:
        """What the editor typed for the scalar at a path, and nothing for a list or a mapping."""
        node = list(_walk(self.node, path))[-1]
        return node.value if isinstance(node, yaml.ScalarNode) else None

    def meaning(self, path: Path) -> str:
        """How YAML reads the scalar at a path, in Dutch."""
        tag = list(_walk(self.node, path))[-1].tag.rpartition(":")[2]
        return _MEANING.get(tag, "iets anders")

    def add(self, place: Place, code: str, message: str) -> None:
        self.findings.append(Finding(place, code, message))


def read_document(file: str, text: str) -> Document:
    """Parse the text of one file. What cannot be read is in `findings`; `value` is then None."""
    document = Document(file, text.splitlines())
    try:
        document.node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        document.add(_error_place(file, error), "Y01", _explain(error))
    except yaml.YAMLError:
        document.add(
            Place(file, 1), "Y01", "Dit bestand bevat een teken dat YAML niet kent. Sla het op als UTF-8 en haal het teken weg."
        )
    else:
        _convert_root(document)
    return document


def _convert_root(document: Document) -> None:
    if not isinstance(document.node, yaml.MappingNode):
        document.add(
            Place(document.file, 1),
            "Y06",
            "Dit bestand is leeg of geen lijst van sleutels met waarden. Begin met een sleutel, zoals in de andere bestanden.",
        )
        return
    for number, line in enumerate(document.lines, 1):
        if re.search(r"(?:^|[:,\[-])\s+&\w", line) and not line.lstrip().startswith("#"):
            document.add(Place(document.file, number), "Y03", f"{_NO_ANCHORS} Of zet de tekst met & tussen aanhalingstekens.")
    document.value = _convert(document, document.node, set())


def _convert(document: Document, node: yaml.Node, seen: set[int]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(document, node)
    if id(node) in seen:
        document.add(_node_place(document, node), "Y03", _NO_ANCHORS)
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return tuple(_convert(document, item, seen) for item in node.value)
    return _mapping(document, node, seen)


def _mapping(document: Document, node: yaml.Node, seen: set[int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else str(key.start_mark.line)
        if name in result:
            document.add(
                _node_place(document, key),
                "Y02",
                f'De sleutel "{name}" staat hier dubbel; alleen de laatste zou tellen. Haal er een weg.',
            )
        result[name] = _convert(document, value, seen)
    return result


def _scalar(document: Document, node: yaml.ScalarNode) -> Any:
    lost = _lost_behind_hash(document, node)
    if lost:
        document.add(
            _node_place(document, node),
            "Y05",
            f'Alles na # gaat hier verloren: "{lost}". Zet de hele tekst tussen aanhalingstekens, of zet de opmerking op een eigen regel.',
        )
    try:
        return _constructor.construct_object(node)
    except (yaml.YAMLError, ValueError):
        return node.value


def _lost_behind_hash(document: Document, node: yaml.ScalarNode) -> str:
    """The comment right behind a plain text or behind nothing: most often meant as part of the text."""
    if node.style or node.tag.rpartition(":")[2] not in ("str", "null"):
        return ""
    end = node.end_mark
    rest = document.lines[end.line][end.column :] if end.line < len(document.lines) else ""
    match = re.match(r"(?:\s*,)?\s+(#.*)", rest)
    return match[1].strip() if match else ""


def _node_place(document: Document, node: yaml.Node) -> Place:
    return Place(document.file, node.start_mark.line + 1)


def _walk(node: yaml.Node | None, path: Path) -> Any:
    """The nodes from the root along a path, as far as it goes."""
    if node is not None:
        yield node
    for step in path:
        node = _child(node, step)
        if node is None:
            return
        yield node


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _error_place(file: str, error: yaml.MarkedYAMLError) -> Place:
    mark = error.problem_mark or error.context_mark
    return Place(file, mark.line + 1 if mark else 1)


_EXPLANATIONS = (
    ("mapping values are not allowed", "Hier staat een dubbele punt in een tekst. Zet de hele tekst tussen aanhalingstekens."),
    ("could not find expected ':'", "Hier mist een dubbele punt na een sleutel, of een regel springt niet goed in."),
    (
        "cannot start any token",
        "Deze regel begint met een teken dat YAML niet kent, zoals een tab of een @. Gebruik spaties, of zet de tekst tussen aanhalingstekens.",
    ),
    ("did not find expected <document start>", "Na deze regel klopt het bestand niet meer. Kijk of alles even ver inspringt."),
    (
        "did not find expected key",
        "Hier klopt het inspringen niet, of staat een aanhalingsteken midden in een tekst. Zet sleutels recht onder elkaar.",
    ),
    ("did not find expected '-'", "Hier klopt het inspringen van de lijst niet. Zet de streepjes recht onder elkaar."),
    (
        "did not find expected ',' or ']'",
        "Deze lijst tussen [ en ] is niet goed afgesloten. Zet een komma tussen de woorden en een ] aan het eind.",
    ),
    ("expected node content", "Hier is een [ of een { geopend en niet afgesloten, of staat een komma te veel. Sluit de haak."),
    ("unexpected end of stream", "Een aanhalingsteken of haak is geopend en nooit gesloten. Sluit het."),
    ("alias", "Een * aan het begin verwijst naar iets dat er niet is. Zet de tekst tussen aanhalingstekens."),
)


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = f"{error.context or ''} {error.problem or ''}"
    for sign, explanation in _EXPLANATIONS:
        if sign in problem:
            return explanation
    return "Dit kan niet als YAML gelezen worden. Kijk naar inspringen, dubbele punten en aanhalingstekens op deze regel en de regel erboven."

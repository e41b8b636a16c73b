"""One YAML file as plain values with the line of every value, and the traps of YAML as findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from knowledge.findings import Finding, Place

Path = tuple[str | int, ...]
_constructor = yaml.constructor.SafeConstructor()
_TEXT = "tag:yaml.org,2002:str"
_HASH = re.compile(r"(?:\s*,)?\s+(#.*)")
_NO_ANCHORS = (
    "Verwijzingen met & en * worden hier niet gebruikt. Schrijf de tekst uit, of zet een tekst met & tussen aanhalingstekens."
)
_STRANGE = "Op deze regel staat een teken dat YAML niet kent. Haal het teken weg en sla het bestand op als UTF-8."
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
        document.add(*_unreadable(document, error))
    except yaml.YAMLError:
        document.add(_strange_character(file, text), "Y01", _STRANGE)
    else:
        _convert_root(document, text)
    return document


def _convert_root(document: Document, text: str) -> None:
    if not isinstance(document.node, yaml.MappingNode):
        document.add(
            Place(document.file, 1),
            "Y06",
            "Dit bestand is leeg of geen lijst van sleutels met waarden. Begin met een sleutel, zoals in de andere bestanden.",
        )
        return
    for line in _anchored_lines(text):
        document.add(Place(document.file, line), "Y03", _NO_ANCHORS)
    document.value = _convert(document, document.node, set())


def _anchored_lines(text: str) -> set[int]:
    """The lines with an anchor. The nodes forget these, so the text is read again when there may be one."""
    if "&" not in text:
        return set()
    return {
        token.start_mark.line + 1 for token in yaml.scan(text, Loader=yaml.CSafeLoader) if isinstance(token, yaml.AnchorToken)
    }


def _convert(document: Document, node: yaml.Node, seen: set[int]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(document, node)
    if id(node) in seen:  # an alias; its anchor is a finding already
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
            Place(document.file, node.end_mark.line + 1),
            "Y05",
            f'Alles na # gaat hier verloren: "{lost}". Zet de hele tekst tussen aanhalingstekens, of zet de opmerking op een eigen regel.',
        )
    if node.tag == _TEXT:  # nearly all are: the constructor would give the same, slower
        return node.value
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
    match = _HASH.match(rest) if "#" in rest else None
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


_WHERE_IT_BEGAN = ("could not find expected ':'", "did not find expected ',' or ']'", "unexpected end of stream")


def _unreadable(document: Document, error: yaml.MarkedYAMLError) -> tuple[Place, str, str]:
    """What stands in the way of reading: for something left open the line where it began, not where the file went wrong."""
    marks = [error.problem_mark, error.context_mark]
    if any(sign in (error.problem or "") for sign in _WHERE_IT_BEGAN):
        marks.reverse()
    line = next((mark.line for mark in marks if mark), 0)
    at_tab = re.match(r"\s*\t", "".join(document.lines[line : line + 1]))
    return Place(document.file, line + 1), "Y01", _TAB if at_tab else _explain(error)


def _strange_character(file: str, text: str) -> Place:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return Place(file, text.count("\n", 0, found.start()) + 1 if found else 1)


_TAB = "Deze regel springt in met een tab. Gebruik alleen spaties."
_EXPLANATIONS = (
    ("mapping values are not allowed", "Hier staat een dubbele punt in een tekst. Zet de hele tekst tussen aanhalingstekens."),
    ("could not find expected ':'", "Hier mist een dubbele punt na een sleutel, of een regel springt niet goed in."),
    (
        "cannot start any token",
        "Hier begint een tekst met een teken dat in YAML iets anders betekent, zoals @ of %. Zet de tekst tussen aanhalingstekens.",
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

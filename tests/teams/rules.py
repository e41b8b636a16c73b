"""What Teams takes, written by hand from the documentation of Adaptive Cards 1.5: everything not named here is a problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

BIGGEST = 80 * 1024
MOST_ACTIONS = 6
_REQUIRED = {
    "AdaptiveCard": {"type", "$schema", "version", "body"},
    "RichTextBlock": {"type", "inlines"},
    "TextRun": {"type", "text"},
    "ActionSet": {"type", "actions"},
    "Container": {"type", "items"},
    "ColumnSet": {"type", "columns"},
    "Column": {"type", "items", "width"},
    "Action.Execute": {"type", "title", "verb", "data", "fallback"},
    "Action.Submit": {"type", "title", "data"},
    "Action.OpenUrl": {"type", "title", "url"},
    "Action.ToggleVisibility": {"type", "title", "targetElements"},
}
_ALLOWED = {
    "AdaptiveCard": {"lang", "msteams", "fallbackText"},
    "RichTextBlock": {"spacing", "id", "isVisible"},
    "TextRun": {"weight", "italic", "color"},
    "ActionSet": {"spacing", "id"},
    "Container": {"id", "isVisible", "style", "spacing"},
    "ColumnSet": {"spacing"},
    "Column": {"verticalContentAlignment"},
}
_VALUES = {
    "spacing": {"None", "Small", "Default", "Medium", "Large"},
    "weight": {"Lighter", "Default", "Bolder"},
    "color": {"Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention"},
    "verticalContentAlignment": {"Top", "Center", "Bottom"},
    "style": {"default", "emphasis", "good", "attention", "warning", "accent"},
    "version": {"1.5"},
}
_CHILDREN = {
    ("AdaptiveCard", "body"): {"RichTextBlock", "ActionSet", "Container", "ColumnSet"},
    ("ColumnSet", "columns"): {"Column"},
    ("Column", "items"): {"RichTextBlock"},
    ("Container", "items"): {"RichTextBlock", "ActionSet"},
    ("RichTextBlock", "inlines"): {"TextRun"},
    ("ActionSet", "actions"): {"Action.Execute", "Action.OpenUrl", "Action.ToggleVisibility"},
}


def message_problems(activity: Any) -> Iterator[str]:
    """What is wrong with an activity that a bot sends."""
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > BIGGEST:
        yield "413 MessageSizeTooBig"
    if activity == {"type": "typing"}:
        return
    if activity.get("type") != "message" or activity.keys() - {"type", "summary", "attachments", "id"}:
        yield f"no message: {sorted(activity)}"
    if not activity.get("summary"):
        yield "a message without a summary: its notification is empty"
    attachments = activity.get("attachments") or []
    if len(attachments) != 1:
        yield "a message without a card"
    for attached in attachments:
        if attached.get("contentType") != "application/vnd.microsoft.card.adaptive":
            yield f"an attachment of type {attached.get('contentType')}"
        yield from card_problems(attached.get("content"))


def card_problems(card: Any) -> Iterator[str]:
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        yield "no card"
        return
    found = list(elements(card))
    for element in found:
        yield from _element_problems(element)
    ids = [element["id"] for element in found if "id" in element]
    if len(ids) != len(set(ids)):
        yield "an id that is there twice"
    for element in found:
        for target in element.get("targetElements", []):
            if target not in ids:
                yield f"no element {target} to show"


def elements(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An element and all that is in it."""
    yield element
    for name in ("body", "items", "inlines", "columns", "actions"):
        for child in element.get(name, []):
            yield from elements(child)


def _element_problems(element: dict[str, Any]) -> Iterator[str]:
    kind = element.get("type", "")
    required = _REQUIRED.get(kind)
    if required is None:
        yield f"an element that is not known: {kind}"
        return
    if missing := required - element.keys():
        yield f"{kind} lacks {sorted(missing)}"
    if unknown := element.keys() - required - _ALLOWED.get(kind, set()):
        yield f"{kind} has {sorted(unknown)}"
    for name, allowed in _VALUES.items():
        if name in element and element[name] not in allowed:
            yield f"{kind}.{name} is {element[name]}"
    for (parent, name), kinds in _CHILDREN.items():
        if parent == kind:
            yield from _child_problems(kind, name, element.get(name), kinds)
    yield from _action_problems(element)


def _child_problems(kind: str, name: str, children: Any, kinds: set[str]) -> Iterator[str]:
    if not children:
        yield f"{kind}.{name} is empty"
    for child in children or []:
        if child.get("type") not in kinds:
            yield f"{kind}.{name} holds {child.get('type')}"


def _action_problems(element: dict[str, Any]) -> Iterator[str]:
    if not element.get("title", "x").strip() or element.get("text", "x") == "":
        yield f"{element['type']} without words"
    if len(element.get("actions", [])) > MOST_ACTIONS:
        yield "more buttons than Teams shows"
    if element["type"] == "Action.OpenUrl" and urlsplit(element["url"]).scheme not in ("https", "http"):
        yield f"an address that is none: {element['url']}"
    if element["type"] == "Action.Execute":
        older = element["fallback"]
        if older.get("type") != "Action.Submit" or older.get("data") != element["data"] or older.get("title") != element["title"]:
            yield "a fallback that does something else"
        if not isinstance(element["data"], dict):
            yield "data that is no object"


def invoke_problems(status: int, answer: Any) -> Iterator[str]:
    """What is wrong with the answer to a pressed button."""
    if status != 200 or not isinstance(answer, dict) or answer.keys() != {"statusCode", "type", "value"} or not answer["value"]:
        yield f"an answer that Teams cannot use ({status})"
    elif answer["type"] == "application/vnd.microsoft.card.adaptive":
        yield from card_problems(answer["value"])
    elif answer["type"] == "application/vnd.microsoft.activity.message" and not isinstance(answer["value"], str):
        yield "a message that is no text"

"""texts.yaml: every sentence is used, every sentence that is used exists, and all keep to the house style."""

from __future__ import annotations

import re
from pathlib import Path

from dialogs.texts import texts
from knowledge.checks.texts import problems

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("dialogs", "bot") for path in (ROOT / folder).rglob("*.py")]


def _mentioned() -> set[str]:
    """Keys that stand in the code, with a star for a part that is filled in."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    found = re.findall(r'"((?:[a-z_]+)\.(?:[a-z_]|\{[^{}"]*(?:\[[^\]]*\])?[^{}"]*\})+)"', code)
    return {re.sub(r"\{[^}]*\}", "*", key) for key in found}


def test_every_sentence_is_used_and_exists() -> None:
    mentioned = _mentioned()
    unused = [
        key for key in texts() if not any(re.fullmatch(name.replace(".", r"\.").replace("*", ".*"), key) for name in mentioned)
    ]
    assert unused == []
    topics = {key.partition(".")[0] for key in texts()}
    missing = [name for name in mentioned if name.partition(".")[0] in topics and "*" not in name and name not in texts()]
    assert missing == []


def test_sentences_keep_to_the_house_style() -> None:
    found = [
        (key, message)
        for key, text in texts().items()
        for _, message in problems(re.sub(r"\{\w+\}", "iets", text).replace("*", ""))
    ]
    assert found == []

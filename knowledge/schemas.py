"""JSON Schemas for editors of the YAML, generated from the same models that read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from knowledge.model import Chapter, Model
from knowledge.reading import FILES

FOLDER = Path(__file__).parent / "schemas"


def schemas() -> dict[str, str]:
    """Each schema as text, by the name of its file."""
    models: dict[str, type[Model]] = {**FILES, "chapter": Chapter}
    return {
        f"{name}.json": json.dumps(model.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"
        for name, model in models.items()
    }


def write_schemas() -> Iterator[Path]:
    """Write all schemas; gives the path of each."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        path = FOLDER / name
        path.write_text(text, encoding="utf-8")
        yield path

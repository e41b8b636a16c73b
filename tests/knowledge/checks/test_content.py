"""The content as it is: sound, and fitting its schemas."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from knowledge.opening import check_folder
from knowledge.reading import CONTENT, FILES
from knowledge.schemas import FOLDER, schemas
from tests.knowledge.checks.breaking import TIKTOK


def test_the_content_is_sound() -> None:
    report = check_folder()
    assert [str(finding) for finding in report.findings if finding.severity == "error"] == []
    assert report.sound
    assert report.almanac is not None
    assert report.proof.sets == 6 ** len(report.almanac.facets)


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def validator(path: Path) -> jsonschema.Draft202012Validator:
    """What judges by the schema that a file names on its first line."""
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert named is not None, f"{path.name} names no schema"
    schema = (path.parent / named[1]).resolve()
    assert schema.parent == FOLDER.resolve()
    assert schema.stem == ("chapter" if path.parent.name == "chapters" else path.stem)
    return jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def test_every_file_fits_its_schema() -> None:
    paths = sorted(CONTENT.rglob("*.yaml"))
    errors = [f"{path.name}: {error.message}" for path in paths for error in validator(path).iter_errors(read(path))]
    assert errors == []


@pytest.mark.parametrize("file", [f"{name}.yaml" for name in FILES] + [TIKTOK])
def test_a_schema_is_as_strict_as_the_checks(file: str) -> None:
    value = read(CONTENT / file)
    judge = validator(CONTENT / file)
    assert not judge.is_valid({**value, "onbekend": 1})
    assert [key for key in value if judge.is_valid({**value, key: None})] == []


def test_the_schema_files_are_those_of_the_models() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == schemas()

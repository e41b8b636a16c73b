"""One small copy of the content, checked once, from which every case gets its own."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.opening import check_folder
from knowledge.reading import CONTENT
from tests.knowledge.checks.breaking import Content, small


@pytest.fixture(scope="package", autouse=True)
def uncollected() -> Iterator[None]:
    """Each case makes and drops many objects without cycles; looking for cycles takes a quarter of the time."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="package")
def original(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("knowledge") / "content"
    shutil.copytree(CONTENT, folder)
    small(folder)
    report = check_folder(folder)
    assert report.sound, "\n".join(map(str, report.findings))
    return Content(folder, report)


@pytest.fixture
def content(original: Content, tmp_path: Path) -> Content:
    return Content(Path(shutil.copytree(original.folder, tmp_path / "content")), original.before)

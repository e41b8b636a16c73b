"""The manifest of the app package, by Microsoft's own schema."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main

FOLDER = Path(__file__).parent / "playground"
SETTINGS = {
    "TEAMS_CLIENT_ID": "b0b00000-0000-4000-8000-000000000001",
    "TEAMS_TENANT_ID": "aaaaaaaa-0000-4000-8000-000000000001",
    "PUBLIC_URL": "https://stap.gemeente.nl",
}
VALIDATE = """
globalThis.fetch = () => { throw new Error("the schema is not in the package") }
const { AppManifestUtils } = require("@microsoft/app-manifest")
AppManifestUtils.validateAgainstSchema(JSON.parse(require("fs").readFileSync(0, "utf8")))
  .then((found) => process.stdout.write(JSON.stringify(found)))
"""


def _missing() -> str:
    if not shutil.which("node"):
        return "node is not installed"
    return "" if (FOLDER / "node_modules" / "@microsoft" / "app-manifest").is_dir() else "run npm ci in tests/teams/playground"


pytestmark = pytest.mark.skipif(bool(_missing()), reason=f"no schema of Microsoft here: {_missing()}")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("package") / "stap.zip"
    result = CliRunner().invoke(main, ["teams-package", str(path), "--developer", "Gemeente Voorbeeld"], env=SETTINGS)
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("manifest.json"))  # type: ignore[no-any-return]


def _findings(manifest: dict[str, Any]) -> list[str]:
    """What the schema has against a manifest."""
    command = ["node", "-e", VALIDATE]
    done = subprocess.run(command, input=json.dumps(manifest), capture_output=True, text=True, cwd=FOLDER, timeout=60)
    assert done.returncode == 0, done.stderr
    return [str(finding) for finding in json.loads(done.stdout)]


def test_the_manifest_keeps_to_the_schema(manifest: dict[str, Any]) -> None:
    assert _findings(manifest) == []


@pytest.mark.parametrize("broken", [{"id": "no number"}, {"icons": {}}, {"unknown": 1}])
def test_the_schema_finds_what_is_wrong(manifest: dict[str, Any], broken: dict[str, Any]) -> None:
    assert _findings(manifest | broken) != []

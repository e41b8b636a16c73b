"""Microsoft's library leaves our process alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOAD = """
import logging, os
logging.getLogger("httpx").setLevel(logging.WARNING)
os.environ["CLIENT_SECRET"] = "stray"
from bot.channels.teams.library import credentials
credentials("b0b00000-0000-4000-8000-000000000001", "", "aaaaaaaa-0000-4000-8000-000000000001")
print(os.environ.get("STRAY"), os.environ["CLIENT_SECRET"], os.environ.get("PYTHON_DOTENV_DISABLED"))
print(logging.getLogger("httpx").level)
"""


def _python(code: str, folder: Path) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


def test_a_stray_env_file_is_not_read_and_nothing_is_changed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STRAY=read\nTEAMS_CLIENT_ID=stray\n")
    assert _python(LOAD, tmp_path) == ["None", "stray", "None", "30"]


def test_the_chat_does_without_it(tmp_path: Path) -> None:
    code = "import sys, bot.chatting, bot.serving, bot.cli\nprint(any('microsoft' in name or name == 'msal' for name in sys.modules))"
    assert _python(code, tmp_path) == ["False"]

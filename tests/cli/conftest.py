"""Running the command as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.make import article, write

Run = Callable[..., subprocess.CompletedProcess[str]]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def sitegen(*words: str, cwd: Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `sitegen` with these words in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *words],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env={**ENVIRONMENT, **env},
        check=False,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a small archive with two sound articles."""
    return write(
        tmp_path / "archive",
        {
            "sitegen.toml": 'title = "Two articles"\n',
            "content/articles/2018/02/one.md": article("One", "A first text.", actors=("nato",)),
            "content/articles/2018/03/two.md": article("Two", "A second text.", "2018-03-01"),
        },
    )

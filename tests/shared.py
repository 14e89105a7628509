"""The folder `../shared` with data for measuring: beside the repository, or above the folder it lies in."""

from __future__ import annotations

import sys
from pathlib import Path

_PARENTS = Path(__file__).resolve().parents[1].parents


def found(*parts: str) -> Path | None:
    """Return the path of a part of it ("eval", "extract"), or None where that is not there."""
    paths = (parent.joinpath("shared", *parts) for parent in _PARENTS)
    return next((path for path in paths if path.is_dir()), None)


def needed(*parts: str) -> Path:
    """Return the path of a part of it; ends the program with a message where that is not there."""
    path = found(*parts)
    return path or sys.exit(f"this needs {'/'.join(('../shared', *parts))}, which is not here")

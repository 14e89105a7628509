"""What an error means to a person that was raised by the system, or by a fault of our own."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sitegen.errors import Problem, SitegenError
from sitegen.run.damage import state_problem
from sitegen.run.files import os_problem
from sitegen.run.home import Home
from sitegen.text import clip

FORESEEN: tuple[type[Exception], ...] = (SitegenError, OSError, sqlite3.Error, MemoryError)
"""What can end a run without a fault of our own."""


def problems_of(error: Exception, archive: Path) -> tuple[Problem, ...]:
    """Return what to tell of an error that ended a run in this archive.

    What is not `FORESEEN` is told as a fault of our own, by its type.
    """
    if isinstance(error, SitegenError):
        return error.problems
    if isinstance(error, OSError):
        return (os_problem(error, archive),)
    if isinstance(error, sqlite3.Error):
        return (state_problem(error, Home(archive).state),)
    if isinstance(error, MemoryError):
        return (Problem("memory", "ran out of memory", hint="use fewer processes: --jobs 1"),)
    return (internal_problem(error, os.fspath(archive), "could not be built", "what you changed last"),)


def internal_problem(
    error: Exception,
    name: str,
    failed: str = "could not be converted",
    bring: str = "the file, if you may",
) -> Problem:
    """Return what to tell of a fault of our own, so that it is reported and the run goes on."""
    words = " ".join(str(error).split())
    return Problem(
        "internal",
        f"{failed}: {type(error).__name__}: {clip(words, 200)}",
        file=name,
        hint=f"this is a fault of sitegen; please report it with {bring}",
    )

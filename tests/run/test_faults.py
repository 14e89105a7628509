"""An error of the system is told in one sentence that names a file, one of our own so that it is reported."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sitegen.errors import Problem, SitegenError
from sitegen.run.faults import problems_of

pytestmark = pytest.mark.quick
HERE = Path("archive")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotADirectoryError(20, "Not a directory", "archive/content"), "archive/content: not a directory"),
        (OSError(5, "Input/output error"), "archive: input/output error"),
        (sqlite3.OperationalError("database is locked"), "database is locked"),
        (MemoryError(), "--jobs 1"),
        (KeyError("slug"), "archive: could not be built: KeyError: 'slug'"),
    ],
)
def test_an_error_is_told_in_a_sentence(error: Exception, told: str) -> None:
    (problem,) = problems_of(error, HERE)
    assert told in str(problem)
    assert "\n" not in problem.message
    assert problem.severity == "error"


def test_what_nobody_foresaw_is_told_with_how_to_report_it() -> None:
    (problem,) = problems_of(ValueError("a\nb"), HERE)
    assert "ValueError: a b" in problem.message
    assert "report it" in (problem.hint or "")


def test_problems_that_were_found_are_told_as_they_are() -> None:
    found = (Problem("a", "one"), Problem("b", "two", severity="warning"))
    assert problems_of(SitegenError(*found), HERE) == found

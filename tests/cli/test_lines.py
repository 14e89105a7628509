"""Bringing a line back, or dropping one: kept in the article's head, obeyed by each later cleaning."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import sitegen
from tests.make import write

STORY = """Home
News
Sport
Weather

The Harbour Post

Council reopens the granary

4 March 2019

The granary of the lower town opened again on Tuesday after nineteen months of repairs.

Engineers replaced forty of its beams, the council said in a letter to the residents.

A reader writes that he was born two doors from it and never saw its roof whole.

Some four hundred residents came to see the granary, and many of them stayed until dusk.

A second stage of the works, worth three million crowns, begins in the spring of next year.

Share this story
Subscribe to our newsletter
Mind the gulls
"""
BORN = "A reader writes that he was born"


def lines_with(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.fixture
def story(archive: Path) -> Path:
    dump = write(archive.parent, {"dump.txt": STORY}) / "dump.txt"
    assert sitegen("add", str(dump), cwd=archive).returncode == 0
    return next(p for p in (archive / "content/articles").rglob("*.md") if "granary" in p.read_text())


def test_a_line_is_dropped_brought_back_and_forgotten(archive: Path, story: Path) -> None:
    number = str(lines_with(STORY, BORN))
    before = story.read_text()
    assert BORN in before
    done = sitegen("explain", story.stem, "--drop", number, cwd=archive)
    assert done.returncode == 0, done.stderr
    assert BORN not in story.read_text()
    assert f"removed: {{lines: [{number}]}}" in story.read_text().replace('"', "")
    assert "your-decision" in sitegen("explain", story.stem, "dropped", cwd=archive).stdout
    assert sitegen("explain", story.stem, "--forget", number, cwd=archive).returncode == 0
    assert story.read_text() == before


def test_furniture_is_brought_back_by_number_and_by_text(archive: Path, story: Path) -> None:
    number = str(lines_with(STORY, "Mind the gulls"))
    assert "Mind the gulls" not in story.read_text()
    assert sitegen("explain", story.stem, "--keep", number, cwd=archive).returncode == 0
    assert "Mind the gulls" in story.read_text()
    assert sitegen("explain", story.stem, "--keep", "Share this*", cwd=archive).returncode == 0
    assert "Share this story" in story.read_text()


def test_decisions_and_edits_outlive_a_new_cleaning(archive: Path, story: Path) -> None:
    number = str(lines_with(STORY, BORN))
    story.write_text(story.read_text().replace("forty of its beams", "41 of its beams"))
    assert sitegen("explain", story.stem, "--drop", number, cwd=archive).returncode == 0
    write(
        archive,
        {"content/sources.toml": '[[source]]\nname = "The Harbour Post"\ndrop = ["Some four hundred*"]\n'},
    )
    done = sitegen("add", "--again", cwd=archive)
    assert done.returncode == 0, done.stderr
    text = story.read_text()
    assert "41 of its beams" in text
    assert BORN not in text
    assert "Some four hundred" not in text
    assert "removed: {lines:" in text


def test_a_dry_run_shows_the_difference_and_writes_nothing(archive: Path, story: Path) -> None:
    before = story.read_text()
    number = str(lines_with(STORY, BORN))
    done = sitegen("explain", story.stem, "--drop", number, "--dry-run", cwd=archive)
    assert f"-{BORN}" in done.stdout
    assert story.read_text() == before


def test_a_line_that_is_not_there_is_told(archive: Path, story: Path) -> None:
    before = story.read_text()
    done = sitegen("explain", story.stem, "--drop", "900", cwd=archive)
    assert done.returncode == 1
    assert "no line 900" in done.stderr
    assert story.read_text() == before


def test_every_written_line_is_in_the_account_by_line(archive: Path, story: Path) -> None:
    told = sitegen("explain", story.stem, "lines", cwd=archive).stdout
    spans = [row.split()[0] for row in told.splitlines() if row.startswith("  ")]
    seen: set[int] = set()
    for span in spans:
        first, _, last = span.partition("-")
        seen.update(range(int(first), int(last or first) + 1))
    written = {n for n, line in enumerate(STORY.splitlines(), 1) if line.strip()}
    assert written <= seen


def test_a_line_that_the_model_left_out_shows_its_score(archive: Path, story: Path) -> None:
    told = sitegen("explain", story.stem, "dropped", cwd=archive).stdout
    assert re.search(r"outside \(-\d+\.\d\): Weather", told)
    assert re.search(r"prompt: Share|outside \(-\d+\.\d\): Share", told)


def test_only_lines_that_the_model_left_out_have_a_score_in_json(archive: Path) -> None:
    dump = write(archive.parent, {"again.txt": STORY}) / "again.txt"
    (row,) = map(json.loads, sitegen("convert", "--json", str(dump), cwd=archive).stdout.splitlines())
    scored = {d["reason"] for d in row["dropped"] if "score" in d}
    assert scored == {"outside"}
    assert all("score" in d for d in row["dropped"] if d["reason"] == "outside")

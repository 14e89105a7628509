"""Streams that are missing or whose reader has gone change neither the work nor its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import conftest
from tests.cli.conftest import sitegen
from tests.cli.inputs import page
from tests.make import article, write
from tests.test_law import clean_copy, differences, tree

ENVIRONMENT = {**conftest.ENVIRONMENT, "PYTHONUNBUFFERED": ""}  # as users have it: results wait in a buffer
BROKEN = {"content/articles/2018/02/broken.md": b"\xff"}


@pytest.fixture
def gone() -> Iterator[int]:
    """Give the writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


def run(
    *words: str, cwd: Path, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *words],
        cwd=cwd,
        stdout=stdout,
        stderr=stderr,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX systems")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["build", "build --json"])
def test_a_closed_stream_is_as_one_that_nobody_reads(archive: Path, closed: str, words: str) -> None:
    command = ["sh", "-c", f'exec "$0" -m sitegen {words} {closed}', sys.executable]
    done = subprocess.run(command, cwd=archive, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert differences(tree(archive / "public"), clean_copy(archive)) == []
    write(archive, BROKEN)
    assert (
        subprocess.run(command, cwd=archive, env=ENVIRONMENT, capture_output=True, check=False).returncode
        == 1
    )


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX systems")
def test_keys_of_a_closed_input_are_none(archive: Path) -> None:
    sitegen("build", cwd=archive)
    command = ["sh", "-c", 'exec "$0" -m sitegen actors review <&-', sys.executable]
    done = subprocess.run(command, cwd=archive, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("words", [("build",), ("build", "--json")])
def test_errors_are_in_the_exit_code_when_nobody_reads_them(
    archive: Path, gone: int, words: tuple[str, ...]
) -> None:
    write(archive, BROKEN)
    assert run(*words, cwd=archive, stdout=gone, stderr=gone).returncode == 1
    done = run(*words, cwd=archive, stderr=gone)
    assert (done.returncode, done.stdout.count("\n")) == (1, len(words) - 1)


def test_the_work_is_done_when_nobody_reads_of_it(archive: Path, gone: int) -> None:
    write(archive, {"content/inbox/a.html": page(0), "content/inbox/b.html": page(1)})
    assert run("build", cwd=archive, stderr=gone).returncode == 0
    assert not list((archive / "content/inbox").iterdir())
    assert len(list((archive / "public/2019").rglob("index.html"))) >= 2


def test_an_interrupt_is_told_by_the_exit_code_when_nobody_reads_of_it(archive: Path, gone: int) -> None:
    code = (
        "import sys, sitegen.cli.make as m, sitegen.cli\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "m.build_site = stop\nsys.exit(sitegen.cli.main(['build']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, env=ENVIRONMENT, stderr=gone, check=False
    )
    assert done.returncode == 130


@pytest.mark.parametrize(
    "words", [("list",), ("list", "--json"), ("--help",), ("check",), ("convert", "a.html")]
)
def test_results_that_nobody_reads_are_no_fault(archive: Path, gone: int, words: tuple[str, ...]) -> None:
    write(archive, {"a.html": page(0)})
    assert sitegen("build", cwd=archive).returncode == 0
    done = run(*words, cwd=archive, stdout=gone)
    assert (done.returncode, done.stderr) == (0, run(*words, cwd=archive).stderr)


def test_many_results_of_which_the_first_are_read_are_no_fault(archive: Path) -> None:
    write(archive, {f"content/n{n}.md": article(f"A long title of number {n}") for n in range(900)})
    words = f'"{sys.executable}" -m sitegen list'
    done = subprocess.run(
        ["sh", "-c", f"{{ {words}; echo $? >&2; }} | head -1"],
        cwd=archive,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.count("\n"), done.stderr) == (1, "0\n")


def test_wrong_usage_is_told_by_the_exit_code_when_nobody_reads_of_it(archive: Path, gone: int) -> None:
    assert run("build", "--cleen", cwd=archive, stderr=gone).returncode == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_results_that_cannot_be_written_are_an_error(archive: Path) -> None:
    sitegen("build", cwd=archive)
    with open("/dev/full", "w") as full:
        done = run("list", cwd=archive, stdout=full.fileno())
    assert done.returncode == 1
    assert "o space left" in done.stderr
    assert "Exception" not in done.stderr

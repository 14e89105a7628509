"""`serve --watch` outlives what happens to the archive: it tells what is wrong and builds what comes next."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import ENVIRONMENT
from tests.make import article

_PATIENCE_S = 60.0  # of a machine that does much else; what is waited for comes within two


@dataclass(frozen=True)
class Watched:
    """An archive that `serve --watch` shows: its folder, its address, and what the command has said."""

    root: Path
    address: str
    said: Path

    def saves(self, body: str) -> None:
        (self.root / "content/articles/2018/02/one.md").write_bytes(article("One", body))

    def shows(self, body: str) -> None:
        """Wait until the article's page has this text."""
        self._until(lambda: body in self._page(), f"the page never shows {body!r}")

    def tells(self, words: str) -> None:
        """Wait until the command says this."""
        self._until(lambda: words in self._said(), f"{words!r} is never told")

    def rests(self) -> None:
        """Wait until a build of the first edit has ended: its page is shown before that."""
        ended = re.compile(r"Ctrl-C\)\n.*wrote [1-9]", re.DOTALL)
        self._until(lambda: bool(ended.search(self._said())), "the build never ends")

    def _said(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def _page(self) -> str:
        """Return the article's page, or "" while there is none."""
        try:
            with urllib.request.urlopen(f"{self.address}2018/02/one/", timeout=_PATIENCE_S) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            return ""

    def _until(self, is_so: Callable[[], bool], else_say: str) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not is_so():
            assert time.monotonic() < until, f"{else_say}; it said:\n{self._said()}"
            time.sleep(0.05)


@pytest.fixture
def watched(archive: Path, tmp_path: Path) -> Iterator[Watched]:
    said = tmp_path / "said"
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "sitegen", "serve", "--watch", "--port", "0"],
            cwd=archive,
            env=ENVIRONMENT,
            stderr=stream,
        )
    begun = Watched(archive, "", said)
    begun.tells("(stop with Ctrl-C)")
    found = re.search(r"http://127\.0\.0\.1:\d+/", said.read_text(encoding="utf-8"))
    assert found
    yield Watched(archive, found.group(), said)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=_PATIENCE_S) in (0, 130)


def in_place_of(path: Path, make: Callable[[Path], object]) -> Callable[[], None]:
    """Put something else where a file or folder is; return what brings it back."""
    aside = path.with_name(f"{path.name}-aside")
    path.rename(aside)
    make(path)

    def back() -> None:
        path.rmdir() if path.is_dir() else path.unlink()
        aside.rename(path)

    return back


def without_rights(folder: Path) -> Callable[[], None]:
    folder.chmod(0)
    if os.access(folder, os.R_OK):
        folder.chmod(0o755)
        pytest.skip("who runs this may read everything")
    return lambda: folder.chmod(0o755)


FAULTS: dict[str, Callable[[Path], Callable[[], None]]] = {
    "content is a file": lambda root: in_place_of(root / "content", Path.touch),
    "the site is a file": lambda root: in_place_of(root / "public", Path.touch),
    "the state is a folder": lambda root: in_place_of(root / ".sitegen/state.db", Path.mkdir),
    "the list of the site's files is no text": lambda root: in_place_of(
        root / "public/.sitegen-manifest", lambda path: path.write_bytes(b"\xff\n")
    ),
    "a folder cannot be read": lambda root: without_rights(root / "content/articles/2018/03"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_comes_and_goes_is_told_and_the_next_edit_is_built(watched: Watched, fault: str) -> None:
    watched.saves("Before.")
    watched.shows("Before.")
    watched.rests()
    undo = FAULTS[fault](watched.root)
    (watched.root / "sitegen.toml").write_text('title = "Three articles"\n')
    watched.tells("error: ")
    undo()
    watched.saves("After.")
    watched.shows("After.")
    assert "Traceback" not in watched.said.read_text(encoding="utf-8")


def test_a_content_folder_that_is_made_anew_is_watched_again(watched: Watched) -> None:
    watched.saves("First.")
    watched.shows("First.")
    content, copy = watched.root / "content", watched.root.parent / "copy"
    shutil.copytree(content, copy)
    for number in range(3):  # many a file system gives the folder its old number again
        shutil.rmtree(content)
        content.mkdir()
        shutil.copytree(copy, content, dirs_exist_ok=True)
        for when in ("at once", "later", "at last"):  # the first may be built because the folder came
            watched.saves(f"Edit {number} {when}.")
            watched.shows(f"Edit {number} {when}.")

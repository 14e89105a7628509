"""Adding goes on past what cannot be read, and names it; what is wrong with the disk ends it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.errors import Problem, SitegenError
from sitegen.run import keep
from sitegen.run.home import Home
from tests.cli.inputs import page
from tests.make import write
from tests.run.adding import added


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return an archive to which two pages were added."""
    home = Home(tmp_path / "archive")
    home.content.mkdir(parents=True)
    added(home, write(tmp_path / "pages", {f"{n}.html": page(n) for n in range(2)}))
    return home


@pytest.mark.parametrize("content", [b"---\ntitle: [x\n---\n", b"---\ntitle: caf\xe9\n---\n", None])
def test_a_base_that_cannot_be_read_is_named_and_stops_no_other(home: Home, content: bytes | None) -> None:
    base = min(home.originals.rglob("*.md"))
    base.unlink()
    if content is None:
        base.mkdir()
    else:
        base.write_bytes(content)
    broken, sound = sorted(added(home, again=True), key=lambda row: row.outcome != "skipped")
    assert (broken.outcome, sound.outcome) == ("skipped", "duplicate")
    assert [p.file for p in broken.problems] == [home.shown(base)]


def test_a_folder_that_cannot_be_opened_is_named_and_stops_no_other(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write(tmp_path / "more", {"a.html": page(2), "locked/b.html": page(3), "z.html": page(4)})
    opened = os.scandir

    def locked(folder: Path) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied", str(folder))
        return opened(folder)

    monkeypatch.setattr(os, "scandir", locked)
    rows = added(home, pages)
    assert [row.outcome for row in rows].count("new") == 2
    (refused,) = (row for row in rows if row.outcome == "skipped")
    assert refused.problems[0].file == str(pages / "locked")


def test_a_full_disk_ends_the_run(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes, *, durable: bool = False) -> None:
        raise SitegenError(Problem("disk", "no space left on device", file=str(path)))

    monkeypatch.setattr(keep, "write_atomic", full)
    write(tmp_path / "pages", {"new.html": page(2)})
    with pytest.raises(SitegenError, match="no space left"):
        added(home, tmp_path / "pages")

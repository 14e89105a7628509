"""What leaves the inbox leaves nothing behind that would be taken for an article later."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.run.home import Home
from tests.cli.inputs import page
from tests.make import write
from tests.run.adding import added, taken


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "archive/content").mkdir(parents=True)
    return Home(tmp_path / "archive")


def outcomes(home: Home) -> list[str]:
    return [row.outcome for row in taken(home)]


@pytest.mark.parametrize("frames", [(page(1), page(1), page(1)), (page(1), page(2), page(3))])
def test_a_page_dropped_again_leaves_none_of_its_files(home: Home, frames: tuple[str, ...]) -> None:
    for number, frame in enumerate(frames):
        write(home.inbox, {"ferry.html": page(0), "ferry_files/frame.html": frame})
        assert outcomes(home) == ["duplicate" if number else "new"]
        assert list(home.inbox.iterdir()) == []
    kept = sorted(file.read_text("utf-8") for file in home.originals.rglob("frame.html"))
    assert kept == sorted(set(frames)), "each is kept, and once"
    assert [row.outcome for row in added(home, again=True)] == ["duplicate"], "no frame is an article"


def test_files_beside_no_page_are_inputs_wherever_the_inbox_lies(tmp_path: Path) -> None:
    write(tmp_path, {"archive.html": "<p>a page</p>"})
    home = Home(tmp_path / "archive_files")
    write(home.inbox, {"a.html": page(0)})
    assert outcomes(home) == ["new"]

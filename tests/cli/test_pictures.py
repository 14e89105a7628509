"""Pictures that lie beside a saved page come into the archive with it, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import sitegen
from tests.cli.inputs import page

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Return a folder with a page as a browser saves it: the page and its "_files"."""
    pictures = '<img src="./ferry_files/sea%20view.png" alt="The sea"><img src="../secret.png">'
    further = "<p>Nobody in district 0 had believed that it would ever open again, said the mayor.</p>"
    folder = tmp_path / "saved"
    (folder / "ferry_files").mkdir(parents=True)
    (folder / "ferry.html").write_text(page(0, extra=f"{pictures}{further}"), "utf-8")
    (folder / "ferry_files" / "sea view.png").write_bytes(PNG)
    (folder / "ferry_files" / "app.js").write_text("go()", "utf-8")
    (tmp_path / "secret.png").write_bytes(PNG)
    return folder


def test_picture_beside_a_page_is_kept_and_found_again(archive: Path, saved: Path) -> None:
    done = sitegen("add", str(saved), cwd=archive)
    assert "read 1 = 1 new" in done.stdout + done.stderr
    (kept,) = (archive / "content/media").rglob("*.png")
    assert kept.read_bytes() == PNG
    assert kept.name.startswith("sea-view-")
    (article,) = archive.glob("content/articles/2019/05/*.md")
    address = f"../../../media/{kept.parent.name}/{kept.name}"
    assert f"![The sea]({address})" in article.read_text("utf-8")
    again = sitegen("add", "--again", cwd=archive)
    assert "cleans to the same as before" in again.stdout + again.stderr


def test_what_lies_beside_a_page_is_passed_over_and_told(archive: Path, saved: Path) -> None:
    done = sitegen("-v", "add", str(saved), cwd=archive)
    assert "passed over 2 files in folders that a browser saved beside a page" in done.stderr
    assert "ferry_files/app.js: lies in a folder" in done.stderr


def test_a_folder_named_by_hand_is_read_even_beside_a_page(archive: Path, saved: Path) -> None:
    (saved / "ferry_files" / "frame.html").write_text(page(1), "utf-8")
    done = sitegen("add", "--json", str(saved / "ferry_files"), cwd=archive)
    assert '"new": 1' in done.stdout

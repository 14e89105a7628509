"""Every input is accounted for; what was interrupted is taken up; what a person decides stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ENVIRONMENT, sitegen
from tests.cli.inputs import page
from tests.make import write

KILLED = """
import os, sys
from sitegen.cli import main
real, left = os.replace, int(sys.argv.pop(1))
def replace(*paths):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    real(*paths)
os.replace = replace
sys.exit(main(sys.argv[1:]))
"""


def killed_after(renames: int, *words: str, cwd: Path) -> int:
    """Run a command that dies, as by `kill -9`, at a rename; return its exit code."""
    command = [sys.executable, "-c", KILLED, str(renames), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, env=ENVIRONMENT, check=False).returncode


def rows(done: subprocess.CompletedProcess[str]) -> tuple[list[dict[str, object]], dict[str, int]]:
    """Return what `add --json` says of each article, and its account."""
    *found, counts = map(json.loads, done.stdout.splitlines())
    return found, counts


def articles(root: Path) -> list[Path]:
    return sorted((root / "content/articles/2019").rglob("*.md"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write(tmp_path / "pages", {f"{n}.html": page(n) for n in range(3)})


def test_every_input_is_accounted_for(archive: Path, pages: Path) -> None:
    write(
        pages,
        {"copy.html": page(1), "other-address.html": page(0, url="https://a.example/x"), "none.txt": ""},
    )
    done = sitegen("add", "--json", str(pages), "gone.html", "https://post.example/1", cwd=archive)
    found, counts = rows(done)
    assert done.returncode == 1
    assert counts.pop("read") == len(found) == sum(counts.values()) == 8
    assert (counts["new"], counts["duplicates"], counts["skipped"]) == (3, 2, 3)
    assert all(row["reason"] for row in found if row["outcome"] != "new")
    assert len(articles(archive)) == 3


def test_adding_again_changes_nothing(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages), cwd=archive)
    before = {p: p.read_bytes() for p in (archive / "content").rglob("*") if p.is_file()}
    done = sitegen("add", "--json", str(pages), cwd=archive)
    assert rows(done)[1]["duplicates"] == 3
    assert done.returncode == 0
    assert {p: p.read_bytes() for p in (archive / "content").rglob("*") if p.is_file()} == before


def test_a_duplicate_is_known_by_its_address_and_by_its_text(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages / "0.html"), cwd=archive)
    tracked = page(5, url="http://www.post.example/2019/05/0/?utm_source=mail#top")
    write(pages, {"tracked.html": tracked, "moved.html": page(0, url="https://mirror.example/0")})
    found, counts = rows(
        sitegen("add", "--json", str(pages / "tracked.html"), str(pages / "moved.html"), cwd=archive)
    )
    assert counts["duplicates"] == 2
    assert {str(row["article"]) for row in found} == {str(articles(archive)[0].relative_to(archive))}
    originals = list((archive / "content/originals").rglob("*.html"))
    assert len(originals) == 3, "the originals of duplicates are kept"


def test_a_web_address_is_refused_with_the_way_to_do_it(archive: Path) -> None:
    done = sitegen("add", "http://post.example/1", cwd=archive)
    assert done.returncode == 1
    assert "never calls the network" in done.stderr
    assert "save the page" in done.stderr


def test_what_a_person_deleted_stays_deleted_until_again(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages), cwd=archive)
    gone = articles(archive)[0]
    text = gone.read_text()
    gone.unlink()
    found, counts = rows(sitegen("add", "--json", str(pages), cwd=archive))
    assert (counts["removed"], counts["duplicates"]) == (1, 2)
    assert "--again" in str(next(row["reason"] for row in found if row["outcome"] == "removed"))
    assert not gone.exists()
    assert rows(sitegen("add", "--json", "--again", str(pages), cwd=archive))[1]["new"] == 1
    assert [line for line in gone.read_text().splitlines() if not line.startswith("added:")] == [
        line for line in text.splitlines() if not line.startswith("added:")
    ]


@pytest.mark.parametrize("renames", [1, 2, 3, 6])  # original, account, article, base; and again
def test_an_add_that_was_killed_is_taken_up(archive: Path, pages: Path, renames: int) -> None:
    assert killed_after(renames, "add", str(pages / "0.html"), str(pages / "1.html"), cwd=archive) in (0, 9)
    for _ in range(2):
        done = sitegen("add", "--json", str(pages), cwd=archive)
        assert done.returncode == 0, done.stderr
    assert len(articles(archive)) == 3
    assert sitegen("verify", cwd=archive).returncode == 0
    for path in articles(archive):
        path.unlink()
    assert rows(sitegen("add", "--json", str(pages), cwd=archive))[1]["removed"] == 3


def test_edits_and_a_new_cleaning_are_merged(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages / "0.html"), cwd=archive)
    path = articles(archive)[0]
    mine = path.read_text().replace("Engineers replaced", "Two engineers replaced")
    path.write_text(mine.replace("lang: en\n", "lang: en\n# mine\n"))
    rule = '[[source]]\nid = "post"\nname = "The Harbour Post"\ndrop = ["A second stage*"]\n'
    write(archive, {"content/sources.toml": rule})
    assert rows(sitegen("add", "--json", "--again", cwd=archive))[1]["merged"] == 1
    merged = path.read_text()
    assert "Two engineers replaced" in merged
    assert "# mine" in merged
    assert "A second stage" not in merged
    assert "<<<<<<<" not in merged


def test_without_a_base_a_new_cleaning_leaves_what_is_there(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages / "0.html"), cwd=archive)
    base = next((archive / "content/originals").rglob("*.md"))
    base.unlink()
    path = articles(archive)[0]
    path.write_text(path.read_text() + "\nMy own line.\n")
    assert sitegen("add", "--again", cwd=archive).returncode == 0
    assert "My own line." in path.read_text()
    assert base.exists()


def test_a_conflict_is_shown_with_both_sides_and_named(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages / "0.html"), cwd=archive)
    path = articles(archive)[0]
    path.write_text(path.read_text().replace("A second stage", "Another stage"))
    rule = '[[source]]\nid = "post"\nname = "The Harbour Post"\ndrop = ["A second stage*"]\n'
    write(archive, {"content/sources.toml": rule})
    done = sitegen("add", "--again", str(pages / "0.html"), cwd=archive)
    assert done.returncode == 1
    assert "your edits and the new cleaning differ" in done.stderr
    marks = path.read_text()
    assert "<<<<<<< yours" in marks
    assert "Another stage" in marks
    line = int(done.stderr.split(".md:")[1].split(":")[0])
    assert marks.splitlines()[line - 1].startswith("<<<<<<<")


def test_standard_input_is_an_input(archive: Path) -> None:
    done = sitegen("add", "--json", "-", cwd=archive, stdin=page(4))
    assert rows(done)[1]["new"] == 1


def test_a_dry_run_writes_nothing(archive: Path, pages: Path) -> None:
    before = sorted((archive / "content").rglob("*"))
    done = sitegen("add", "--dry-run", str(pages), cwd=archive)
    assert done.returncode == 0
    assert "would add 3" in done.stderr
    assert sorted((archive / "content").rglob("*")) == before


def test_the_original_is_kept_byte_for_byte(archive: Path, pages: Path) -> None:
    sitegen("add", str(pages / "0.html"), cwd=archive)
    kept = next((archive / "content/originals").rglob("*.html"))
    assert kept.read_bytes() == (pages / "0.html").read_bytes()


def test_nothing_to_add_is_wrong_usage(archive: Path) -> None:
    assert sitegen("add", cwd=archive).returncode == 2


# --- the inbox --------------------------------------------------------------------------------------


def test_the_inbox_is_taken_in_and_emptied(archive: Path) -> None:
    inbox = write(archive / "content/inbox", {"a.html": page(0), "deep/b.html": page(1)})
    done = sitegen("build", cwd=archive)
    assert done.returncode == 0
    assert [p for p in inbox.rglob("*") if p.is_file()] == []
    assert len(articles(archive)) == 2
    assert (archive / "public/2019/05/council-number-0-reopens-the-ferry/index.html").is_file()


def test_what_cannot_be_read_stays_in_the_inbox_and_is_told_each_time(archive: Path) -> None:
    inbox = write(archive / "content/inbox", {"empty.html": "", "a.html": page(0)})
    for _ in range(2):
        done = sitegen("build", cwd=archive)
        assert "empty.html" in done.stderr
        assert [p.name for p in inbox.iterdir()] == ["empty.html"]
    assert (archive / "public/2018/02/one/index.html").is_file(), "the others are published"


def test_a_dry_run_leaves_the_inbox(archive: Path) -> None:
    inbox = write(archive / "content/inbox", {"a.html": page(0)})
    sitegen("build", "--dry-run", cwd=archive)
    assert (inbox / "a.html").is_file()
    assert articles(archive) == []


def test_the_same_page_in_the_inbox_twice_is_one_article(archive: Path) -> None:
    write(archive / "content/inbox", {"a.html": page(0), "b.html": page(0)})
    assert sitegen("build", cwd=archive).returncode == 0
    assert len(articles(archive)) == 1


STORIES = {
    "Ferry runs until the end of March": "The council voted late on Tuesday to keep the ferry. ",
    "Library saves drowned books": "Volunteers have dried nine thousand books from a flooded cellar. ",
}


def letters(address: str) -> dict[str, bytes | str]:
    return {
        f"{n}.txt": f"{title}\n\n{text * 3}\n\n{text * 2}\n\n{address}\n"
        for n, (title, text) in enumerate(STORIES.items())
    }


@pytest.mark.parametrize("address", ["https://post.example/letter", "https://post.example/letter/2019"])
def test_texts_that_end_in_one_address_are_two_articles(archive: Path, tmp_path: Path, address: str) -> None:
    folder = write(tmp_path / "letters", letters(address))
    assert rows(sitegen("add", "--json", str(folder), cwd=archive))[1]["new"] == 2


def test_the_page_that_a_text_names_at_its_foot_is_no_duplicate_of_it(archive: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "letters", letters("https://post.example/2019/05/1"))
    sitegen("add", str(folder / "0.txt"), cwd=archive)
    write(folder, {"1.html": page(1)})
    assert rows(sitegen("add", "--json", str(folder / "1.html"), cwd=archive))[1]["new"] == 1

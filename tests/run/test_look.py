"""What the last look proves about a file now."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sitegen.run.damage import surely
from sitegen.run.files import walk
from sitegen.run.home import Home
from sitegen.run.look import look, look_again, racy
from sitegen.run.scan import scan
from sitegen.run.state import State
from tests.make import article, write

pytestmark = pytest.mark.quick
SECOND = 1_000_000_000


def test_a_file_touched_in_the_tick_of_the_look_proves_nothing() -> None:
    assert racy((1, 5 * SECOND + 7, 5 * SECOND + 7, 1), last_ns=5 * SECOND + 8)
    assert not racy((1, 4 * SECOND + 7, 4 * SECOND + 7, 1), last_ns=5 * SECOND)
    assert racy((1, 4 * SECOND, 4 * SECOND, 1), last_ns=5 * SECOND), "a file system without fractions"


def test_an_edit_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    home = Home(write(tmp_path, {"content/x.md": article("AAAA")}))
    state = State(home.state)
    first = look(home, ())
    found = scan(home, state, first, limit=10**6, jobs=1)
    state.update_files(found.changes)
    state.update_made((), (), {"looked": str(first.at_ns)})
    before = (tmp_path / "content/x.md").stat()
    write(tmp_path, {"content/x.md": article("BBBB")})
    os.utime(tmp_path / "content/x.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    again = scan(home, state, look(home, ()), limit=10**6, jobs=1)
    assert [f.front.title for f in again.facts] == ["BBBB"]


@pytest.mark.parametrize("year", [1500, 1960, 2300])
def test_a_file_of_any_century_is_looked_at(tmp_path: Path, year: int) -> None:
    home = Home(write(tmp_path, {"content/x.md": article("X"), "content/y.md": article("Y")}))
    seconds = (year - 1970) * 31_557_600
    os.utime(home.content / "x.md", ns=(seconds * SECOND, seconds * SECOND))
    first = look(home, ())
    known = {folder: kept for folder, kept in first.changes({}, 0).folders.items() if kept}
    assert {path for path, _ in first.stats()} == {"content/x.md", "content/y.md"}
    later = look(home, ()).changes(known, first.at_ns + 10 * SECOND)
    assert later.stale == (("content/x.md",) if year == 2300 else ()), "one of the future may change unseen"


def test_each_change_of_a_folder_is_told(tmp_path: Path) -> None:
    names = ("a/x.md", "a/y.md", "b/x.md", "c/x.md", "z.md")
    home = Home(write(tmp_path, {f"content/{name}": article("A") for name in names}))
    first = look(home, ())
    known = {folder: kept for folder, kept in first.changes({}, 0).folders.items() if kept}
    last = first.at_ns + 10 * SECOND
    assert not look(home, ()).changes(known, last).any()
    write(tmp_path, {"content/a/x.md": article("BB"), "content/b/new.md": article("N")})
    (home.content / "a/y.md").unlink()
    shutil.rmtree(home.content / "c")
    found = look(home, ()).changes(known, last)
    assert sorted(found.stale) == ["content/a/x.md", "content/b/new.md"]
    assert found.gone == ("content/a/y.md", "content/c/x.md")
    assert found.has_new
    assert {folder: bool(kept) for folder, kept in found.folders.items()} == {
        "content/a": True, "content/b": True, "content/c": False
    }  # fmt: skip


def test_only_articles_that_are_and_were_there_can_be_looked_at_alone(tmp_path: Path) -> None:
    home = Home(write(tmp_path, {f"content/{name}": article("A") for name in ("x.md", "y.md", "pages/p.md")}))
    before = look(home, ())
    write(tmp_path, {"content/x.md": article("BB"), "content/y.md": article("BB"), "content/z.md": "new"})
    x, y, z, page = (os.fspath(home.content / name) for name in ("x.md", "y.md", "z.md", "pages/p.md"))
    again = look_again(home, before, [x, f"{x}~"])
    assert again
    known = {folder: kept for folder, kept in before.changes({}, 0).folders.items() if kept}
    assert again.changes(known, before.at_ns).stale == ("content/x.md",)
    (home.content / "y.md").unlink()
    for enough in ([x, y], [x, z], [x, page], [f"{x}~"]):
        assert look_again(home, before, enough) is None


@pytest.mark.parametrize("where", ["in its folder", "beside stray copies", "behind a link"])
def test_an_edit_of_an_account_is_seen_beside_an_unchanged_article(tmp_path: Path, where: str) -> None:
    name = "ab" * 32
    told = '{"dropped": [], "quotes": [], "evidence": {}, "tags": ["%s"]}'
    home = Home(write(tmp_path, {"content/x.md": article("A", tags=("t",), original=f"sha256:{name}")}))
    if where == "beside stray copies":
        write(home.originals, {f"{n}/{name}.json": told % "t" for n in range(10, 40)})
    if where == "behind a link":
        (tmp_path / "elsewhere").mkdir()
        home.originals.mkdir()
        (home.originals / "ab").symlink_to(tmp_path / "elsewhere")
    state = State(home.state)

    def own(tag: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if tag:
            write(tmp_path, {f"content/originals/ab/{name}.json": told % tag})
        found = look(home, ())
        read = scan(home, state, found, limit=10**6, jobs=1)
        state.update_files(read.changes)
        state.update_made((), (), {"looked": str(found.at_ns + SECOND)})
        return read.facts[0].own

    assert [own(tag) for tag in ("t", "u", None, "t")] == [(), *[(("tags", ("t",)),)] * 2, ()]


def test_facts_come_out_of_the_state_as_they_went_in(tmp_path: Path) -> None:
    text = article("T", date="2018-02", tags=("a", "b"), actors=("nato",), lang="de")
    home = Home(write(tmp_path, {"content/x.md": text, "content/bad.md": "---\ntitle: [\n---\n"}))
    state = State(home.state)
    found = scan(home, state, look(home, ()), limit=10**6, jobs=1)
    state.update_files(found.changes)
    kept = {seen.path: seen for seen in state.seen()}
    assert kept["content/x.md"].facts == found.facts[0]
    assert kept["content/bad.md"].problems == found.problems


def test_a_broken_cache_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database" * 100)
    assert surely(tmp_path / "state.db", lambda: State(tmp_path).looked()) == {}


@pytest.mark.parametrize("name", ["pipe.md", "loose.md"])
def test_what_is_no_regular_file_of_the_archive_is_named(tmp_path: Path, name: str) -> None:
    home = Home(write(tmp_path / "a", {"content/x.md": article("X")}))
    outside = write(tmp_path / "b", {"secret.md": article("Secret")}) / "secret.md"
    if name == "pipe.md":
        os.mkfifo(home.content / name)
    else:
        (home.content / name).symlink_to(outside)
    found = scan(home, State(home.state), look(home, ()), limit=10**6, jobs=1)
    assert [f.front.title for f in found.facts] == ["X"]
    assert [p.file for p in found.problems] == [f"content/{name}"]


def test_a_name_that_is_shown_as_another_files_name_harms_neither(tmp_path: Path) -> None:
    home = Home(write(tmp_path, {"content/\\xff.md": article("Kept")}))
    try:
        (home.content / os.fsdecode(b"\xff.md")).write_bytes(article("Odd"))
    except OSError:
        pytest.skip("this disk has no names that are not UTF-8")
    state = State(home.state)
    for _ in range(2):  # the second time only the odd one is read anew
        found = scan(home, state, look(home, ()), limit=10**6, jobs=1)
        assert [f.front.title for f in found.facts] == ["Kept"]
        assert [p.code for p in found.problems] == ["file-name"]
        state.update_files(found.changes)
        state.update_made((), (), {"looked": str(look(home, ()).at_ns + SECOND)})
    assert state.facts()["content/\\xff.md"].front.title == "Kept"


def test_files_come_by_their_names_those_of_a_folder_where_it_stands(tmp_path: Path) -> None:
    names = ["a/about.md", "a/z.md", "about.md", "b/c/d.md", "b/x.md", "c.md"]
    write(tmp_path, dict.fromkeys([*names, ".hidden/x.md", "b/.x.md"], ""))
    found = [os.path.relpath(entry.path, tmp_path) for entry in walk(tmp_path)]
    assert found == names, "addresses that two ask for go by this order"

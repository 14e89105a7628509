"""Putting a site in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.run.publish import MANIFEST, Stage, read_manifest

pytestmark = pytest.mark.quick


def test_a_path_that_two_parts_share_is_put_in_place_once(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    stage = Stage(tmp_path / "public", tmp_path / "state")
    for path, content in (("a.js", b"1"), ("b.js", b"2"), ("a.js", b"1"), ("c.js", b"3")):
        stage.write(path, content)
    stage.put_in_place(["a.js", "b.js", "c.js"], [], frozenset())
    assert {p.name: p.read_bytes() for p in (tmp_path / "public").iterdir()} == {
        "a.js": b"1",
        "b.js": b"2",
        "c.js": b"3",
        MANIFEST: b"a.js\nb.js\nc.js\n",
    }


def test_a_build_stopped_while_putting_in_place_leaves_every_file_known(tmp_path: Path) -> None:
    public, state = tmp_path / "public", tmp_path / "state"
    state.mkdir()
    first = Stage(public, state)
    first.write("a.html", b"old")
    first.put_in_place(["a.html"], [], frozenset())
    second = Stage(public, state)
    second.write("b.html", b"new")
    (public / "a.html").unlink()
    (public / "a.html").mkdir()  # what cannot be removed as a file stops the build after its renames
    with pytest.raises(SitegenError):
        second.put_in_place(["b.html"], ["a.html"], {"a.html"})
    assert read_manifest(public) == {"a.html", "b.html"}


def test_a_file_that_is_not_ours_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    public, state = tmp_path / "public", tmp_path / "state"
    state.mkdir()
    first = Stage(public, state)
    first.write("a.html", b"old")
    first.put_in_place(["a.html"], [], frozenset())
    (public / "b").mkdir()
    (public / "b/index.html").write_bytes(b"mine")
    second = Stage(public, state)
    second.write("a.html", b"new")
    second.write("b/index.html", b"theirs")
    with pytest.raises(SitegenError, match="was not written by sitegen") as told:
        second.put_in_place(["a.html", "b/index.html"], [], read_manifest(public))
    assert told.value.problems[0].file == str(public / "b/index.html")
    assert (public / "b/index.html").read_bytes() == b"mine"
    assert (public / "a.html").read_bytes() == b"old", "no page is replaced where one cannot be"


def test_a_folder_where_a_page_belongs_is_named_and_no_page_is_replaced(tmp_path: Path) -> None:
    public, state = tmp_path / "public", tmp_path / "state"
    state.mkdir()
    first = Stage(public, state)
    for path in ("a.html", "z.html"):
        first.write(path, b"old")
    first.put_in_place(["a.html", "z.html"], [], frozenset())
    (public / "z.html").unlink()
    (public / "z.html").mkdir()
    second = Stage(public, state)
    for path in ("a.html", "z.html"):
        second.write(path, b"new")
    with pytest.raises(SitegenError, match="is a folder") as told:
        second.replace()
    assert told.value.problems[0].file == str(public / "z.html")
    assert (public / "a.html").read_bytes() == b"old"


def test_a_list_of_files_that_is_no_text_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b"a.html\n\xff\n")
    found = read_manifest(tmp_path)
    assert "a.html" in found
    Stage(tmp_path, tmp_path).put_in_place(found, ["a.html"], found)
    assert (tmp_path / MANIFEST).read_bytes() == b"a.html\n\xff\n"

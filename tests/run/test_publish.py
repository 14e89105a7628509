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
    stage.put_in_place(["a.js", "b.js", "c.js"], [])
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
    first.put_in_place(["a.html"], [])
    second = Stage(public, state)
    second.write("b.html", b"new")
    (public / "a.html").unlink()
    (public / "a.html").mkdir()  # what cannot be removed as a file stops the build after its renames
    with pytest.raises(SitegenError):
        second.put_in_place(["b.html"], ["a.html"])
    assert read_manifest(public) == {"a.html", "b.html"}

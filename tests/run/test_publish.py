"""Putting a site in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.run.publish import Stage

pytestmark = pytest.mark.quick


def test_a_path_that_two_parts_share_is_put_in_place_once(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    stage = Stage(tmp_path / "public", tmp_path / "state")
    for path, content in (("a.js", b"1"), ("b.js", b"2"), ("a.js", b"1"), ("c.js", b"3")):
        stage.write(path, content)
    stage.put_in_place(())
    assert {p.name: p.read_bytes() for p in (tmp_path / "public").iterdir()} == {
        "a.js": b"1",
        "b.js": b"2",
        "c.js": b"3",
    }

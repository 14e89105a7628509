"""A page that went and comes back is made again, whatever happened to the list in between."""

from __future__ import annotations

from pathlib import Path

from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options
from sitegen.run.publish import MANIFEST
from tests.make import article, write


def test_a_page_that_comes_back_after_a_lost_list_is_there(tmp_path: Path) -> None:
    both = {"content/a.md": article("A"), "content/b.md": article("B")}
    home = Home(write(tmp_path, both))
    build(home, Options())
    (tmp_path / "content/b.md").unlink()
    listed = home.public / MANIFEST
    listed.write_text(listed.read_text() + "left-by-a-killed-build.js\n")
    build(home, Options())
    write(tmp_path, both)
    build(home, Options())
    assert (home.public / "2018/02/b/index.html").is_file()

"""What a build makes of odd files: a page that comes back is made again, a name that is none is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
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


@pytest.mark.parametrize("name", [b"\xff.css", b"x\nCNAME", b"x\xe2\x80\xa8y.js"])
def test_an_asset_whose_name_is_no_line_of_text_is_named_and_nothing_is_written(
    tmp_path: Path, name: bytes
) -> None:
    home = Home(write(tmp_path, {"content/a.md": article("A"), "templates/assets/own.css": "a {}"}))
    with open(os.fsencode(home.templates / "assets") + b"/" + name, "w") as file:
        file.write("x")
    with pytest.raises(SitegenError, match="its name is not one line of UTF-8") as fault:
        build(home, Options())
    assert fault.value.problems[0].file.isprintable()
    assert not home.public.exists() or not any(home.public.iterdir())


def test_a_pipe_or_a_folder_among_the_assets_is_named(tmp_path: Path) -> None:
    home = Home(write(tmp_path, {"content/a.md": article("A"), "templates/assets/own.css": "a {}"}))
    (home.templates / "assets/fonts").symlink_to(home.content)
    with pytest.raises(SitegenError, match="templates/assets/fonts: is a folder"):
        build(home, Options())
    (home.templates / "assets/fonts").unlink()
    os.mkfifo(home.templates / "assets/fonts")
    with pytest.raises(SitegenError, match="is not a regular file"):
        build(home, Options())

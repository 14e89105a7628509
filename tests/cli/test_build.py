"""What `build` promises: whole or old, ours only, private nowhere, one at a time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.run.home import Home
from sitegen.run.lock import only_writer
from tests.cli.conftest import sitegen
from tests.cli.test_add import killed_after
from tests.make import article, write
from tests.test_law import clean_copy, differences, tree

SECRET = "Nobody but the keeper may read that the lantern hangs behind the third door of the quay."


def test_drafts_are_published_on_request_only(archive: Path) -> None:
    write(archive, {"content/articles/2018/02/x.md": article("X", draft=True)})
    page = archive / "public/2018/02/x/index.html"
    for words, there in (((), False), (("--drafts",), True), ((), False)):
        assert sitegen("build", *words, cwd=archive).returncode == 0
        assert page.exists() == there


def test_private_text_is_nowhere_in_the_site(archive: Path) -> None:
    private = article(
        "Lantern secret", f"{SECRET}\n\n![it](../../../media/secret.png)", private=True, tags=("hidden-tag",),
        actors=("nobody-else",), place="Secretville", source="Secret Post", summary="Secret summary.",
    )  # fmt: skip
    write(archive, {"content/articles/2018/02/s.md": private, "content/media/secret.png": b"\x89PNG secret"})
    assert sitegen("build", "--drafts", cwd=archive).returncode == 0
    site = tree(archive / "public")
    assert not [p for p in site if "secret" in p or "hidden" in p or "nobody" in p or "/s/" in p]
    told = [p for p, content in site.items() if b"ecret" in content or b"lantern" in content]
    assert told == []
    assert sitegen("check", cwd=archive).returncode == 0


def test_an_article_made_private_leaves_the_site(archive: Path) -> None:
    path = archive / "content/articles/2018/02/x.md"
    write(archive, {"content/articles/2018/02/x.md": article("Lantern", SECRET)})
    sitegen("build", cwd=archive)
    path.write_text(path.read_text().replace("---\n", "---\nprivate: true\n", 1))
    sitegen("build", cwd=archive)
    assert not [p for p, content in tree(archive / "public").items() if b"lantern" in content.lower()]


def test_a_folder_of_somebody_else_is_refused(archive: Path) -> None:
    write(archive, {"public/index.html": "mine"})
    done = sitegen("build", cwd=archive)
    assert done.returncode == 1
    assert "did not write" in done.stderr
    assert "--out" in done.stderr
    assert tree(archive / "public") == {"index.html": b"mine"}


def test_only_own_files_are_removed(archive: Path) -> None:
    sitegen("build", cwd=archive)
    write(archive, {"public/CNAME": "example.org", "public/2018/02/one/mine.txt": "mine"})
    (archive / "content/articles/2018/02/one.md").unlink()
    assert sitegen("build", cwd=archive).returncode == 0
    assert not (archive / "public/2018/02/one/index.html").exists()
    assert (archive / "public/2018/02/one/mine.txt").read_text() == "mine"
    assert sitegen("build", "--clean", cwd=archive).returncode == 0
    assert (archive / "public/CNAME").read_text() == "example.org"


def test_a_second_run_is_told_that_one_is_under_way(archive: Path) -> None:
    with only_writer(Home(archive)):
        done = sitegen("build", cwd=archive)
    assert done.returncode == 1
    assert "already running" in done.stderr
    assert sitegen("build", cwd=archive).returncode == 0


@pytest.mark.parametrize("renames", [0, 1, 2, 5, 20])
def test_a_build_that_was_killed_is_mended_by_the_next(archive: Path, renames: int) -> None:
    sitegen("build", cwd=archive)
    for n in range(5):
        write(archive, {f"content/articles/2018/04/n{n}.md": article(f"N {n}", "New text.", "2018-04-01")})
    (archive / "content/articles/2018/03/two.md").unlink()
    assert killed_after(renames, "build", cwd=archive) == 9
    assert sitegen("build", cwd=archive).returncode == 0
    assert differences(tree(archive / "public"), clean_copy(archive)) == []


def test_a_first_build_that_was_killed_is_mended_by_the_next(archive: Path) -> None:
    for renames in (0, 1, 5, 15):
        assert killed_after(renames, "build", cwd=archive) == 9
    assert sitegen("build", cwd=archive).returncode == 0
    assert differences(tree(archive / "public"), clean_copy(archive)) == []


def test_a_full_disk_is_told_and_the_old_site_stays(archive: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", small], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("only root can make a small disk")
    try:
        root = small / "archive"
        shutil.copytree(archive, root)
        assert sitegen("build", cwd=root).returncode == 0
        before = tree(root / "public")
        write(root, {f"content/n{n}.md": article(f"N {n}", "Text. " * 400) for n in range(40)})
        free = os.statvfs(small)
        write(root, {"filler": bytes(free.f_bavail * free.f_frsize - 150_000)})
        done = sitegen("build", cwd=root)
        assert done.returncode == 1
        assert "no space left" in done.stderr
        assert "make room" in done.stderr
        assert "Traceback" not in done.stderr
        assert tree(root / "public") == before
    finally:
        subprocess.run(["umount", "-l", small], check=False)


def test_a_dry_run_says_what_it_would_do_and_does_nothing(archive: Path) -> None:
    done = sitegen("build", "--dry-run", cwd=archive)
    assert "would write" in done.stderr
    assert not (archive / "public").exists() or tree(archive / "public") == {}
    sitegen("build", cwd=archive)
    before = tree(archive / "public")
    (archive / "content/articles/2018/02/one.md").unlink()
    assert json.loads(sitegen("build", "--dry-run", "--json", cwd=archive).stdout)["removed"] > 0
    assert tree(archive / "public") == before
    assert sitegen("build", cwd=archive).returncode == 0
    assert tree(archive / "public") != before


def test_the_site_may_go_elsewhere(archive: Path, tmp_path: Path) -> None:
    assert sitegen("build", "--out", str(tmp_path / "site"), cwd=archive).returncode == 0
    assert (tmp_path / "site/index.html").is_file()
    assert not (archive / "public").exists()


def test_the_base_url_comes_from_flag_environment_and_file_in_this_order(archive: Path) -> None:
    write(archive, {"sitegen.toml": 'base_url = "https://file.example"\n'})
    for words, env, wanted in (
        ((), {}, "https://file.example/"),
        ((), {"SITEGEN_BASE_URL": "https://env.example/"}, "https://env.example/"),
        (
            ("--base-url", "https://flag.example/x"),
            {"SITEGEN_BASE_URL": "https://env.example"},
            "https://flag.example/x/",
        ),
    ):
        assert sitegen("build", *words, cwd=archive, **env).returncode == 0
        assert f"<loc>{wanted}2018/02/one/</loc>" in (archive / "public/sitemap.xml").read_text()


def test_an_archive_is_found_from_below_and_by_name(archive: Path, tmp_path: Path) -> None:
    assert sitegen("build", cwd=archive / "content/articles").returncode == 0
    assert sitegen("--archive", str(archive), "build", cwd=tmp_path).returncode == 0
    done = sitegen("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "sitegen init" in done.stderr


def test_deleting_the_state_costs_time_and_nothing_else(archive: Path) -> None:
    sitegen("build", cwd=archive)
    before = tree(archive / "public")
    write(archive, {".sitegen/state.db": b"not a database" * 100})
    assert sitegen("build", cwd=archive).returncode == 0
    assert tree(archive / "public") == before


def test_hash_seed_locale_and_zone_change_no_byte(archive: Path) -> None:
    write(
        archive,
        {f"content/n{n}.md": article(f"N {n}", tags=("b", "a", "ü"), actors=("x", "y")) for n in range(9)},
    )
    sites = []
    for seed, zone, lang in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "tr_TR.UTF-8")):
        sitegen("build", "--clean", cwd=archive, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=lang)
        sites.append(tree(archive / "public"))
    assert differences(*sites) == []


def test_warnings_matter_only_under_strict(archive: Path) -> None:
    write(archive, {"content/articles/2018/02/one.md": article("One", "A first text.", actors=("nato",))})
    assert sitegen("build", cwd=archive).returncode == 0
    assert sitegen("build", "--strict", cwd=archive).returncode in (0, 3)


def test_an_interrupt_gives_130(archive: Path) -> None:
    code = (
        "import sys, sitegen.cli.make as m, sitegen.cli\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "m.build_site = stop\nsys.exit(sitegen.cli.main(['build']))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, env=env, capture_output=True, check=False
    )
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
@pytest.mark.parametrize(
    "begun",
    [
        "import runpy; runpy.run_module('sitegen', run_name='__main__', alter_sys=True)",
        "from sitegen.__main__ import run; run()",
    ],
    ids=["python -m sitegen", "sitegen"],
)
@pytest.mark.parametrize("loading", ["sitegen.cli", "sitegen.errors", "sitegen.run.build"])
@pytest.mark.parametrize(("sent", "wanted"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_run_may_be_stopped_while_it_loads(
    archive: Path, begun: str, loading: str, sent: str, wanted: int
) -> None:
    code = (
        "import os, signal, sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {loading!r}: os.kill(os.getpid(), signal.{sent})\n"
        f"sys.meta_path.insert(0, Stop())\nsys.argv[1:] = ['build']\n{begun}"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == wanted
    assert "Traceback" not in done.stderr

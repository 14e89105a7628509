"""Changes that no random script makes: an incremental build still gives the bytes of a clean one."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sitegen.archive.columns import BLOCK
from sitegen.errors import SitegenError
from sitegen.pages.search.runs import bounds
from sitegen.run import make, rendering, searching
from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options, Result
from sitegen.run.scan import scanned
from tests.make import article, write
from tests.test_law import built, clean_copy, differences, tree

TICK_S = 0.05  # what was written within the clock's tick of a look is read again anyway


def settled(root: Path, files: dict[str, bytes | str]) -> Path:
    write(root, files)
    time.sleep(TICK_S)
    return root


def shows(root: Path, words: bytes) -> bool:
    return any(words in content for content in tree(root / "public").values())


def png(size: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + 2 * size.to_bytes(4, "big") + b"\x08\x02\0\0\0"


def test_two_images_never_share_an_address(tmp_path: Path) -> None:
    images = {"content/media/a.png": png(1), "content/a.png": png(2), "content/media/a.PNG": png(3)}
    text = "![one](media/a.png) ![three](media/a.PNG)"
    root = settled(tmp_path / "a", {**images, "content/x.md": article("X", text)})
    built(root)
    assert (root / "public/media/a.png").read_bytes() in images.values()
    settled(root, {"content/x.md": article("X", f"![two](a.png) {text}")})
    built(root)
    published = [p.read_bytes() for p in (root / "public/media").iterdir()]
    assert sorted(published) == sorted(images.values())
    assert (root / "public/media/a.png").read_bytes() != png(2), "what came with imports keeps its address"
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_another_limit_of_size_counts_for_articles_that_stay_as_they_are(tmp_path: Path) -> None:
    small, large = "[limits]\narticle_bytes = 300\n", "[limits]\narticle_bytes = 3000\n"
    long = {"content/x.md": article("X", "many words " * 90), "content/y.md": article("Y")}
    root = settled(tmp_path / "a", {**long, "sitegen.toml": small})
    assert built(root).articles == 1
    for settings, articles in ((large, 2), (small, 1)):
        settled(root, {"sitegen.toml": settings})
        assert built(root).articles == articles
        assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("name", ["actor", "topic", "source"])
def test_an_edit_of_a_vocabulary_file_that_lies_elsewhere_reaches_the_site(tmp_path: Path, name: str) -> None:
    def called(words: str) -> dict[str, bytes | str]:
        return {f"{name}s.toml": f'[[{name}]]\nid = "orbit"\nname = "{words}"\n'}

    shared = settled(tmp_path / "shared", called("Orbit at first"))
    text = article("X", topics=("orbit",), actors=("orbit",), source="orbit")
    root = settled(tmp_path / "a", {"content/x.md": text})
    (root / f"content/{name}s.toml").symlink_to(f"../../shared/{name}s.toml")
    built(root)
    settled(shared, called("Orbit by now"))
    assert built(root).written
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("link", ["content/notes/z.md", "content/pages/z.md"])
def test_a_text_that_has_left_the_archive_behind_a_link_leaves_the_site(tmp_path: Path, link: str) -> None:
    secret = article("Z", "Heron and lake.")
    root = write(tmp_path / "a", {"content/x.md": article("X"), "content/.kept/z.txt": secret})
    (root / link).parent.mkdir()
    (root / link).symlink_to("../.kept/z.txt")
    time.sleep(TICK_S)
    built(root)
    assert shows(root, b"Heron")
    kept, moved = root / "content/.kept", tmp_path / "kept"
    os.rename(kept, moved)
    kept.symlink_to(moved)
    assert [p.file for p in built(root).problems] == [link]
    assert not shows(root, b"Heron")
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("settings", ["", 'feeds = "full"\n[theme]\nmarkdown = true\n'])
def test_a_text_that_stood_there_only_while_a_page_was_made_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    old, new = article("X", "The old text."), article("X", "The new text.")
    root = settled(tmp_path / "a", {"sitegen.toml": f"search = false\n{settings}", "content/x.md": old})
    built(root)
    settled(root, {"content/x.md": new})

    def rendered(place: rendering.Shop, given: rendering.Task) -> Any:
        write(root, {"content/x.md": old})
        return rendering.render(place, given)

    with monkeypatch.context() as patch:
        patch.setattr(make, "render", rendered)
        built(root)
    settled(root, {"content/x.md": new})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_what_another_format_of_the_index_kept_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    with monkeypatch.context() as patch:
        patch.setattr(searching, "FORMAT", b"of another day")
        built(root)
    runs = [path for path in (root / ".sitegen/search").rglob("*") if path.is_file()]
    assert runs
    for run in runs:
        run.write_bytes(b"1 2 3\nlaid out otherwise")
    settled(root, {"content/x.md": article("X", "Another text.")})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_a_half_written_run_that_a_killed_build_left_is_not_read(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    run = next(path for path in (root / ".sitegen/search").rglob("*") if path.is_file())
    (run.parent / f".{run.name}.new").write_bytes(run.read_bytes()[:20])
    (run.parent / f".{run.name}0.new").write_bytes(b"")
    settled(root, {"content/x.md": article("X", "Another text.")})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("cut", [0, 20, -1])
def test_a_run_that_a_loss_of_power_cut_is_not_read(tmp_path: Path, cut: int) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    for run in (root / ".sitegen/search").rglob("*"):
        if run.is_file():
            run.write_bytes(run.read_bytes()[:cut])
    settled(root, {"content/x.md": article("X", "Another text.")})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("edit", ["content/x.md", "content/y.md"])
def test_a_text_that_stood_there_only_while_it_was_indexed_leaves_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    now = article("X", "A lasting word.")
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    settled(root, {"content/x.md": now})
    texts = searching._texts

    def read(*given: Any) -> Any:
        write(root, {"content/x.md": article("X", "A fleeting word.")})
        found = texts(*given)
        settled(root, {"content/x.md": now})
        return found

    with monkeypatch.context() as patch:
        patch.setattr(searching, "_texts", read)
        built(root)
    assert b"fleet" in b"".join(tree(root / "public/search").values())
    settled(root, {edit: article("X" if "x" in edit else "Y", "One more word.")})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def spoilt(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    elif path.exists():
        path.unlink()


def faults(result: Result) -> set[str | None]:
    return {problem.file for problem in result.problems if problem.severity == "error"}


LOST = [None, b"---\ntitle: \xff\n---\n", b"---\ntitle: X\ndate: some day\n---\nText.\n"]


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("settings", ["", 'search = false\nfeeds = "full"\n[theme]\nmarkdown = true\n'])
def test_an_article_that_is_lost_while_pages_are_made_is_named_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, lost: bytes | None
) -> None:
    files: dict[str, bytes | str] = {"content/x.md": article("X"), "content/y.md": article("Y", "It lasts.")}
    root = settled(tmp_path / "a", {"sitegen.toml": settings, **files})

    def rendered(place: rendering.Shop, given: rendering.Task) -> Any:
        spoilt(root / "content/x.md", lost)
        return rendering.render(place, given)

    with monkeypatch.context() as patch:
        patch.setattr(make, "render", rendered)
        assert faults(built(root)) == {"content/x.md"}
    pages = tree(root / "public")
    assert b"It lasts." in b"".join(pages.values())
    assert any("/x" in path for path in pages), "what other pages link to is there"
    assert faults(built(root)) == (set() if lost is None else {"content/x.md"})
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("lost", LOST)
def test_an_article_that_is_lost_while_it_is_indexed_is_named_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: bytes | None
) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    settled(root, {"content/x.md": article("X", "Another text.")})
    texts = searching._texts

    def read(*given: Any) -> Any:
        spoilt(root / "content/x.md", lost)
        return texts(*given)

    with monkeypatch.context() as patch:
        patch.setattr(searching, "_texts", read)
        assert faults(built(root)) == {"content/x.md"}
    settled(root, {"content/x.md": article("X", "A third text.")})
    assert faults(built(root)) == set()
    assert differences(tree(root / "public"), clean_copy(root)) == []


def kept_runs(root: Path) -> list[Path]:
    return [path for path in (root / ".sitegen/search").rglob("*") if path.is_file()]


def damage(run: Path) -> None:
    """Change the hits and the places of a run, and nothing else."""
    content = bytearray(run.read_bytes())
    _, hits, _, behind, *_ = bounds(content)
    for at in range(hits, behind, 7):
        content[at] ^= 1
    run.write_bytes(content)


@pytest.mark.parametrize("seen", [True, False])
def test_a_damaged_run_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: bool) -> None:
    if not seen:  # as where the disk itself fails
        monkeypatch.setattr(searching, "_stat", lambda _: (0, 0, 0, 0), raising=False)
    files = {f"content/n{at}.md": article(f"Title {at}", f"Words {at} of it.") for at in range(6)}
    root = settled(tmp_path / "a", {**files})
    built(root)
    for run in kept_runs(root):
        damage(run)
    settled(root, {"content/n2.md": article("Another title", "Words 2 of it.")})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_a_damaged_run_beside_that_of_an_edit_is_made_anew(tmp_path: Path) -> None:
    files = {f"content/n{at}.md": article(f"Title {at}", f"Words {at} of it.") for at in range(40)}
    root = settled(tmp_path / "a", {**files})
    built(root)
    runs = kept_runs(root)
    assert len(runs) > 1
    for run in runs:
        damage(run)
    settled(root, {"content/n2.md": article("Another title", "Words 2 of it.")})
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_a_damaged_run_is_made_anew_though_the_state_is_lost(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    for run in kept_runs(root):
        damage(run)
    (root / ".sitegen/state.db").unlink()
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_whole_runs_are_read_again_after_the_state_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    (root / ".sitegen/state.db").unlink()
    monkeypatch.setattr(searching, "_index", lambda *_: pytest.fail("a whole run was made again"))
    built(root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
def test_what_is_no_run_is_removed_from_among_them(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X"), "content/y.md": article("Y")})
    built(root)
    run = kept_runs(root)[0]
    folder = run.parent
    run.rename(folder / "moved")
    os.mkfifo(run)
    (folder / "sub").mkdir()
    (folder / "sub/mine").write_bytes(b"")
    (folder / "link").symlink_to("moved")
    settled(root, {"content/x.md": article("X", "Another text.")})
    built(root)
    assert kept_runs(root) == [path for path in folder.iterdir() if not path.is_symlink()]
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_a_file_where_the_runs_are_to_lie_makes_room(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X")})
    write(root, {".sitegen/search": "no folder"})
    built(root)
    assert kept_runs(root)


def test_results_show_a_source_as_the_newest_article_spells_it(tmp_path: Path) -> None:
    def one(at: int, source: str) -> dict[str, bytes | str]:
        date = f"20{10 + at // 12}-{1 + at % 12:02}-01"
        return {f"content/n{at}.md": article(f"Title {at}", f"Words {at}.", date, source=source)}

    files = {path: text for at in range(140) for path, text in one(at, "Harbour Post").items()}
    root = settled(tmp_path / "a", {"sitegen.toml": "search = true\n", **files})
    built(root)
    for spelled in ("HARBOUR Post", "Harbour Post"):
        settled(root, one(139, spelled))
        built(root)
        assert differences(tree(root / "public"), clean_copy(root)) == []


def test_a_watching_build_that_was_killed_half_way_leaves_no_page_for_ever(tmp_path: Path) -> None:
    files = {f"content/{name}.md": article(name.upper(), f"The text of {name}.") for name in "xyz"}
    root = settled(tmp_path / "a", {"sitegen.toml": "search = true\n", **files})
    built(root)

    def killed(_: object) -> None:
        raise KeyboardInterrupt  # when the pages are in their place and the index is not

    for name in "zy":
        (root / f"content/{name}.md").unlink()
        settled(root, {"content/x.md": article("X", f"Another text without {name}.")})
        shutil.rmtree(root / ".sitegen")
        with pytest.raises(KeyboardInterrupt):
            build(Home(root), Options(shown=killed))
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_the_usual_folder_by_another_name_is_the_usual_folder(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X")})
    (tmp_path / "real").mkdir()
    (root / "public").symlink_to(tmp_path / "real")
    built(root)
    usual = tree(tmp_path / "real")
    address = {"base_url": "https://archive.example/"}
    build(Home(root), Options(out=root / "public", settings=address))
    assert tree(tmp_path / "real") != usual
    built(root)
    assert tree(tmp_path / "real") == usual


def test_an_archive_may_lie_in_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    root = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd \xff"))
    built(settled(root, {"content/x.md": article("X")}))
    assert built(root).written == 0


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_state_is_begun_anew(tmp_path: Path, seed: int) -> None:
    files = {f"content/{name}.md": article(name.upper(), f"The text of {name}.") for name in "uvwxyz"}
    root = settled(tmp_path / "a", {"sitegen.toml": "search = true\n", **files})
    built(root)
    state, chance = root / ".sitegen/state.db", random.Random(seed)
    kept = bytearray(state.read_bytes())
    for _ in range(40):
        kept[chance.randrange(0 if seed % 3 == 0 else 4096, len(kept))] ^= 1 + chance.randrange(255)
    state.write_bytes(kept)
    settled(root, {"content/x.md": article("X", "Another text.")})
    build(Home(root), Options(clean=seed % 2 == 0))
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("change", ["DELETE FROM files", "UPDATE files SET path = 'content/w.md'"])
def test_a_file_that_the_state_has_lost_is_read_again(tmp_path: Path, change: str) -> None:
    files = {f"content/{name}.md": article(name.upper(), f"The text of {name}.") for name in "xyz"}
    root = settled(tmp_path / "a", files)
    built(root)
    with closing(sqlite3.connect(root / ".sitegen/state.db")) as state:
        state.execute(f"{change} WHERE path = 'content/x.md'")
        state.commit()
    settled(root, {"content/new.md": article("N", "Another text.")})
    build(Home(root), Options())
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM entries WHERE block = 0",
        "DELETE FROM entries WHERE block = 1",
        "UPDATE entries SET block = 2 WHERE block = 1",
        "UPDATE entries SET rest = NULL WHERE block = 1",
        "UPDATE entries SET of_all = (SELECT of_all FROM entries WHERE block = 1) WHERE block = 0",
        "UPDATE entries SET rest = (SELECT rest FROM entries WHERE block = 1) WHERE block = 0",
    ],
)
def test_entries_that_the_state_has_lost_are_made_again(tmp_path: Path, change: str) -> None:
    files = {f"content/{at:03}.md": article(f"Title {at}", f"The text of {at}.") for at in range(BLOCK + 9)}
    root = settled(tmp_path / "a", files)
    built(root)
    with closing(sqlite3.connect(root / ".sitegen/state.db")) as state:
        assert state.execute(change).rowcount == 1
        state.commit()
    settled(root, {"content/000.md": article("Title 0", "Another text."), "content/001.md": article("One")})
    build(Home(root), Options())
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("search", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM meta WHERE name = 'files'",
        "DELETE FROM files",
        "DELETE FROM outputs WHERE id = '2018/02/x/index.html'",
        "DELETE FROM outputs WHERE id = 'index.html'",
        "DELETE FROM outputs WHERE id = 'search'",
        "DELETE FROM outputs WHERE id GLOB 'search:*'",
    ],
)
def test_what_the_state_has_lost_of_the_last_build_is_made_again(
    tmp_path: Path, change: str, search: bool
) -> None:
    files = {f"content/{name}.md": article(name.upper(), f"The text of {name}.") for name in "xyz"}
    root = settled(tmp_path / "a", {"sitegen.toml": f"search = {str(search).lower()}\n", **files})
    built(root)
    with closing(sqlite3.connect(root / ".sitegen/state.db")) as state:
        state.execute(change)
        state.commit()
    settled(root, {"content/x.md": article("Another title", "Another text.")})
    made = build(Home(root), Options())
    assert differences(tree(root / "public"), clean_copy(root)) == []
    assert made.files == len(tree(root / "public")) - 1, "all but the site's own list"


@pytest.mark.parametrize("path", ["a/x.md", "b/x.md", "c/x.md", "x-2.md"])
def test_an_edit_of_articles_that_want_one_address_changes_the_right_page(tmp_path: Path, path: str) -> None:
    files = {
        f"content/{name}": article(name, f"The text of {name}.") for name in ("a/x.md", "b/x.md", "c/x.md")
    }
    root = settled(tmp_path / "a", {**files, "content/x-2.md": article("x-2.md", "The text of x-2.")})
    built(root)
    settled(root, {f"content/{path}": article(path, "Another text.")})
    assert built(root).written < 10
    assert differences(tree(root / "public"), clean_copy(root)) == []


@pytest.mark.parametrize("beside", ["content/odd/x.md", "content/x.md"])
def test_a_file_whose_name_is_no_text_is_reported_as_long_as_it_is_there(tmp_path: Path, beside: str) -> None:
    root = settled(tmp_path / "a", {beside: article("X")})
    odd = root / "content/odd" / os.fsdecode(b"bad\xff.md")
    odd.parent.mkdir(exist_ok=True)
    odd.write_bytes(article("Odd"))
    assert [p.code for _ in range(2) for p in build(Home(root), Options()).problems] == ["file-name"] * 2
    odd.unlink()
    assert build(Home(root), Options()).problems == ()


def test_a_state_that_cannot_be_used_is_named_in_one_sentence(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X")})
    (root / ".sitegen/state.db").mkdir(parents=True)
    for use in (lambda: built(root), lambda: scanned(Home(root), limit=1000)):
        with pytest.raises(SitegenError) as told:
            use()
        assert told.value.problems[0].file == str(root / ".sitegen/state.db")


def test_a_lock_that_may_not_be_written_is_named_for_it_would_lock_nothing(tmp_path: Path) -> None:
    root = settled(tmp_path / "a", {"content/x.md": article("X")})
    built(root)
    lock = root / ".sitegen/lock"
    lock.chmod(0o444)
    if os.access(lock, os.W_OK):
        pytest.skip("who runs this may write everything")
    with pytest.raises(SitegenError) as told:
        built(root)
    assert told.value.problems[0].file == str(lock)


def test_a_disk_too_small_for_the_state_is_said_in_one_sentence(tmp_path: Path) -> None:
    files = {f"content/{at}.md": article(f"Title {at}", "A text. " * 40) for at in range(60)}
    root = settled(tmp_path / "a", {"sitegen.toml": "search = false\n", **files})
    short = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))"
    code = f"{short}; from sitegen.cli import main; sys.exit(main(['build']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "state.db" in done.stderr
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []

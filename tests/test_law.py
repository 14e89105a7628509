"""The law: whatever was edited, an incremental build gives the bytes of a build from nothing."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Collection
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.run import pool, whole
from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.lastbuild import LastBuild
from sitegen.run.order import Options, Result
from tests.scripts import EDITS, add, archive, articles_of


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, and every empty folder with a slash at its end."""
    found = sorted(folder.rglob("*"))
    empty = {
        f"{p.relative_to(folder).as_posix()}/": b"" for p in found if p.is_dir() and not any(p.iterdir())
    }
    return empty | {p.relative_to(folder).as_posix(): p.read_bytes() for p in found if p.is_file()}


def built(
    root: Path, last: LastBuild | None = None, saved: Collection[str] = (), **options: object
) -> Result:
    return build(Home(root), Options(jobs=1, **options), last=last, saved=saved)  # type: ignore[arg-type]


def clean_copy(root: Path, **options: object) -> dict[str, bytes]:
    """Return the site that the same archive gives in another folder where nothing was ever built."""
    copy = root.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns("public", ".sitegen"))
    built(copy, **options)
    return tree(copy / "public")


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))


def text_alone(chance: random.Random, root: Path) -> None:
    """Change what only the article's own page shows."""
    plain = [p for p in articles_of(root) if "](" not in (old := p.read_text()) and len(old) > 600]
    path = chance.choice(plain or [add(chance, root)])
    path.write_text(path.read_text() + f"\nOne more paragraph, the {chance.randint(1, 99)}th of its kind.\n")


def title_alone(chance: random.Random, root: Path) -> None:
    """Change what lists and neighbours show of an article, and nothing else."""
    path = chance.choice([p for p in articles_of(root) if "](" not in p.read_text()] or [add(chance, root)])
    lines = [x for x in path.read_text().split("\n") if not x.startswith("title:")]
    path.write_text("\n".join([lines[0], f"title: Title {chance.randint(1, 999)}", *lines[1:]]))


def run_script(folder: Path, seed: int, edits: int, every: int, *, watching: bool = False) -> None:
    """Edit an archive at random, building between edits; compare with a clean build now and then.

    A watcher keeps its last plan and is told of some files, changed or not, that they were saved;
    now and then another process builds in between.
    """
    chance = random.Random(seed)
    root = archive(folder / "archive", chance)
    last = LastBuild(Home(root).state) if watching else None
    shown: dict[str, object] = {"shown": lambda _: None} if watching else {}
    drafts, done = False, []
    built(root)
    for number in range(1, edits + 1):
        for _ in range(chance.choice((1, 1, 2))):
            edit = chance.choice(EDITS)
            edit(chance, root)
            done.append(getattr(edit, "__name__", "add"))
        drafts = drafts ^ (chance.random() < 0.1)
        if watching:
            time.sleep(0.03)  # what was written within the clock's tick of a look is planned anew
            text_alone(chance, root)
            built(root, chance.choice((last, last, None)), drafts=drafts, **shown)
            text_alone(chance, root)
            files = sorted(os.fspath(p) for p in (root / "content").rglob("*") if p.is_file())
            saved = chance.sample(files, min(len(files), chance.choice((0, 1, 3, 99))))
            built(root, last, (*saved, f"{root}/content/gone.md"), drafts=drafts, **shown)
        built(root, last, drafts=drafts, **shown)
        if number % every == 0:
            wrong = differences(tree(root / "public"), clean_copy(root, drafts=drafts))
            assert not wrong, f"seed {seed} after {done}: {wrong[:8]}"


@pytest.mark.parametrize("seed", range(20))
def test_an_incremental_build_equals_a_clean_one(tmp_path: Path, seed: int) -> None:
    run_script(tmp_path, seed, edits=6, every=3)


@pytest.mark.parametrize("seed", range(100, 108))
def test_a_watchers_build_equals_a_clean_one(tmp_path: Path, seed: int) -> None:
    run_script(tmp_path, seed, edits=6, every=2, watching=True)


@pytest.mark.parametrize("search", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_an_edit_of_titles_and_texts_equals_a_clean_build(tmp_path: Path, seed: int, search: bool) -> None:
    chance = random.Random(seed)
    root = archive(tmp_path / "archive", chance, 16)
    (root / "sitegen.toml").write_text(f"per_page = 3\nsearch = {str(search).lower()}\n")
    for path in articles_of(root)[:12]:
        path.write_text("".join(x for x in path.read_text().splitlines(keepends=True) if "](" not in x))
    time.sleep(0.03)
    built(root)
    for number in range(8):
        for _ in range(chance.choice((1, 1, 3))):
            chance.choice((text_alone, title_alone))(chance, root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(whole, "planned", lambda *_: pytest.fail("all was planned"))
            assert built(root).written
        if number % 3 == 2:
            EDITS[chance.randrange(len(EDITS))](chance, root)
            time.sleep(0.03)
            built(root)
            time.sleep(0.03)
        assert differences(tree(root / "public"), clean_copy(root)) == [], f"edit {number}"
    assert built(root).written == 0


def test_a_watcher_shows_a_page_before_the_search_index_is_made(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(7))
    time.sleep(0.05)
    last = LastBuild(Home(root).state)
    built(root, last)
    path = sorted((root / "content/notes").glob("*.md"))[0]
    path.write_text(path.read_text() + "\nZanzibar is named here.\n")

    def pages_with_it() -> list[Path]:
        return [p for p in (root / "public").rglob("*.html") if "Zanzibar is named" in p.read_text()]

    seen: list[int] = []
    built(root, last, shown=lambda _: seen.append(len(pages_with_it())))
    assert seen == [1]
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_the_number_of_processes_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = archive(tmp_path / "archive", random.Random(1), 12)
    built(root)
    one = tree(root / "public")
    monkeypatch.setattr(pool, "WORTH_A_POOL", 1)
    monkeypatch.setattr(pool, "BATCH", 5)
    build(Home(root), Options(jobs=2, clean=True))
    assert differences(tree(root / "public"), one) == []


def test_a_site_in_another_folder_leaves_what_is_known_of_the_first(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(8))
    time.sleep(0.05)
    built(root)
    assert built(root, out=tmp_path / "other").written
    assert built(root).written == 0
    assert built(root, out=tmp_path / "other").written == 0
    assert differences(tree(tmp_path / "other"), tree(root / "public")) == []


def test_clean_makes_the_same_in_place(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(2))
    built(root)
    one = tree(root / "public")
    (root / "public/index.html").write_text("another hand")
    assert built(root, clean=True).written == 1
    assert differences(tree(root / "public"), one) == []


def test_without_its_state_a_build_makes_the_same(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(3))
    built(root)
    one = tree(root / "public")
    shutil.rmtree(root / ".sitegen")
    built(root)
    assert differences(tree(root / "public"), one) == []


def test_a_fault_between_two_builds_leaves_no_trace(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(4))
    built(root)
    template, notes = root / "templates/page.html", root / "content/pages/about.md"
    template.parent.mkdir()
    template.write_text("{{ nothing.here }}")
    notes.write_text("---\ntitle: Newer\n---\n\nText.\n")
    with pytest.raises(SitegenError):
        built(root)
    template.unlink()
    built(root)
    assert differences(tree(root / "public"), clean_copy(root)) == []


def test_an_edit_of_one_article_makes_few_pages_again(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(5), 30)
    whole = built(root).files
    path = sorted((root / "content/notes").glob("*.md"))[0]
    path.write_text(path.read_text() + "\nOne more sentence that no summary shows.\n")
    assert 0 < built(root).written < whole / 5


def test_a_build_with_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive", random.Random(6))
    time.sleep(0.05)  # a picture within the clock's tick of a look would be copied again
    built(root)
    times = {p: p.stat().st_mtime_ns for p in (root / "public").rglob("*") if p.is_file()}
    assert (again := built(root)).written == again.removed == 0
    assert {p: p.stat().st_mtime_ns for p in (root / "public").rglob("*") if p.is_file()} == times

"""The inbox: whatever lies in `content/inbox/` is added and then leaves it; what can't be read stays."""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
import time
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from sitegen.run.add import add, list_inputs
from sitegen.run.files import KEPT_FOLDER, is_of_a_page, page_folder, walk
from sitegen.run.here import here
from sitegen.run.home import Home
from sitegen.run.keep import Keeper, Row
from sitegen.run.lock import only_writer
from sitegen.run.prior import with_prior
from sitegen.run.scan import scanned
from sitegen.run.settings import load_config, load_vocabulary

_STILL_S = 0.2


def take(home: Home, *, dry_run: bool = False, patience_s: float = 0.0) -> Iterator[Row]:
    """Add every file of the inbox whose size is stable, and say what became of each.

    A file leaves the inbox only when its bytes are in `originals/`; one that cannot be read stays
    and is reported each time. What a browser saved beside a page goes with the page.
    """
    config, vocabulary = load_config(home), load_vocabulary(home)
    with only_writer(home, patience_s):
        found = scanned(home, limit=config.limits.article_bytes)
        vocabulary = with_prior(home, vocabulary, found.facts)
        keeper = Keeper(home, here(home, found), vocabulary, dry_run=dry_run)
        for path in _stable(home.inbox):
            if not os.path.lexists(path) or is_of_a_page(path, home.inbox):
                continue
            rows = list(
                add(keeper, list_inputs([path], within=home.inbox), limit=config.limits.article_bytes)
            )
            yield from rows
            kept = rows and all(row.outcome in ("new", "merged", "duplicate", "removed") for row in rows)
            if kept and not dry_run:
                _leave(home, Path(path))


def _leave(home: Home, path: Path) -> None:
    """Take a page out of the inbox; the folder that was saved beside it is kept beside its original.

    A folder never stays: without its page, what lies in it would be taken for articles.
    """
    folder = page_folder(path)
    if folder:
        with path.open("rb") as file:
            name = file_digest(file, "sha256").hexdigest()
        kept = home.originals / name[:2] / f"{name}{KEPT_FOLDER}"
        if kept.is_dir() and _holds(kept, folder):
            shutil.rmtree(folder)
        else:
            shutil.move(folder, _free(kept))
    path.unlink()


def _holds(kept: Path, folder: Path) -> bool:
    """Tell whether each file of a folder is kept already, byte for byte."""
    files = [Path(at, name) for at, folders, names in os.walk(folder) for name in (*folders, *names)]
    return all(_same(kept / file.relative_to(folder), file) for file in files)


def _same(kept: Path, file: Path) -> bool:
    if file.is_symlink():
        return False
    if file.is_dir():
        return kept.is_dir()
    return kept.is_file() and file.is_file() and filecmp.cmp(kept, file, shallow=False)


def _free(kept: Path) -> Path:
    again = (f"-again-{number}" for number in itertools.count(2))
    names = (kept.with_name(kept.name + end) for end in itertools.chain(("", "-again"), again))
    return next(name for name in names if not os.path.lexists(name))


def _stable(inbox: Path) -> list[str]:
    """Return the files whose size does not change while we look: others are still being written."""
    before = {entry.path: _size(entry.path) for entry in walk(inbox)}
    time.sleep(_STILL_S)
    return [path for path, size in before.items() if _size(path) == size]


def _size(path: str) -> int:
    """Return a file's size, or -1 for a link that leads nowhere, which is then reported."""
    try:
        return os.path.getsize(path)
    except OSError:
        return -1

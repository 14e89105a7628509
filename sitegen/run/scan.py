"""Looking at the content folder: which files changed since the last run, and what they say now."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.archive.document import facts
from sitegen.errors import Problem, SitegenError
from sitegen.run.files import read_bytes, walk
from sitegen.run.home import Home
from sitegen.run.pool import ordered
from sitegen.run.state import RACY_NS, Seen

NOT_ARTICLES = frozenset({"originals", "inbox", "pages", "media"})


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the folder found: stats by path, and when it began (nanoseconds)."""

    stats: Mapping[str, tuple[int, ...]]
    at_ns: int

    def changed(self, known: Mapping[str, tuple[int, ...]], last_ns: int) -> tuple[str, ...]:
        """Return the paths to read: new, of another stat, or touched in the tick of the last look."""
        return tuple(
            path
            for path, stat in self.stats.items()
            if known.get(path) != stat or max(stat[1], stat[2]) > last_ns - RACY_NS
        )


def look(home: Home) -> Look:
    """Return the stat (size, mtime, ctime, inode) of every Markdown file that may be an article."""
    at = time.time_ns()
    return Look(dict(_stats(home)), at)


def _stats(home: Home) -> Iterator[tuple[str, tuple[int, ...]]]:
    start = len(os.fspath(home.root)) + 1
    for entry in walk(home.content, skip=NOT_ARTICLES):
        if entry.name.endswith((".md", ".markdown")):
            yield entry.path[start:].replace(os.sep, "/"), stat_of(entry)


def stat_of(entry: os.DirEntry[str] | Path) -> tuple[int, ...]:
    """Return size, mtime, ctime and inode; zeros where there is nothing to stat (a dead link)."""
    try:
        found = entry.stat()
    except OSError:
        return (0, 0, 0, 0)
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


@dataclass(frozen=True, slots=True)
class _Task:
    root: str
    path: str
    stat: tuple[int, ...]
    limit: int


def read(home: Home, paths: tuple[str, ...], found: Look, *, limit: int, jobs: int | None) -> Iterator[Seen]:
    """Give what each of the files says, or what is wrong with it; in the order of `paths`."""
    tasks = [_Task(os.fspath(home.root), path, found.stats[path], limit) for path in paths]
    return ordered(_read_one, tasks, jobs=jobs)


def _read_one(task: _Task) -> Seen:
    path = Path(task.root, task.path)
    try:
        _check_name(task)
        content = read_bytes(path, shown=task.path, limit=task.limit)
        return Seen(task.path, task.stat, facts(content, path=task.path))
    except SitegenError as error:
        return Seen(safe_name(task.path), task.stat, None, error.problems)


def _check_name(task: _Task) -> None:
    if safe_name(task.path) != task.path:
        raise SitegenError(
            Problem("file-name", "its name is not UTF-8", file=safe_name(task.path), hint="rename the file")
        )
    real = os.path.realpath(os.path.join(task.root, task.path))
    if os.path.islink(os.path.join(task.root, task.path)) and not Path(real).is_relative_to(
        os.path.realpath(task.root)
    ):
        raise SitegenError(
            Problem("link", "is a link that leads out of the archive", file=task.path,
                    hint="put the file itself here")
        )


def safe_name(path: str) -> str:
    """Return a path in which bytes that are not UTF-8 are written as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

"""One look at everything that a build reads: stats only, so that a run with no change is quick."""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.run.files import leads_out, walk
from sitegen.run.home import MARKER, Home
from sitegen.text import digest, digest_of

NOT_ARTICLES = frozenset({"originals", "inbox", "pages", "media"})
_VOCABULARY = ("actors.toml", "topics.toml", "sources.toml")
_FINE_TICK_NS, _COARSE_TICK_NS = 20_000_000, 2_000_000_000
_SECOND_NS = 1_000_000_000

Stat = tuple[int, ...]


class Look(Struct, frozen=True):
    """Stats (size, mtime, ctime, inode) by path: of articles, and of all else that a build reads.

    For a link the last number stands for the place that it leads to, too.
    `accounts` has what imports said of articles, by the names of their files; `at_ns` is when the
    look began. With `only` these articles were looked at again later, and all else was not.
    """

    articles: Mapping[str, Stat]
    others: Mapping[str, Stat]
    accounts: Mapping[str, Stat]
    at_ns: int
    only: tuple[str, ...] | None = None

    def changed(self, known: Mapping[str, Stat], last_ns: int) -> tuple[str, ...]:
        """Return the articles to read: new, of another stat, or racily clean."""
        looked_at = self.articles if self.only is None else self.only
        stats = ((path, self.articles[path], known.get(path, ())) for path in looked_at)
        near = last_ns - _COARSE_TICK_NS
        return tuple(
            path
            for path, now, was in stats
            if (was != now and was[: len(now)] != now)
            or ((now[1] > near or now[2] > near) and racy(now, last_ns))
        )

    def others_digest(self, last_ns: int) -> str:
        """Return one digest for all the other files; another one each time while any of them is racy."""
        rows = sorted((*self.others.items(), *self.accounts.items()))
        fresh = self.at_ns if any(racy(s, last_ns) for _, s in rows) else 0
        return digest(marshal.dumps((fresh, rows), 2))


def racy(stat: Stat, last_ns: int) -> bool:
    """Say whether a file may have changed after the last look without changing its stat.

    Git's rule: a time within the clock's tick before the look proves nothing. Ticks are some
    milliseconds, but up to two seconds on file systems that keep no fractions.
    """
    latest = max(stat[1], stat[2])
    return latest > last_ns - (_COARSE_TICK_NS if stat[1] % _SECOND_NS == 0 else _FINE_TICK_NS)


def look(home: Home, extra: Iterable[Path]) -> Look:
    """Return the stats of an archive's files; `extra` are folders outside it (the default theme)."""
    at = time.time_ns()
    articles: dict[str, Stat] = {}
    others: dict[str, Stat] = {}
    start = len(os.fspath(home.root)) + 1
    for entry in walk(home.content, skip=NOT_ARTICLES):
        path = entry.path[start:].replace(os.sep, "/")
        if is_markdown(entry.name):
            articles[path] = _stat(entry, home)
        elif _is_publishable(entry, home):
            others[path] = _stat(entry, home)
    for entry in walk(home.content / "media"):
        if _is_publishable(entry, home):
            others[entry.path[start:].replace(os.sep, "/")] = _stat(entry, home)
    for folder in (home.pages, home.templates, *extra):
        others.update((entry.path, _stat(entry, home)) for entry in walk(folder))
    # read wherever they lie; by their whole paths, for the short ones are of files that articles may name
    others.update((os.fspath(path), _stat(path, home)) for path in map(home.content.joinpath, _VOCABULARY))
    others[MARKER] = _stat(home.root / MARKER, home)
    return Look(articles, others, _accounts(home), at)


def look_again(home: Home, before: Look, paths: Iterable[str]) -> Look | None:
    """Return an earlier look with these files looked at again, or None where that may not be enough.

    It is enough for articles that are there and were there. `at_ns` stays, for all others were
    looked at then.
    """
    top = os.path.join(home.root, "")
    now: dict[str, Stat] = {}
    for path in paths:
        name = path.removeprefix(top).replace(os.sep, "/")
        if name in before.articles and os.path.isfile(path):
            now[name] = _stat(Path(path), home)
        elif name in before.articles or os.path.lexists(path):
            return None
    return replace(before, articles={**before.articles, **now}, only=tuple(now)) if now else None


def _accounts(home: Home) -> dict[str, Stat]:
    """Return the stats of the accounts that lie beside originals."""
    found: dict[str, Stat] = {}
    with suppress(FileNotFoundError), os.scandir(home.originals) as folders:
        for folder in folders:
            if len(folder.name) == 2 and folder.is_dir():
                with os.scandir(folder) as files:
                    found.update((e.name, _stat(e, home)) for e in files if _is_account(e.name, folder.name))
    return found


def _is_account(name: str, folder: str) -> bool:
    """Return whether a file is read as an account; a copy in another folder is not."""
    return name.startswith(folder) and name.endswith(".json")


def is_markdown(name: str) -> bool:
    """Return whether a file of this name is read as an article."""
    return name.lower().endswith((".md", ".markdown"))


def _is_publishable(entry: os.DirEntry[str], home: Home) -> bool:
    """Return whether a file may go into the site as it is, if an article names it.

    A pipe would be waited for; a link may lead out of the archive, or to the text of an article
    that is private.
    """
    if not entry.is_symlink():
        return entry.is_file()
    real = os.path.realpath(entry.path)
    same_kind = os.path.splitext(real)[1].lower() == os.path.splitext(entry.name)[1].lower()
    return os.path.isfile(real) and same_kind and not leads_out(entry.path, home.content)


def _stat(entry: os.DirEntry[str] | Path, home: Home) -> Stat:
    """Return size, mtime, ctime and inode; zeros where there is nothing to stat (a dead link)."""
    try:
        found = entry.stat()
        stat = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    except OSError:
        stat = (0, 0, 0, 0)
    return (*stat[:3], _end(entry, stat[3], home)) if entry.is_symlink() else stat


def _end(link: os.DirEntry[str] | Path, inode: int, home: Home) -> int:
    """Return a number for the inode that a link leads to, and for where that and the archive's folders lie.

    What it leads to can leave the archive, or come to lie where nothing is published, with the
    stat that it had: a folder above it was moved.
    """
    places = (link, home.content, home.originals, home.inbox)
    real = tuple(os.fsencode(os.path.realpath(place)) for place in places)
    return int(digest_of(inode, real)[:15], 16)


def files_of(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Give each file below the folders with its path inside its folder; a later folder wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for entry in walk(folder):
            found[os.path.relpath(entry.path, folder).replace(os.sep, "/")] = Path(entry.path)
    yield from sorted(found.items())

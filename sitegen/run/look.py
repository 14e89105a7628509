"""One look at everything that a build reads: stats only, so that a run with no change is quick."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from sitegen.run.files import folders_of, leads_out, safe_name, walk
from sitegen.run.halves import in_halves
from sitegen.run.home import MARKER, Home
from sitegen.text import digest_of

NOT_ARTICLES = frozenset({"originals", "inbox", "pages", "media"})
_VOCABULARY = ("actors.toml", "topics.toml", "sources.toml")
_FINE_TICK_NS, _COARSE_TICK_NS = 20_000_000, 2_000_000_000
_SECOND_NS = 1_000_000_000
_STAT = struct.Struct("<qqqQ")
_MOST = 2**63 - 1  # that can be packed; as a time it is in the year 2262

T = TypeVar("T")
Stat = tuple[int, ...]


class Folder(NamedTuple):
    """The articles of a folder: their names, each ended by a zero, and their stats, packed in that order."""

    names: str = ""
    stats: bytes = b""

    def by_name(self) -> dict[str, Stat]:
        """Return each article's stat by its name."""
        return dict(zip(self.names.split("\0"), _STAT.iter_unpack(self.stats), strict=False))


class Kept(NamedTuple):
    """A folder as it was at an earlier look, and the latest time in its stats."""

    folder: Folder = Folder()
    latest_ns: int = 0


class Changes(msgspec.Struct, frozen=True):
    """What is not as it was at an earlier look: articles to read, because they are new, of another stat
    or racily clean, and the paths of those gone; `has_new` says whether some of them were not there.

    `folders` has what is to be kept of every folder in which something differs, None if it is gone. What
    has a name that is no text cannot be kept: it counts as new each time.
    """

    stale: tuple[str, ...]
    gone: tuple[str, ...]
    has_new: bool
    folders: Mapping[str, Kept | None]

    def any(self) -> bool:
        """Return whether there is anything to read or to forget."""
        return bool(self.stale or self.gone)


class Look(msgspec.Struct, frozen=True):
    """Stats (size, mtime, ctime, inode) of all that a build reads: of articles by folder, of others by path.

    For a link the last number stands for the place that it leads to, too.
    `accounts` has what imports said of articles, by the names of their files; `at_ns` is when the
    look began. With `only` these articles were looked at again later, and all else was not.
    """

    folders: Mapping[str, Folder]
    others: Mapping[str, Stat]
    accounts: Mapping[str, Stat]
    at_ns: int
    only: frozenset[str] | None = None

    def stats(self) -> Iterator[tuple[str, Stat]]:
        """Give the path of every article with its stat."""
        for folder, found in self.folders.items():
            yield from ((f"{folder}/{name}", stat) for name, stat in found.by_name().items())

    def changes(self, known: Mapping[str, Kept], last_ns: int) -> Changes:
        """Return what differs from what is known of the look that began at `last_ns`.

        A folder whose stats are the same is not looked through, unless one of them is too new.
        """
        near = last_ns - _COARSE_TICK_NS
        stale, gone, has_new = list[str](), list[str](), False
        folders: dict[str, Kept | None] = {}
        for folder in self.folders if self.only is None else {_parts(path)[0] for path in self.only}:
            found, kept = self.folders[folder], known.get(folder, Kept())
            if found == kept.folder and kept.latest_ns <= near:
                continue
            now, was = found.by_name(), kept.folder.by_name()
            stale += [f"{folder}/{n}" for n, s in now.items() if was.get(n) != s or racy(s, last_ns)]
            gone += [f"{folder}/{n}" for n in was.keys() - now.keys()]
            has_new = has_new or not now.keys() <= was.keys()
            if now != was:
                folders[folder] = _kept(now)
        for folder in known.keys() - self.folders.keys():
            gone += [f"{folder}/{n}" for n in known[folder].folder.by_name()]
            folders[folder] = None
        if self.only is not None:
            stale = [path for path in stale if path in self.only]
        return Changes(tuple(stale), tuple(sorted(gone)), has_new, _as_text(folders))

    def others_digest(self, last_ns: int) -> str:
        """Return one digest for all the other files; another one each time while any of them is racy."""
        rows = sorted((*self.others.items(), *self.accounts.items()))
        fresh = self.at_ns if any(racy(s, last_ns) for _, s in rows) else 0
        return digest_of(fresh, rows)


def _folder(stats: Mapping[str, Stat]) -> Folder:
    return Folder(_ended(stats), b"".join(map(_packed, stats.values())))


def _ended(names: Iterable[str]) -> str:
    """Return names, each ended by a zero."""
    return "\0".join((*names, ""))


def _kept(stats: Mapping[str, Stat]) -> Kept:
    """Return a folder's stats to be kept."""
    known = _as_text(stats)
    return Kept(_folder(known), max((max(s[1], s[2]) for s in known.values()), default=0))


def _as_text(by_name: Mapping[str, T]) -> dict[str, T]:
    """Return what has a name that is text."""
    return {name: value for name, value in by_name.items() if safe_name(name) == name}


def _parts(path: str) -> tuple[str, str]:
    """Return the folder and the name in a path of the archive."""
    folder, _, name = path.rpartition("/")
    return folder, name


def racy(stat: Stat, last_ns: int) -> bool:
    """Say whether a file may have changed after the last look without changing its stat.

    Git's rule: a time within the clock's tick before the look proves nothing. Ticks are some
    milliseconds, but up to two seconds on file systems that keep no fractions.
    """
    latest = max(stat[1], stat[2])
    return latest > last_ns - (_COARSE_TICK_NS if stat[1] % _SECOND_NS == 0 else _FINE_TICK_NS)


def look(home: Home, extra: Iterable[Path], jobs: int | None = None) -> Look:
    """Return the stats of an archive's files; `extra` are folders outside it (the default theme)."""
    at = time.time_ns()
    articles: dict[str, list[os.DirEntry[str]]] = {}
    others: dict[str, os.DirEntry[str] | Path] = {}
    start = len(os.fspath(home.root)) + 1
    for folder, files in folders_of(home.content, skip=NOT_ARTICLES):
        here = folder[start:].replace(os.sep, "/")
        texts = [entry for entry in files if is_markdown(entry.name)]
        if texts:
            articles.setdefault(here, []).extend(texts)
        if len(texts) < len(files):
            beside = (entry for entry in files if not is_markdown(entry.name))
            others.update((f"{here}/{entry.name}", entry) for entry in beside if _is_publishable(entry, home))
    for entry in walk(home.content / "media"):
        if _is_publishable(entry, home):
            others[entry.path[start:].replace(os.sep, "/")] = entry
    for own in (home.pages, home.templates, *extra):
        others.update((entry.path, entry) for entry in walk(own))
    # read wherever they lie; by their whole paths, for the short ones are of files that articles may name
    others.update((os.fspath(path), path) for path in map(home.content.joinpath, _VOCABULARY))
    others[MARKER] = home.root / MARKER
    accounts = {entry.name: entry for entry in _accounts(home)}
    entries = [*chain.from_iterable(articles.values()), *others.values(), *accounts.values()]
    packed = BytesIO(in_halves(partial(_stats, home), entries, jobs=jobs))
    folders = {
        folder: Folder(_ended([entry.name for entry in texts]), packed.read(_STAT.size * len(texts)))
        for folder, texts in articles.items()
    }
    stats = _STAT.iter_unpack(packed.read())
    return Look(folders, {path: next(stats) for path in others}, {name: next(stats) for name in accounts}, at)


def look_again(home: Home, before: Look, paths: Iterable[str]) -> Look | None:
    """Return an earlier look with these files looked at again, or None where that may not be enough.

    It is enough for articles that are there and were there. `at_ns` stays, for all others were
    looked at then.
    """
    top = os.path.join(home.root, "")
    folders = dict(before.folders)
    only: list[str] = []
    for path in paths:
        short = path.removeprefix(top).replace(os.sep, "/")
        folder, name = _parts(short)
        was = folders[folder].by_name() if folder in folders else {}
        if name in was and os.path.isfile(path):
            folders[folder] = _folder({**was, name: _stat(Path(path), home)})
            only.append(short)
        elif name in was or os.path.lexists(path):
            return None
    return replace(before, folders=folders, only=frozenset(only)) if only else None


def _accounts(home: Home) -> Iterator[os.DirEntry[str]]:
    """Give the accounts that lie beside originals."""
    with suppress(FileNotFoundError), os.scandir(home.originals) as folders:
        for folder in folders:
            if len(folder.name) == 2 and folder.is_dir():
                with os.scandir(folder) as files:
                    yield from (entry for entry in files if _is_account(entry.name, folder.name))


def _is_account(name: str, folder: str) -> bool:
    """Return whether a file is read as an account; a copy in another folder is not."""
    return name.startswith(folder) and name.endswith(".json")


def is_markdown(name: str) -> bool:
    """Return whether a file of this name is read as an article."""
    return name.endswith(".md") or name.lower().endswith((".md", ".markdown"))


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


def _stats(home: Home, entries: Sequence[os.DirEntry[str] | Path]) -> bytes:
    return b"".join([_packed(_stat(entry, home)) for entry in entries])


def _packed(stat: Stat) -> bytes:
    """Return a stat in a few bytes; a file may be of any century, and then its time is the last or first."""
    try:
        return _STAT.pack(*stat)
    except struct.error:
        return _STAT.pack(*(max(-_MOST, min(number, _MOST)) for number in stat))


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

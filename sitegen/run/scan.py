"""Reading the articles that changed: bytes to facts, or to what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.document import facts
from sitegen.archive.identity import original_parts
from sitegen.errors import Problem, SitegenError
from sitegen.model import Facts
from sitegen.run import account
from sitegen.run.damage import damage, surely
from sitegen.run.files import leads_out, read_bytes, safe_name
from sitegen.run.home import Home
from sitegen.run.look import Changes, Look, Stat, look, racy
from sitegen.run.pool import Workers, ordered
from sitegen.run.state import NAME as STATE
from sitegen.run.state import Row, Seen, State, changes_of, packed, unpacked, with_account

_HELD = 6_000  # articles whose facts are held


class _Task(Struct, frozen=True):
    root: str
    path: str
    limit: int


class Scan(Struct, frozen=True):
    """What the articles say now: facts in the order of their paths, faults, and what has changed."""

    facts: tuple[Facts, ...]
    problems: tuple[Problem, ...]
    changes: Changes


class Told(Mapping[str, Facts]):
    """The facts of articles by path: the first thousands are held, others are read when asked for.

    They are a few kilobytes each, and what is asked for is asked for several times in a row.
    """

    def __init__(self, state: State) -> None:
        self._new, self._kept = state.facts_aside(), state.facts()
        self._held: dict[str, Facts] = {}
        self._last: Facts | None = None

    def hold(self, passing: Iterable[Facts]) -> Iterator[Facts]:
        """Give facts on as they come, and hold the first of them."""
        for article in passing:
            if len(self._held) < _HELD:
                self._held[article.path] = article
            yield article

    def __getitem__(self, path: str) -> Facts:
        if path in self._held:
            return self._held[path]
        if self._last is None or self._last.path != path:
            self._last = self._read(path)
        return self._last

    def _read(self, path: str) -> Facts:
        try:
            return self._new[path]
        except KeyError:
            return self._kept[path]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._kept), **dict.fromkeys(self._new)})

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Reading:
    """One pass over what all articles say: unchanged ones from the state, the others read anew.

    What is read anew is set aside in the state as it comes. `problems` (by path) are known when the pass
    is through.
    """

    def __init__(
        self,
        home: Home,
        state: State,
        found: Look,
        changes: Changes,
        *,
        limit: int,
        jobs: int | None = None,
        workers: Workers | None = None,
    ) -> None:
        self._state, self._found, self._changes, self._limit = state, found, changes, limit
        self._rows = partial(_rows, home, found, limit=limit, jobs=jobs, workers=workers)
        self._faults: dict[str, tuple[Problem, ...]] = {}

    def facts(self) -> Iterator[Facts]:
        """Give the facts of every article that can be read, in no order; only one pass may be made."""
        state, found, last = self._state, self._found, int(self._state.get("looked") or 0)
        passed = {*self._changes.stale, *self._changes.gone}
        known = {path: stat for path, stat in found.stats() if path not in passed}
        state.set_aside(())
        yield from self._read_anew(self._changes.stale)
        told_anew = []
        for seen in state.seen():
            if seen.path in passed:
                continue
            if seen.path not in known:
                raise damage()
            stat = known.pop(seen.path)
            if _is_told_anew(seen, found, last) or _has_another_limit(seen, stat, self._limit):
                told_anew.append(seen.path)
            else:
                yield from self._told(seen)
        if any(safe_name(path) == path for path in known):
            raise damage()
        yield from self._read_anew(told_anew)

    def _read_anew(self, paths: Iterable[str]) -> Iterator[Facts]:
        paths = sorted(paths)
        for path, (seen, row) in zip(paths, self._rows(paths), strict=True):
            if seen.path == path:  # else it is shown under a name that another file may have
                self._state.set_aside_too(row)
            yield from self._told(seen)

    def _told(self, seen: Seen) -> Iterator[Facts]:
        if seen.problems:
            self._faults[seen.path] = (*self._faults.get(seen.path, ()), *seen.problems)
        if seen.facts:
            yield seen.facts

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(chain.from_iterable(self._faults[path] for path in sorted(self._faults)))


def scan(home: Home, state: State, found: Look, *, limit: int, jobs: int | None = None) -> Scan:
    """Return what every article says: unchanged ones from the state, the others read anew and set aside."""
    changes = changes_of(state, found)
    reading = Reading(home, state, found, changes, limit=limit, jobs=jobs)
    facts = tuple(sorted(reading.facts(), key=attrgetter("path")))
    return Scan(facts, reading.problems, changes)


def scanned(home: Home, *, limit: int) -> Scan:
    """Return what every article says now, without keeping it."""
    return surely(home.state / STATE, partial(_scanned, home, limit))


def _scanned(home: Home, limit: int) -> Scan:
    with closing(State(home.state)) as state:
        return scan(home, state, look(home, ()), limit=limit)


def read_anew(home: Home, found: Look, paths: Iterable[str], *, limit: int) -> list[tuple[Seen, Row]]:
    """Return what these articles say, by their paths, and the same as it is kept."""
    return list(_rows(home, found, paths, limit=limit))


def _rows(
    home: Home,
    found: Look,
    paths: Iterable[str],
    *,
    limit: int,
    jobs: int | None = None,
    workers: Workers | None = None,
) -> Iterator[tuple[Seen, Row]]:
    root = os.fspath(home.root)
    tasks = (_Task(root, path, limit) for path in sorted(paths))
    return (_told(row, found) for row in ordered(_read_one, tasks, jobs=jobs, workers=workers))


def _is_told_anew(seen: Seen, found: Look, last: int) -> bool:
    """Tell whether what the import said of an article may be another thing since the last scan."""
    stat = _account_stat(seen, found)
    return seen.account != stat or (bool(stat) and racy(stat, last))


def _has_another_limit(seen: Seen, stat: Stat, limit: int) -> bool:
    """Tell whether an article was read, or was too large to be read, only by the limit of that time."""
    return (stat[0] > limit) != any(p.code == "too-large" for p in seen.problems)


def _account_stat(seen: Seen, found: Look) -> Stat:
    """Return the stat of an article's account, nothing where it has none."""
    name, number = original_parts(seen.facts.front.original if seen.facts else None)
    return found.accounts.get(account.account_name(name, number), ()) if name else ()


def _told(row: Row, found: Look) -> tuple[Seen, Row]:
    """Return an article as it was read, with the stat of its account."""
    seen = unpacked(row)
    if stat := _account_stat(seen, found):
        return replace(seen, account=stat), with_account(row, stat)
    return seen, row


def _read_one(task: _Task) -> Row:
    return packed(_seen(task))


def _seen(task: _Task) -> Seen:
    try:
        _check_name(task)
        content = read_bytes(os.path.join(task.root, task.path), shown=task.path, limit=task.limit)
        return Seen(task.path, _with_account(task.root, facts(content, path=task.path)))
    except SitegenError as error:
        return Seen(safe_name(task.path), None, error.problems)


def _with_account(root: str, read: Facts) -> Facts:
    """Return the facts with what the import kept of the article beside its original."""
    kept = account.read(Home(Path(root)), read.front) if read.front.original else None
    if kept is None:
        return read
    return replace(read, account=kept.digest, quotes=kept.quotes, own=kept.own, roles=kept.roles)


def _check_name(task: _Task) -> None:
    if safe_name(task.path) != task.path:
        raise SitegenError(
            Problem("file-name", "its name is not UTF-8", file=safe_name(task.path), hint="rename the file")
        )
    if os.path.islink(os.path.join(task.root, task.path)):
        check_link(Home(Path(task.root)), task.path)


def check_link(home: Home, path: str) -> None:
    """Raise SitegenError for a link that leads to no article of this archive.

    What was imported and what sitegen last wrote of it (`originals/`) may be the text of an
    article that is private by now.
    """
    full = home.root / path
    if not full.is_symlink():
        return
    out = leads_out(full, home.content)
    hidden = any(not leads_out(full, folder) for folder in (home.originals, home.inbox))
    if out or hidden:
        where = "out of the archive" if out else "to what is not published"
        problem = Problem("link", f"is a link that leads {where}", file=path, hint="put the file itself here")
        raise SitegenError(problem)

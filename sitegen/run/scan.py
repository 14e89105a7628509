"""Reading the articles that changed: bytes to facts, or to what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.archive.document import facts
from sitegen.archive.identity import original_parts
from sitegen.errors import Problem, SitegenError
from sitegen.model import Facts
from sitegen.run import account
from sitegen.run.files import leads_out, read_bytes
from sitegen.run.home import Home
from sitegen.run.look import Look, Stat, racy
from sitegen.run.pool import Workers, ordered
from sitegen.run.state import Row, Seen, State, packed, unpacked, with_stat


@dataclass(frozen=True, slots=True)
class _Task:
    root: str
    path: str
    stat: Stat
    limit: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What the articles say now: facts in the order of their paths, faults, and what changed.

    `rows` are the changed ones as they are kept, `gone` the paths of those that are no more.
    """

    facts: tuple[Facts, ...]
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]
    gone: tuple[str, ...]


class Told(Mapping[str, Facts]):
    """The facts of articles by path: held, until they are let go; then each is read when asked for."""

    def __init__(self, found: Scan, state: State) -> None:
        self._held = {facts.path: facts for facts in found.facts}
        self._new, self._kept = state.facts_aside(), state.facts()

    def let_go(self) -> None:
        """Hold no facts any more: a few kilobytes of each article."""
        self._held = {}

    def __getitem__(self, path: str) -> Facts:
        if path in self._held:
            return self._held[path]
        try:
            return self._new[path]
        except KeyError:
            return self._kept[path]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._kept), **dict.fromkeys(self._new)})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def scan(
    home: Home,
    state: State,
    found: Look,
    *,
    limit: int,
    jobs: int | None = None,
    workers: Workers | None = None,
) -> Scan:
    """Return what every article says: unchanged ones from the state, the others read anew."""
    known = state.seen()
    last = int(state.get("looked") or 0)
    paths = {
        *found.changed({p: s.stat for p, s in known.items()}, last),
        *(p for p, s in known.items() if p in found.articles and _is_told_anew(s, found, last)),
    }
    read = read_anew(home, found, paths, limit=limit, jobs=jobs, workers=workers)
    gone = tuple(sorted(known.keys() - found.articles.keys()))
    now = {**{p: s for p, s in known.items() if p in found.articles}, **{s.path: s for s, _ in read}}
    rows = [now[path] for path in sorted(now)]
    return Scan(
        tuple(s.facts for s in rows if s.facts),
        tuple(p for s in rows for p in s.problems),
        tuple(row for _, row in read),
        gone,
    )


def read_anew(
    home: Home,
    found: Look,
    paths: Iterable[str],
    *,
    limit: int,
    jobs: int | None = None,
    workers: Workers | None = None,
) -> list[tuple[Seen, Row]]:
    """Return what these articles say, by their paths, and the same as it is kept."""
    root = os.fspath(home.root)
    tasks = [_Task(root, path, found.articles[path], limit) for path in sorted(paths)]
    return [_told(row, found) for row in ordered(_read_one, tasks, jobs=jobs, workers=workers)]


def _is_told_anew(seen: Seen, found: Look, last: int) -> bool:
    """Tell whether what the import said of an article may be another thing since the last scan."""
    stat = _account_stat(seen, found)
    return seen.stat[len(found.articles[seen.path]) :] != stat or (bool(stat) and racy(stat, last))


def _account_stat(seen: Seen, found: Look) -> Stat:
    """Return the stat of an article's account: it is kept behind that of its file."""
    name, number = original_parts(seen.facts.front.original if seen.facts else None)
    return found.accounts.get(account.account_name(name, number), ()) if name else ()


def _told(row: Row, found: Look) -> tuple[Seen, Row]:
    """Return an article as it was read, with the stat of its account."""
    seen = unpacked(row)
    if told := _account_stat(seen, found):
        seen = replace(seen, stat=(*seen.stat, *told))
        return seen, with_stat(row, seen.stat)
    return seen, row


def _read_one(task: _Task) -> Row:
    return packed(_seen(task))


def _seen(task: _Task) -> Seen:
    try:
        _check_name(task)
        content = read_bytes(os.path.join(task.root, task.path), shown=task.path, limit=task.limit)
        return Seen(task.path, task.stat, _with_account(task.root, facts(content, path=task.path)))
    except SitegenError as error:
        return Seen(safe_name(task.path), task.stat, None, error.problems)


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


def safe_name(path: str) -> str:
    """Return a path in which bytes that are not UTF-8 are written as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

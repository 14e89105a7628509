"""What the last run saw and made, kept in `.sitegen/state.db`; deleting it costs time and nothing else.

Facts are kept by the stat of their file, what a build made by the digest of what it was made from.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from sitegen import __version__
from sitegen.errors import Problem
from sitegen.model import Date, Facts, FrontMatter, Highlight, Quote, Related
from sitegen.run.damage import damage, dumped, loaded, sealed, unsealed
from sitegen.run.look import Changes, Folder, Kept, Look, Stat
from sitegen.run.rows import Rows, WholeRows

_FORMAT = f"{__version__}/17/{sys.version_info[0]}.{sys.version_info[1]}"
NAME = "state.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS looked (folder TEXT PRIMARY KEY, kept BLOB);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, account BLOB, facts BLOB, problems BLOB)
    WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS fresh (path TEXT PRIMARY KEY, account BLOB, facts BLOB, problems BLOB)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (id TEXT PRIMARY KEY, digest TEXT, files BLOB, note BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memory (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (block INTEGER PRIMARY KEY, of_all BLOB, rest BLOB);
"""
T = TypeVar("T")
Row = tuple[str, bytes | None, bytes | None, bytes | None]
_CACHES = ("looked", "files", "outputs", "memory", "entries")


class Seen(Struct, frozen=True):
    """One file as it was read: what it said or what was wrong with it, and the stat of its account."""

    path: str
    facts: Facts | None
    problems: tuple[Problem, ...] = ()
    account: Stat = ()


class Made(Struct, frozen=True):
    """One product of the last build: the digest it was made from, its files, and its note."""

    digest: str
    files: tuple[str, ...]
    note: bytes = b""


class State:
    """The open cache; what another version of sitegen has kept is thrown away. To be used `surely`.

    What was read once is held until it changes; what a build changes is held too where this `keeps` it,
    for a watcher that builds again and again.
    """

    def __init__(self, folder: Path, *, keeps: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        self._db = self._opened()
        self._inode = os.stat(self._path).st_ino
        self._keeps, self._held = keeps, dict[str, Any]()
        self._version = -1

    def is_usable(self) -> bool:
        """Return whether the file that is open is still the one that lies there."""
        try:
            return os.stat(self._path).st_ino == self._inode
        except OSError:
            return False

    def version(self) -> int:
        """Return a number that changes when another process has written into the state."""
        found: int = self._db.execute("PRAGMA data_version").fetchone()[0]
        return found

    def rest(self) -> None:
        """Let go of what was begun and not ended."""
        if self._db.in_transaction:
            self._held.clear()
            self._db.rollback()

    def _hold(self, name: str, read: Callable[[], T]) -> T:
        version = self.version()
        if version != self._version:
            self._held.clear()
            self._version = version
        if name not in self._held:
            self._held[name] = read()
        found: T = self._held[name]
        return found

    def _let_go(self, name: str) -> dict[str, Any] | None:
        """Return what is held under a name and changes now, if a later build is to find it held."""
        held: dict[str, Any] | None = self._held.pop(name, None)
        return held if self._keeps else None

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, check_same_thread=False)  # one build at a time, by its lock
        db.executescript(_SCHEMA)
        row = db.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
        if row is None or row[0] != _FORMAT:
            for table in ("meta", *_CACHES):
                db.execute(f"DROP TABLE {table}")
            db.executescript(_SCHEMA)
            db.execute("INSERT INTO meta VALUES ('format', ?)", (_FORMAT,))
            db.commit()
        return db

    def close(self) -> None:
        self._db.close()

    def forget(self) -> None:
        """Forget everything: the next build starts from nothing."""
        self._held.clear()
        for table in _CACHES:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names
        self._db.execute("DELETE FROM meta WHERE name != 'format'")
        self._db.commit()

    def get(self, name: str) -> str:
        """Return a value kept under a name, or ""."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return unsealed(row[0]).decode() if row else ""

    def number(self, name: str) -> int:
        """Return a number that each build keeps under a name; raises `damage` where there is none."""
        found = self.get(name)
        if not found.isdecimal():
            raise damage()
        return int(found)

    def looked(self) -> dict[str, Kept]:
        """Return the stats of all known files by folder: all that a run with no change needs."""
        return self._hold("looked", self._read_looked)

    def _read_looked(self) -> dict[str, Kept]:
        rows = self._db.execute("SELECT folder, kept FROM looked")
        return {
            folder: Kept(Folder(*found), latest_ns)
            for folder, kept in rows
            for found, latest_ns in (loaded(kept),)
        }

    def seen(self) -> Iterator[Seen]:
        """Give every known file with what it said."""
        return map(unpacked, self._db.execute("SELECT path, account, facts, problems FROM files"))

    def set_aside(self, rows: Iterable[Row]) -> None:
        """Lay changed files, as they were packed, on the disk beside the state until they are kept."""
        self._db.execute("DELETE FROM fresh")
        for row in rows:
            self.set_aside_too(row)

    def set_aside_too(self, row: Row) -> None:
        """Lay one more file there."""
        self._db.execute("INSERT INTO fresh VALUES (?, ?, ?, ?)", row)

    def update_files(self, changes: Changes) -> None:
        """Keep the files that were set aside, and forget those gone; committed with `update_made`."""
        folders = changes.folders
        now = {folder: kept for folder, kept in folders.items() if kept}
        if (known := self._let_go("looked")) is not None:
            self._held["looked"] = {**{f: s for f, s in known.items() if f not in folders}, **now}
        self._db.executemany("DELETE FROM looked WHERE folder = ?", ((f,) for f in folders if f not in now))
        rows = ((folder, dumped((tuple(kept.folder), kept.latest_ns))) for folder, kept in now.items())
        self._db.executemany("INSERT OR REPLACE INTO looked VALUES (?, ?)", rows)
        self._db.executemany("DELETE FROM files WHERE path = ?", ((p,) for p in changes.gone))
        self._db.execute("INSERT OR REPLACE INTO files SELECT * FROM fresh")
        self._db.execute("DELETE FROM fresh")

    def made(self) -> dict[str, Made]:
        """Return every product of the last build by its id."""
        return self._hold("made", self._read_made)

    def _read_made(self) -> dict[str, Made]:
        rows = self._db.execute("SELECT id, digest, files, note FROM outputs")
        return {i: _made(d, f, n) for i, d, f, n in rows}

    def recorded(self) -> Mapping[str, Made]:
        """Return the same, each product read when it is asked for."""
        held = self._held.get("made")
        return Rows(self._db, "outputs", "id", "digest, files, note", _made) if held is None else held

    def memory(self) -> dict[str, Any]:
        """Return what earlier plans worked out, by key."""
        return self._hold("memory", self._read_memory)

    def _read_memory(self) -> dict[str, Any]:
        rows = self._db.execute("SELECT name, value FROM memory")
        return {name: loaded(value) for name, value in rows}

    def recollection(self) -> Mapping[str, Any]:
        """Return the same, each value read when it is asked for."""
        held = self._held.get("memory")
        return Rows(self._db, "memory", "name", "value", loaded) if held is None else held

    def update_memory(self, made: Mapping[str, Any], gone: Iterable[str] = ()) -> None:
        """Keep what a plan has worked out, and forget what none asks for; committed with `update_made`."""
        gone = frozenset(gone)
        if (known := self._let_go("memory")) is not None:
            self._held["memory"] = {**{k: v for k, v in known.items() if k not in gone}, **made}
        self._db.executemany("DELETE FROM memory WHERE name = ?", ((n,) for n in sorted(gone)))
        self._db.executemany(
            "INSERT OR REPLACE INTO memory VALUES (?, ?)", ((n, dumped(made[n])) for n in sorted(made))
        )

    def outline(self) -> bytes:
        """Return what was kept of the last plan besides its entries, or nothing."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'outline'").fetchone()
        return unsealed(row[0]) if row else b""

    def entries(self) -> list[bytes]:
        """Return what is asked of all entries of the last plan: as it was packed, a block after the other."""
        rows = self._db.execute("SELECT block, of_all FROM entries ORDER BY block").fetchall()
        if [number for number, _ in rows] != [*range(len(rows))]:
            raise damage()
        return [_of_block(number, of_all) for number, of_all in rows]

    def rest_of_entries(self, block: int) -> bytes:
        """Return the rest of a block of entries, as it was packed."""
        row = self._db.execute("SELECT rest FROM entries WHERE block = ?", (block,)).fetchone()
        if row is None:
            raise damage()
        return _of_block(block, row[0])

    def facts(self) -> Mapping[str, Facts]:
        """Return the facts of every known article by path, each read when it is asked for.

        Only those of articles that are there are asked for: a lost row raises `damage`.
        """
        return WholeRows(self._db, "files", "path", "facts", _facts)

    def facts_aside(self) -> Mapping[str, Facts]:
        """Return the facts of the files that were set aside, each read when it is asked for."""
        return Rows(self._db, "fresh", "path", "facts", _facts)

    def keep_outline(self, outline: bytes) -> None:
        """Keep a plan without its entries, and forget those of the last; committed with `update_made`."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('outline', ?)", (sealed(outline),))
        self._db.execute("DELETE FROM entries")

    def update_entries(self, blocks: Iterable[tuple[int, bytes, bytes]]) -> None:
        """Keep packed entries by the number of their block: what is asked of all, and the rest.

        Committed with `update_made`.
        """
        rows = ((n, dumped((n, of_all)), dumped((n, rest))) for n, of_all, rest in blocks)
        self._db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)

    def templates(self, key: str) -> bytes:
        """Return the compiled templates that were kept under this key, or nothing."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'templates'").fetchone()
        kept, code = loaded(row[0]) if row else ("", b"")
        return code if kept == key else b""

    def keep_templates(self, key: str, code: bytes) -> None:
        """Keep the compiled templates; committed with `update_made`."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('templates', ?)", (dumped((key, code)),))

    def forget_made(self) -> None:
        """Forget all products; committed with `update_made`."""
        self._held.pop("made", None)
        self._db.execute("DELETE FROM outputs")

    def update_made(
        self, changed: Iterable[tuple[str, Made]], gone: Iterable[str], meta: Mapping[str, str]
    ) -> None:
        """Keep products by their ids, and values, with the files given before, in one transaction."""
        gone = frozenset(gone)
        if (known := self._let_go("made")) is not None:
            changed = tuple(changed)
            kept = {**known, **dict(changed)}
            self._held["made"] = {i: made for i, made in kept.items() if i not in gone}
        self._db.executemany("DELETE FROM outputs WHERE id = ?", ((i,) for i in sorted(gone)))
        self._db.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)",
            ((i, m.digest, dumped(m.files), sealed(m.note)) for i, m in changed),
        )
        values = ((name, sealed(value.encode("utf-8", "surrogatepass"))) for name, value in meta.items())
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
        self._db.commit()


def changes_of(state: State, found: Look) -> Changes:
    """Return what differs from what the last build has looked at."""
    return found.changes(state.looked(), int(state.get("looked") or 0))


def _of_block(block: int, kept: object) -> bytes:
    """Return what was kept of a block of entries; raises `damage` where it is of another block."""
    number, content = loaded(kept)
    if number != block:
        raise damage()
    found: bytes = content
    return found


def _made(made_from: str, files: bytes, note: bytes) -> Made:
    return Made(made_from, loaded(files), unsealed(note))


def _facts(packed: bytes) -> Facts:
    return _unpacked(loaded(packed))


def packed(seen: Seen) -> Row:
    """Return a file as it is kept: small to send to another process, and quick to read again."""
    return (
        seen.path,
        dumped(seen.account) if seen.account else None,
        dumped(_packed(seen.facts)) if seen.facts else None,
        dumped(tuple(map(astuple, seen.problems))) if seen.problems else None,
    )


def with_account(row: Row, stat: Stat) -> Row:
    """Return a packed file with the stat of its account."""
    return row[0], dumped(stat), *row[2:]


def unpacked(row: Row) -> Seen:
    """Return what was packed; names that many articles share are one text in memory."""
    path, account, facts, problems = row
    return Seen(
        path,
        _unpacked(loaded(facts)) if facts else None,
        tuple(Problem(*v) for v in loaded(problems)) if problems else (),
        loaded(account) if account else (),
    )


def _packed(facts: Facts) -> tuple[Any, ...]:
    front = facts.front
    plain = tuple(
        tuple(map(astuple, v)) if n in ("related", "highlights") else v
        for n in _FRONT
        for v in (getattr(front, n),)
    )
    date = astuple(front.date) if front.date else None
    return (
        facts.path, facts.digest, (plain[0], date, *plain[2:]), facts.excerpt, facts.words,
        facts.body_line, facts.body_start, facts.links,
        facts.account, tuple(map(astuple, facts.quotes)), facts.own, facts.roles,
    )  # fmt: skip


_FRONT = FrontMatter.__struct_fields__
_RELATED, _HIGHLIGHTS = _FRONT.index("related") - 2, _FRONT.index("highlights") - 2  # after title and date
_SHARED_TEXTS = tuple(_FRONT.index(n) - 2 for n in ("place", "agency", "source", "lang", "added"))
_SHARED_LISTS = tuple(_FRONT.index(n) - 2 for n in ("authors", "tags", "topics", "actors"))


def _unpacked(packed: tuple[Any, ...]) -> Facts:
    path, digest, head, *rest, quotes, own, roles = packed
    title, date, *fields = head
    for at in _SHARED_TEXTS:
        if fields[at]:
            fields[at] = intern(fields[at])
    for at in _SHARED_LISTS:
        if fields[at]:
            fields[at] = tuple(map(intern, fields[at]))
    if fields[_RELATED]:
        fields[_RELATED] = tuple(Related(*r) for r in fields[_RELATED])
    if fields[_HIGHLIGHTS]:
        fields[_HIGHLIGHTS] = tuple(Highlight(*h) for h in fields[_HIGHLIGHTS])
    front = FrontMatter(title, Date(*date) if date else None, *fields)
    return Facts(*(path, digest, front, *rest, tuple(Quote(*q) for q in quotes), own, roles))

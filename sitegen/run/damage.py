"""What is kept between runs and cannot be read again: found out by checksums, thrown away, begun anew."""

from __future__ import annotations

import marshal
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from sitegen.errors import Problem, SitegenError

T = TypeVar("T")
_BYTES = 4  # of a checksum
_ROOM = "make room on the disk, then run the command again"
_TRY_AGAIN = "wait until no other sitegen runs here, and look who may write into this folder"


def surely(database: Path, use: Callable[[], T], let_go: Callable[[], None] = lambda: None) -> T:
    """Return what a use of a database gives; one that is damaged is thrown away, and used anew.

    `let_go` closes what is open of it. Raises SitegenError where it cannot be used: it is locked, may
    not be written, or the disk is full.
    """
    try:
        try:
            return use()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            let_go()
            for path in (database, database.with_name(f"{database.name}-journal")):
                path.unlink(missing_ok=True)
            return use()
    except sqlite3.Error as error:
        raise SitegenError(state_problem(error, database)) from None


def state_problem(error: sqlite3.Error, file: Path) -> Problem:
    """Return what an error of SQLite means to a person."""
    is_full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    hint = _ROOM if is_full else _TRY_AGAIN
    return Problem("state", f"cannot be used: {error}", file=os.fspath(file), hint=hint)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether what is kept cannot be read; errors of Python's own (`damage`, no text) have no code."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damage() -> sqlite3.DatabaseError:
    """Return the error to raise for a row that cannot be read."""
    return sqlite3.DatabaseError("a row is not as it was kept")


def sealed(content: bytes) -> bytes:
    """Return bytes with their checksum."""
    return content + crc32(content).to_bytes(_BYTES, "big")


def unsealed(kept: object) -> bytes:
    """Return the bytes that were sealed; raises `damage` where the disk gives something else back."""
    if not isinstance(kept, bytes):
        raise damage()
    content = kept[:-_BYTES]
    if crc32(content) != int.from_bytes(kept[-_BYTES:], "big"):
        raise damage()
    return content


def dumped(value: Any) -> bytes:
    """Return a value of plain types as sealed bytes."""
    return sealed(marshal.dumps(value))


def loaded(kept: object) -> Any:
    """Return the value that was dumped; raises `damage`."""
    return marshal.loads(unsealed(kept))  # noqa: S302 - our own cache

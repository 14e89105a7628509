"""One writer at a time: the lock of an archive, which a process that dies lets go of."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sitegen.errors import Problem, SitegenError
from sitegen.run.files import os_problem
from sitegen.run.home import Home

_PAUSE_S = 0.05


@contextmanager
def only_writer(home: Home, patience_s: float = 0.0) -> Iterator[None]:
    """Hold the archive's lock: that of an empty database, for SQLite knows every system's locks.

    Raises SitegenError where another run still holds it after `patience_s` seconds.
    """
    path = home.state / "lock"
    until = time.monotonic() + patience_s
    try:
        home.state.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    except OSError as error:
        raise SitegenError(os_problem(error, home.state)) from None
    except sqlite3.OperationalError as error:
        raise _unusable(path, error) from None
    with closing(lock):
        if path.exists() and not os.access(path, os.W_OK):  # then SQLite only reads, and locks nothing
            raise _unusable(path, "it may not be written")
        while not _taken(lock, path):
            if time.monotonic() >= until:
                raise SitegenError(
                    Problem(
                        "busy",
                        "another sitegen is already running in this archive",
                        file=os.fspath(home.root),
                        hint="wait until it is done, then run the command again",
                    )
                )
            time.sleep(_PAUSE_S)
        yield


def _taken(lock: sqlite3.Connection, path: Path) -> bool:
    try:
        lock.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise _unusable(path, error) from None
    return True


def _unusable(path: Path, error: sqlite3.Error | str) -> SitegenError:
    is_rubbish = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB
    hint = "delete it: it only ever is empty" if is_rubbish else "look who may write into this folder"
    return SitegenError(Problem("state", f"cannot be used: {error}", file=os.fspath(path), hint=hint))

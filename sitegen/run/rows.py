"""Rows of the state as a mapping: each is read when it is asked for, and none is held."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sitegen.run.damage import damage

T = TypeVar("T")


class Rows(Mapping[str, T]):
    """Some columns of a table by its key, each row read when it is asked for."""

    def __init__(
        self, db: sqlite3.Connection, table: str, key: str, columns: str, read: Callable[..., T]
    ) -> None:
        self._db, self._read = db, read
        self._all = f"SELECT {key} FROM {table}"  # noqa: S608 - fixed names
        self._one = f"SELECT {columns} FROM {table} WHERE {key} = ?"  # noqa: S608

    def __getitem__(self, name: str) -> T:
        row = self._db.execute(self._one, (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return self._read(*row)

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._db.execute(self._all))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class WholeRows(Rows[T]):
    """The same of rows that all are there: one that is not was lost, and raises `damage`."""

    def __getitem__(self, name: str) -> T:
        try:
            return super().__getitem__(name)
        except KeyError:
            raise damage() from None

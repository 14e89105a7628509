"""The articles that an archive holds already, by what makes a second one the same.

Kept in a temporary database that lies on the disk: adding 100,000 files takes no more memory than
adding 1,000. The database has no name and is gone with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from sitegen.archive.identity import normal_address
from sitegen.intake.wishes import Lines
from sitegen.model import Facts, FrontMatter
from sitegen.text import fold

_TABLE = """
CREATE TABLE here (original TEXT, address TEXT, words INTEGER, title TEXT, path TEXT);
CREATE INDEX by_original ON here (original);
CREATE INDEX by_address ON here (address);
CREATE INDEX by_words ON here (words);
CREATE INDEX by_title ON here (title);
"""


def _database() -> sqlite3.Connection:
    made = sqlite3.connect("", isolation_level=None)
    made.executescript(_TABLE)
    return made


@dataclass(slots=True)
class Here:
    """Looks up articles by original, address, number of words and title; each answer in order of arrival.

    `lines` are a person's decisions about lines, by original: few, so they stay in memory.
    """

    lines: dict[str, Lines] = field(default_factory=dict)
    _rows: sqlite3.Connection = field(default_factory=_database)

    def note(self, path: str, facts: Facts) -> None:
        """Add one article."""
        front = facts.front
        address = normal_address(front.url) if front.url else None
        row = (front.original, address, facts.words, fold(front.title), path)
        self._rows.execute("INSERT INTO here VALUES (?, ?, ?, ?, ?)", row)
        if front.original:
            _note_lines(self.lines, front)

    def of_original(self, original: str) -> list[str]:
        return self._paths("original", original)

    def of_address(self, address: str) -> list[str]:
        return self._paths("address", address)

    def of_words(self, number: int) -> list[str]:
        return self._paths("words", number)

    def of_title(self, title: str) -> list[str]:
        return self._paths("title", fold(title))

    def _paths(self, column: str, value: str | int) -> list[str]:
        query = f"SELECT path FROM here WHERE {column} = ? ORDER BY rowid"  # noqa: S608 - our own names
        return [path for (path,) in self._rows.execute(query, (value,))]


def here(known: Iterable[Facts]) -> Here:
    """Return what is here, of the facts of an archive's articles."""
    made = Here()
    for facts in known:
        made.note(facts.path, facts)
    return made


def lines_of(front: FrontMatter) -> Lines | None:
    """Return the decisions about lines of its original that an article's head holds, if there are any."""
    keep, drop = (dict(decisions).get("lines", ()) for decisions in (front.pinned, front.removed))
    return Lines(keep, drop) if keep or drop else None


def _note_lines(known: dict[str, Lines], front: FrontMatter) -> None:
    """Keep what a person has decided about lines of an original; several articles may be made of one."""
    found = lines_of(front)
    if found:
        before = known.get(front.original or "", Lines())
        known[front.original or ""] = Lines(before.keep + found.keep, before.drop + found.drop)

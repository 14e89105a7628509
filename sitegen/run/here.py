"""The articles that an archive holds already, by what makes a second one the same.

Kept in a temporary database that lies on the disk: adding 100,000 files takes no more memory than
adding 1,000. The database has no name and is gone with the process.
"""

from __future__ import annotations

import re
import sqlite3

from msgspec import Struct, field

from sitegen.archive.identity import normal_address, original_parts
from sitegen.intake.wishes import Lines
from sitegen.model import Facts, FrontMatter
from sitegen.run.home import Home
from sitegen.run.scan import Scan
from sitegen.text import fold

_ORIGINAL = re.compile(rb"^original:.*?(sha256:[0-9a-f]{64}(?:#\d+)?)", re.MULTILINE)
_TABLE = """
CREATE TABLE here (original TEXT, address TEXT, words INTEGER, title TEXT, path TEXT, digest TEXT);
CREATE TABLE numbers (name TEXT PRIMARY KEY, next INTEGER);
CREATE INDEX by_original ON here (original);
CREATE INDEX by_address ON here (address);
CREATE INDEX by_words ON here (words);
CREATE INDEX by_title ON here (title);
CREATE INDEX by_path ON here (path);
"""


def _database() -> sqlite3.Connection:
    made = sqlite3.connect("", isolation_level=None)
    made.executescript(_TABLE)
    return made


class Here(Struct):
    """Looks up articles by original, address, number of words and title; each answer in order of arrival.

    `unreadable` has the articles whose files are broken, by their originals; `lines` a person's
    decisions about lines, by the hash of the original: both are few, so they stay in memory.
    """

    unreadable: dict[str, str] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    _rows: sqlite3.Connection = field(default_factory=_database)

    def note(self, path: str, facts: Facts, *, text: str | None = None) -> None:
        """Add one article; `text` is the digest of its words, if it is known."""
        front = facts.front
        address = normal_address(front.url) if front.url else None
        row = (front.original, address, facts.words, fold(front.title), path, text)
        self._rows.execute("INSERT INTO here VALUES (?, ?, ?, ?, ?, ?)", row)
        if front.original:
            _note_lines(self.lines, front)

    def text_of(self, path: str) -> str | None:
        """Return the digest of an article's words, if it was kept."""
        query = "SELECT digest FROM here WHERE path = ? AND digest IS NOT NULL ORDER BY rowid DESC"
        found = self._rows.execute(query, (path,)).fetchone()
        return str(found[0]) if found else None

    def keep_text(self, path: str, text: str) -> None:
        self._rows.execute("UPDATE here SET digest = ? WHERE path = ?", (text, path))

    def number_of(self, key: str) -> int:
        """Return the number to try next for an address that others have: 1 for the first."""
        found = self._rows.execute("SELECT next FROM numbers WHERE name = ?", (key,)).fetchone()
        return int(found[0]) if found else 1

    def keep_number(self, key: str, number: int) -> None:
        self._rows.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?)", (key, number))

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


def here(home: Home, found: Scan) -> Here:
    """Return what is here, as a scan of the articles has it."""
    made = Here()
    for facts in found.facts:
        made.note(facts.path, facts)
    for path in sorted({p.file for p in found.problems if p.file and (home.root / p.file).is_file()}):
        for name in _ORIGINAL.findall((home.root / path).read_bytes()):
            made.unreadable[name.decode()] = path
    return made


def lines_of(front: FrontMatter) -> Lines | None:
    """Return the decisions about lines of its original that an article's head holds, if there are any."""
    keep, drop = (dict(decisions).get("lines", ()) for decisions in (front.pinned, front.removed))
    return Lines(keep, drop) if keep or drop else None


def _note_lines(known: dict[str, Lines], front: FrontMatter) -> None:
    """Keep what a person has decided about lines of an original; several articles may be made of one."""
    found = lines_of(front)
    if found:
        name, _ = original_parts(front.original)
        before = known.get(name, Lines())
        known[name] = Lines(before.keep + found.keep, before.drop + found.drop)

"""Reading the index files from Python: what `search-engine.js` reads in the browser."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

from sitegen.pages.search.cards import iso_of, month_of, plain_slug
from sitegen.pages.search.codes import PART, path_of, read_numbers, read_script, unpacked
from sitegen.pages.search.directory import DIRECTORY
from sitegen.pages.search.rows import STEP

_NAME = 8


class Hits(Struct):
    """A word's hits in the whole archive: articles (sorted), grades, and places in each."""

    ids: list[int] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


class Row(Struct, frozen=True):
    """A word in one segment: its key, and its hits and places as written."""

    segment: int
    key: str
    hits: str
    places: str

    @property
    def size(self) -> int:
        return len(self.hits)


class Card(Struct, frozen=True):
    """What a result shows of an article."""

    key: str
    title: str
    date: str
    source: str
    lang: str
    summary: str


class Index:
    """The index files of a site; `load` gives a file's content by its path."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        self._load = load
        self._parts: dict[str, list[Any]] = {}
        (head,) = self._part("directory", DIRECTORY)
        self.languages: list[str] = head["languages"]
        self.stops = frozenset(head["stops"])
        self._segments: list[dict[str, Any]] = head["segments"]
        self._bases = []
        self.days: list[int] = []
        self.lengths: list[int] = []
        for segment in self._segments:
            self._bases.append(len(self.days))
            day = 0
            for gap in read_numbers(segment["days"]):
                day += gap
                self.days.append(day)
            self.lengths += unpacked(segment["lengths"], segment["count"])

    def _part(self, name: str, path: str = "") -> list[Any]:
        if name not in self._parts:
            self._parts[name] = read_script(self._load(path or path_of(name)))[1:]
        return self._parts[name]

    def _covering(self, segment: dict[str, Any], kind: str, low: str, high: str) -> Iterator[list[Any]]:
        """Yield the parsed files of the ranges in which keys from `low` to `high` lie."""
        starts, names = segment["ranges"][kind]
        firsts = starts.split(PART)
        first = max(0, bisect_right(firsts, low) - 1)
        for at in range(first, max(first, bisect_right(firsts, high) - 1) + 1):
            yield self._part(kind + names[at * _NAME : (at + 1) * _NAME])

    def rows(self, low: str, high: str, most: int) -> Iterator[Row]:
        """Yield the rows of the words from `low` to `high`; at most `most` files a segment are read."""
        for at, segment in enumerate(self._segments):
            for number, part in enumerate(self._covering(segment, "t", low, high)):
                if number >= most:
                    break
                for key, hits, places in zip(*(column.split(PART) for column in part), strict=True):
                    if low <= key <= high:
                        yield Row(at, key, hits, places)

    def hits(self, rows: list[Row], *, placed: bool) -> Hits:
        """Return the hits of one word from its rows in each segment; places only on request."""
        found = Hits()
        for row in rows:
            article = self._bases[row.segment] - 1
            codes = read_numbers(row.hits)
            for code in codes:
                article += code // STEP + 1
                found.ids.append(article)
                found.grades.append(code % STEP)
            if placed:
                places = self._part(row.places[1:])[0] if row.places.startswith("\t") else row.places
                found.places += _parted(places, [code % STEP == 0 for code in codes])
        return found

    def forms(self, beginning: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield forms, backwards, that begin so, with their articles in powers of two."""
        for segment in self._segments:
            covering = self._covering(segment, "b", beginning, beginning + "\uffff")
            for number, (listed,) in enumerate(covering):
                if number >= most:
                    break
                form = ""
                for entry in listed.split(PART) if listed else ():
                    shared, size = read_numbers(entry[:2])
                    form = form[:shared] + entry[2:]
                    if form.startswith(beginning):
                        yield form, size

    def card(self, article: int) -> Card:
        at = max(i for i, base in enumerate(self._bases) if base <= article)
        size, names = self._segments[at]["cards"]["d"]
        number, row = divmod(article - self._bases[at], size)
        sources, source, *columns = self._part("d" + names[number * _NAME : (number + 1) * _NAME])
        fields = [column.split("\n") for column in columns]
        title, summary, last, folder, date, lang = (field[row] for field in fields)
        date = date or iso_of(self.days[article])
        key = f"{folder or month_of(date)}/{last or plain_slug(title)}"
        return Card(key, title, date, sources[read_numbers(source)[row]], lang or fields[-1][0], summary)


def _parted(places: str, single: list[bool]) -> list[str]:
    """Return the places of each article; `single` tells which have a single place."""
    found, at = [], 0
    for one in single:
        count = 1
        if not one:
            (count,), at = read_numbers(places[at : at + 1]) or [0], at + 1
        found.append(places[at : at + 2 * count])
        at += 2 * count
    return found

"""Articles -> what the results show of them, and columns to count by.

Two kinds of file, each for a fixed number of articles in the segment's order: "d" (title, summary,
address, date, source: all that a result in view shows, in one request) and "f" (sources, places,
topics or actors of each article, for the facets; all four in a small segment).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import astuple

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import FORMAT, name_of, number, numbers, script
from sitegen.pages.search.documents import FACETS, Listing, Named, SearchDoc
from sitegen.pages.search.words import fold
from sitegen.text import clip

SUMMARY = 110
"""Characters of an article's summary that a result shows."""
_CARDS = 56
_COLUMN = 8192
_TOGETHER = 2048
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class CardFile(Struct, frozen=True):
    """One file of cards: its name, and which articles of the segment it holds.

    `kind` is "d", one of the `FACETS`, or "f" for all of them.
    """

    name: str
    kind: str
    low: int
    high: int


class Told(NamedTuple):
    """What follows from how a segment's articles stand: worked out once for as long as they stand so.

    `sizes` has the articles in one card file by its kind; `facets` are the files of facets as rows;
    `days` and `languages` are for the directory.
    """

    sizes: dict[str, int]
    facets: tuple[tuple[str, str, int, int], ...]
    days: str
    languages: dict[str, int]


def told(segment: str, places: Sequence[int], listing: Listing, memory: Memory) -> Told:
    """Return what follows from how a segment's articles stand."""
    standing = blake2b(FORMAT + listing.standing(places), digest_size=16).hexdigest()
    row: Any = memory.recall(f"search:{segment}:told:{standing}", lambda: tuple(_told(places, listing)))
    return Told(*row)


def _told(places: Sequence[int], listing: Listing) -> Told:
    parts = _sizes(places, listing)
    facets = [f for kind in parts if kind != "d" for f in _card_files(kind, places, parts[kind], listing)]
    dates, languages = _at(places, listing.column("date")), Counter(_at(places, listing.column("lang")))
    return Told(parts, tuple([astuple(f) for f in facets]), days(dates), dict(languages))


def _at(places: Iterable[int], column: Sequence[Any]) -> list[Any]:
    return [*map(column.__getitem__, places)]


def card_files(places: Sequence[int], listing: Listing, known: Told) -> tuple[CardFile, ...]:
    """Return the card files of a segment's articles: all "d", then those of the facets."""
    cards = _card_files("d", places, known.sizes["d"], listing)
    return (*cards, *(CardFile(*row) for row in known.facets))


def _card_files(kind: str, places: Sequence[int], size: int, listing: Listing) -> Iterator[CardFile]:
    for low in range(0, len(places), size):
        part = places[low : low + size]
        made_from = blake2b(FORMAT + kind.encode() + listing.stands_for(kind, part), digest_size=16)
        yield CardFile(name_of(kind if kind == "d" else "f", made_from.digest()), kind, low, low + len(part))


def _sizes(places: Sequence[int], listing: Listing) -> dict[str, int]:
    """Return the kinds of card file that a segment has, each with the number of articles in one."""
    if len(places) <= _TOGETHER:
        return {"d": _CARDS, "f": _TOGETHER}
    used = [kind for kind, field in FACETS.items() if any(_at(places, listing.column(field)))]
    return {"d": _CARDS, **dict.fromkeys(used, _COLUMN)}


def card_file(places: Sequence[int], listing: Listing, file: CardFile) -> bytes:
    """Return the content of a card file."""
    told = [*map(listing.full, places[file.low : file.high])]
    return script(file.name, *(_cards(told) if file.kind == "d" else _columns(file.kind, told)))


def days(dates: Iterable[str]) -> str:
    """Return the days of ISO dates: for each the days since the one before it, from 1 January of year 1.

    An article without a date has day 0; one of a month or year counts for its first day.
    """
    before, made = 0, []
    for iso in dates:
        day = max(before, day_of(iso))
        made.append(number(day - before))
        before = day
    return "".join(made)


@lru_cache(maxsize=4096)
def day_of(iso: str) -> int:
    """Return the day's number (1 is the first of January of year 1), or 0 for no date."""
    found = _DAY.match(iso)
    if not found:
        return 0
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0


def iso_of(day: int) -> str:
    """Return the date of a day's number, or "" for none."""
    return date.fromordinal(day).isoformat() if day else ""


def month_of(iso: str) -> str:
    """Return the folder of a date's month ("2018/02")."""
    return iso[:7].replace("-", "/")


def plain_slug(name: str) -> str:
    """Return the address part that the browser can make of a name by itself: most often the true one."""
    return _NOT_PLAIN.sub("-", fold(name)).strip("-")[:80]


def _cards(docs: Sequence[SearchDoc]) -> list[object]:
    """Return sources, the number of each article's source, and its other fields, line by line.

    Field after field, which the host packs a fifth smaller than article after article: title, summary,
    last part of the address, its folder, date and language. What follows from the title, the day in the
    directory, the date and the first article's language is left out.
    """
    sources = sorted({_source(doc) for doc in docs})
    at = {name: i for i, name in enumerate(sources)}
    fields = zip(*map(_fields, docs), strict=True)
    languages = [doc.lang for doc in docs]
    spoken = [languages[0], *("" if lang == languages[0] else lang for lang in languages[1:])]
    return [
        sources,
        numbers(at[_source(doc)] for doc in docs),
        *("\n".join(field) for field in (*fields, spoken)),
    ]


def _source(doc: SearchDoc) -> str:
    return doc.sources[0].name if doc.sources else ""


def _fields(doc: SearchDoc) -> tuple[str, ...]:
    folder, _, last = doc.key.rpartition("/")
    return (
        " ".join(doc.title.splitlines()),
        " ".join(clip(doc.summary, SUMMARY).splitlines()),
        "" if last == plain_slug(doc.title) else last,
        "" if folder == month_of(doc.date) else folder,
        "" if doc.date == iso_of(day_of(doc.date)) else doc.date,
    )


def _columns(kind: str, docs: Sequence[SearchDoc]) -> list[object]:
    """Return names (and ids where they are not plain) and each article's as numbers, facet by facet.

    The most frequent name is number 0. For each name of an article: twice its number and two more, or
    three for the article's last; for an article without, 0. The facets that a file is not for are empty.
    """
    found: list[object] = []
    for facet, field in FACETS.items():
        found += _column([*map(attrgetter(field), docs)]) if kind in (facet, "f") else [[], ""]
    return found


def _column(rows: Sequence[tuple[Named, ...]]) -> list[object]:
    names = {term.id: term.name for row in rows for term in row}
    counts = Counter(term.id for row in rows for term in row)
    ids = sorted(counts, key=lambda i: (-counts[i], i))
    at = {identity: 2 * i + 2 for i, identity in enumerate(ids)}
    codes: list[int] = []
    for row in rows:
        codes += sorted([at[term.id] for term in row]) or [-1]
        codes[-1] += 1
    labels = [names[i] if plain_slug(names[i]) == i else [names[i], i] for i in ids]
    return [labels, numbers(codes)]

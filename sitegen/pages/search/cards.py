"""Articles -> what the results show of them: titles, summaries, and columns to count by.

Three kinds of file, each for a fixed number of articles in the segment's order: "d" (title,
address, date, source), "e" (summaries, asked for when a result is in view) and "c" (source, place,
topics and actors of each article, for the facets).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import content_name, number, numbers, script
from sitegen.pages.search.documents import Named, SearchDoc
from sitegen.pages.search.words import fold
from sitegen.text import clip, digest

SUMMARY = 160
KINDS = ("d", "e", "c")
_PER_FILE = {"d": 112, "e": 64, "c": 1024}
_PER_FILE_ELSE = {"d": 256, "e": 128, "c": 1024}
_SMALL = 512
_LARGE = 32_768
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
FACETS = ("source", "place", "topic", "actor")


@dataclass(frozen=True, slots=True)
class CardFile:
    """One file of cards: its name, and which articles of the segment it holds."""

    name: str
    kind: str
    low: int
    high: int


def per_file(kind: str, count: int) -> int:
    """Return how many articles a file of this kind holds in a segment of `count`.

    More in a large segment, for fewer files, and in a small one, of which each addition rewrites all.
    """
    return (_PER_FILE if _SMALL <= count < _LARGE else _PER_FILE_ELSE)[kind]


def card_files(segment: str, docs: Sequence[SearchDoc], memory: Memory) -> tuple[CardFile, ...]:
    """Return the card files of a segment's articles: all "d", then "e", then "c"."""
    found = []
    for kind in KINDS:
        size = per_file(kind, len(docs))
        for low in range(0, len(docs), size):
            part = docs[low : low + size]
            made_from = digest("".join([doc.digest for doc in part]).encode())
            name = memory.recall(f"search:{segment}:{kind}:{made_from}", partial(_name, kind, part))
            found.append(CardFile(name, kind, low, low + len(part)))
    return tuple(found)


def _name(kind: str, docs: Sequence[SearchDoc]) -> str:
    return content_name(kind, str(_PARTS[kind](docs)))


def card_file(docs: Sequence[SearchDoc], file: CardFile) -> bytes:
    """Return the content of a card file."""
    return script(file.name, *_PARTS[file.kind](docs[file.low : file.high]))


def days(docs: Iterable[SearchDoc]) -> str:
    """Return the articles' days: for each the days since the one before it, from 1 January of year 1.

    An article without a date has day 0; one of a month or year counts for its first day.
    """
    before, made = 0, []
    for doc in docs:
        day = max(before, day_of(doc.date))
        made.append(number(day - before))
        before = day
    return "".join(made)


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


def plain_slug(name: str) -> str:
    """Return the address part that the browser can make of a name by itself: most often the true one."""
    return _NOT_PLAIN.sub("-", fold(name)).strip("-")[:80]


def _titles(docs: Sequence[SearchDoc]) -> list[object]:
    """Return sources, then for each article title, last part of its address, date and source.

    The last part is "" where it is the title's plain slug; the date is "" for the month of the address's
    folder, and only what follows the month where that is the same.
    """
    sources = sorted({doc.source.name if doc.source else "" for doc in docs})
    at = {name: i for i, name in enumerate(sources)}
    rows: list[object] = []
    for doc in docs:
        last = doc.key.rpartition("/")[2]
        rows += [
            doc.title,
            "" if last == plain_slug(doc.title) else last,
            doc.key.rpartition("/")[0],
            doc.date,
            at[doc.source.name if doc.source else ""],
            doc.lang,
        ]
    return [sources, rows]


def _summaries(docs: Sequence[SearchDoc]) -> list[object]:
    return [[clip(doc.summary, SUMMARY) for doc in docs]]


def _columns(docs: Sequence[SearchDoc]) -> list[object]:
    """Return for each facet: names (and ids where they are not plain), and each article's as numbers."""
    found: list[object] = []
    for terms_of in _TERMS:
        names: dict[str, str] = {t.id: t.name for doc in docs for t in terms_of(doc)}
        ids = sorted(names)
        at = {identity: i for i, identity in enumerate(ids)}
        rows = " ".join(numbers(at[t.id] for t in terms_of(doc)) for doc in docs)
        labels = [names[i] if plain_slug(names[i]) == i else [names[i], i] for i in ids]
        found += [labels, rows]
    return found


_TERMS: tuple[Callable[[SearchDoc], tuple[Named, ...]], ...] = (
    lambda doc: (doc.source,) if doc.source else (),
    lambda doc: (doc.place,) if doc.place else (),
    lambda doc: doc.topics,
    lambda doc: doc.actors,
)
_PARTS: dict[str, Callable[[Sequence[SearchDoc]], list[object]]] = {
    "d": _titles,
    "e": _summaries,
    "c": _columns,
}

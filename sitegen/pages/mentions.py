"""Where a text first names each actor, so that the margin can say who that is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from sitegen.pages.body import Body
from sitegen.pages.views import Person

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LEAST = 3  # letters of a surname that counts by itself


class Piece(Struct, frozen=True):
    """A run of the text's HTML and the actors whose first mention stands at its head."""

    html: str
    people: tuple[Person, ...] = ()


class Mentions(Struct, frozen=True):
    """A text in pieces, and how often it names each actor, by id."""

    pieces: tuple[Piece, ...]
    counts: dict[str, int]


def mentions(body: Body, people: Sequence[Person]) -> Mentions:
    """Return the text cut before each block that first names somebody; names are matched exactly."""
    text, starts = "", []
    for _, words in body.blocks:
        starts.append(len(text))
        text += words + "\n"
    counts: dict[str, int] = {}
    first: dict[str, list[Person]] = {}
    for start, at in _spans(text, people):
        person = people[at]
        if person.id not in counts:
            block = body.blocks[bisect_right(starts, start) - 1][0]
            first.setdefault(block, []).append(person)
        counts[person.id] = counts.get(person.id, 0) + 1
    return Mentions(_cut(body.html, first), counts)


def _spans(text: str, people: Sequence[Person]) -> list[tuple[int, int]]:
    """Return (start, which actor) of all mentions in order; of two that overlap the longer counts."""
    found = []
    for at, person in enumerate(people):
        for name in _forms(person):
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                if _alone(text, start, end):
                    found.append((start, -end, at))
                start = text.find(name, end)
    spans, reached = [], -1
    for start, end, at in sorted(found):
        if start >= reached:
            spans.append((start, at))
            reached = -end
    return spans


def _forms(person: Person) -> list[str]:
    forms = dict.fromkeys(n for n in person.names if len(n) > 1)
    surname = _surname(person.name)
    if person.kind == "person" and len(surname) >= _LEAST:
        forms[surname] = None
    return list(forms)


def _surname(name: str) -> str:
    """Return the last word of a name that is not "Jr." or alike."""
    return next((w for w in reversed(name.split()) if w.casefold().strip(".,") not in _SUFFIXES), "")


def _alone(text: str, start: int, end: int) -> bool:
    """Return whether no letter or digit touches the span."""
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _cut(html: str, first: dict[str, list[Person]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    people: tuple[Person, ...] = ()
    reached = 0
    for block, named in first.items():
        at = _tag_start(html, block, reached)
        if at < 0:
            continue
        if at > reached or people:
            pieces.append(Piece(html[reached:at], people))
        reached, people = at, tuple(named)
    return (*pieces, Piece(html[reached:], people))


def _tag_start(html: str, block: str, after: int) -> int:
    found = re.compile(rf'<[a-z0-9]+(?: [^<>]*)? id="{re.escape(block)}"').search(html, after)
    return found.start() if found else -1

"""Which articles stand near an article: in its topics, on its day, by what they share.

Only neighbours in time within each actor's and topic's list are looked at (three before, three
after), and no weight comes from the whole archive, so that adding one article changes the pages of
few others. Everything is by position in `library.entries`, newest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.archive.library import Entry, Library

REACH = 3  # neighbours looked at on each side of a list
SHOWN = 2  # of those in the first topic
CLOSEST = 3
SAME_DAY = 3
_LOOKED_AT = 8  # the best by neighbourhood are scored exactly
_TERMS = 24  # an article that names more is looked at by its first ones


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The positions around one article; `newer` and `older` of its first topic, nearest first."""

    newer: tuple[int, ...]
    older: tuple[int, ...]
    same_day: tuple[int, ...]
    closest: tuple[int, ...]


def surroundings(library: Library) -> Iterator[Surroundings]:
    """Yield the surroundings of each entry of the library, in its order."""
    entries = library.entries
    by_term = _positions(entries)
    days = [_day_number(e.date) for e in entries]
    seen: dict[str, int] = defaultdict(int)
    for at, entry in enumerate(entries):
        near: dict[int, int] = {}
        newer: tuple[int, ...] = ()
        older: tuple[int, ...] = ()
        for term, weight in _weighted(entry):
            members, place = by_term[term], seen[term]
            before, after = members[max(place - REACH, 0) : place], members[place + 1 : place + 1 + REACH]
            for other in before:
                near[other] = near.get(other, 0) + weight
            for other in after:
                near[other] = near.get(other, 0) + weight
            if weight == 1 and not newer and not older:
                newer, older = tuple(reversed(before))[:SHOWN], tuple(after)[:SHOWN]
        for term, _ in _weighted(entry, None):
            seen[term] += 1
        taken = {*newer[:1], *older[:1], at}
        closest = _closest(entry, at, near, taken, entries, days)
        yield Surroundings(newer, older, _same_day(at, entries), closest)


def _weighted(entry: Entry, most: int | None = _TERMS) -> Iterator[tuple[str, int]]:
    # topics first, so that the first topic's list gives the neighbours to page through
    for identity in entry.topics[:most]:
        yield "t" + identity, 1
    for identity in entry.actors[:most]:
        yield "a" + identity, 2


def _positions(entries: Sequence[Entry]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        for identity in entry.topics:
            found["t" + identity].append(at)
        for identity in entry.actors:
            found["a" + identity].append(at)
    return found


def _day_number(date: str) -> int:
    """Return a number that grows with the date; months and years are taken as their first day."""
    if not date:
        return 0
    return int(date[:4]) * 372 + int(date[5:7] or 1) * 31 + int(date[8:10] or 1)


def _same_day(at: int, entries: Sequence[Entry]) -> tuple[int, ...]:
    day = entries[at].date[:10]
    if len(day) < 10:
        return ()
    found = []
    for step in (1, -1):
        other = at + step
        while 0 <= other < len(entries) and abs(other - at) <= SAME_DAY and entries[other].date[:10] == day:
            found.append(other)
            other += step
    return tuple(sorted(sorted(found, key=lambda o: (abs(o - at), o))[:SAME_DAY]))


def _closest(
    entry: Entry,
    at: int,
    near: dict[int, int],
    taken: set[int],
    entries: Sequence[Entry],
    days: Sequence[int],
) -> tuple[int, ...]:
    day = days[at]

    def order(scored: tuple[int, int]) -> tuple[int, int, int]:
        return -scored[1], abs(days[scored[0]] - day), scored[0]

    looked_at = sorted((item for item in near.items() if item[0] not in taken), key=order)[:_LOOKED_AT]
    actors, topics, place = set(entry.actors), set(entry.topics), entry.front.place
    exact = []
    for other, _ in looked_at:
        candidate = entries[other]
        score = 2 * len(actors.intersection(candidate.actors)) + len(topics.intersection(candidate.topics))
        if place and candidate.front.place == place:
            score += 1
        exact.append((other, score))
    return tuple(other for other, _ in sorted(exact, key=order)[:CLOSEST])

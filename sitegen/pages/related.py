"""Which articles stand near an article: in its topics, on its day, by what they share.

Only neighbours in time within each actor's and topic's list are looked at (three before, three
after), and no weight comes from the whole archive, so that adding one article changes the pages of
few others. Everything is by position in `library.entries`, newest first.

This runs for every article of every plan, so it is written for speed: 15 microseconds an article
with six terms, of which counting the neighbours takes half.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sitegen.archive.library import Entry, Library
from sitegen.pages.memory import Memory

REACH = 3  # neighbours looked at on each side of a list
SHOWN = 1  # of those in the first topic
CLOSEST = 3
SAME_DAY = 3
_LOOKED_AT = 6  # the best by neighbourhood are scored exactly
_TERMS = 24  # an article that names more is looked at by its first ones
_FORMAT = 2  # of marshal: without references, so that a number has the same bytes in each row
_DAYS = 1 << 22  # more than the days between any two dates, more than the articles of any archive


class Surroundings(NamedTuple):
    """The positions around one article.

    `newer` and `older` are those beside it in `topic`, its first one with company, nearest first;
    what has no date stands neither before nor after anything.
    """

    topic: str
    newer: tuple[int, ...]
    older: tuple[int, ...]
    same_day: tuple[int, ...]
    closest: tuple[int, ...]


def remembered(library: Library, memory: Memory) -> Iterator[tuple[int, Surroundings]]:
    """Yield each position with its `surroundings`, worked out once for libraries alike in them."""
    return enumerate(map(_unpacked, _packed(library, memory)))


def remembered_near(
    library: Library, memory: Memory, places: Collection[int], shown: Collection[int]
) -> Iterator[tuple[int, Surroundings]]:
    """Yield the same for these places, and for all around which one of `shown` stands (and a few more).

    Few rows are unpacked: one that holds a position holds its bytes.
    """
    rows, near = _packed(library, memory), set(places)
    for number in (marshal.dumps(at, _FORMAT) for at in shown):
        near.update([at for at, row in enumerate(rows) if number in row])
    for at in sorted(near):
        yield at, _unpacked(rows[at])


def _packed(library: Library, memory: Memory) -> tuple[bytes, ...]:
    """Return `surroundings` as bytes: a fifth of the memory."""
    return memory.recall(
        f"around:{library.shape}",
        lambda: tuple([marshal.dumps(tuple(row), _FORMAT) for row in surroundings(library)]),
    )


def _unpacked(row: bytes) -> Surroundings:
    return Surroundings._make(marshal.loads(row))  # noqa: S302 - our own cache


def surroundings(library: Library) -> Iterator[Surroundings]:
    """Yield the surroundings of each entry of the library, in its order."""
    entries = library.entries
    topics, actors = _positions([e.topics for e in entries]), _positions([e.actors for e in entries])
    days = [_day_number(e.date) for e in entries]
    for at, entry in enumerate(entries):
        near: list[int] = []
        first = ""
        newer: tuple[int, ...] = ()
        older: tuple[int, ...] = ()
        for topic in entry.topics:
            members, place = topics[topic]
            topics[topic] = (members, place + 1)
            near += members[place - REACH if place > REACH else 0 : place + 1 + REACH]
            if not newer and not older and days[at]:
                first = topic
                newer = tuple(reversed(members[max(place - SHOWN, 0) : place]))
                older = tuple(o for o in members[place + 1 : place + 1 + SHOWN] if days[o])
        for number, actor in enumerate(entry.actors):
            members, place = actors[actor]
            actors[actor] = (members, place + 1)
            if number < _TERMS:
                near += members[place - REACH if place > REACH else 0 : place + 1 + REACH]
        closest = _closest(entry, at, near, (*newer[:1], *older[:1], at), entries, days)
        yield Surroundings(first, newer, older, _same_day(at, entries), closest)


def _positions(terms: Sequence[tuple[str, ...]]) -> dict[str, tuple[list[int], int]]:
    """Return for each term the positions of its entries, and how many of them are behind us: none."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, identities in enumerate(terms):
        for identity in identities:
            found[identity].append(at)
    return {identity: (members, 0) for identity, members in found.items()}


def _day_number(date: str) -> int:
    """Return a number that grows with the date; months and years are taken as their first day."""
    if not date:
        return 0
    return int(date[:4]) * 372 + int(date[5:7] or 1) * 31 + int(date[8:10] or 1)


def _same_day(at: int, entries: Sequence[Entry]) -> tuple[int, ...]:
    day, newer, older = entries[at].date[:10], at - 1, at + 1
    found: list[int] = []
    while len(day) == 10 and len(found) < SAME_DAY:
        if older < len(entries) and entries[older].date[:10] == day:
            found.append(older)
            older += 1
        elif newer >= 0 and entries[newer].date[:10] == day:
            found.append(newer)
            newer -= 1
        else:
            break
    return tuple(sorted(found))


def _closest(
    entry: Entry,
    at: int,
    near: list[int],
    taken: Sequence[int],
    entries: Sequence[Entry],
    days: Sequence[int],
) -> tuple[int, ...]:
    """Return the positions with most in common: by shared terms, then nearness in time, then order."""
    day = days[at]
    times: dict[int, int] = {}
    for other in near:
        times[other] = times.get(other, 0) + 1
    for other in taken:
        times.pop(other, None)
    often = [item for item in times.items() if item[1] > 1]
    looked_at = often if len(often) >= _LOOKED_AT else times.items()
    ranked = [(abs(days[o] - day) - n * _DAYS) * _DAYS + o for o, n in looked_at]
    ranked.sort()
    actors, topics, place = set(entry.actors), set(entry.topics), entry.place
    exact = []
    for rank in ranked[:_LOOKED_AT]:
        other = rank % _DAYS
        candidate = entries[other]
        score = 2 * len(actors.intersection(candidate.actors)) + len(topics.intersection(candidate.topics))
        if place and candidate.place == place:
            score += 1
        exact.append((abs(days[other] - day) - score * _DAYS) * _DAYS + other)
    exact.sort()
    return tuple([rank % _DAYS for rank in exact[:CLOSEST]])

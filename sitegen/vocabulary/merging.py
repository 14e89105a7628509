"""Which actors look like one: pairs of names, gathered into clusters that one decision can merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from sitegen.model import Actor
from sitegen.vocabulary.likeness import content_words, likeness, meetings

# of an actor with many aliases, as many are compared
_NAMES = 8
# below this a name is a part of another: nearly always a surname
_STRONG = 0.7

Why = tuple[float, str]


class Seen(Struct, frozen=True):
    """One actor as all articles show it.

    `known` says that it is a shipped one, `decided` that it stands in the user's file, `sure` that
    its kind has been told.
    """

    actor: Actor
    known: bool
    decided: bool
    sure: bool
    articles: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.actor.id


class Cluster(Struct, frozen=True):
    """Actors that look like one: `into` and those that are it, each with how sure that is and why."""

    into: Seen
    gone: tuple[Seen, ...]
    why: tuple[Why, ...]

    @property
    def id(self) -> str:
        return joined_id([self.into.id, *(s.id for s in self.gone)])


def joined_id(ids: Collection[str]) -> str:
    """Return the id of the question whether all these are one."""
    return "=".join(sorted(set(ids)))


def clusters(seen: Sequence[Seen], rejected: Collection[str]) -> Iterator[Cluster]:
    """Yield what looks like one: whole clusters where nothing in them speaks against that, else parts.

    `rejected` are ids of clusters and pairs that a person has found to be several; what holds one
    of them is only proposed in parts.
    """
    by_id = {s.id: s for s in seen}
    links = {pair: why for pair, why in _links(seen) if joined_id(pair) not in rejected}
    several = [frozenset(r.split("=")) for r in rejected if "=" in r]
    for ids, inside in _parts(links, by_id, several):
        yield _cluster([by_id[i] for i in ids], inside)


def _parts(
    links: Mapping[tuple[str, str], Why], by_id: Mapping[str, Seen], several: Sequence[frozenset[str]]
) -> Iterator[tuple[list[str], Mapping[tuple[str, str], Why]]]:
    """Yield the ids of what may be one with the links between them.

    A whole that is several is parted at its weakest links.
    """
    of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in links:
        of[pair[0]].append(pair)
    for members in _components(links):
        inside = {pair: links[pair] for m in sorted(members) for pair in of[m] if pair[1] in members}
        one = _agree([by_id[m] for m in members], links) and not any(apart <= members for apart in several)
        if len(members) == 2 or one:
            yield sorted(members), inside
            continue
        least = min(score for score, _ in inside.values())
        yield from ((list(pair), {pair: why}) for pair, why in inside.items() if why[0] == least)
        yield from _parts({p: why for p, why in inside.items() if why[0] > least}, by_id, several)


def _cluster(members: Sequence[Seen], links: Mapping[tuple[str, str], Why]) -> Cluster:
    ordered = sorted(members, key=_standing, reverse=True)
    best: dict[str, Why] = {}
    for pair, why in links.items():
        for one in pair:
            best[one] = max(best.get(one, why), why)
    return Cluster(ordered[0], tuple(ordered[1:]), tuple(best[m.id] for m in ordered[1:]))


def _standing(one: Seen) -> tuple[bool, bool, bool, int, int, str]:
    """Return what makes one of several the better entry: known, decided, named in full, often."""
    return (one.known, one.decided, _is_full(one), len(one.articles), len(one.actor.name), one.id)


def _links(seen: Sequence[Seen]) -> Iterator[tuple[tuple[str, str], Why]]:
    """Yield the pairs of actors that look like one, in order of their ids, with the reason."""
    for at, beside in meetings(map(_names, seen)):
        one, other = sorted((seen[at], seen[beside]), key=lambda s: s.id)
        why = _link(one, other)
        if why:
            yield (one.id, other.id), why


def _link(one: Seen, other: Seen) -> Why | None:
    kinds = (one.actor.kind, other.actor.kind)
    unlike = one.sure and other.sure and (kinds[0] == "person") != (kinds[1] == "person")
    if (one.known and other.known) or "state" in kinds or unlike:
        return None
    likely = [found for a in _names(one) for b in _names(other) if (found := likeness(a, b))]
    if not likely:
        return None
    # a part of a body's name is another body, and two who share a surname by an alias are two
    body = any(s.actor.kind != "person" and (s.sure or s.actor.kind != "organisation") for s in (one, other))
    two = body or (_is_full(one) and _is_full(other))
    return None if two and max(likely)[0] < _STRONG else max(likely)


def _is_full(one: Seen) -> bool:
    """Say whether somebody is called by more than a surname with initials."""
    return len([w for w in content_words(one.actor.name) if len(w) > 1]) > 1


def _names(one: Seen) -> tuple[str, ...]:
    return (one.actor.name, *one.actor.aliases[:_NAMES])


def _components(links: Mapping[tuple[str, str], Why]) -> list[frozenset[str]]:
    """Return what hangs together by strong links, each with the weak ones that lead nowhere else.

    A surname that two clusters share stands with each of its bearers in a pair of its own.
    """
    group: dict[str, set[str]] = {}
    for (one, other), (score, _) in links.items():
        mine, theirs = group.setdefault(one, {one}), group.setdefault(other, {other})
        if score >= _STRONG and mine is not theirs:
            mine |= theirs
            group.update(dict.fromkeys(theirs, mine))
    strong = {member: frozenset(members) for member, members in group.items()}
    reach: dict[frozenset[str], set[frozenset[str]]] = defaultdict(set)
    for one, other in links:
        if strong[one] != strong[other]:
            reach[strong[one]].add(strong[other])
            reach[strong[other]].add(strong[one])
    found: dict[frozenset[str], None] = {}
    for (one, other), (score, _) in links.items():
        both = strong[one] | strong[other]
        alone = [s for s in (strong[one], strong[other]) if len(s) == 1 and len(reach[s]) == 1]
        if score < _STRONG and not alone:
            both = frozenset((one, other))
        if score >= _STRONG and any(len(r) == 1 and len(reach[r]) == 1 for r in reach[both]):
            continue  # comes with the surname that belongs to it
        found[both] = None
    return list(found)


def _agree(members: Sequence[Seen], links: Mapping[tuple[str, str], Why]) -> bool:
    """Say whether of all full names each is like each other: no two brothers, no two known ones."""
    full = [m for m in members if _is_full(m)]
    return (
        all((min(a.id, b.id), max(a.id, b.id)) in links for a, b in combinations(full, 2))
        and sum(m.known for m in members) < 2
    )

"""What the whole archive suggests about its actors: merges, splits and new entries, never applied unasked.

    sightings (who was found in which article, in which forms) -> Proposals -> a person
    -> text of actors.toml (`accepted`, or edit.reject), where every decision stands

A proposal's id is made of what it is about, so a rejected one never returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from sitegen.model import Actor, ActorKind
from sitegen.text import fold
from sitegen.vocabulary import Vocabulary, edit
from sitegen.vocabulary.words import words

_LIKE = 0.88
# names that share a key are compared with each other; more than this share nothing telling
_BLOCK = 30
# of an actor with many aliases, as many are compared
_NAMES = 6


@dataclass(frozen=True, slots=True)
class Sighting:
    """An actor found in an article: its id and name there, its kind, and the forms that it took."""

    article: str
    id: str
    name: str
    kind: ActorKind = "organisation"
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision for a person to take.

    `merge`: the first of `actors` is the second; `split`: `names` are not `actors[0]`; `new`:
    `actors[0]` is worth an entry. `articles` are the keys of the pages that it would change.
    """

    id: str
    sort: Literal["merge", "split", "new"]
    actors: tuple[Actor, ...]
    names: tuple[str, ...]
    evidence: str
    score: float
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One actor as all articles show it; `known` says that it is a shipped one."""

    actor: Actor
    known: bool
    decided: bool
    articles: tuple[str, ...]
    forms: tuple[str, ...]


def proposals(
    sightings: Iterable[Sighting], vocabulary: Vocabulary, rejected: Collection[str] = ()
) -> tuple[Proposal, ...]:
    """Return what the sightings suggest, the surest first; nothing that a person has turned down."""
    seen = _gathered(sightings, vocabulary)
    made = [*_merges(seen), *_splits(seen), *_new(seen)]
    wanted = {p.id: p for p in reversed(made) if p.id not in rejected}
    return tuple(sorted(wanted.values(), key=lambda p: (-p.score, -len(p.articles), p.id)))


def accepted(text: str, proposal: Proposal) -> str:
    """Return the text of `actors.toml` with a proposal taken up."""
    if proposal.sort == "merge":
        return edit.merge(text, *proposal.actors)
    if proposal.sort == "split":
        return edit.split(text, proposal.actors[0], proposal.names[0], proposal.names[1:])
    return edit.add(text, proposal.actors[0])


def _gathered(sightings: Iterable[Sighting], vocabulary: Vocabulary) -> list[_Seen]:
    articles: dict[str, dict[str, None]] = defaultdict(dict)
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    actors: dict[str, Actor] = {}
    for sighting in sightings:
        identity = vocabulary.actor_names.get(sighting.id, sighting.id)
        known = vocabulary.actors.get(identity)
        actors.setdefault(identity, known or Actor(identity, sighting.name, sighting.kind))
        articles[identity][sighting.article] = None
        forms[identity].update(dict.fromkeys((sighting.name, *sighting.forms)))
    return [
        _Seen(
            actors[i],
            i in vocabulary.actors and i not in vocabulary.decided_actors,
            i in vocabulary.decided_actors,
            tuple(articles[i]),
            tuple(forms[i]),
        )
        for i in sorted(actors)
    ]


def _merges(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    blocks: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        for key in sorted({k for name in _names(one) for k in _keys(name)}):
            blocks[key].append(one)
    for block in blocks.values():
        if len(block) <= _BLOCK:
            for one, other in combinations(block, 2):
                made = _merge(one, other)
                if made:
                    yield made


def _keys(name: str) -> set[str]:
    """Return the keys under which names that may be one meet: a word's consonants, initials, a surname."""
    parts = _content(name)
    keys = {_skeleton(w) for w in parts if len(w) > 3}
    if len(parts) > 1:
        keys.add("".join(w[0] for w in parts))
    elif name.isupper():
        keys.add(parts[0] if parts else "")
    return {k for k in keys if len(k) > 1}


def _content(name: str) -> list[str]:
    plain = "".join(c if c.isalnum() else " " for c in fold(name).replace("'s", " "))
    empty = words("small") | words("connector") | words("honorific")
    return [w for w in plain.split() if w not in empty]


def _skeleton(word: str) -> str:
    """Return a word's consonants, spellings of one sound alike: Gaddafi, Qadhafi, Kadafi."""
    table = str.maketrans({"q": "k", "c": "k", "g": "k", "z": "s", "v": "f", "w": "f", "j": "k", "x": "k"})
    kept: list[str] = []
    for char in word.replace("ph", "f").replace("dh", "d").replace("kh", "k").translate(table):
        if char not in "aeiouyh'" and (not kept or kept[-1] != char):
            kept.append(char)
    return "".join(kept)


def _merge(one: _Seen, other: _Seen) -> Proposal | None:
    """Return the merge of the lesser into the greater of two actors that look like one."""
    if (one.known and other.known) or one.actor.id == other.actor.id or _unlike(one.actor, other.actor):
        return None
    likely = [f for a in _names(one) for b in _names(other) if (f := _likeness(a, b))]
    if not likely:
        return None
    score, evidence = max(likely)
    order = sorted((one, other), key=lambda s: (s.known, len(s.articles), len(s.actor.name), s.actor.id))
    gone, into = order
    pair = " ".join(sorted((gone.actor.id, into.actor.id)))
    return Proposal(
        f"merge {pair}", "merge", (gone.actor, into.actor), (), evidence, score, tuple(sorted(gone.articles))
    )


def _names(one: _Seen) -> tuple[str, ...]:
    return (one.actor.name, *one.actor.aliases[:_NAMES])


def _unlike(one: Actor, other: Actor) -> bool:
    return (one.kind == "person") != (other.kind == "person") or "state" in (one.kind, other.kind)


def _likeness(one: str, other: str) -> tuple[float, str] | None:
    """Return how sure it is that two names are one, and why; None where nothing says so."""
    a, b = _content(one), _content(other)
    if not a or not b:
        return None
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if sorted(a) == sorted(b):
        return 0.97, "the same words"
    without = [w for w in long if len(w) > 1]
    if [w for w in short if len(w) > 1] == without:
        return 0.95, "the same name but for initials"
    if len(short) == 1 and len(long) > 2 and short[0] == "".join(w[0] for w in long):
        return 0.9, "the initials of the long name"
    bones, other_bones = [_skeleton(w) for w in a], [_skeleton(w) for w in b]
    if bones == other_bones and len("".join(bones)) > 4:
        return 0.88, "two spellings of one sound"
    if SequenceMatcher(None, " ".join(a), " ".join(b)).ratio() >= _LIKE and len(a) == len(b):
        return 0.8, "all but the same spelling"
    if len(short) > 1 and set(short) < set(long):
        return 0.75, "one name holds the other"
    if len(short) == 1 and short[0] in (long[0], long[-1]) and len(short[0]) > 3:
        return 0.6, "a part of the name"
    return None


def _splits(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    """Yield the people under whose id two full names with different first names stand."""
    for one in seen:
        if one.actor.kind != "person":
            continue
        own = {tuple(_content(n)) for n in (one.actor.name, *one.actor.aliases)}
        firsts = {parts[0] for parts in own if len(parts) > 1}
        others = [
            f for f in one.forms if len(p := _content(f)) > 1 and tuple(p) not in own and not _fits(p, firsts)
        ]
        if others and firsts:
            yield Proposal(
                f"split {one.actor.id} {fold(others[0])}",
                "split",
                (one.actor,),
                tuple(others),
                f"{others[0]} is another name than {one.actor.name}",
                0.7,
                one.articles,
            )


def _fits(parts: Sequence[str], firsts: Collection[str]) -> bool:
    return any(parts[0][0] == first[0] for first in firsts)


def _new(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    for one in seen:
        if not one.known and not one.decided and len(one.articles) > 1:
            aliases = tuple(f for f in one.forms if fold(f) != fold(one.actor.name))
            actor = Actor(one.actor.id, one.actor.name, one.actor.kind, aliases=aliases)
            share = min(0.5, 0.1 * len(one.articles))
            evidence = f"named in {len(one.articles)} articles"
            yield Proposal(f"new {actor.id}", "new", (actor,), (), evidence, share, one.articles)


def explained(proposal: Proposal) -> Mapping[str, str]:
    """Return a proposal as words for a person: what would be done, why, and to how many pages."""
    names = [a.name for a in proposal.actors]
    done = {
        "merge": " is ".join(names),
        "split": f"{', '.join(proposal.names)}: not {names[0]}",
        "new": f"{names[0]}, {proposal.actors[0].kind}",
    }
    pages = len(proposal.articles)
    return {
        "id": proposal.id,
        "what": done[proposal.sort],
        "why": proposal.evidence,
        "pages": f"{pages} article{'s' * (pages != 1)}",
    }

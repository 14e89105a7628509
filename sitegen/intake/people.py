"""The people of one text by the words of their names, and what a name says of its bearer's kind.

"Tillerson" is Rex Tillerson where the text names him in full; two of one surname have neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from sitegen.intake.reading import Reading
from sitegen.model import ActorKind
from sitegen.text import fold, slug
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "lord", "lady", "dame", "herr", "frau"]
)
# how many people of one surname are compared: enough for any article, a bound for hostile ones
_ALIKE = 40
Words = tuple[str, ...]


class People(Struct, frozen=True):
    """Who a full name (`full`) or a part of one (`parts`, None where two share it) means in a text.

    `in_full` are the known people whom the text names in full, `strangers` the ids of unknown ones
    by surname, `names` their longest names.
    """

    full: Mapping[Words, str]
    parts: Mapping[str, str | None]
    in_full: frozenset[str]
    strangers: Mapping[str, str]
    names: Mapping[str, str]

    def find(self, keys: Words) -> str | None:
        """Return the person of this text whom a full or short name means."""
        return self.full.get(keys) or self.parts.get(" ".join(keys))


def people_of(reading: Reading, known: Iterable[tuple[str, int, int]], vocabulary: Vocabulary) -> People:
    """Return the people of a text; `known` are ids of known actors with the tokens that name them."""
    tokens = reading.tokens
    full: dict[Words, str] = {}
    in_full: set[str] = set()
    for identity, start, end in known:
        if identity in vocabulary.actors and vocabulary.actors[identity].kind == "person":
            full.setdefault(_words(vocabulary.actors[identity].name), identity)
            keys = name_keys(tokens, start, end)
            if len(keys) > 1:
                full.setdefault(keys, identity)
                in_full.add(identity)
    names: dict[str, str] = {}
    strangers: dict[str, str] = {}
    by_word: dict[str, list[Words]] = defaultdict(list)
    for keys in full:
        by_word[keys[0]].append(keys)
        by_word[keys[-1]].append(keys)
    for name in reading.names:
        start, end = name.span.start, name.span.end
        keys = name_keys(tokens, start, end)
        if name.type != "PER" or name.span.known or len(keys) < 2:
            continue
        form = form_of(tokens, start, end)
        like = [*by_word[keys[0]][-_ALIKE:], *by_word[keys[-1]][-_ALIKE:]]
        identity = next((full[other] for other in like if _same(keys, other)), "")
        identity = identity or full_names(vocabulary).get((keys[0], keys[-1]), "")
        if not identity:
            identity = slug(form)
            strangers[keys[-1]] = identity
        full[keys] = identity
        by_word[keys[0]].append(keys)
        by_word[keys[-1]].append(keys)
        if identity not in vocabulary.actors and len(form) > len(names.get(identity, "")):
            names[identity] = form
    return People(full, _parts(full), frozenset(in_full), strangers, names)


def _parts(full: Mapping[Words, str]) -> dict[str, str | None]:
    owners: dict[str, set[str]] = defaultdict(set)
    for keys, identity in full.items():
        for part in {keys[0], keys[-1], " ".join(keys[:2]), " ".join(keys[-2:])}:
            owners[part].add(identity)
    return {part: min(ids) if len(ids) == 1 else None for part, ids in owners.items()}


def name_keys(tokens: Sequence[Token], start: int, end: int) -> Words:
    """Return a name's folded words without initials and titles, unless it has nothing else."""
    run = [t.key for t in tokens[start:end] if t.shape != "initial" and t.key not in _TITLES]
    while len(run) > 2 and run[-1] in ("jr", "sr", "ii", "iii", "iv"):
        run.pop()
    return tuple(run) or tuple(t.key for t in tokens[start:end])


def form_of(tokens: Sequence[Token], start: int, end: int) -> str:
    """Return a name as the text has it."""
    return "".join(t.gap + t.text if n else t.text for n, t in enumerate(tokens[start:end]))


def _words(name: str) -> Words:
    return tuple(w for w in fold(name).replace("-", " ").replace(".", " ").split() if len(w) > 1)


def _same(one: Words, other: Words) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return False
    same_ends = short[0] == long[0] and short[-1] == long[-1]
    return same_ends or short == long[: len(short)] or short == long[-len(short) :]


@lru_cache(maxsize=8)
def full_names(vocabulary: Vocabulary) -> Mapping[Words, str]:
    """Return known people by the first and the last word of their names, where only one has both."""
    owners: dict[Words, set[str]] = defaultdict(set)
    for actor in vocabulary.actors.values():
        if actor.kind == "person":
            for name in (actor.name, *actor.aliases):
                keys = _words(name)
                if len(keys) > 1:
                    owners[keys[0], keys[-1]].add(actor.id)
    return {ends: min(ids) for ends, ids in owners.items() if len(ids) == 1}


@lru_cache(maxsize=8)
def surnames(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return known people by the last word of their names, where only one has it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for actor in vocabulary.actors.values():
        if actor.kind == "person" and (keys := _words(actor.name)):
            owners[keys[-1]].append(actor.id)
    return {word: ids[0] for word, ids in owners.items() if len(ids) == 1}


def kind_of(name: str) -> ActorKind:
    """Return what kind of actor a name says that it is, by its head."""
    keys = fold(name).replace("-", " ").split()
    heads = [keys[keys.index("of") - 1]] if "of" in keys[1:] else []
    for head in (*heads, *reversed(keys)):
        for kind in _KINDS:
            if head in words(f"kind-{kind}"):
                return kind
    return "organisation"


_KINDS: tuple[ActorKind, ...] = (
    "coalition",
    "armed-group",
    "military",
    "party",
    "company",
    "media",
    "government-body",
)

"""Finds the known names in a text: one look-up for each token that can begin one.

The index holds every name as its folded tokens in one dictionary, beside the longest name that
begins with each first token; so the cost hangs on the text and hardly on the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from sitegen.text import fold
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.shipped import demonyms, foreign_names
from sitegen.vocabulary.tokens import Token, tokens

Sort = Literal["name", "demonym", "metonym", "never"]
_ARTICLES = frozenset(("the", "a", "an"))


class Known(NamedTuple):
    """What a name means: ids of actors (several for a metonym), and which surface forms count.

    `forms` are exact spellings for acronyms, empty where any spelling counts whose capitals are
    those of `capitals` (one flag for each token).
    """

    ids: tuple[str, ...]
    sort: Sort
    forms: tuple[str, ...]
    capitals: tuple[bool, ...]


class Match(NamedTuple):
    """Tokens `start` to `end` (exclusive) are a known name."""

    start: int
    end: int
    known: Known


class Index(Struct, frozen=True):
    """All known names by their folded tokens, and the longest name for each first token."""

    names: Mapping[str, Known]
    longest: Mapping[str, int]

    def matches(self, words: Sequence[Token]) -> tuple[Match, ...]:
        """Return the longest known names from left to right, none overlapping."""
        longest, names = self.longest, self.names
        found: list[Match] = []
        free = 0
        for start, word in enumerate(words):
            most = longest.get(word.key)
            if most is None or start < free:
                continue
            for end in range(min(start + most, len(words)), start, -1):
                known = names.get(" ".join([w.key for w in words[start:end]]))
                if known and _stands(known, words[start:end]):
                    found.append(Match(start, end, known))
                    free = end
                    break
        return tuple(found)


@lru_cache(maxsize=8)
def index(vocabulary: Vocabulary, lang: str) -> Index:
    """Return the index of a vocabulary's actors for texts in one language.

    A name that two actors claim belongs to the one that the vocabulary gives it to; what an actor
    must never mean comes before all names, names before demonyms, demonyms before metonyms.
    """
    names: dict[str, Known] = {}
    actors = tuple(vocabulary.actors.values())
    claimed = vocabulary.actor_names
    for actor in actors:
        for phrase in actor.never:
            _enter(names, phrase, (), "never")
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            if claimed.get(fold(name)) == actor.id:
                _enter(names, name, (actor.id,), "name")
    for name, identity in foreign_names(lang).items() if lang != "en" else ():
        if identity in claimed:
            _enter(names, name, (claimed[identity],), "name")
    for name, identity in demonyms().items() if lang == "en" else ():
        if identity in claimed:
            _enter(names, name, (claimed[identity],), "demonym")
    _enter_metonyms(names, vocabulary)
    return Index(names, _longest(names))


def _enter_metonyms(names: dict[str, Known], vocabulary: Vocabulary) -> None:
    metonyms: dict[str, list[str]] = {}
    for actor in vocabulary.actors.values():
        for name in actor.metonyms:
            metonyms.setdefault(name, []).append(actor.id)
    for name, ids in metonyms.items():
        _enter(names, name, tuple(dict.fromkeys(ids)), "metonym")


def _enter(names: dict[str, Known], name: str, ids: tuple[str, ...], sort: Sort) -> None:
    words = tokens(name.split(" (")[0] if sort == "name" else name)
    while len(words) > 1 and words[0].key in _ARTICLES:
        words = words[1:]
    if not words:
        return
    key = " ".join([w.key for w in words])
    acronym = len(words) == 1 and (words[0].shape == "upper" or (words[0].shape == "mixed" and len(key) < 6))
    form = words[0].text.replace(".", "")
    old = names.get(key)
    if old is None:
        capitals = tuple(w.shape not in ("lower", "possessive", "number") for w in words)
        names[key] = Known(ids, sort, (form,) if acronym else (), capitals)
    elif old.ids == ids and old.sort == sort:
        # a second spelling of one name: "ISIS" and "Isis", "Peshmerga" and "peshmerga"
        forms = (*old.forms, form) if old.forms and len(words) == 1 else ()
        capitals = tuple(
            a and w.shape not in ("lower", "possessive", "number")
            for a, w in zip(old.capitals, words, strict=True)
        )
        names[key] = old._replace(forms=forms, capitals=capitals)


def _longest(names: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in names:
        head, _, _ = name.partition(" ")
        longest[head] = max(longest.get(head, 0), name.count(" ") + 1)
    return longest


def _stands(known: Known, words: Sequence[Token]) -> bool:
    """Say whether the capitals are right and nothing but a blank or a hyphen parts the words."""
    if known.forms:
        return words[0].text.replace(".", "") in known.forms
    for number, (word, capital) in enumerate(zip(words, known.capitals, strict=True)):
        if capital and word.shape == "lower":
            return False
        if number and word.gap not in _GAPS and (len(word.gap) > 3 or "\n" in word.gap):
            return False
    return True


_GAPS = frozenset((" ", "-", "", "\u00a0", " – ", " - ", ". ", ", ", " & "))

"""What the index takes: articles without their bodies, blocks of them, and what it calls them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Literal, Protocol

from msgspec import Struct

FACETS = {"source": "sources", "place": "places", "topic": "topics", "actor": "actors"}
"""What results are counted by, and the field of an article that has it."""


class Named(Struct, frozen=True):
    """An actor, topic, tag, source or place: its id, its name, and what else it is called."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


class SearchDoc(Struct, frozen=True):
    """One article as the index sees it, without its body; it has at most one source and one place.

    `digest` stands for all of it, with the text of its body, where it is to be indexed.
    """

    key: str
    title: str
    digest: str = ""
    date: str = ""
    added: str = ""
    lang: str = "en"
    summary: str = ""
    sources: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[Named, ...] = ()
    actors: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()


class Listing(Protocol):
    """The articles of an archive as the plan of an index asks for them: each by its place, from 0."""

    def __len__(self) -> int: ...

    def column(self, field: str) -> Sequence[Any]:
        """Return one field of all articles: as those of a `SearchDoc` are, of terms whatever there are."""

    def full(self, place: int) -> SearchDoc:
        """Return all that is told of an article, for a file that shows it is new."""

    def stands_for(self, kind: str, places: Sequence[int]) -> bytes:
        """Return what stands for all that a file shows of articles: one of words ("t"), which is all
        that is indexed of them, of cards ("d"), of one facet, or of all facets ("f").
        """

    def standing(self, places: Sequence[int]) -> bytes:
        """Return what the facets of articles, their languages, dates and arrivals follow from.

        The same bytes mean the same of all these.
        """


class Block(Struct, frozen=True):
    """A run of articles that is indexed in one go, by their places; `digest` stands for all that is in it.

    `first` is the key of the first one.
    """

    digest: str
    first: str
    places: Sequence[int]


class Segment(Struct, frozen=True):
    """A part of the archive with an index of its own; its articles run from old to new.

    `id` is "main", "middle" or "fresh".
    """

    id: str
    digest: str
    blocks: tuple[Block, ...]

    @property
    def places(self) -> Sequence[int]:
        """Return where its articles stand in the archive's list."""
        return [*chain.from_iterable([block.places for block in self.blocks])]

    @property
    def count(self) -> int:
        """Return how many articles it has."""
        return sum([len(block.places) for block in self.blocks])


class Suggested(Struct, frozen=True):
    """A page that the search box offers by name while a reader types; `count` is its articles."""

    kind: Literal["actor", "topic"]
    id: str
    name: str
    aliases: tuple[str, ...]
    count: int

"""What the index takes: articles without their bodies, blocks of them, and what it calls them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Generic, Literal, Protocol, TypeVar

from msgspec import Struct

FACETS = {"source": "sources", "place": "places", "topic": "topics", "actor": "actors"}
"""What results are counted by, and the field of an article that has it."""


class Listed(Protocol):
    """What the plan of an index asks of every article; of terms only whether there are any.

    `key` is its address without the last slash; `date` ISO text as precise as known, or "";
    `added` when it came into the archive, or "".
    """

    @property
    def key(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def added(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def sources(self) -> Sequence[object]: ...
    @property
    def places(self) -> Sequence[object]: ...
    @property
    def topics(self) -> Sequence[object]: ...
    @property
    def actors(self) -> Sequence[object]: ...


L = TypeVar("L", bound=Listed)
_Held = TypeVar("_Held", bound=Listed, covariant=True)
_Asked = TypeVar("_Asked", bound=Listed, contravariant=True)


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


class Teller(Protocol[_Asked]):
    """Who tells of articles when a file that shows them is new."""

    def full(self, doc: _Asked) -> SearchDoc:
        """Return all that is told of an article."""

    def stands_for(self, kind: str, docs: Sequence[_Asked]) -> bytes:
        """Return what stands for all that a file shows of articles: one of words ("t"), which is all
        that is indexed of them, of cards ("d"), of one facet, or of all facets ("f").
        """

    def standing(self, docs: Sequence[_Asked]) -> bytes:
        """Return what all facets of articles, and when they were written and added, follow from.

        The same bytes mean the same of all these.
        """


class Block(Struct, Generic[_Held], frozen=True):
    """A run of articles that is indexed in one go; `digest` stands for all that is in it."""

    digest: str
    docs: tuple[_Held, ...]


class Segment(Struct, Generic[_Held], frozen=True):
    """A part of the archive with an index of its own; its articles run from old to new.

    `id` is "main", "middle" or "fresh".
    """

    id: str
    digest: str
    blocks: tuple[Block[_Held], ...]

    @property
    def docs(self) -> tuple[_Held, ...]:
        return tuple(chain.from_iterable([block.docs for block in self.blocks]))

    @property
    def count(self) -> int:
        """Return how many articles it has."""
        return sum([len(block.docs) for block in self.blocks])


class Suggested(Struct, frozen=True):
    """A page that the search box offers by name while a reader types; `count` is its articles."""

    kind: Literal["actor", "topic"]
    id: str
    name: str
    aliases: tuple[str, ...]
    count: int

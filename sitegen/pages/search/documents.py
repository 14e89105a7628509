"""What the index takes: articles without their bodies, blocks of them, and what it calls them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Named:
    """An actor, topic, tag, source or place: its id, its name, and what else it is called."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """One article as the index sees it, without its body.

    `key` is its address without the last slash; `date` ISO text as precise as known, or "";
    `added` when it came into the archive, or ""; `digest` stands for everything here AND for the
    text of the body.
    """

    key: str
    title: str
    digest: str
    date: str = ""
    added: str = ""
    lang: str = "en"
    summary: str = ""
    source: Named | None = None
    place: Named | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[Named, ...] = ()
    actors: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of articles that is indexed in one go; `digest` stands for all that is in it."""

    digest: str
    docs: tuple[SearchDoc, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the archive with an index of its own; its articles run from old to new.

    `id` is "main", "middle" or "fresh".
    """

    id: str
    digest: str
    blocks: tuple[Block, ...]

    @property
    def docs(self) -> tuple[SearchDoc, ...]:
        return tuple(doc for block in self.blocks for doc in block.docs)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A page that the search box offers by name while a reader types; `count` is its articles."""

    kind: Literal["actor", "topic"]
    id: str
    name: str
    aliases: tuple[str, ...]
    count: int

"""A library without its articles: what is kept of one, so that it need not be made again for an edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, overload

from msgspec import Struct

from sitegen.archive.columns import places_by_key
from sitegen.archive.library import INDEXES, Entry, Library

_REST = ("actors", "topics", "sources", "tags", "places", "redirects", "problems", "shape")


class Frame(Struct, frozen=True):
    """A library without its articles: each index leads to the places of its entries in the order of all.

    `rest` are the other fields of the library by name.
    """

    indexes: Mapping[str, Mapping[str, tuple[int, ...]]]
    rest: Mapping[str, Any]

    @property
    def count(self) -> int:
        """Return how many entries the library has: each is of one year, or undated."""
        return sum(map(len, self.indexes["by_year"].values()))


def frame(whole: Library) -> Frame:
    """Return what is left of a library when its entries are kept elsewhere, in their order."""
    at = places_by_key(whole.entries)
    indexes = {
        name: {i: tuple([at[e.key] for e in found]) for i, found in getattr(whole, name).items()}
        for name in INDEXES
    }
    rest = {name: getattr(whole, name) for name in _REST}
    return Frame(indexes, {n: dict(v) if isinstance(v, Mapping) else v for n, v in rest.items()})


class _Listed(Sequence[Entry]):
    """The entries at some places, looked up when they are asked for."""

    __slots__ = ("_entries", "_places")

    def __init__(self, entries: Sequence[Entry], places: tuple[int, ...]) -> None:
        self._entries, self._places = entries, places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Entry]:
        return map(self._entries.__getitem__, self._places)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(at, slice):
            return tuple(map(self._entries.__getitem__, self._places[at]))
        return self._entries[self._places[at]]


class _ByKey(Mapping[str, Entry]):
    """Entries by key, looked up when they are asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries, self._at = entries, places_by_key(entries)

    def __getitem__(self, key: str) -> Entry:
        return self._entries[self._at[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, key: object) -> bool:
        return key in self._at


def framed(bare: Frame, entries: Sequence[Entry]) -> Library:
    """Return the library of these entries, which are in the order of the frame."""
    fields: dict[str, Any] = {
        name: MappingProxyType({i: _Listed(entries, places) for i, places in index.items()})
        for name, index in bare.indexes.items()
    }
    return Library(entries=entries, by_key=_ByKey(entries), **fields, **bare.rest)

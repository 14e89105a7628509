"""Entries as columns: of kept ones, what is asked of all is read at once, and the rest when it is asked for.

The plan of an edit asks few fields of all articles, and all fields of few.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, overload

from sitegen.archive.library import Entry
from sitegen.model import Card, Facts

BLOCK = 128
"""Entries that are packed together."""
_CARD = tuple(f"card.{name}" for name in Card._fields)
_OF_ALL = ("key", "text", "source", "standing", "card.digest")
_APART = {*_OF_ALL, "card", "card.key", "told"}
_REST = tuple(name for name in (*Entry._fields, *_CARD) if name not in _APART)


def column(entries: Sequence[Entry], field: str) -> Sequence[Any]:
    """Return one field of all entries, in their order; "card.digest" is one of their cards."""
    if isinstance(entries, KeptEntries):
        return entries.column(field)
    return [*map(attrgetter(field), entries)]


def places_by_key(entries: Sequence[Entry]) -> dict[str, int]:
    """Return where each entry stands, by its key."""
    return dict(zip(column(entries, "key"), range(len(entries)), strict=True))


def packed(entries: Sequence[Entry]) -> tuple[bytes, bytes]:
    """Return a block of entries as columns: those that are asked of all, and the rest."""
    of_all, rest = ([[*map(attrgetter(name), entries)] for name in names] for names in (_OF_ALL, _REST))
    return marshal.dumps(of_all), marshal.dumps(rest)


def with_entries(entries: Sequence[Entry], others: Mapping[int, Entry]) -> Sequence[Entry]:
    """Return the same entries with others at some places."""
    if isinstance(entries, KeptEntries):
        return entries.with_entries(others)
    changed = [*entries]
    for at, entry in others.items():
        changed[at] = entry
    return tuple(changed)


class KeptEntries(Sequence[Entry]):
    """Entries that were packed, block after block: one is put together when it is first asked for."""

    def __init__(
        self, columns: Mapping[str, list[Any]], rest: Callable[[int], bytes], told: Mapping[str, Facts]
    ) -> None:
        """Take the columns that are asked of all, and what gives the packed rest of a block by its number."""
        self._columns, self._rest, self._told = columns, rest, told
        self._blocks: dict[int, tuple[Entry, ...]] = {}

    @classmethod
    def of(
        cls, of_all: Iterable[bytes], rest: Callable[[int], bytes], told: Mapping[str, Facts]
    ) -> KeptEntries:
        """Return the entries of packed blocks."""
        parts = zip(*map(marshal.loads, of_all), strict=True)
        columns = [[*chain.from_iterable(part)] for part in parts] or [[] for _ in _OF_ALL]
        return cls(dict(zip(_OF_ALL, columns, strict=True)), rest, told)

    def column(self, field: str) -> Sequence[Any]:
        """Return one field of all entries, in their order."""
        found = self._columns.get(field)
        return [*map(attrgetter(field), self)] if found is None else found

    def with_entries(self, others: Mapping[int, Entry]) -> KeptEntries:
        """Return the same entries with others at some places."""
        columns = {name: [*values] for name, values in self._columns.items()}
        changed = KeptEntries(columns, self._rest, self._told)
        changed._blocks.update(self._blocks)
        for place, entry in others.items():
            number, at = divmod(place, BLOCK)
            before = changed._block(number)
            changed._blocks[number] = (*before[:at], entry, *before[at + 1 :])
        for name, values in columns.items():
            field = attrgetter(name)
            for place, entry in others.items():
                values[place] = field(entry)
        return changed

    def _block(self, number: int) -> tuple[Entry, ...]:
        if number not in self._blocks:
            if number * BLOCK >= len(self):
                raise IndexError(number)
            self._blocks[number] = self._unpacked(number)
        return self._blocks[number]

    def _unpacked(self, number: int) -> tuple[Entry, ...]:
        own = slice(number * BLOCK, (number + 1) * BLOCK)
        rest = marshal.loads(self._rest(number))  # noqa: S302 - our own cache
        fields: dict[str, Iterable[Any]] = dict(zip(_REST, rest, strict=True))
        fields.update((name, values[own]) for name, values in self._columns.items())
        fields["card.key"] = fields["key"]
        fields["card"] = map(Card._make, zip(*(fields[name] for name in _CARD), strict=True))
        fields["told"] = repeat(self._told)
        return tuple(map(Entry._make, zip(*(fields[name] for name in Entry._fields), strict=False)))

    def __len__(self) -> int:
        return len(self._columns["key"])

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(map(self._block, range(-(-len(self) // BLOCK))))

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(len(self))[at]))
        number, place = divmod(range(len(self))[at] if at < 0 else at, BLOCK)
        return (self._blocks.get(number) or self._block(number))[place]

"""Entries that were packed are the same entries, whichever of them are asked for first."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from sitegen.archive.columns import BLOCK, KeptEntries, column, packed, places_by_key, with_entries
from sitegen.archive.library import Entry, with_text
from tests.worlds import world

pytestmark = pytest.mark.quick


def kept(entries: tuple[Entry, ...]) -> tuple[KeptEntries, list[int]]:
    """Return entries that were packed, and a list of the blocks of which more is read, as it comes to be."""
    blocks = [packed(entries[low : low + BLOCK]) for low in range(0, len(entries), BLOCK)]
    read: list[int] = []

    def rest(number: int) -> bytes:
        read.append(number)
        return blocks[number][1]

    told = entries[0].told if entries else {}
    return KeptEntries.of((of_all for of_all, _ in blocks), rest, told), read


def library_of(count: int, seed: int = 1) -> tuple[Entry, ...]:
    return tuple(world(random.Random(seed), count).library().entries)


@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_packed_entries_are_the_same_entries(count: int) -> None:
    entries = library_of(count)
    assert [*kept(entries)[0]] == [*entries]
    found, _ = kept(entries)
    for at in random.Random(count).sample(range(-len(entries), len(entries)), 2 * len(entries)):
        assert found[at] == entries[at]
    for cut in (
        slice(None),
        slice(3, 9),
        slice(-5, None),
        slice(None, None, -7),
        slice(BLOCK - 2, BLOCK + 2),
    ):
        assert found[cut] == entries[cut]
    for beyond in (len(entries), -len(entries) - 1):
        with pytest.raises(IndexError):
            found[beyond]
    for field in ("key", "text", "date", "actors", "card.digest", "card.title"):
        assert [*column(kept(entries)[0], field)] == [*column(entries, field)]
    assert places_by_key(found) == places_by_key(entries)


def test_of_few_entries_little_is_read() -> None:
    entries = library_of(4 * BLOCK)
    found, read = kept(entries)
    assert column(found, "text")
    assert not read
    assert found[BLOCK + 3] == entries[BLOCK + 3]
    assert found[BLOCK + 4 : BLOCK + 6] == entries[BLOCK + 4 : BLOCK + 6]
    assert read == [1]


@pytest.mark.parametrize("seed", range(10))
def test_other_entries_take_their_places_and_leave_those_before_as_they_were(seed: int) -> None:
    chance = random.Random(seed)
    entries = library_of(2 * BLOCK + 9, seed)
    found, _ = kept(entries)
    now = entries
    for _ in range(3):
        before = [*found] if chance.random() < 0.5 else None
        others = {at: other(now[at], chance) for at in chance.sample(range(len(now)), 4)}
        later, now = with_entries(found, others), tuple(with_entries(now, others))
        assert column(later, "text") == column(now, "text")
        assert [*later] == [*now]
        if before is not None:
            assert [*found] == before
        found = later


def other(entry: Entry, chance: random.Random) -> Entry:
    front = replace(entry.front, title=f"Title {chance.random()}")
    return with_text(entry, replace(entry.facts, front=front, digest=f"{chance.random()}"))

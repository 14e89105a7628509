"""Sorted words -> the ranges that share a file.

Where a range ends is decided before anything is merged: six blocks are weighed, and the words are
parted at the shortest beginnings first, so that an edit hardly ever moves an end, and then one alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, pairwise
from operator import add
from zlib import crc32

from sitegen.pages.memory import Memory
from sitegen.pages.search.documents import Block, Segment
from sitegen.pages.search.runs import LONGEST_HEAD, bounds
from sitegen.text import digest

Read = Callable[[str, int, int], bytes]
"""Gives bytes of the run that is kept under a block's digest: from the first number to the second."""

_SAMPLED = 6
_LEAST, _MOST = 0.65, 1.3  # of what a range should have
_HEAVY = 0.6
_SMALL, _USUAL, _LARGE = 22_000, 31_000, 72_000
_SMALL_TO, _USUAL_TO = 8e6, 60e6
_FRESH_SHARE = 0.19
_LONG = 70  # bytes


def bounds_of(block: str, read: Read) -> tuple[int, ...]:
    """Return where the keys of a kept run begin, its hits, places and lengths, and where those end."""
    return bounds(read(block, 0, LONGEST_HEAD))[:-1]


def word_ranges(segment: Segment, read: Read, memory: Memory) -> tuple[list[bytes], list[bytes]]:
    """Return what each range of words begins with, and the words whose places are a file of their own."""
    sampled = nsmallest(_SAMPLED, segment.blocks, key=_rank)
    sizes = str(segment.count), str(len(segment.blocks))
    made_from = digest(" ".join([*sizes, *(b.digest for b in sampled)]).encode())
    ranges = partial(_word_ranges, segment, sampled, read)
    return memory.recall(f"search:{segment.id}:ranges:{made_from}", ranges)


def _word_ranges(segment: Segment, sampled: Sequence[Block], read: Read) -> tuple[list[bytes], list[bytes]]:
    scale = segment.count / sum(len(b.places) for b in sampled)
    often = len(segment.blocks)  # a word stands once in its file, however many blocks have it
    words: dict[bytes, int] = defaultdict(int)
    places: dict[bytes, int] = defaultdict(int)
    for block in sampled:
        at = bounds_of(block.digest, read)
        keys, hits, listed = (read(block.digest, low, high).split(b"\n") for low, high in pairwise(at[:-1]))
        sizes = [*map(len, listed)]
        for key, size in zip(keys, map(add, sizes, map(len, hits)), strict=True):
            words[key] += len(key) // often + size + 1
        for key, size in zip(keys, sizes, strict=True):
            if size > _LONG:
                places[key] += size
    target = _target(segment, sum(words.values()) * scale) / scale
    heavy = sorted(key for key, size in places.items() if size > target * _HEAVY)
    for key in heavy:
        words[key] -= places[key]
    found = sorted(words)
    return firsts(found, [*accumulate(map(words.__getitem__, found))], target), heavy


def _rank(block: Block) -> bytes:
    """Return the order in which blocks are sampled, which changes in a block do not change."""
    return blake2b(block.first.encode("utf-8", "replace"), digest_size=8).digest()


def _target(segment: Segment, size: float) -> float:
    """Return the bytes that a file of words should have: more in a large index, for fewer files.

    The fresh segment is rewritten with each new article, so it is a few files however large it is.
    """
    if segment.id == "fresh":
        return max(_SMALL / 2, size * _FRESH_SHARE)
    return _SMALL if size < _SMALL_TO else _USUAL if size < _USUAL_TO else _LARGE


def firsts(words: Sequence[bytes], sums: Sequence[int], target: float) -> list[bytes]:
    """Return what each range of sorted words begins with; the first begins with nothing.

    `sums` has the bytes of each word and all before it. A range that is too large is parted by the
    first letters of its words, what still is by two, and so on; those as long go by their checksums,
    and none makes a range too small. So what is decided at one place asks for nothing but the bytes
    near it.
    """
    least, most = target * _LEAST, target * _MOST
    texts, before = b"\n".join(words).decode().split("\n"), [0, *sums]
    found, left = {0: ""}, [(0, len(words), 1)]
    while left:
        low, high, length = left.pop()
        if before[high] - before[low] <= most:
            continue
        begun = [text[:length] for text in texts[low:high]]
        at = dict(zip(reversed(begun), range(high - 1, low - 1, -1), strict=True))
        ends = [low, high]
        for beginning in sorted([*at][:-1], key=_checksum):
            middle = at[beginning]
            place = bisect_left(ends, middle)
            start, end = before[ends[place - 1]], before[ends[place]]
            if end - start > most and min(before[middle] - start, end - before[middle]) >= least:
                ends.insert(place, middle)
                found[middle] = beginning
        if len(at) < high - low:
            left += [(start, end, length + 1) for start, end in pairwise(ends)]
    return [found[at].encode() for at in sorted(found)]


def _checksum(text: str) -> int:
    return crc32(text.encode())


def shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    most = min(len(one), len(other))
    same = 0
    while same < most and one[same] == other[same]:
        same += 1
    return same

"""Slices of the runs of all blocks -> the files of words that lie in them.

What is needed is small and can be sent to another process, which reads the slices itself.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

from msgspec import Struct

from sitegen.pages.search.codes import PART, SINGLE, digits, number, path_of, script, values
from sitegen.pages.search.ranges import Read
from sitegen.pages.search.rows import STEP

SECTIONS = 3
"""Of a run that are merged: keys, hits and places."""


class Merge(Struct, frozen=True):
    """Neighbouring files of words, to be made.

    `files` has of each its name, and the names of its heavy words' files of places. `blocks` has of each
    block its digest, the number of its first article, and its cuts: where in its run the keys, the hits
    and the places of each file begin, and then those behind the last.
    """

    files: tuple[tuple[str, Mapping[str, str]], ...]
    blocks: tuple[tuple[str, int, tuple[int, ...]], ...]


def merged(merge: Merge, read: Read) -> Iterator[tuple[str, bytes]]:
    """Give the path and the content of each file."""
    runs = [
        [read(block, cuts[n], cuts[n - SECTIONS]) for n in range(SECTIONS)] for block, _, cuts in merge.blocks
    ]
    for at, (name, heavy) in enumerate(merge.files):
        words: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for (_, base, cuts), sections in zip(merge.blocks, runs, strict=True):
            cut = cuts[at * SECTIONS : (at + 2) * SECTIONS]
            if cut[0] < cut[SECTIONS]:
                keys, hits, places = (
                    section[low - start : high - start - 1].decode().split("\n")
                    for section, start, low, high in zip(
                        sections, cuts[:SECTIONS], cut[:SECTIONS], cut[SECTIONS:], strict=True
                    )
                )
                rows = zip(repeat(base), hits, places, strict=False)
                deque(map(list.append, map(words.__getitem__, keys), rows), maxlen=0)
        yield path_of(name), _file(name, heavy, words)


def _file(name: str, heavy: Mapping[str, str], words: Mapping[str, Sequence[tuple[int, str, str]]]) -> bytes:
    keys = sorted(words)
    places = ["\t" + heavy[key] if key in heavy else "".join([row[2] for row in words[key]]) for key in keys]
    hits = [_hits(words[key]) for key in keys]
    return script(name, PART.join(keys), PART.join(hits), PART.join(places))


def _hits(blocks: Sequence[tuple[int, str, str]]) -> str:
    """Return a key's hits over all blocks.

    A block's first gap is counted from the block's start: it is widened to reach back to the article
    before.
    """
    code, value, start = digits(), values(), 0
    made: list[str] = []
    for base, hits, _ in blocks:
        gap = value[hits[0]] + (base - start) * STEP
        made.append(code[gap] if gap < SINGLE else number(gap))
        made.append(hits[1:-1])
        start = base + value[hits[-1]] + 1
    return "".join(made)

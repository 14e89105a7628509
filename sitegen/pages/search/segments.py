"""Articles -> segments and blocks, by what the archive holds and never by how it came to be so.

Each article has a number from its key. In the order in which articles were added, the last one
whose number ends in enough zero bits closes the part that is seldom rewritten ("main"); what came
after it is small and rewritten with each new article ("fresh"; from 16,384 articles on there is a
"middle" between the two). Within a segment articles stand by date, which makes every list of hits
sorted by date; blocks of about 128 end at numbers too, so that one more or one less moves only
its neighbours.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from operator import attrgetter
from typing import Final
from zlib import crc32

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import FORMAT
from sitegen.pages.search.documents import Block, L, Listed, Segment, Teller
from sitegen.pages.search.rows import MOST_ARTICLES

_FRESH_BITS = 4
_BLOCK_BITS = 7
_MIDDLE_FROM = 16_384
_MOST_BLOCKS = 512
_MOST_BITS = (MOST_ARTICLES // 2).bit_length() - 1
_PATIENCE = 2
_PLACE: Final = "I"


def segments(docs: Sequence[L], teller: Teller[L], memory: Memory | None = None) -> tuple[Segment[L], ...]:
    """Return the segments, the largest first; every article is in one, and none is empty.

    Where they are cut is worked out once for as long as the same articles stand as they are.
    """
    keys = "\n".join([doc.key for doc in docs]).encode("utf-8", "surrogatepass")
    cuts = (memory or Memory()).recall(
        f"search:cuts:{_digest(keys + teller.standing(docs))}", partial(_cuts, docs)
    )
    return tuple(
        _segment(name, [tuple(map(docs.__getitem__, array(_PLACE, block))) for block in blocks], teller)
        for name, blocks in cuts
    )


def _cuts(docs: Sequence[L]) -> tuple[tuple[str, tuple[bytes, ...]], ...]:
    """Return the names of the segments, each with its blocks: the places of their articles in `docs`."""
    at = {doc.key: place for place, doc in enumerate(docs)}
    by_key = sorted(docs, key=attrgetter("key"))  # and then by a text is twice as fast as once by pairs
    added, dated = (sorted(by_key, key=attrgetter(field)) for field in ("added", "date"))
    bits = {"main": _FRESH_BITS}
    if len(added) >= _MIDDLE_FROM:
        bits = {"main": (len(added) // 64).bit_length() - 1, "middle": _FRESH_BITS}
    part_of: dict[str, str] = {}
    end = 0
    for name, need in bits.items():
        start, end = end, _last_closing(added, end, need)
        part_of.update((doc.key, name) for doc in added[start:end])
    part_of.update((doc.key, "fresh") for doc in added[end:])
    parts: dict[str, list[L]] = {name: [] for name in (*bits, "fresh")}
    for doc in dated:
        parts[part_of[doc.key]].append(doc)
    block_bits = min(max(_BLOCK_BITS, (len(added) // _MOST_BLOCKS).bit_length()), _MOST_BITS)
    return tuple(
        (
            name,
            tuple(
                array(_PLACE, [at[doc.key] for doc in block]).tobytes() for block in _cut(part, block_bits)
            ),
        )
        for name, part in parts.items()
        if part
    )


def _last_closing(added: Sequence[Listed], start: int, bits: int) -> int:
    """Return the end of the part from `start` that an article with `bits` zero bits closes.

    After twice the usual length without one, the article with the most zero bits there closes.
    """
    longest = _PATIENCE << bits
    low = max(start, len(added) - longest)
    best, end = -1, start
    for at in range(len(added) - 1, low - 1, -1):
        zeros = _zeros(added[at].key)
        if zeros >= bits:
            return at + 1
        if zeros > best:
            best, end = zeros, at + 1
    return end if len(added) - start > longest else start


def _segment(name: str, parts: Iterable[tuple[L, ...]], teller: Teller[L]) -> Segment[L]:
    blocks = tuple(Block(_digest(teller.stands_for("t", part)), part) for part in parts)
    return Segment(name, _digest("\n".join([b.digest for b in blocks]).encode()), blocks)


def _cut(docs: list[L], bits: int) -> Iterator[list[L]]:
    """Give the blocks of articles that are in the order of their dates and keys."""
    part: list[L] = []
    for doc in docs:
        part.append(doc)
        if _zeros(doc.key) >= bits or len(part) >= _PATIENCE << bits:
            yield part
            part = []
    if part:
        yield part


def _zeros(key: str) -> int:
    """Return how many zero bits the number of a key ends in."""
    value = crc32(key.encode("utf-8", "replace"))
    return (value & -value).bit_length() - 1 if value else 32


def _digest(content: bytes) -> str:
    return blake2b(FORMAT + content, digest_size=16).hexdigest()

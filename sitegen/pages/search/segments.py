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
from typing import Final
from zlib import crc32

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import FORMAT
from sitegen.pages.search.documents import Block, Listing, Segment
from sitegen.pages.search.rows import MOST_ARTICLES

_FRESH_BITS = 4
_BLOCK_BITS = 7
_MIDDLE_FROM = 16_384
_MOST_BLOCKS = 512
_MOST_BITS = (MOST_ARTICLES // 2).bit_length() - 1
_PATIENCE = 2
_PLACE: Final = "I"


def segments(listing: Listing, memory: Memory | None = None) -> tuple[Segment, ...]:
    """Return the segments, the largest first; every article is in one, and none is empty.

    Where they are cut is worked out once for as long as the same articles stand as they are.
    """
    keys = listing.column("key")
    made_from = "\n".join(keys).encode("utf-8", "surrogatepass") + listing.standing(range(len(listing)))
    cuts = (memory or Memory()).recall(f"search:cuts:{_digest(made_from)}", partial(_cuts, listing))
    return tuple(
        _segment(name, [array(_PLACE, block) for block in blocks], keys, listing) for name, blocks in cuts
    )


def _cuts(listing: Listing) -> tuple[tuple[str, tuple[bytes, ...]], ...]:
    """Return the names of the segments, each with its blocks: the places of their articles."""
    keys, days, arrivals = (listing.column(field) for field in ("key", "date", "added"))
    by_key = sorted(range(len(listing)), key=keys.__getitem__)
    added, dated = (sorted(by_key, key=field.__getitem__) for field in (arrivals, days))
    bits = {"main": _FRESH_BITS}
    if len(added) >= _MIDDLE_FROM:
        bits = {"main": (len(added) // 64).bit_length() - 1, "middle": _FRESH_BITS}
    zeros = [*map(_zeros, keys)]
    part_of = ["fresh"] * len(listing)
    end = 0
    for name, need in bits.items():
        start, end = end, _last_closing([zeros[place] for place in added], end, need)
        for place in added[start:end]:
            part_of[place] = name
    parts: dict[str, list[int]] = {name: [] for name in (*bits, "fresh")}
    for place in dated:
        parts[part_of[place]].append(place)
    block_bits = min(max(_BLOCK_BITS, (len(added) // _MOST_BLOCKS).bit_length()), _MOST_BITS)
    return tuple(
        (name, tuple(array(_PLACE, block).tobytes() for block in _cut(part, zeros, block_bits)))
        for name, part in parts.items()
        if part
    )


def _last_closing(zeros: Sequence[int], start: int, bits: int) -> int:
    """Return the end of the part from `start` that an article with `bits` zero bits closes.

    `zeros` are those of all articles as they were added. After twice the usual length without such
    a one, the article with the most zero bits there closes.
    """
    longest = _PATIENCE << bits
    low = max(start, len(zeros) - longest)
    best, end = -1, start
    for at in range(len(zeros) - 1, low - 1, -1):
        if zeros[at] >= bits:
            return at + 1
        if zeros[at] > best:
            best, end = zeros[at], at + 1
    return end if len(zeros) - start > longest else start


def _segment(name: str, parts: Iterable[array[int]], keys: Sequence[str], listing: Listing) -> Segment:
    blocks = tuple(Block(_digest(listing.stands_for("t", part)), keys[part[0]], part) for part in parts)
    return Segment(name, _digest("\n".join([b.digest for b in blocks]).encode()), blocks)


def _cut(places: Iterable[int], zeros: Sequence[int], bits: int) -> Iterator[list[int]]:
    """Give the blocks of articles that are in the order of their dates and keys."""
    part: list[int] = []
    for place in places:
        part.append(place)
        if zeros[place] >= bits or len(part) >= _PATIENCE << bits:
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

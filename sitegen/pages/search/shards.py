"""Runs -> the files of a segment's words: each range merged over all blocks.

A file's name comes from what goes into it, so that a file which is there already is not made again.
The places of a word that takes much room are a file of their own, which only phrases need. The forms
of all words, read backwards, are a few files more: repair finds in them the words that end like a
mistyped one, and in the files of words those that begin like it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from itertools import accumulate, pairwise, repeat

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import (
    FORMAT,
    PART,
    content_name,
    digits,
    name_of,
    number,
    script,
)
from sitegen.pages.search.documents import Segment
from sitegen.pages.search.ranges import Read, bounds, firsts, shared, word_ranges
from sitegen.pages.search.rows import STEP
from sitegen.pages.search.words import form_of

_RARE_FROM = 4096
"""Articles of a segment from which on repair leaves out words that only one block has."""
_NUMBER = "I"  # the places in a run, as an array's type
_DIGEST = 8  # bytes: a range of one block among the hundreds that a file's name is made of
_SHORTEST_FORM, _LONGEST_FORM = 4, 24
_FORM_BYTES = 40_000
_CUT = 6  # numbers
_NONE = (0,) * _CUT


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of words ("t") or of one heavy word's places ("p").

    `cuts` has for each block six numbers a file, of which those of this one are the `at`th: where
    the keys of the range begin and end in the block's run, and its hits and places; `heavy` maps the heavy
    words of the range to the names of their files of places.
    """

    name: str
    at: int
    cuts: tuple[array[int], ...]
    heavy: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file of forms backwards: sorted (form, articles in powers of two)."""

    name: str
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The files of a segment's words: what each range begins with, in order, and the heavy words' files."""

    firsts: tuple[str, ...]
    shards: tuple[Shard, ...]
    heavy: tuple[Shard, ...]
    form_firsts: tuple[str, ...]
    forms: tuple[FormFile, ...]


def plan_words(segment: Segment, read: Read, memory: Memory) -> Words:
    """Return the files of a segment's words, named after what goes into them and not yet merged."""
    starts, heavy = word_ranges(segment, read, memory)
    cuts, names = _cut_blocks(segment, starts, heavy, read, memory)
    places = {key.decode(): names[len(starts) + at] for at, key in enumerate(heavy)}
    texts = tuple(start.decode() for start in starts)
    shards = tuple(
        Shard(names[at], at, cuts, {k: p for k, p in places.items() if low <= k < high})
        for at, (low, high) in enumerate(pairwise((*texts, "\U0010ffff")))
    )
    alone = tuple(Shard(names[at], at, cuts, {}) for at in range(len(starts), len(names)))
    least = 2 if segment.id == "middle" or len(segment.docs) >= _RARE_FROM else 1
    return Words(texts, shards, alone, *_form_files(_key_counts(segment, read, memory), least))


def _cut_blocks(
    segment: Segment, starts: Sequence[bytes], heavy: Sequence[bytes], read: Read, memory: Memory
) -> tuple[tuple[array[int], ...], list[str]]:
    """Return each block's cuts, and the names of the files, which stand for what is in all blocks."""
    parted = blake2b(b"\n".join((*starts, b"", *heavy)), digest_size=16).hexdigest()
    known = [
        memory.recall(
            f"search:{segment.id}:cuts:{parted}:{block.digest}",
            partial(_cut, block.digest, starts, heavy, read),
        )
        for block in segment.blocks
    ]
    sizes = FORMAT + ",".join(str(len(b.docs)) for b in segment.blocks).encode()
    digests = [made for _, made in known]
    names = []
    for at in range(len(starts) + len(heavy)):
        low, high = at * _DIGEST, (at + 1) * _DIGEST
        made = blake2b(sizes + b"".join([d[low:high] for d in digests]), digest_size=16)
        names.append(name_of("t" if at < len(starts) else "p", made.digest()))
    return tuple(array(_NUMBER, numbers) for numbers, _ in known), names


def _cut(block: str, starts: Sequence[bytes], heavy: Sequence[bytes], read: Read) -> tuple[bytes, bytes]:
    """Return the cuts of one block as bytes, and the digests of what lies between them."""
    at = bounds(block, read)
    run = read(block, 0, at[-1])
    columns = [run[low:high].split(b"\n") for low, high in pairwise(at)]
    ends = [[*accumulate(map(len, column), initial=low)] for column, low in zip(columns, at, strict=False)]
    cuts, digests = array(_NUMBER), []
    for low, high in _ranges(columns[0], starts, heavy):
        # before each line, and only there, stands the end of another
        cut = [end[row] + row - back for end in ends for row, back in ((low, 0), (high, 1))]
        cuts.extend(cut if low < high else _NONE)
        parts = [run[first:last] for first, last in zip(cut[::2], cut[1::2], strict=True)]
        digests.append(blake2b(b"\0".join(parts), digest_size=_DIGEST).digest())
    return cuts.tobytes(), b"".join(digests)


def _ranges(keys: list[bytes], starts: Sequence[bytes], heavy: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the first row of each range, then of each heavy word, and that behind the last."""
    yield from pairwise([*(bisect_left(keys, start) for start in starts), len(keys)])
    for key in heavy:
        row = bisect_left(keys, key)
        yield row, row + (keys[row : row + 1] == [key])


def _key_counts(segment: Segment, read: Read, memory: Memory) -> Mapping[bytes, int]:
    """Return in how many blocks each word is: the last count, without the blocks gone, with the new ones."""
    name, now = f"search:{segment.id}:keys", [b.digest for b in segment.blocks]
    before, counts = memory.latest(name) or ([], {})
    gone, new = set(before) - set(now), set(now) - set(before)
    try:
        counts = Counter(counts)
        for block in sorted(gone):
            counts.subtract(_keys(block, read))
    except OSError:  # the run of a block that is gone may be gone too
        counts, new = Counter(), set(now)
    for block in sorted(new):
        counts.update(_keys(block, read))
    counts = {key: count for key, count in counts.items() if count}
    memory.put(name, (now, counts))
    return counts


def _keys(block: str, read: Read) -> list[bytes]:
    first, end, *_ = bounds(block, read)
    return read(block, first, end).split(b"\n")


def shard_file(segment: Segment, shard: Shard, read: Read) -> bytes:
    """Return the content of a file of words or of places."""
    parts = _parts(segment, shard)
    if shard.name.startswith("p"):
        return script(shard.name, "".join([read(block, *cut[4:]).decode() for _, block, cut in parts]))
    merged: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for base, block, cut in parts:
        keys, hits, places = (
            read(block, low, high).decode().split("\n") for low, high in zip(cut[::2], cut[1::2], strict=True)
        )
        rows = zip(repeat(base), hits, places, strict=False)
        deque(map(list.append, map(merged.__getitem__, keys), rows), maxlen=0)
    words = sorted(merged)
    hits = [_hits(merged[key]) for key in words]
    places = [
        "\t" + shard.heavy[key] if key in shard.heavy else "".join([row[2] for row in merged[key]])
        for key in words
    ]
    return script(shard.name, PART.join(words), PART.join(hits), PART.join(places))


def _parts(segment: Segment, shard: Shard) -> Iterator[tuple[int, str, array[int]]]:
    """Yield the number of the first article, the digest and the cut of each block with words of a file."""
    base = 0
    for block, cuts in zip(segment.blocks, shard.cuts, strict=True):
        cut = cuts[shard.at * _CUT : (shard.at + 1) * _CUT]
        if cut[1]:
            yield base, block.digest, cut
        base += len(block.docs)


def _hits(blocks: Sequence[tuple[int, str, str]]) -> str:
    """Return a key's hits over all blocks.

    A block's first gap is counted from the block's start: it is widened to reach back to the article
    before.
    """
    value, start = _values(), 0
    made: list[str] = []
    for base, hits, _ in blocks:
        made += number(value[hits[0]] + (base - start) * STEP), hits[1:-1]
        start = base + value[hits[-1]] + 1
    return "".join(made)


@cache
def _values() -> dict[str, int]:
    """Return the number of each character."""
    return {character: value for value, character in enumerate(digits())}


def _form_files(counts: Mapping[bytes, int], least: int) -> tuple[tuple[str, ...], tuple[FormFile, ...]]:
    """Return the ranges of forms backwards; `counts` has the blocks of each key."""
    sizes: dict[str, int] = {}
    for key, count in counts.items():
        if count < least or key.startswith(b":"):
            continue
        form = form_of(key.decode())
        if _SHORTEST_FORM <= len(form) <= _LONGEST_FORM and form.isalpha():
            sizes[form[::-1]] = max(count.bit_length(), sizes.get(form[::-1], 0))
    rows = sorted(sizes.items())
    starts = [s.decode() for s in firsts([(form.encode(), 5) for form, _ in rows], _FORM_BYTES)]
    forms = [form for form, _ in rows]
    parted = pairwise([*(bisect_left(forms, start) for start in starts), len(rows)])
    parts = [tuple(rows[low:high]) for low, high in parted]
    return tuple(starts), tuple(FormFile(content_name("b", str(part)), part) for part in parts)


def form_file(file: FormFile) -> bytes:
    """Return the content of a file of forms, each after what it shares with the one before.

    For each form: a number (letters shared), another (its articles) and the rest of its letters.
    """
    before, made = "", []
    for form, size in file.forms:
        same = shared(before, form)
        made.append(number(same) + number(size) + form[same:])
        before = form
    return script(file.name, PART.join(made))

"""Runs -> the files of a segment's words: each range merged over all blocks.

A file's name comes from what goes into it, so that a file which is there already is not made again.
The places of a word that takes much room are a file of their own, which only phrases need. The forms
of all words, read backwards, are a few files more: repair finds in them the words that end like a
mistyped one, and in the files of words those that begin like it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import accumulate, pairwise

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import (
    BACKSLASH,
    FIRST,
    FORMAT,
    PART,
    SINGLE,
    content_name,
    digits,
    name_of,
    number,
    script,
)
from sitegen.pages.search.documents import Segment
from sitegen.pages.search.ranges import Read, bounds, firsts, shared, word_ranges
from sitegen.pages.search.runs import STEP
from sitegen.pages.search.words import form_of

Parts = list[tuple[int, list[str], list[str]]]
"""For each block that has words in a range: its first article's number, the keys and the lines."""

_RARE_FROM = 4096
"""Articles of a segment from which on repair leaves out words that only one block has."""
_NUMBER = "I"  # the places in a run, as an array's type
_DIGEST = 8  # bytes: a range of one block among the hundreds that a file's name is made of
_SHORTEST_FORM, _LONGEST_FORM = 4, 24
_FORM_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of words ("t") or of one heavy word's places ("p").

    `cuts` has for each block four numbers a file, of which those of this one are the `at`th: where
    the keys of the range begin and end in the block's run, and the lines; `heavy` maps the heavy
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
    first, middle, end = bounds(block, read)
    run = read(block, 0, end)
    keys, lines = run[first:middle].split(b"\n"), run[middle:end].split(b"\n")
    cuts, digests = array(_NUMBER), []
    for cut in _cuts(keys, lines, (first, middle), starts, heavy):
        cuts.extend(cut)
        part = run[cut[0] : cut[1]] + b"\0" + run[cut[2] : cut[3]]
        digests.append(blake2b(part, digest_size=_DIGEST).digest())
    return cuts.tobytes(), b"".join(digests)


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
    first, middle, _ = bounds(block, read)
    return read(block, first, middle).split(b"\n")


def _cuts(
    keys: list[bytes],
    lines: list[bytes],
    at: tuple[int, int],
    starts: Sequence[bytes],
    heavy: Sequence[bytes],
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where the keys and lines of each range, then of each heavy word, begin and end in a run."""
    key_at = list(accumulate((len(key) + 1 for key in keys), initial=at[0]))
    line_at = list(accumulate((len(line) + 1 for line in lines), initial=at[1]))
    rows = list(pairwise([*(bisect_left(keys, start) for start in starts), len(keys)]))
    for key in heavy:
        row = bisect_left(keys, key)
        rows.append((row, row + (keys[row : row + 1] == [key])))
    for low, high in rows:
        empty = low == high
        yield (0, 0, 0, 0) if empty else (key_at[low], key_at[high] - 1, line_at[low], line_at[high] - 1)


def shard_file(segment: Segment, shard: Shard, read: Read) -> bytes:
    """Return the content of a file of words or of places."""
    parts = []
    base = 0
    for at, block in enumerate(segment.blocks):
        first, last, low, high = shard.cuts[at][shard.at * 4 : shard.at * 4 + 4]
        if last:
            keys, lines = read(block.digest, first, last).decode(), read(block.digest, low, high).decode()
            parts.append((base, keys.split("\n"), lines.split("\n")))
        base += len(block.docs)
    merged = _merged(parts)
    if shard.name.startswith("p"):
        return script(shard.name, *("".join(row[1]) for row in merged.values()))
    words = sorted(merged)
    hits = ["".join(merged[key][0]) for key in words]
    places = ["\t" + shard.heavy[key] if key in shard.heavy else "".join(merged[key][1]) for key in words]
    return script(shard.name, PART.join(words), PART.join(hits), PART.join(places))


def _merged(parts: Parts) -> dict[str, tuple[list[str], list[str], list[int]]]:
    """Return each key's hits and places over all blocks, and the number after its last article.

    A block's first gap is counted from the block's start: it is widened to reach back to the article
    before.
    """
    code = digits()
    merged: dict[str, tuple[list[str], list[str], list[int]]] = {}
    for base, keys, lines in parts:
        for key, line in zip(keys, lines, strict=True):
            hits, _, places = line.partition("\t")
            known = merged.get(key)
            if known is None:
                known = merged[key] = ([], [], [0])
            last, first = ord(hits[0]), ord(hits[1])
            gap = first - FIRST - (first > BACKSLASH) + (base - known[2][0]) * STEP
            known[0].append((code[gap] if gap < SINGLE else number(gap)) + hits[2:])
            known[1].append(places)
            known[2][0] = base + last - FIRST - (last > BACKSLASH) + 1
    return merged


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

"""Runs -> the files of a segment: ranges of sorted words, each merged over all blocks.

Where a range ends is decided before anything is merged: eight blocks are weighed, and near each
ideal place the shortest prefix that parts two words is taken, so that an edit hardly ever moves
one. A file's name comes from what goes into it, so a file that is there already is not made again.
The places of a word that takes much room are a file of their own, which only phrases need.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate

from sitegen.pages.search.codes import FORMAT, PART, name_of, number, read_numbers, script
from sitegen.pages.search.documents import Block, Segment
from sitegen.pages.search.runs import LEVELS

Read = Callable[[str], bytes]
"""Gives the run that is kept under a block's digest."""

_SAMPLED = 8
_WINDOW = 0.3
_FORM_BYTES = 48_000
_SMALL, _USUAL, _LARGE = 20_000, 36_000, 64_000


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one range begins and ends in one block's run: bytes of the keys and of the lines."""

    keys: tuple[int, int]
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shard:
    """One range of sorted words: its file's name and where its parts are in each run.

    `kind` is "t" (words and their hits), "f" (forms), "b" (forms backwards) or "p" (the places of
    one word, `key`).
    """

    name: str
    kind: str
    cuts: tuple[Cut, ...]
    heavy: Mapping[bytes, str]


@dataclass(frozen=True, slots=True)
class Range:
    """The ranges of one kind in a segment, in order: what each begins with, and its file."""

    kind: str
    firsts: tuple[str, ...]
    shards: tuple[Shard, ...]


def ranges(segment: Segment, read: Read) -> tuple[tuple[Range, ...], tuple[Shard, ...]]:
    """Return the ranges of words, forms and forms backwards, and the files of heavy words' places."""
    sampled = _sampled(segment.blocks)
    scale = len(segment.blocks) / len(sampled)
    samples = [_sections(read(b.digest)) for b in sampled]
    target = _target(sum(len(s[1]) for s in samples) * scale)
    heavy = sorted(_heavy(samples, target / scale / 2))
    firsts = {
        "t": _firsts(_weighed(samples, 0, set(heavy)), target / scale),
        "f": _firsts(_weighed(samples, 2, set()), _FORM_BYTES * 2 / scale),
        "b": _firsts(_weighed(samples, 4, set()), _FORM_BYTES * 2 / scale),
    }
    return _ranges(segment, read, firsts, heavy)


def _sampled(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that decide where ranges end: those whose first keys hash lowest."""

    def rank(block: Block) -> bytes:
        return blake2b(block.docs[0].key.encode("utf-8", "replace"), digest_size=8).digest()

    return nsmallest(_SAMPLED, blocks, key=rank)


def _target(size: float) -> int:
    """Return the bytes that a file of words should have: more in a large index, for fewer files."""
    return _SMALL if size < 8e6 else _USUAL if size < 60e6 else _LARGE


def _sections(run: bytes) -> list[bytes]:
    head, _, _ = run[:200].partition(b"\n")
    made, at = [], len(head) + 1
    for size in map(int, head.split()):
        made.append(run[at : at + size])
        at += size
    return made


def _weighed(samples: Iterable[Sequence[bytes]], section: int, heavy: set[bytes]) -> list[tuple[bytes, int]]:
    """Return the sampled keys, sorted, with the bytes that each line takes in its file."""
    found = []
    for sample in samples:
        keys, lines = sample[section].split(b"\n"), sample[section + 1].split(b"\n")
        if section:
            found += [(k, len(k) + 1) for k in keys]
        else:
            found += [
                (k, len(line) - (len(line.rpartition(b"\t")[2]) if k in heavy else 0))
                for k, line in zip(keys, lines, strict=True)
            ]
    return sorted(found)


def _heavy(samples: Iterable[Sequence[bytes]], limit: float) -> set[bytes]:
    sizes: dict[bytes, int] = {}
    for sample in samples:
        for key, line in zip(sample[0].split(b"\n"), sample[1].split(b"\n"), strict=True):
            if len(line) > 100 and not key.startswith(b":"):
                sizes[key] = sizes.get(key, 0) + len(line.rpartition(b"\t")[2])
    return {key for key, size in sizes.items() if size > limit}


def _firsts(weighed: list[tuple[bytes, int]], target: float) -> list[bytes]:
    """Return what each range begins with; the first one begins with nothing."""
    sums = list(accumulate(size for _, size in weighed))
    if not sums:
        return [b""]
    found = [b""]
    for at in range(1, round(sums[-1] / target)):
        low = bisect_left(sums, (at - _WINDOW) * target)
        high = min(bisect_left(sums, (at + _WINDOW) * target), len(sums) - 1)
        parting = _shortest(weighed, max(low, 1), max(high, low, 1))
        if parting > found[-1]:
            found.append(parting)
    return found


def _shortest(weighed: list[tuple[bytes, int]], low: int, high: int) -> bytes:
    """Return the shortest prefix (the first such) of a word in the window that its forerunner lacks."""
    best = b""
    for at in range(low, min(high + 1, len(weighed))):
        before, word = weighed[at - 1][0].decode(), weighed[at][0].decode()
        if before == word:
            continue
        same = next((i for i, (a, b) in enumerate(zip(before, word, strict=False)) if a != b), len(before))
        if not best or same + 1 < len(best.decode()):
            best = word[: same + 1].encode()
    return best


def _ranges(
    segment: Segment, read: Read, firsts: Mapping[str, list[bytes]], heavy: list[bytes]
) -> tuple[tuple[Range, ...], tuple[Shard, ...]]:
    """Cut every run at the ranges' ends and name each file after what goes into it."""
    sizes = ",".join(str(len(b.docs)) for b in segment.blocks).encode()
    cuts: dict[tuple[str, int], list[Cut]] = {}
    hashes = {
        (kind, at): blake2b(FORMAT + kind.encode() + sizes, digest_size=16)
        for kind, starts in (*firsts.items(), ("p", heavy))
        for at in range(len(starts))
    }
    for block in segment.blocks:
        run = read(block.digest)
        for kind, at, cut in _cuts(run, firsts, heavy):
            cuts.setdefault((kind, at), []).append(cut)
            made = hashes[kind, at]
            made.update(run[slice(*cut.keys)] + b"\0" + run[slice(*cut.lines)] + b"\0")
    names = {key: name_of(key[0], made.digest()) for key, made in hashes.items()}
    places = {key: names["p", at] for at, key in enumerate(heavy)}
    found = []
    for kind, starts in firsts.items():
        ends = [*starts[1:], b"\xff"]
        shards = tuple(
            Shard(
                names[kind, at],
                kind,
                tuple(cuts[kind, at]),
                {k: p for k, p in places.items() if kind == "t" and start <= k < end},
            )
            for at, (start, end) in enumerate(zip(starts, ends, strict=True))
        )
        found.append(Range(kind, tuple(s.decode() for s in starts), shards))
    alone = tuple(Shard(names["p", at], "p", tuple(cuts["p", at]), {}) for at in range(len(heavy)))
    return tuple(found), alone


def _cuts(
    run: bytes, firsts: Mapping[str, list[bytes]], heavy: list[bytes]
) -> Iterator[tuple[str, int, Cut]]:
    head = len(run[:200].partition(b"\n")[0]) + 1
    sizes = list(map(int, run[:head].split()))
    starts = [head, *accumulate(sizes, initial=head)][1:]
    for kind, section in (("t", 0), ("f", 2), ("b", 4)):
        keys = run[starts[section] : starts[section] + sizes[section]].split(b"\n")
        lines = run[starts[section + 1] : starts[section + 1] + sizes[section + 1]].split(b"\n")
        key_at = [0, *accumulate(len(k) + 1 for k in keys)]
        line_at = [0, *accumulate(len(k) + 1 for k in lines)]

        def cut(low: int, high: int) -> Cut:
            first, second = starts[section], starts[section + 1]  # noqa: B023
            if low >= high:
                return Cut((0, 0), (0, 0))
            return Cut(
                (first + key_at[low], first + key_at[high] - 1),  # noqa: B023
                (second + line_at[low], second + line_at[high] - 1),  # noqa: B023
            )

        bounds = [bisect_left(keys, start) for start in firsts[kind]] + [len(keys)]
        for at in range(len(bounds) - 1):
            yield kind, at, cut(bounds[at], bounds[at + 1])
        if kind == "t":
            for at, key in enumerate(heavy):
                low = bisect_left(keys, key)
                yield "p", at, cut(low, low + (low < len(keys) and keys[low] == key))


def shard_file(segment: Segment, shard: Shard, read: Read) -> bytes:
    """Return the content of one range's file."""
    merged: dict[bytes, list[tuple[int, bytes]]] = {}
    base = 0
    for block, cut in zip(segment.blocks, shard.cuts, strict=True):
        if cut.keys[1]:
            run = read(block.digest)
            keys, lines = run[slice(*cut.keys)].split(b"\n"), run[slice(*cut.lines)].split(b"\n")
            for key, line in zip(keys, lines, strict=True):
                merged.setdefault(key, []).append((base, line))
        base += len(block.docs)
    if shard.kind == "t":
        return _words_file(shard, merged)
    if shard.kind == "p":
        return script(shard.name, "".join(_places(found) for found in merged.values()))
    return _forms_file(shard, merged)


def _words_file(shard: Shard, merged: Mapping[bytes, list[tuple[int, bytes]]]) -> bytes:
    """Return a script with three strings parted by "!": keys, hits, places."""
    words, hits, places = [], [], []
    for key in sorted(merged):
        lines = [(base, *line.decode().split("\t")) for base, line in merged[key]]
        words.append(key.decode())
        hits.append(_hits([(base, found) for base, found, _ in lines]))
        alone = shard.heavy.get(key)
        places.append("\t" + alone if alone else "".join(found for *_, found in lines).rstrip(" "))
    return script(shard.name, PART.join(words), PART.join(hits), PART.join(places))


def _hits(lines: list[tuple[int, str]]) -> str:
    """Return a word's hits over all blocks: in each but the first, the first gap is widened."""
    after = 0
    made = []
    for base, line in lines:
        last, first = read_numbers(line[:2])
        made.append(number(first + (base - after) * LEVELS))
        made.append(line[2:])
        after = base + last + 1
    return "".join(made)


def _places(lines: list[tuple[int, bytes]]) -> str:
    return "".join(line.decode().rpartition("\t")[2] for _, line in lines).rstrip(" ")


def _forms_file(shard: Shard, merged: Mapping[bytes, list[tuple[int, bytes]]]) -> bytes:
    """Return a script with the forms that at least two articles have, each after what it shares.

    For each form: a number (letters shared with the one before), another (articles, in powers of
    two) and the rest of its letters.
    """
    before, made = "", []
    for key in sorted(merged):
        count = sum(sum(read_numbers(line.decode())) for _, line in merged[key])
        if count < 2:
            continue
        form = key.decode()
        shared = next((i for i, (a, b) in enumerate(zip(before, form, strict=False)) if a != b), len(before))
        shared = min(shared, len(form))
        made.append(number(shared) + number(count.bit_length()) + form[shared:])
        before = form
    return script(shard.name, PART.join(made))

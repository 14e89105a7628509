"""Runs -> the files of a segment: ranges of sorted words, each merged over all blocks.

Where a range ends is decided before anything is merged: eight blocks are weighed, and near each
ideal place the shortest prefix that parts two words is taken, so that an edit hardly ever moves
one. A file's name comes from what goes into it, so a file that is there already is not made again.
The places of a word that takes much room are a file of their own, which only phrases need.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, pairwise

from sitegen.pages.search.codes import (
    BACKSLASH,
    FIRST,
    FORMAT,
    PART,
    SINGLE,
    digits,
    name_of,
    number,
    read_numbers,
    script,
)
from sitegen.pages.search.documents import Block, Segment
from sitegen.pages.search.runs import LEVELS

Read = Callable[[str, int, int], bytes]
"""Gives bytes of the run that is kept under a block's digest: from the first number to the second."""

Parts = list[tuple[int, list[str], list[str]]]
"""For each block that has words in a range: its first article's number, the keys and the lines."""

_SAMPLED = 8
_WINDOW = 0.3
_RARE_FROM = {"main": 4096, "middle": 64, "fresh": 64}
"""Articles of a segment from which on repair leaves out words that only one article has."""
_FORM_BYTES = 48_000
_SMALL, _USUAL, _LARGE = 20_000, 36_000, 64_000
_SMALL_TO, _USUAL_TO = 8e6, 60e6
_FRESH_FILES = 4
_LONGEST_HEAD = 120


@dataclass(frozen=True, slots=True)
class Shard:
    """One range of sorted words: its file's name and where its parts are in each run (four bounds).

    `kind` is "t" (words and their hits), "f" (forms), "b" (forms backwards) or "p" (the places of
    one word, `key`).
    """

    name: str
    kind: str
    cuts: array[int]
    heavy: Mapping[str, str]


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
    samples = [_sections(b.digest, read) for b in sampled]
    target = _target(segment, sum(len(s[1]) for s in samples) * scale)
    heavy = sorted(_heavy(samples, target / scale / 2))
    firsts = {
        "t": _firsts(_weighed(samples, 0, set(heavy)), target / scale),
        "f": _firsts(_weighed(samples[:2], 2, set()), _FORM_BYTES / scale),
        "b": _firsts(_weighed(samples[:2], 4, set()), _FORM_BYTES / scale),
    }
    return _ranges(segment, read, firsts, heavy)


def _sampled(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that decide where ranges end: those whose first keys hash lowest."""

    def rank(block: Block) -> bytes:
        return blake2b(block.docs[0].key.encode("utf-8", "replace"), digest_size=8).digest()

    return nsmallest(_SAMPLED, blocks, key=rank)


def _target(segment: Segment, size: float) -> float:
    """Return the bytes that a file of words should have: more in a large index, for fewer files.

    The fresh segment is rewritten with each new article, so it is a few files however large it is.
    """
    if segment.id == "fresh":
        return max(_SMALL, size / _FRESH_FILES)
    return _SMALL if size < _SMALL_TO else _USUAL if size < _USUAL_TO else _LARGE


def _sections(block: str, read: Read) -> list[bytes]:
    """Return the six sections of a run."""
    bounds = _bounds(block, read)
    return [read(block, start, stop) for start, stop in pairwise(bounds)]


def _bounds(block: str, read: Read) -> list[int]:
    """Return where the sections of a run begin, and its end."""
    head = read(block, 0, _LONGEST_HEAD).partition(b"\n")[0]
    return list(accumulate(map(int, head.split()), initial=len(head) + 1))


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
    best = ""
    before = weighed[low - 1][0].decode()
    for key, _ in weighed[low : high + 1]:
        word = key.decode()
        if word != before and not (best and word.startswith(before[: len(best) - 1])):
            same = _shared(before, word)
            best = word[: same + 1] if not best or same + 1 < len(best) else best
        before = word
    return best.encode()


def _shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _ranges(
    segment: Segment, read: Read, firsts: Mapping[str, list[bytes]], heavy: list[bytes]
) -> tuple[tuple[Range, ...], tuple[Shard, ...]]:
    """Cut every run at the ranges' ends and name each file after what goes into it."""
    sizes = ",".join(str(len(b.docs)) for b in segment.blocks).encode()
    hashes = {
        (kind, at): blake2b(FORMAT + kind.encode() + sizes, digest_size=16)
        for kind, starts in (*firsts.items(), ("p", heavy))
        for at in range(len(starts))
    }
    cuts = {key: array("L") for key in hashes}
    for block in segment.blocks:
        bounds = _bounds(block.digest, read)
        run = read(block.digest, 0, bounds[-1])
        for kind, at, cut in _cuts(run, bounds, firsts, heavy):
            cuts[kind, at].extend(cut)
            made = hashes[kind, at]
            made.update(run[cut[0] : cut[1]] + b"\0" + run[cut[2] : cut[3]] + b"\0")
    names = {key: name_of(key[0], made.digest()) for key, made in hashes.items()}
    places = {key: names["p", at] for at, key in enumerate(heavy)}
    found = []
    for kind, starts in firsts.items():
        ends = [*starts[1:], b"\xff"]
        shards = tuple(
            Shard(
                names[kind, at],
                kind,
                cuts[kind, at],
                {k.decode(): p for k, p in places.items() if kind == "t" and start <= k < end},
            )
            for at, (start, end) in enumerate(zip(starts, ends, strict=True))
        )
        found.append(Range(kind, tuple(s.decode() for s in starts), shards))
    alone = tuple(Shard(names["p", at], "p", cuts["p", at], {}) for at in range(len(heavy)))
    return tuple(found), alone


def _cuts(
    run: bytes, bounds: list[int], firsts: Mapping[str, list[bytes]], heavy: list[bytes]
) -> Iterator[tuple[str, int, tuple[int, int, int, int]]]:
    """Yield (kind, range, cut) for every range; a cut is where its keys and its lines begin and end."""
    for kind, section in (("t", 0), ("f", 2), ("b", 4)):
        keys = run[bounds[section] : bounds[section + 1]].split(b"\n")
        lines = run[bounds[section + 1] : bounds[section + 2]].split(b"\n")
        key_at = list(accumulate((len(k) + 1 for k in keys), initial=bounds[section]))
        line_at = list(accumulate((len(k) + 1 for k in lines), initial=bounds[section + 1]))
        parted = [*(bisect_left(keys, first) for first in firsts[kind]), len(keys)]
        rows = [(kind, at, low, high) for at, (low, high) in enumerate(pairwise(parted))]
        if kind == "t":
            alone = [bisect_left(keys, key) for key in heavy]
            rows += [
                ("p", at, low, low + (keys[low : low + 1] == [heavy[at]])) for at, low in enumerate(alone)
            ]
        for name, at, low, high in rows:
            if low < high:
                yield name, at, (key_at[low], key_at[high] - 1, line_at[low], line_at[high] - 1)
            else:
                yield name, at, (0, 0, 0, 0)


def shard_file(segment: Segment, shard: Shard, read: Read) -> bytes:
    """Return the content of one range's file."""
    parts = []
    base = 0
    for at, block in enumerate(segment.blocks):
        first, last, low, high = shard.cuts[at * 4 : at * 4 + 4]
        if last:
            keys, lines = read(block.digest, first, last).decode(), read(block.digest, low, high).decode()
            parts.append((base, keys.split("\n"), lines.split("\n")))
        base += len(block.docs)
    if shard.kind == "t":
        return _words_file(shard, parts)
    if shard.kind == "p":
        return script(shard.name, " ".join(_lines(parts).popitem()[1][1]).rstrip(" "))
    return _forms_file(shard, parts, 2 if base >= _RARE_FROM[segment.id] else 1)


def _words_file(shard: Shard, parts: Parts) -> bytes:
    """Return a script with three strings parted by "!": keys, hits, places."""
    merged = _lines(parts)
    words = sorted(merged)
    hits = ["".join(merged[key][0]) for key in words]
    places = [
        "\t" + shard.heavy[key] if key in shard.heavy else " ".join(merged[key][1]).rstrip(" ")
        for key in words
    ]
    return script(shard.name, PART.join(words), PART.join(hits), PART.join(places))


def _lines(parts: Parts) -> dict[str, tuple[list[str], list[str], list[int]]]:
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
            gap = _value(hits[1]) + (base - known[2][0]) * LEVELS
            known[0].append((code[gap] if gap < SINGLE else number(gap)) + hits[2:])
            known[1].append(places)
            known[2][0] = base + _value(hits[0]) + 1
    return merged


def _value(character: str) -> int:
    found = ord(character)
    return found - FIRST - (found > BACKSLASH)


def _forms_file(shard: Shard, parts: Parts, least: int) -> bytes:
    """Return a script with the forms that `least` articles have, each after what it shares.

    For each form: a number (letters shared with the one before), another (articles, in powers of
    two) and the rest of its letters.
    """
    once = number(1)
    counts: Counter[str] = Counter()
    for _, keys, lines in parts:
        counts.update(keys)
        for key, line in zip(keys, lines, strict=True):
            if line != once:
                counts[key] += sum(read_numbers(line)) - 1
    before, made = "", []
    for form in sorted(form for form, count in counts.items() if count >= least):
        shared = _shared(before, form)
        made.append(number(shared) + number(counts[form].bit_length()) + form[shared:])
        before = form
    return script(shard.name, PART.join(made))

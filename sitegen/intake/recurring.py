"""How far the words of a block return in the rest of an article, and which line may be its title.

An article says its subject again and again; a menu, a list of other articles or a notice does not
say it at all. The words that count are those of four letters and more, or pairs of East Asian ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen.intake.block import Block
from sitegen.intake.words import runs_of_each

_PAIR = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
_HEAD = 1000  # characters of a block whose words are looked at
_NEAR = 3  # blocks on either side
_ABOVE, _BELOW = 40, 3  # blocks around the first sure text in which its title may stand
_LONGEST_TITLE = 200  # characters
_WIDEST_TITLE = (2, 18)  # different words
_SURE, _SOME = 0.7, 0.6  # of the chance that a block is text
_SENTENCE = 80  # characters: sure text that is shorter may be a heading
_FAR = 60
_FEW = 3  # words say nothing about a subject
_UNKNOWN = 0.4

_NONE: frozenset[str] = frozenset()

_NAMES = """
known known-of-many known-count near-known rare-known title-known since-title is-title before-title titled
"""
NAMES = tuple(_NAMES.split())


class Words(NamedTuple):
    """The different words of each block; how much text has each (by chance), and how many blocks."""

    own: Sequence[frozenset[str]]
    weights: Mapping[str, float]
    blocks: Mapping[str, int]


def measure(
    blocks: Sequence[Block], chances: Sequence[float], places: Sequence[int]
) -> list[tuple[float, ...]]:
    """Return one row of numbers for each of the `places`, in the order of `NAMES`.

    The words of other blocks do not count: they are hopeless (`context.places_in_doubt`).
    """
    words = _words(blocks, chances, places)
    title = _title(blocks, chances, words)
    few = max(_FEW, len(blocks) * 0.04)
    titled = words.own[title] if title is not None else _NONE
    around = _around(words.own, places)
    rows: list[tuple[float, ...]] = []
    for at in places:
        own = words.own[at]
        count = len(own) or 1
        known, rare = _known(own, words, chances[at], few)
        rows.append((
            known / count,
            known / count if count > _FEW else _UNKNOWN,
            math.log2(1 + known) if known > 0.0 else 0.0,
            around[at] / count,
            rare / count,
            len(own & titled) / count if at != title else 0.0,
            min(_FAR, at - title) / 10 if title is not None and at > title else 0.0,
            1.0 if at == title else 0.0,
            1.0 if title is not None and at < title else 0.0,
            1.0 if title is not None else 0.0,
        ))  # fmt: skip
    return rows


def _known(own: frozenset[str], words: Words, chance: float, few: float) -> tuple[float, int]:
    """Return how many of a block's words return in other text (each 1 at most), and of its rare ones."""
    known, rare = 0.0, 0
    weights, blocks = words.weights, words.blocks
    for word in own:
        weight = weights[word] - chance
        known += weight if weight < 1.0 else 1.0
        if weight > _SOME and blocks[word] <= few:
            rare += 1
    return known, rare


def _around(own: Sequence[frozenset[str]], places: Sequence[int]) -> dict[int, int]:
    """Return how many of the words of each place are in the blocks near it."""
    shared: dict[int, set[str]] = {at: set() for at in places}
    for at in places:
        words = own[at]
        for near in range(at + 1, min(at + 1 + _NEAR, len(own))):
            if common := words & own[near]:
                shared[at] |= common
                shared[near] |= common
    return {at: len(common) for at, common in shared.items()}


def _words(blocks: Sequence[Block], chances: Sequence[float], places: Sequence[int]) -> Words:
    own = [_NONE] * len(blocks)
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    weight, count = weights.get, counts.get
    heads = [blocks[at].text[:_HEAD] for at in places]
    for at, head, runs in zip(places, heads, runs_of_each(heads), strict=True):
        own[at] = found = _own(runs, head.isascii())
        chance = chances[at]
        for word in found:
            weights[word] = weight(word, 0.0) + chance
            counts[word] = count(word, 0) + 1
    return Words(own, weights, counts)


def _own(runs: Sequence[str], is_ascii: bool) -> frozenset[str]:
    """Return the words that count among the runs of letters of a block."""
    found = [run for run in runs if len(run) > 3]
    if not is_ascii:
        for run in [run for run in runs if len(run) < 4 and not run.isascii()]:
            found += _PAIR.findall(run)
    return frozenset(found)


def _title(blocks: Sequence[Block], chances: Sequence[float], words: Words) -> int | None:
    """Return the block above or at the start of the sure text most of whose words return in it."""
    sure = (at for at, chance in enumerate(chances) if chance > _SURE and len(blocks[at].text) > _SENTENCE)
    first = next(sure, 0)
    best, found = -1.0, None
    least, most = _WIDEST_TITLE
    for at in range(max(0, first - _ABOVE), min(len(blocks), first + _BELOW)):
        own = words.own[at]
        if not least <= len(own) <= most or len(blocks[at].text) > _LONGEST_TITLE:
            continue
        hits = sum([words.weights[word] - chances[at] > _SOME for word in own])
        score = hits * hits / len(own) - abs(first - at) * 0.03
        if score > best:
            best, found = score, at
    return found

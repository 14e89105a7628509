"""How far the words of a block return in the rest of an article, and which line may be its title.

An article says its subject again and again; a menu, a list of other articles or a notice does not
say it at all. The words that count are those of four letters and more, or pairs of East Asian ones.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sitegen.intake.block import Block

_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
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
    blocks: Counter[str]


def measure(blocks: Sequence[Block], chances: Sequence[float], places: Sequence[int]) -> list[list[float]]:
    """Return one row of numbers for each of the `places`, in the order of `NAMES`.

    The words of other blocks do not count: they are hopeless (`context.places_in_doubt`).
    """
    words = _words(blocks, chances, frozenset(places))
    title = _title(blocks, chances, words)
    few = max(_FEW, len(blocks) * 0.04)
    titled = words.own[title] if title is not None else frozenset()
    rows = []
    for at in places:
        own, chance = words.own[at], chances[at]
        count = len(own) or 1
        others = [words.weights[word] - chance for word in own]
        known = sum([min(1.0, weight) for weight in others])
        around = frozenset().union(*words.own[max(0, at - _NEAR) : at], *words.own[at + 1 : at + 1 + _NEAR])
        rare = [w for w, weight in zip(own, others, strict=True) if weight > _SOME and words.blocks[w] <= few]
        rows.append([
            known / count,
            known / count if count > _FEW else _UNKNOWN,
            math.log2(1 + max(0.0, known)),
            len(own & around) / count,
            len(rare) / count,
            len(own & titled) / count if at != title else 0.0,
            min(_FAR, max(0, at - title)) / 10 if title is not None else 0.0,
            float(at == title),
            float(title is not None and at < title),
            float(title is not None),
        ])  # fmt: skip
    return rows


def _words(blocks: Sequence[Block], chances: Sequence[float], places: frozenset[int]) -> Words:
    own = [
        frozenset(_WORD.findall(block.text[:_HEAD].lower())) if at in places else _NONE
        for at, block in enumerate(blocks)
    ]
    weights: defaultdict[str, float] = defaultdict(float)
    for found, chance in zip(own, chances, strict=True):
        for word in found:
            weights[word] += chance
    return Words(own, weights, Counter(chain.from_iterable(own)))


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

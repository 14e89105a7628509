"""The second look: what the first scores around a block say of it.

The line model scores each block by itself and its near neighbours. Here the scores of the whole
document become numbers again (how much text stands before and after, where the best run lies), and
a second logistic model, stacked on the first, corrects it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from sitegen.intake.block import Block

_REACHES = (1, 3, 8, 20)
_SURE = 1.0
_FAR = 30
_SIDES = tuple(
    f"{name}{reach}"
    for reach in _REACHES
    for name in ("text-before", "text-after", "score-before", "score-after")
)
_WHOLE = """
score chance share-before share-after words-before words-after in-best before-best after-best text-share
kept-share since-sure until-sure nearest-sure
"""
NAMES = (*_SIDES, *_WHOLE.split())


def measure_again(blocks: Sequence[Block], logits: Sequence[float]) -> list[list[float]]:
    """Return one row of numbers for each block, in the order of `NAMES`."""
    count = len(blocks)
    scores = [max(-6.0, min(6.0, logit)) for logit in logits]
    chances = [1.0 / (1.0 + math.exp(-score)) for score in scores]
    words = [1.0 + min(80.0, _words(block.text)) for block in blocks]
    texts = [0.0, *accumulate(chance * size for chance, size in zip(chances, words, strict=True))]
    sizes = [0.0, *accumulate(words)]
    sums = [0.0, *accumulate(scores)]
    total = texts[-1] + 1e-6
    start, end = _best_run(scores, words)
    since, until = _distances(scores)
    whole = (total / sizes[-1], sum(chance > 0.5 for chance in chances) / count)
    rows = []
    for at in range(count):
        row: list[float] = []
        for reach in _REACHES:
            low, high = max(0, at - reach), min(count, at + reach + 1)
            row += (
                (texts[at] - texts[low]) / max(sizes[at] - sizes[low], 1.0),
                (texts[high] - texts[at + 1]) / max(sizes[high] - sizes[at + 1], 1.0),
                (sums[at] - sums[low]) / reach,
                (sums[high] - sums[at + 1]) / reach,
            )
        row += (
            scores[at],
            chances[at],
            texts[at] / total,
            (total - texts[at + 1]) / total,
            math.log2(1.0 + texts[at]),
            math.log2(1.0 + max(0.0, total - texts[at + 1])),
            float(start <= at < end),
            min(_FAR, max(0, start - at)) / 5,
            min(_FAR, max(0, at - end + 1)) / 5,
            *whole,
            since[at] / 5,
            until[at] / 5,
            min(since[at], until[at]) / 5,
        )
        rows.append(row)
    return rows


def _words(text: str) -> float:
    words = text.count(" ") + 1
    return float(words) if words > len(text) / 25 else len(text) / 2


def _best_run(scores: Sequence[float], words: Sequence[float]) -> tuple[int, int]:
    """Return the run of blocks whose scores, weighed by the root of their words, sum highest."""
    best, found = 0.0, (0, 0)
    start, total = 0, 0.0
    for at, (score, size) in enumerate(zip(scores, words, strict=True)):
        total += max(-3.0, min(3.0, score)) * math.sqrt(size)
        if total <= 0:
            start, total = at + 1, 0.0
        elif total > best:
            best, found = total, (start, at + 1)
    return found


def _distances(scores: Sequence[float]) -> tuple[list[int], list[int]]:
    """Return how far above and below the nearest block is that surely is text (at most 30)."""
    since, last = [], -_FAR
    for at, score in enumerate(scores):
        since.append(min(_FAR, at - last))
        last = at if score > _SURE else last
    until, after = [], len(scores) + _FAR
    for at in range(len(scores) - 1, -1, -1):
        until.append(min(_FAR, after - at))
        after = at if scores[at] > _SURE else after
    return since, until[::-1]

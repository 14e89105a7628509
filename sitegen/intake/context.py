"""The second look at the blocks that may be text: what the first scores around them say.

The line model scores each block by itself and where it stands. Here the scores of the whole
document become numbers again (how much text stands before and after, where the best run lies, how
far its words return), and a second model, stacked on the first, corrects it. It is asked only where
the first leaves a doubt: six blocks of ten are surely not of the article.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter, mul

from sitegen.intake import recurring
from sitegen.intake.block import Block
from sitegen.intake.features import BASE, prose_of

_REACHES = (1, 3, 8, 20)
_SURE = 1.0
_FAR = 30
_HOPELESS, _POOR, _REACH = -4.0, -1.5, 5
_FADING, _FAINT = 0.98, 0.3  # of what a heading of comments says of the blocks below it
_EARLY = 0.2  # share of the text above a heading of comments: less, and the text itself is not there
_SHORT, _LONG = math.log2(1 + 8), math.log2(1 + 20)  # words of a block
_SIDES = tuple(
    f"{name}{reach}"
    for reach in _REACHES
    for name in ("text-before", "text-after", "score-before", "score-after")
)
_WHOLE = """
score chance share-before share-after words-before words-after in-best before-best after-best text-share
kept-share since-sure until-sure nearest-sure
"""
# on both sides: the less of what stands before and after
_BESIDE = """
score-beside1 score-beside3 score-beside8 text-beside3 text-beside8 share-beside
listed-score known-score best-score below-comments comments-early
"""
NEAR = ("words", "end", "stop", "caps", "furniture", "date", "list", "prose")
_OFFSETS = (-2, -1, 1, 2)
NAMES = (
    *(f"{name}{offset:+d}" for offset in _OFFSETS for name in NEAR),
    *_SIDES,
    *_WHOLE.split(),
    *_BESIDE.split(),
    *recurring.NAMES,
)


def places_in_doubt(logits: Sequence[float]) -> list[int]:
    """Return the blocks worth a second look: not hopeless, and near one that is rather text than not."""
    places, last = [], -_FAR
    until = [_FAR] * len(logits)
    after = len(logits) + _FAR
    for at in range(len(logits) - 1, -1, -1):
        until[at] = after - at
        after = at if logits[at] > 0 else after
    for at, logit in enumerate(logits):
        near = min(at - last, until[at]) <= _REACH
        if logit >= _HOPELESS and (near or logit >= _POOR):
            places.append(at)
        last = at if logit > 0 else last
    return places


def length_of(row: Sequence[float]) -> str:
    """Return "short", "middling" or "long": a score means one thing for a menu's item, another for text."""
    words = row[_WORDS]
    return "short" if words < _SHORT else "long" if words > _LONG else "middling"


_WORDS, _LIST = BASE.index("words"), BASE.index("list")
_pick = itemgetter(*(BASE.index(name) for name in ("words", "end", "stop", "caps")))
_COMMENTS = BASE.index("is-comments")
_FURNITURE, _DATE, _FIRST_KIND = BASE.index("furniture"), BASE.index("date"), BASE.index("is-share")
_AFTER_KINDS = len(BASE)


def measure_again(
    blocks: Sequence[Block],
    rows: Sequence[Sequence[float]],
    logits: Sequence[float],
    places: Sequence[int],
) -> list[list[float]]:
    """Return one row of numbers for each of the `places`, in the order of `NAMES`.

    `rows` are the first numbers of all blocks (`features.measure`), `logits` their first scores.
    """
    if not places:
        return []
    scores = [-6.0 if logit < -6.0 else 6.0 if logit > 6.0 else logit for logit in logits]
    exp = math.exp
    chances = [1.0 / (1.0 + exp(-score)) for score in scores]
    near = _near(rows, places)
    sides, whole = _whole(blocks, scores, chances, places)
    known = recurring.measure(blocks, chances, places)
    comments = _comments(rows, chances)
    return [
        [*a, *b, *c, *_beside(rows[at][_LIST], b, c, d[0]), *comments[at], *d]
        for at, a, b, c, d in zip(places, near, sides, whole, known, strict=True)
    ]


def _comments(rows: Sequence[Sequence[float]], chances: Sequence[float]) -> list[tuple[float, float]]:
    """Return for each block how near below a heading of comments it is, and if most text is below one."""
    heads = [at for at, row in enumerate(rows) if row[_COMMENTS] and row[_WORDS] < _SHORT]
    made = [(0.0, 0.0)] * len(rows)
    if not heads:
        return made
    texts = list(accumulate(c * min(80.0, 2 ** row[_WORDS]) for c, row in zip(chances, rows, strict=True)))
    below = early = 0.0
    for at in range(heads[0], len(rows)):
        made[at] = (below, early)
        below *= _FADING if below > _FAINT else 1.0
        if at in heads:
            below = 1.0
            early = max(early, float(texts[at] < _EARLY * texts[-1]))
    return made


def _near(rows: Sequence[Sequence[float]], places: Sequence[int]) -> list[list[float]]:
    picked = {}
    for at in {near for place in places for near in range(place - 2, place + 3) if 0 <= near < len(rows)}:
        row = rows[at]
        picked[at] = (
            *_pick(row),
            row[_FURNITURE] + any(row[_FIRST_KIND:_AFTER_KINDS]),
            row[_DATE],
            row[_LIST],
            1.0 if prose_of(row) > 0 else 0.0,
        )
    none = (0.0,) * len(NEAR)
    get = picked.get
    return [[*get(at - 2, none), *get(at - 1, none), *get(at + 1, none), *get(at + 2, none)] for at in places]


def _beside(
    is_list: float, sides: tuple[float, ...], whole: tuple[float, ...], known: float
) -> tuple[float, ...]:
    _, _, before1, after1, text_before3, text_after3, before3, after3, *far = sides
    text_before8, text_after8, before8, after8, *_ = far
    score, _, share_before, share_after, _, _, in_best, *_ = whole
    return (
        before1 if before1 < after1 else after1,
        before3 if before3 < after3 else after3,
        before8 if before8 < after8 else after8,
        text_before3 if text_before3 < text_after3 else text_after3,
        text_before8 if text_before8 < text_after8 else text_after8,
        share_before if share_before < share_after else share_after,
        is_list * before1,
        known * score,
        in_best * score,
    )


def _whole(
    blocks: Sequence[Block], scores: Sequence[float], chances: Sequence[float], places: Sequence[int]
) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """Return for each place the numbers of `_SIDES`, and those of `_WHOLE`."""
    words = [1.0 + min(80.0, _words(block.text)) for block in blocks]
    texts = [0.0, *accumulate(map(mul, chances, words))]
    sizes = [0.0, *accumulate(words)]
    sides = _sides(texts, sizes, [0.0, *accumulate(scores)], places)
    total = texts[-1] + 1e-6
    start, end = _best_run(scores, words)
    since, until = _distances(scores)
    shares = (total / sizes[-1], sum([chance > 0.5 for chance in chances]) / len(blocks))
    log2 = math.log2
    rows: list[tuple[float, ...]] = []
    for at in places:
        before, after = texts[at], total - texts[at + 1]
        nearest = min(since[at], until[at])
        rows.append((
            scores[at],
            chances[at],
            before / total,
            after / total,
            log2(1.0 + before),
            log2(1.0 + after) if after > 0.0 else 0.0,
            1.0 if start <= at < end else 0.0,
            min(_FAR, start - at) / 5 if at < start else 0.0,
            min(_FAR, at - end + 1) / 5 if at >= end else 0.0,
            *shares,
            since[at] / 5,
            until[at] / 5,
            nearest / 5,
        ))  # fmt: skip
    return sides, rows


def _sides(
    texts: Sequence[float], sizes: Sequence[float], sums: Sequence[float], places: Sequence[int]
) -> list[tuple[float, ...]]:
    """Return the share of text and the mean score above and below each place, reach by reach.

    `texts`, `sizes` and `sums` are running sums of the words that are text, of all words (more than
    one a block), and of the scores.
    """
    last = len(texts) - 1
    rows = []
    for at in places:
        next_ = at + 1
        text, size, score = texts[at], sizes[at], sums[at]
        text_on, size_on, score_on = texts[next_], sizes[next_], sums[next_]
        row: tuple[float, ...] = ()
        for reach in _REACHES:
            low = at - reach if at > reach else 0
            high = next_ + reach if next_ + reach < last else last
            row += (
                (text - texts[low]) / (size - sizes[low]) if at else 0.0,
                (texts[high] - text_on) / (sizes[high] - size_on) if next_ < last else 0.0,
                (score - sums[low]) / reach,
                (sums[high] - score_on) / reach,
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

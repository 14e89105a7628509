"""Blocks -> the numbers by which the line model tells an article's text from what surrounds it.

Nothing here knows a site: lengths, sentence ends, small words, generic furniture phrases, and
what stands nearby. All of it is linear in the text and costs some microseconds a block.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, repeat
from operator import mul, sub, truediv

from sitegen.intake.block import Block
from sitegen.intake.flags import FLAGS
from sitegen.intake.language import language_of
from sitegen.intake.tally import (
    AGO,
    CAPITALS,
    DATES,
    FIGURES,
    FURNITURE,
    MASK,
    ODD,
    SENTENCE,
    inner_sentences,
    known,
)
from sitegen.intake.words import CATEGORIES, category, stop_words

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WIDE_SMALL = re.compile("[的了是在和有不这我他她们就也说はがをにのでとも]")
_STOPS = frozenset(".!?…。！？؟۔।")
_CLOSERS = "\"'”’»)]」』0123456789"  # four at most stand behind the stop that ends a sentence
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net|de|fr|ru)\b")
_ADDRESS_SIGNS = ("://", "www.", "@", ".com", ".org", ".net", ".de", ".fr", ".ru")
_PART = re.compile(r"[|»›·•→▶►©®_\[\]{}<>]")
_QUOTE = re.compile('["“«„「]')
_COMMAS = (",", "，", "、", "،")
_log2 = math.log2
_HEAD = 400  # characters of a block that are looked at word by word
_RECURS = 120  # characters of a line that may stand on many pages

_BASE = """
again list indent gap heading
words end colon commas sentences stop caps upper lower digits date address parts question cut quote furniture
"""
_AROUND = """
place place-words prose-before prose-after near-before near-after in-run run-before run-after
since-comments since-related since-legal prose-share blocks run-share prose2 prose5 prose12 short5
short12 furniture5 furniture12 date12 list5 same-indent stop5 before5 after5 before5-furniture
after5-furniture same-prose
"""
_MARKUP = """
linked tag-p tag-div tag-li tag-td tag-a tag-figcaption container-prose outer-prose outermost-prose
container-linked image
"""
BASE = (*_BASE.split(), *(f"is-{c}" for c in CATEGORIES))
NAMES = (*BASE, *_AROUND.split())
_KINDS = {kind: tuple(float(kind == c) for c in CATEGORIES) for kind in (None, *CATEGORIES)}
MARKUP = (*_MARKUP.split(), *FLAGS)
VOTES = ("vote", "vote5", "vote-edge")


def names_for(form: str) -> tuple[str, ...]:
    """Return the names of the numbers of a block: of a "text" dump, of a page read alone, or by two."""
    if form == "text":
        return NAMES
    return (*NAMES, *MARKUP) if form == "html-alone" else (*NAMES, *MARKUP, *VOTES)


def measure(blocks: Sequence[Block]) -> list[list[float]]:
    """Return one row of numbers for each block, in the order of `names_for` its form, without votes."""
    if not blocks:
        return []
    lang = _language(blocks)
    again = Counter(block.text for block in blocks)
    rows = [_base(block, lang, again[block.text] > 1) for block in blocks]
    around = _around(blocks, rows)
    if blocks[0].markup is not None:
        markup = _markup(blocks, rows)
        return [[*a, *b, *c] for a, b, c in zip(rows, around, markup, strict=True)]
    return [[*row, *about] for row, about in zip(rows, around, strict=True)]


def _language(blocks: Sequence[Block]) -> str:
    longest = sorted(blocks, key=lambda b: -len(b.text))[:12]
    lang = language_of("\n".join(block.text[:1500] for block in longest)) or "en"
    return lang if lang in stop_words() else "en"


def _base(block: Block, lang: str, again: bool) -> tuple[float, ...]:
    text, kind, indent = block.text, block.kind, block.indent
    return (
        1.0 if again else 0.0,
        1.0 if kind == "list" else 0.0,
        min(60, indent) / 10 if indent else 0.0,
        1.0 if block.gap > 0 else 0.0,
        1.0 if kind == "heading" else 0.0,
        *(_known_shape(text, lang) if len(text) < _RECURS else _shape(text, lang)),
    )


@lru_cache(maxsize=4096)
def _known_shape(text: str, lang: str) -> tuple[float, ...]:
    """Return `_shape` of a short line: pages of one source have most of them in common."""
    return _shape(text, lang)


def _shape(text: str, lang: str) -> tuple[float, ...]:
    """Return what a block's characters and words say by themselves, from "words" on in `BASE`."""
    long = len(text) > _HEAD
    head = text[:_HEAD] if long else text
    words = head.split()
    worths = known(lang)
    total = sum(map(worths.__getitem__, words))
    number = len(words)
    count = number * len(text) / len(head) if long else number
    small = (total & MASK) / (number or 1)
    odd, figures = total >> ODD & MASK, total >> FIGURES & MASK
    is_address = has_parts = has_quote = False
    if odd:
        has_parts, has_quote = _PART.search(head) is not None, _QUOTE.search(head) is not None
        is_address = _is_addressed(head)
        wide = 0 if text.isascii() else len(_WIDE.findall(head))
        if wide * 2 > len(head):
            count = len(text) / 2
            small = min(1.0, 3 * len(_WIDE_SMALL.findall(head)) / wide)
    sentences = len(SENTENCE.findall(text[:2000])) if long else inner_sentences(total, words, worths)
    last = text[-1:] or " "
    return (
        _log2(1 + count),
        1.0 if last in _STOPS or (last in _CLOSERS and text[-5:].rstrip(_CLOSERS)[-1:] in _STOPS) else 0.0,
        1.0 if last in ":：" else 0.0,
        _commas(text) / (1 + count),
        _log2(1 + sentences) if sentences else 0.0,
        small,
        (total >> CAPITALS & MASK) / (number or 1),
        1.0 if head.isupper() else 0.0,
        1.0 if head[:1].islower() else 0.0,
        figures / len(head) if figures else 0.0,
        1.0 if count < 40 and (total >> DATES & MASK or _is_past(head, odd)) else 0.0,
        1.0 if is_address else 0.0,
        1.0 if has_parts else 0.0,
        1.0 if last in "?？؟" else 0.0,
        1.0 if last in "….]" and text.endswith(("…", "...", "[…]")) else 0.0,
        1.0 if has_quote else 0.0,
        min(4.0, total >> FURNITURE) if count < 60 else 0.0,
        *_KINDS[category(head[:80]) if count <= 14 else None],
    )


def _commas(text: str) -> int:
    return text.count(",") if text.isascii() else sum(map(text.count, _COMMAS))


def _is_past(head: str, odd: int) -> bool:
    """Tell whether a line says how long ago something was."""
    ago = odd and not AGO.isdisjoint(head.lower().split())
    return bool(ago) or head.endswith("前") or "il y a" in head


def _is_addressed(head: str) -> bool:
    signs = "." in head or "@" in head or "://" in head
    return signs and any(map(head.__contains__, _ADDRESS_SIGNS)) and _ADDRESS.search(head) is not None


_WORDS, _ENDS, _STOP = BASE.index("words"), BASE.index("end"), BASE.index("stop")
_CAPS, _FURNITURE, _IS_DATE, _LIST = (
    BASE.index("caps"),
    BASE.index("furniture"),
    BASE.index("date"),
    BASE.index("list"),
)
_FIRST_KIND = len(BASE) - len(CATEGORIES)


def prose_of(row: Sequence[float]) -> float:
    """Return the words of a block in so far as it reads as sentences, else 0."""
    if row[_STOP] < 0.12:
        return 0.0
    words: float = 2 ** row[_WORDS] - 1
    if words < 8:
        return 0.0
    return words if row[_ENDS] or words > 25 else words * 0.4


def _around(blocks: Sequence[Block], rows: Sequence[Sequence[float]]) -> list[tuple[float, ...]]:
    count = len(rows)
    words = [2 ** row[_WORDS] - 1 for row in rows]
    prose = list(map(prose_of, rows))
    odd = _sums([
        min(2.0, row[_FURNITURE] + 1.5) if 1.0 in row[_FIRST_KIND:] else min(2.0, row[_FURNITURE])
        for row in rows
    ])  # fmt: skip
    short = _sums([1.0 if w < 8 else 0.0 for w in words])
    is_prose = [1.0 if p > 0 else 0.0 for p in prose]
    prosaic = _sums(is_prose)
    stop = _sums([row[_STOP] for row in rows])
    start, end = best_run(prose, words)
    before, all_before = _sums(prose), _sums(words)
    total, total_words = before[-1] or 1.0, all_before[-1] or 1.0
    near_before = _since_last(is_prose)
    near_after = _since_last(is_prose[::-1])[::-1]
    same_margin, margin_prose = _margins(blocks, prose, total)
    columns: tuple[Sequence[float], ...] = (
        [i / count for i in range(count)],
        [x / total_words for x in all_before[:-1]],
        [x / total for x in before[:-1]],
        [(total - x) / total for x in before[1:]],
        near_before,
        near_after,
        [*[0.0] * start, *[1.0] * (end - start), *[0.0] * (count - end)],
        [*[min(30, start - i) / 5 for i in range(start)], *[0.0] * (count - start)],
        [*[0.0] * end, *[min(30, i + 1) / 5 for i in range(count - end)]],
        _since(rows, ("comments",)),
        _since(rows, ("related", "subscribe")),
        _since(rows, ("legal",)),
        [total / total_words] * count,
        [_log2(count)] * count,
        [(before[end] - before[start]) / total] * count,
        _shares(prosaic, 2),
        _shares(prosaic, 5),
        _shares(prosaic, 12),
        _shares(short, 5),
        _shares(short, 12),
        _shares(odd, 5),
        _shares(odd, 12),
        _shares(_sums([row[_IS_DATE] for row in rows]), 12),
        _shares(_sums([row[_LIST] for row in rows]), 5),
        same_margin,
        _shares(stop, 5),
        [_log2(1 + x) for x in _above(before, 5)],
        [_log2(1 + x) for x in _below(before, 5)],
        _above(odd, 5),
        _below(odd, 5),
        margin_prose,
    )
    return list(zip(*columns, strict=True))


def _margins(
    blocks: Sequence[Block], prose: Sequence[float], total: float
) -> tuple[list[float], list[float]]:
    """Return for each block whether it has the margin of most prose, and the share of prose with its own."""
    indents = [block.indent for block in blocks]
    held = Counter[int]()
    margins = Counter[int]()
    for indent, words in zip(indents, prose, strict=True):
        if words:
            held[indent] += int(words)
            margins[indent] += 1
    margin = margins.most_common(1)[0][0] if margins else 0
    shares = {indent: held[indent] / total for indent in set(indents)}
    return [1.0 if indent == margin else 0.0 for indent in indents], [shares[indent] for indent in indents]


def best_run(prose: Sequence[float], words: Sequence[float]) -> tuple[int, int]:
    """Return the start and end of the run of blocks with most prose for the least furniture.

    The maximum subarray of: a block's words of prose (each block's at most 60), less 6 for a block
    that is none.
    """
    best = (0.0, 0, 0)
    at, total = 0, 0.0
    for i, p in enumerate(prose):
        total += min(60.0, p) if p else -6.0 + min(4.0, words[i] / 4)
        if total <= 0:
            at, total = i + 1, 0.0
        elif total > best[0]:
            best = (total, at, i + 1)
    return best[1], best[2]


def _sums(values: Sequence[float]) -> list[float]:
    return [0.0, *accumulate(values)]


def _above(sums: Sequence[float], reach: int) -> list[float]:
    """Return for each place the sum of the `reach` values above it, by the running sums of all."""
    return list(map(sub, sums[:-1], [*[0.0] * reach, *sums][: len(sums) - 1]))


def _below(sums: Sequence[float], reach: int) -> list[float]:
    return list(map(sub, [*sums[reach + 1 :], *[sums[-1]] * reach][: len(sums) - 1], sums[1:]))


def _shares(sums: Sequence[float], reach: int) -> list[float]:
    """Return for each place the mean of the values at most `reach` places from it."""
    count = len(sums) - 1
    low = [*[0.0] * reach, *sums][:count]
    high = [*sums[reach + 1 :], *[sums[-1]] * reach][:count]
    return list(map(truediv, map(sub, high, low), _sizes(count, reach)))


def _sizes(count: int, reach: int) -> list[int]:
    """Return for each of `count` places how many are at most `reach` places from it, itself too."""
    whole = 2 * reach + 1
    if count < whole:
        return [min(count, i + reach + 1) - max(0, i - reach) for i in range(count)]
    return [*range(reach + 1, whole), *[whole] * (count - 2 * reach), *range(whole - 1, reach, -1)]


def _since_last(marks: Sequence[float]) -> list[float]:
    """Return for each place how far above it the last mark is, in steps of four, at most 20 places."""
    made: list[float] = []
    far = _FAR
    start = 0
    for at, mark in enumerate(marks):
        if mark:
            made += _run(far, at - start + 1)
            start, far = at + 1, _NEAR
    made += _run(far, len(marks) - start)
    return made


def _run(values: Sequence[float], count: int) -> list[float]:
    """Return the first `count` of the values, of which the last goes on for ever."""
    return [*values[:count], *[values[-1]] * (count - len(values))]


_NEAR = [min(20, n) / 4 for n in range(1, 21)]
_FAR = [20 / 4]


def _since(rows: Sequence[Sequence[float]], kinds: tuple[str, ...]) -> list[float]:
    """Return for each block how near above it the last short line of such furniture is (1 next to it)."""
    places = [_FIRST_KIND + CATEGORIES.index(kind) for kind in kinds]
    first, last = places[0], places[-1]
    heads = [at for at, row in enumerate(rows) if (row[first] or row[last]) and 2 ** row[_WORDS] - 1 < 8]
    if not heads:
        return [0.0] * len(rows)
    made = [0.0] * (heads[0] + 1)
    for at, after in pairwise([*heads, len(rows) - 1]):
        made += _fading(after - at)
    return made


@lru_cache(maxsize=256)
def _fading(count: int) -> list[float]:
    return list(accumulate(repeat(0.9, count - 1), mul, initial=1.0)) if count else []


_TAGS = ("p", "div", "li", "td", "a", "figcaption")


def _markup(blocks: Sequence[Block], rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return what HTML adds: links, classes, and what stands in the same elements."""
    marks = [block.markup for block in blocks]
    prose = list(map(prose_of, rows))
    total = sum(prose) or 1.0
    held = tuple(defaultdict[int, int](int) for _ in range(3))
    linked, sizes = defaultdict[int, int](int), defaultdict[int, int](int)
    for mark, words, block in zip(marks, prose, blocks, strict=True):
        assert mark is not None
        if words:
            for numbers, number in zip(held, mark.parents, strict=True):
                numbers[number] += int(words)
        holder, size = mark.parents[0], len(block.text)
        sizes[holder] += size
        if mark.link:
            linked[holder] += int(mark.link * size)
    made = []
    for mark, block in zip(marks, blocks, strict=True):
        assert mark is not None
        inner, outer, outermost = mark.parents
        made.append([
            mark.link,
            *_tags(mark.tag),
            held[0].get(inner, 0) / total,
            held[1].get(outer, 0) / total,
            held[2].get(outermost, 0) / total,
            linked.get(inner, 0) / (sizes[inner] or 1),
            1.0 if block.kind == "image" else 0.0,
            *_bits(mark.flags),
        ])  # fmt: skip
    return made


def with_votes(rows: Sequence[Sequence[float]], votes: Sequence[float]) -> list[list[float]]:
    """Return the rows of a page's blocks with the numbers of `VOTES`: what a second reader keeps of each."""
    sums = _sums(votes)
    near = _shares(sums, 3)
    return [
        [*row, vote, near[i], 1.0 if sums[i] > 0 and sums[-1] - sums[i + 1] > 0 else 0.0]
        for i, (row, vote) in enumerate(zip(rows, votes, strict=True))
    ]


@lru_cache(maxsize=1024)
def _tags(own: str) -> tuple[float, ...]:
    return tuple([float(own == tag) for tag in _TAGS])


@lru_cache(maxsize=1024)
def _bits(flags: int) -> tuple[float, ...]:
    return tuple([float(flags >> at & 1) for at in range(len(FLAGS))])

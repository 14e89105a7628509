"""Blocks -> the numbers by which the line model tells an article's text from what surrounds it.

Nothing here knows a site: lengths, sentence ends, small words, generic furniture phrases, and
what stands nearby. All of it is linear in the text and costs some microseconds a block.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from sitegen.intake.block import Block, Markup
from sitegen.intake.flags import FLAGS
from sitegen.intake.language import language_of
from sitegen.intake.words import CATEGORIES, category, furniture_words, stop_words

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WIDE_SMALL = re.compile("[的了是在和有不这我他她们就也说はがをにのでとも]")
_END = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]」』\d]{0,4}$")
_SENTENCE = re.compile(r"[.!?؟。！？।]+(?:[\"'”’»)]*\s|(?<=[。！？]))")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\d{4}年|\d{1,2}月\d{1,2}日"
)
_AGO = frozenset(("ago", "vor", "hace", "fa", "назад"))
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net|de|fr|ru)\b")
_ADDRESS_SIGNS = ("://", "www.", "@", ".com", ".org", ".net", ".de", ".fr", ".ru")
_FIGURE = re.compile(r"\d")
_PART = re.compile(r"[|»›·•→▶►©®_\[\]{}<>]")
_QUOTE = re.compile("[\"“«„「]")
_COMMAS = (",", "，", "、", "،")
_HEAD = 400  # characters of a block that are looked at word by word

_BASE = """
words end colon commas sentences stop caps upper lower digits date address parts question cut quote furniture
again list indent gap heading
"""
_AROUND = """
place place-words prose-before prose-after near-before near-after in-run run-before run-after
since-comments since-related since-legal prose-share blocks run-share prose2 prose5 prose12 short5
short12 furniture5 furniture12 date12 list5 same-indent stop5 before5 after5 before5-furniture
after5-furniture same-prose
"""
_MARKUP = """
linked vote vote5 tag-p tag-div tag-li tag-td tag-a tag-figcaption container-prose outer-prose outermost-prose
container-linked image vote-edge
"""
NEAR = ("words", "end", "stop", "caps", "furniture", "date", "list", "prose")
BASE = (*_BASE.split(), *(f"is-{c}" for c in CATEGORIES))
NAMES = (*BASE, *_AROUND.split(), *(f"{n}{d:+d}" for d in (-2, -1, 1, 2) for n in NEAR))
MARKUP = (*_MARKUP.split(), *FLAGS)


def names_for(form: str) -> tuple[str, ...]:
    """Return the names of the numbers of a block of a text dump or a page."""
    return NAMES if form == "text" else (*NAMES, *MARKUP)


def measure(blocks: Sequence[Block]) -> list[list[float]]:
    """Return one row of numbers for each block, in the order of `names_for` its form."""
    if not blocks:
        return []
    stop = _small_words(blocks)
    again = Counter(block.text for block in blocks)
    rows = [_base(block, stop, again[block.text] > 1) for block in blocks]
    around = _around(blocks, rows)
    near = _near(rows)
    if blocks[0].markup is not None:
        markup = _markup(blocks, rows)
        return [[*a, *b, *c, *d] for a, b, c, d in zip(rows, around, near, markup, strict=True)]
    return [[*row, *about, *next_to] for row, about, next_to in zip(rows, around, near, strict=True)]


def _small_words(blocks: Sequence[Block]) -> frozenset[str]:
    longest = sorted(blocks, key=lambda b: -len(b.text))[:12]
    lang = language_of("\n".join(block.text[:1500] for block in longest))
    known = stop_words()
    return known.get(lang or "en", known["en"])


def _base(block: Block, stop: frozenset[str], again: bool) -> list[float]:
    text = block.text
    head = text[:_HEAD]
    low = head.lower()
    words = low.split()
    count = len(words) * len(text) / len(head) if len(text) > _HEAD else float(len(words))
    small = sum(map(stop.__contains__, words)) / (len(words) or 1)
    if not text.isascii():
        wide = len(_WIDE.findall(head))
        if wide * 2 > len(head):
            count = len(text) / 2
            small = min(1.0, 3 * len(_WIDE_SMALL.findall(head)) / wide)
    known = furniture_words()
    odd = sum([word.strip(".,:;!?()|") in known for word in words]) if count < 60 else 0
    figures = len(_FIGURE.findall(head))
    row = [
        math.log2(1 + count),
        float(_END.search(text, max(0, len(text) - 8)) is not None),
        float(text.endswith((":", "："))),
        sum(map(text.count, _COMMAS)) / (1 + count),
        math.log2(1 + len(_SENTENCE.findall(text[:2000]))),
        small,
        sum([word[0].isupper() for word in head.split()]) / (len(words) or 1),
        float(head.isupper()),
        float(head[:1].islower()),
        figures / (len(head) or 1),
        float(count < 40 and _is_dated(head, words, figures)),
        float(_is_addressed(head)),
        float(_PART.search(head) is not None),
        float(text.endswith(("?", "？", "؟"))),
        float(text.endswith(("…", "...", "[…]"))),
        float(_QUOTE.search(head) is not None),
        min(4.0, odd),
        float(again),
        float(block.kind == "list"),
        min(60, block.indent) / 10,
        float(block.gap > 0),
        float(block.kind == "heading"),
        *_NO_KIND,
    ]
    kind = category(head[:80]) if count <= 14 else None
    if kind:
        row[_FIRST_KIND + CATEGORIES.index(kind)] = 1.0
    return row


def _is_dated(head: str, words: Sequence[str], figures: int) -> bool:
    if figures and _DATE.search(head):
        return True
    return head.endswith("前") or not _AGO.isdisjoint(words) or ("il y a" in head)


def _is_addressed(head: str) -> bool:
    return any(map(head.__contains__, _ADDRESS_SIGNS)) and _ADDRESS.search(head) is not None


_WORDS, _ENDS, _STOP = BASE.index("words"), BASE.index("end"), BASE.index("stop")
_CAPS, _FURNITURE, _IS_DATE, _LIST = (
    BASE.index("caps"),
    BASE.index("furniture"),
    BASE.index("date"),
    BASE.index("list"),
)
_FIRST_KIND = len(BASE) - len(CATEGORIES)
_NO_KIND = [0.0] * len(CATEGORIES)


def _prose(row: Sequence[float]) -> float:
    """Return the words of a block in so far as it reads as sentences, else 0."""
    words = 2 ** row[_WORDS] - 1
    if words < 8 or row[_STOP] < 0.12:
        return 0.0
    return words if row[_ENDS] or words > 25 else words * 0.4


def _around(blocks: Sequence[Block], rows: Sequence[Sequence[float]]) -> list[tuple[float, ...]]:
    count = len(rows)
    words = [2 ** row[_WORDS] - 1 for row in rows]
    prose = [_prose(row) for row in rows]
    odd = _sums([min(2.0, row[_FURNITURE] + 1.5 * any(row[_FIRST_KIND:])) for row in rows])
    short = _sums([float(w < 8) for w in words])
    is_prose = [float(p > 0) for p in prose]
    prosaic = _sums(is_prose)
    stop = _sums([row[_STOP] for row in rows])
    start, end = best_run(prose, words)
    before, all_before = _sums(prose), _sums(words)
    total, total_words = before[-1] or 1.0, all_before[-1] or 1.0
    last_near, next_near = _nearest(is_prose)
    margin_words = Counter[int]()
    for block, p in zip(blocks, prose, strict=True):
        margin_words[block.indent] += int(p)
    margins = Counter(block.indent for block, p in zip(blocks, is_prose, strict=True) if p)
    margin = margins.most_common(1)[0][0] if margins else 0
    places = range(count)
    columns: tuple[Sequence[float], ...] = (
        [i / count for i in places],
        [x / total_words for x in all_before[:-1]],
        [x / total for x in before[:-1]],
        [(total - x) / total for x in before[1:]],
        [min(20, i - last) / 4 for i, last in enumerate(last_near)],
        [min(20, after - i) / 4 for i, after in enumerate(next_near)],
        [float(start <= i < end) for i in places],
        [min(30, max(0, start - i)) / 5 for i in places],
        [min(30, max(0, i - end + 1)) / 5 for i in places],
        _since(rows, words, ("comments",)),
        _since(rows, words, ("related", "subscribe")),
        _since(rows, words, ("legal",)),
        [total / total_words] * count,
        [math.log2(count)] * count,
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
        [float(block.indent == margin) for block in blocks],
        _shares(stop, 5),
        [math.log2(1 + x) for x in _above(before, 5)],
        [math.log2(1 + x) for x in _below(before, 5)],
        _above(odd, 5),
        _below(odd, 5),
        [margin_words[block.indent] / total for block in blocks],
    )
    return list(zip(*columns, strict=True))


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
    sizes = [min(count, i + reach + 1) - max(0, i - reach) for i in range(count)]
    return [(b - a) / size for a, b, size in zip(low, high, sizes, strict=True)]


def _nearest(marks: Sequence[float]) -> tuple[list[int], list[int]]:
    last, place = [], -99
    for i, mark in enumerate(marks):
        last.append(place)
        if mark:
            place = i
    after, place = [0] * len(marks), len(marks) + 99
    for i in range(len(marks) - 1, -1, -1):
        after[i] = place
        if marks[i]:
            place = i
    return last, after


def _since(rows: Sequence[Sequence[float]], words: Sequence[float], kinds: tuple[str, ...]) -> list[float]:
    """Return for each block how near above it the last short line of such furniture is (1 next to it)."""
    places = [_FIRST_KIND + CATEGORIES.index(kind) for kind in kinds]
    made, strength = [], 0.0
    for row, count in zip(rows, words, strict=True):
        made.append(strength)
        strength *= 0.9
        if count < 8 and any(row[place] for place in places):
            strength = 1.0
    return made


def _near(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    picked = [
        [
            row[_WORDS],
            row[_ENDS],
            row[_STOP],
            row[_CAPS],
            row[_FURNITURE] + any(row[_FIRST_KIND:]),
            row[_IS_DATE],
            row[_LIST],
            float(_prose(row) > 0),
        ]
        for row in rows
    ]
    none = [0.0] * len(NEAR)
    padded = [none, none, *picked, none, none]
    return [padded[i] + padded[i + 1] + padded[i + 3] + padded[i + 4] for i in range(len(rows))]


_TAGS = ("p", "div", "li", "td", "a", "figcaption")


def _markup(blocks: Sequence[Block], rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return what HTML adds: links, the second reader's vote, and what stands in the same elements."""
    marks = [block.markup for block in blocks]
    prose = [_prose(row) for row in rows]
    total = sum(prose) or 1.0
    held = [Counter[int]() for _ in range(3)]
    linked: Counter[int] = Counter()
    sizes: Counter[int] = Counter()
    for mark, words, block in zip(marks, prose, blocks, strict=True):
        assert mark is not None
        for depth, number in enumerate(mark.parents):
            held[depth][number] += int(words)
        linked[mark.parents[0]] += int(mark.link * len(block.text))
        sizes[mark.parents[0]] += len(block.text)
    votes = _sums([mark.vote for mark in marks if mark is not None])
    near_votes = _shares(votes, 3)
    made = []
    for i, (mark, block) in enumerate(zip(marks, blocks, strict=True)):
        if mark is None:
            continue
        inner, outer, outermost = mark.parents
        made.append([
            mark.link,
            mark.vote,
            near_votes[i],
            *(float(mark.tag == tag) for tag in _TAGS),
            held[0][inner] / total,
            held[1][outer] / total,
            held[2][outermost] / total,
            linked[inner] / (sizes[inner] or 1),
            float(block.kind == "image"),
            float(votes[i] > 0 and votes[-1] - votes[i + 1] > 0),
            *_bits(mark),
        ])  # fmt: skip
    return made


def _bits(mark: Markup) -> list[float]:
    return [float(mark.flags >> at & 1) for at in range(len(FLAGS))]

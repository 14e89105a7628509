"""Blocks -> the numbers by which the line model tells an article's text from what surrounds it.

Nothing here knows a site: lengths, sentence ends, small words, generic furniture phrases, and
what stands nearby. All of it is linear in the text and costs some microseconds a block.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from sitegen.intake.block import Block, Markup
from sitegen.intake.flags import FLAGS
from sitegen.intake.language import language_of
from sitegen.intake.words import CATEGORIES, category_of, furniture_words, plain, stop_words

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WIDE_SMALL = re.compile("[的了是在和有不这我他她们就也说はがをにのでとも]")
_END = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]」』\d]{0,4}$")
_SENTENCE = re.compile(r"[.!?؟。！？।]+(?:[\"'”’»)]*\s|(?<=[。！？]))")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\b(?:ago|vor|hace|il y a|fa|назад)\b|\d{4}年|\d{1,2}月\d{1,2}日|前$"
)
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net|de|fr|ru)\b")
_FIGURE = re.compile(r"\d")
_PARTS = frozenset("|»›·•→▶►©®_[]{}<>")
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
        return [a + b + c + d for a, b, c, d in zip(rows, around, near, markup, strict=True)]
    return [row + about + next_to for row, about, next_to in zip(rows, around, near, strict=True)]


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
    kind = category_of(plain(head[:80])) if count <= 14 else None
    odd = sum(word.strip(".,:;!?()|") in known for word in words) if count < 60 else 0
    return [
        math.log2(1 + count),
        float(bool(_END.search(text, max(0, len(text) - 8)))),
        float(text.endswith((":", "："))),
        (text.count(",") + text.count("，") + text.count("、") + text.count("،")) / (1 + count),
        math.log2(1 + len(_SENTENCE.findall(text[:2000]))),
        small,
        sum([word[0].isupper() for word in head.split()]) / (len(words) or 1),
        float(head.isupper()),
        float(head[:1].islower()),
        len(_FIGURE.findall(head)) / (len(head) or 1),
        float(count < 40 and bool(_DATE.search(head))),
        float(bool(_ADDRESS.search(head))),
        float(not _PARTS.isdisjoint(head)),
        float(text.endswith(("?", "？", "؟"))),
        float(text.endswith(("…", "...", "[…]"))),
        float('"' in head or "“" in head or "«" in head or "„" in head or "「" in head),
        min(4.0, odd),
        float(again),
        float(block.kind == "list"),
        min(60, block.indent) / 10,
        float(block.gap > 0),
        float(block.kind == "heading"),
        *(float(kind == c) for c in CATEGORIES),
    ]


_WORDS, _ENDS, _STOP = BASE.index("words"), BASE.index("end"), BASE.index("stop")
_CAPS, _FURNITURE, _IS_DATE, _LIST = (
    BASE.index("caps"),
    BASE.index("furniture"),
    BASE.index("date"),
    BASE.index("list"),
)
_FIRST_KIND = len(BASE) - len(CATEGORIES)


def _prose(row: Sequence[float]) -> float:
    """Return the words of a block in so far as it reads as sentences, else 0."""
    words = 2 ** row[_WORDS] - 1
    if words < 8 or row[_STOP] < 0.12:
        return 0.0
    return words if row[_ENDS] or words > 25 else words * 0.4


def _around(blocks: Sequence[Block], rows: Sequence[Sequence[float]]) -> list[list[float]]:
    count = len(rows)
    words = [2 ** row[_WORDS] - 1 for row in rows]
    prose = [_prose(row) for row in rows]
    odd = [min(2.0, row[_FURNITURE] + 1.5 * any(row[_FIRST_KIND:])) for row in rows]
    short = [float(w < 8) for w in words]
    is_prose = [float(p > 0) for p in prose]
    dates = [row[_IS_DATE] for row in rows]
    items = [row[_LIST] for row in rows]
    stop = [row[_STOP] for row in rows]
    start, end = best_run(prose, words)
    before = _sums(prose)
    all_before = _sums(words)
    total, total_words = before[-1] or 1.0, all_before[-1] or 1.0
    in_run = before[end] - before[start]
    margins = Counter(block.indent for block, p in zip(blocks, is_prose, strict=True) if p)
    margin = margins.most_common(1)[0][0] if margins else 0
    parts = {"prose": is_prose, "short": short, "odd": odd, "date": dates, "list": items, "stop": stop}
    sums = {name: _sums(values) for name, values in parts.items()}
    last_near, next_near = _nearest(is_prose)
    since = [_since(rows, words, kinds) for kinds in (("comments",), ("related", "subscribe"), ("legal",))]
    window = _window(count)
    margin_words = Counter[int]()
    for block, p in zip(blocks, prose, strict=True):
        margin_words[block.indent] += int(p)
    made = []
    for i, block in enumerate(blocks):
        made.append([
            i / count,
            all_before[i] / total_words,
            before[i] / total,
            (total - before[i + 1]) / total,
            min(20, i - last_near[i]) / 4,
            min(20, next_near[i] - i) / 4,
            float(start <= i < end),
            min(30, max(0, start - i)) / 5,
            min(30, max(0, i - end + 1)) / 5,
            since[0][i],
            since[1][i],
            since[2][i],
            total / total_words,
            math.log2(count),
            in_run / total,
            window(sums["prose"], i, 2),
            window(sums["prose"], i, 5),
            window(sums["prose"], i, 12),
            window(sums["short"], i, 5),
            window(sums["short"], i, 12),
            window(sums["odd"], i, 5),
            window(sums["odd"], i, 12),
            window(sums["date"], i, 12),
            window(sums["list"], i, 5),
            float(block.indent == margin),
            window(sums["stop"], i, 5),
            math.log2(1 + before[i] - before[max(0, i - 5)]),
            math.log2(1 + before[min(count, i + 6)] - before[i + 1]),
            sums["odd"][i] - sums["odd"][max(0, i - 5)],
            sums["odd"][min(count, i + 6)] - sums["odd"][i + 1],
            margin_words[block.indent] / total,
        ])  # fmt: skip
    return made


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


def _window(count: int) -> Callable[[Sequence[float], int, int], float]:
    def share(sums: Sequence[float], at: int, reach: int) -> float:
        low, high = max(0, at - reach), min(count, at + reach + 1)
        return (sums[high] - sums[low]) / (high - low)

    return share


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
    window = _window(len(blocks))
    made = []
    for i, (mark, block) in enumerate(zip(marks, blocks, strict=True)):
        if mark is None:
            continue
        inner, outer, outermost = mark.parents
        made.append([
            mark.link,
            mark.vote,
            window(votes, i, 3),
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

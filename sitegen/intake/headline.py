"""Which block above an article's text is its title: a small logistic model over few candidates.

Like the line model it knows lengths, places and how far a line's words return in the text below;
its weights stand beside those of the line model in `data/line-weights.json`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.intake.block import Block
from sitegen.intake.words import category

REACH = 40  # blocks above the text's first sentence that may be its title
_BELOW = 3
_FIRSTS = 80  # blocks in which a title may stand within a longer line: the window's title, say
_MOST = 220  # characters
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"\d:\d\d|\bmin\b|ago\b")
_BY = re.compile(r"(?:by|von|par|por|di|door|автор|текст|written|posted|reviewed|photo|credit|©)\b", re.I)
_END = tuple(".,;:!。，：；")

_NAMES = """
distance far below words words2 words3 words-long ends question lower year clock by category again
starts-top apart list heading overlap overlap-rare all-overlap next-by next-date parts first-long
capitals nearest-long kept tail-cut after-list indent contained most-overlap next-category
before-category digits-first
"""
NAMES = tuple(f"title-{name}" for name in _NAMES.split())


class Head(NamedTuple):
    """Where an article begins in a text: its blocks, the first sentence's, and the one after its last."""

    blocks: Sequence[Block]
    start: int
    end: int


def candidates(head: Head) -> list[int]:
    """Return the blocks that may be the title, by their length and place alone."""
    places = range(max(0, head.start - REACH), min(len(head.blocks), head.start + _BELOW))
    return [at for at in places if _may_be(head.blocks[at])]


def _may_be(block: Block) -> bool:
    return (
        4 <= len(block.text) <= _MOST
        and block.kind not in ("table", "code", "image")
        and block.reason is None
        and any(map(str.isalpha, block.text))
        and "://" not in block.text
    )


def measure(head: Head, places: Sequence[int]) -> list[list[float]]:
    """Return one row of numbers for each candidate, in the order of `NAMES`."""
    blocks = head.blocks
    seen = Counter(block.text for block in blocks)
    body = Counter(_WORD.findall("\n".join(b.text[:600] for b in blocks[head.start : head.end][:40]).lower()))
    tops = [block.text for block in blocks[:4]]
    firsts = Counter(block.text for block in blocks[:_FIRSTS])
    first_lines = "\n".join(block.text for block in blocks[:_FIRSTS])
    long = [at for at in places if _count(blocks[at].text) >= 4 and category(blocks[at].text) is None]
    above = [at for at in long if at < head.start]
    edges = (long[0] if long else -1, above[-1] if above else -1)
    known = {at: sum(body[word] > 0 for word in set(_WORD.findall(blocks[at].text.lower()))) for at in places}
    most = max(known.values(), default=0)
    rows = []
    for at in places:
        text = blocks[at].text
        row = _row(head, at, seen[text] > 1, body, tops, edges)
        row += [
            float(len(text) > 12 and first_lines.count(text) > firsts[text]),
            float(most > 1 and known[at] == most),
            float(at + 1 < len(blocks) and category(blocks[at + 1].text[:80]) is not None),
            float(at > 0 and category(blocks[at - 1].text[:80]) is not None),
            float(text[:1].isdigit()),
        ]
        rows.append(row)
    return rows


def _count(text: str) -> float:
    words = len(text.split())
    return (
        len(text) / 2
        if words <= 3 and not text.isascii() and any("\u3040" <= c <= "\ud7a3" for c in text)
        else words
    )


def _row(
    head: Head, at: int, again: bool, body: Counter[str], tops: Sequence[str], edges: tuple[int, int]
) -> list[float]:
    block = head.blocks[at]
    text = block.text
    count = _count(text)
    words = _WORD.findall(text.lower())
    known = sum(body[word] > 0 for word in words)
    rare = sum(1.0 for word in words if body[word] > 0 and len(word) > 5)
    after = head.blocks[at + 1].text if at + 1 < len(head.blocks) else ""
    before = head.blocks[at - 1] if at else None
    distance = head.start - at
    first, last = edges
    return [
        float(min(12, max(0, distance))) / 4,
        float(distance > 12),
        float(distance < 0),
        float(count < 3),
        float(3 <= count < 5),
        float(5 <= count <= 16),
        float(count > 22),
        float(text.endswith(_END)),
        float(text.endswith(("?", "？", "؟"))),
        float(text[:1].islower()),
        float(bool(_YEAR.search(text))),
        float(bool(_CLOCK.search(text))),
        float(bool(_BY.match(text))),
        float(category(text[:80]) is not None),
        float(again),
        float(any(top != text and top.startswith(text) for top in tops)),
        float(block.gap > 0),
        float(block.kind == "list"),
        float(block.kind == "heading"),
        known / len(words) if words else 0.0,
        min(3.0, rare),
        float(bool(words) and known == len(words) and len(words) > 2),
        float(bool(_BY.match(after))),
        float(len(after) < 80 and bool(_YEAR.search(after))),
        float(any(c in text for c in "|·•»")),
        float(at == first),
        sum(word[:1].isupper() for word in text.split()) / (len(text.split()) or 1),
        float(at == last),
        float(0 <= distance <= 3),
        float(" | " in text or " - " in text),
        float(before is not None and before.kind == "list"),
        min(40, block.indent) / 10,
    ]

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
from sitegen.intake.words import category, letter_runs, runs_of_each

REACH = 40  # blocks above the text's first sentence that may be its title
_BELOW = 3
_FIRSTS = 80  # blocks in which a title may stand within a longer line: the window's title, say
_MOST = 220  # characters
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"\d:\d\d|\bmin\b|ago\b")
_BY = re.compile(r"(?:by|von|par|por|di|door|автор|текст|written|posted|reviewed|photo|credit|©)\b", re.I)
_AND = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|\bи\b)\s*")
_PARTS = re.compile("[|·•»]")
_END = tuple(".,;:!。，：；")

_NAMES = """
distance far below words words2 words3 words-long ends question lower year clock by category again
starts-top apart list heading overlap overlap-rare all-overlap next-by next-date parts first-long
capitals nearest-long kept tail-cut after-list indent contained most-overlap next-category
before-category digits-first names
"""
NAMES = tuple(f"title-{name}" for name in _NAMES.split())


class Head(NamedTuple):
    """Where an article begins in a text: its blocks, the first sentence's, and the one after its last."""

    blocks: Sequence[Block]
    start: int
    end: int


class _Page(NamedTuple):
    """What a candidate is seen against: how often each line stands in the text, the article's words,
    the first lines, and the first and the last of the longer candidates above the text.
    """

    seen: Counter[str]
    words: frozenset[str]
    tops: Sequence[str]
    edges: tuple[int, int]


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
    body = frozenset(letter_runs("\n".join([b.text[:600] for b in blocks[head.start : head.end][:40]])))
    firsts = Counter([block.text for block in blocks[:_FIRSTS]])
    first_lines = "\n".join([block.text for block in blocks[:_FIRSTS]])
    long = [at for at in places if _count(blocks[at].text) >= 4 and category(blocks[at].text) is None]
    above = [at for at in long if at < head.start]
    edges = (long[0] if long else -1, above[-1] if above else -1)
    page = _Page(Counter([block.text for block in blocks]), body, [block.text for block in blocks[:4]], edges)
    words = _words([blocks[at].text for at in places])
    known = [len(body.intersection(own)) for own in words]
    most = max(known, default=0)
    rows = []
    for at, own, count in zip(places, words, known, strict=True):
        text = blocks[at].text
        row = _row(head, at, own, page)
        row += [
            1.0 if len(text) > 12 and first_lines.count(text) > firsts[text] else 0.0,
            1.0 if most > 1 and count == most else 0.0,
            1.0 if at + 1 < len(blocks) and category(blocks[at + 1].text[:80]) is not None else 0.0,
            1.0 if at > 0 and category(blocks[at - 1].text[:80]) is not None else 0.0,
            1.0 if text[:1].isdigit() else 0.0,
            1.0 if _are_names(text) else 0.0,
        ]
        rows.append(row)
    return rows


def _are_names(text: str) -> bool:
    """Say whether a line is two or more names in full, nothing else: a byline without a word before."""
    names = [part.split() for part in _AND.split(text)]
    return len(names) > 1 and all(
        1 < len(words) < 5 and all(word[0].isupper() for word in words) for words in names
    )


def _words(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of three letters and more of each text, or pairs of East Asian ones."""
    return [
        [run for run in runs if len(run) > 2] if text.isascii() else _WORD.findall(text.lower())
        for text, runs in zip(texts, runs_of_each(texts), strict=True)
    ]


def _count(text: str) -> float:
    words = len(text.split())
    return (
        len(text) / 2
        if words <= 3 and not text.isascii() and any("\u3040" <= c <= "\ud7a3" for c in text)
        else words
    )


def _row(head: Head, at: int, words: Sequence[str], page: _Page) -> list[float]:
    block = head.blocks[at]
    text = block.text
    count = _count(text)
    known = [word for word in words if word in page.words]
    after = head.blocks[at + 1].text if at + 1 < len(head.blocks) else ""
    before = head.blocks[at - 1] if at else None
    distance = head.start - at
    first, last = page.edges
    parts = text.split()
    return [
        min(12, distance) / 4 if distance > 0 else 0.0,
        1.0 if distance > 12 else 0.0,
        1.0 if distance < 0 else 0.0,
        1.0 if count < 3 else 0.0,
        1.0 if 3 <= count < 5 else 0.0,
        1.0 if 5 <= count <= 16 else 0.0,
        1.0 if count > 22 else 0.0,
        1.0 if text.endswith(_END) else 0.0,
        1.0 if text.endswith(("?", "？", "؟")) else 0.0,
        1.0 if text[:1].islower() else 0.0,
        1.0 if _YEAR.search(text) else 0.0,
        1.0 if _CLOCK.search(text) else 0.0,
        1.0 if _BY.match(text) else 0.0,
        1.0 if category(text[:80]) is not None else 0.0,
        1.0 if page.seen[text] > 1 else 0.0,
        1.0 if any(top.startswith(text) and top != text for top in page.tops) else 0.0,
        1.0 if block.gap > 0 else 0.0,
        1.0 if block.kind == "list" else 0.0,
        1.0 if block.kind == "heading" else 0.0,
        len(known) / len(words) if words else 0.0,
        min(3.0, sum([len(word) > 5 for word in known])),
        1.0 if len(known) == len(words) > 2 else 0.0,
        1.0 if _BY.match(after) else 0.0,
        1.0 if len(after) < 80 and _YEAR.search(after) else 0.0,
        1.0 if _PARTS.search(text) else 0.0,
        1.0 if at == first else 0.0,
        sum([word[0].isupper() for word in parts]) / (len(parts) or 1),
        1.0 if at == last else 0.0,
        1.0 if 0 <= distance <= 3 else 0.0,
        1.0 if " | " in text or " - " in text else 0.0,
        1.0 if before is not None and before.kind == "list" else 0.0,
        min(40, block.indent) / 10,
    ]

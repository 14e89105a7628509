"""What a person has decided about single lines of one input: these belong to the text, those do not.

A wish is a line's number ("30"), a range ("14-16") or a pattern as in `sources.toml`
("Continue reading*"); numbers are those that `sitegen explain` shows. It stands in the article's
front matter, under `pinned` and `removed`, and is obeyed each time the original is cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from sitegen.intake.block import Block
from sitegen.vocabulary.patterns import fits

DROPPED = "your-decision"
_RANGE = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")
_LINES_STAY = ("code", "table", "verse")


class Lines(Struct, frozen=True):
    """The lines to keep and to drop, each as a person wrote it; `first` is the number of line one."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    first: int = 1

    def keeps(self, number: int, text: str) -> bool:
        """Tell whether a line is wanted in the text."""
        return _named(self.keep, number + self.first - 1, text)

    def drops(self, number: int, text: str) -> bool:
        """Tell whether a line is unwanted; a line that is also kept by its number stays."""
        return _named(self.drop, number + self.first - 1, text) and not self.keeps(number, text)


def line_range(wish: str) -> range | None:
    """Return the line numbers that a wish names, or None where it is a pattern."""
    found = _RANGE.fullmatch(wish.strip())
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else None


def decided(blocks: Sequence[Block], wishes: Lines | None, raw: Sequence[str] = ()) -> tuple[Block, ...]:
    """Return the blocks with the unwanted ones marked; one that is partly meant is parted.

    `raw` are the lines of a text dump; a page's blocks are meant as a whole.
    """
    if wishes is None:
        return tuple(blocks)
    return tuple(part for block in blocks for part in _parted(block, wishes, raw))


def is_kept(block: Block, wishes: Lines | None) -> bool:
    """Tell whether a person wants this block in the text."""
    if wishes is None or block.reason == DROPPED:
        return False
    numbers = range(block.first, block.last + 1)
    return any(wishes.keeps(number, block.text) for number in numbers)


def _parted(block: Block, wishes: Lines, raw: Sequence[str]) -> Iterator[Block]:
    # a pattern may mean the whole paragraph of a dump, a number only its line
    whole = _fate(wishes, -wishes.first if raw else block.first, block.text)
    numbers = range(block.first, block.last + 1)
    fates = {n: _fate(wishes, n, raw[n - 1] if raw else block.text) or whole for n in numbers}
    kinds = set(fates.values())
    if raw and len(kinds) > 1:
        yield from _pieces(block, fates, raw)
    elif "keep" in kinds:
        yield block._replace(reason=None)
    else:
        yield block._replace(reason=DROPPED) if "drop" in kinds else block


def _pieces(block: Block, fates: Mapping[int, str], raw: Sequence[str]) -> Iterator[Block]:
    """Yield the parts of a block of a dump that have one fate; an item's mark stays with what is left."""
    ends = dict(zip(fates, _ends(block, [raw[n - 1] for n in fates]), strict=True))
    marker = block.marker
    start = 0
    for wish, group in groupby(fates, key=fates.__getitem__):
        numbers = list(group)
        first, last = numbers[0], numbers[-1]
        text = block.text[start : ends[last]].strip()
        if block.kind in _LINES_STAY:
            text = "\n".join(raw[n - 1].strip() for n in numbers)
        # a number stands in the text of its item, a sign does not
        if len(marker) > 1 and wish != "drop" and first != block.first:
            text = f"{marker} {text}"
        reason = {"drop": DROPPED, "keep": None}.get(wish, block.reason)
        mark = block.marker if wish == "drop" else marker
        yield Block(text, block.kind, first, last, block.gap, block.indent, block.level, mark, reason)
        start = ends[last]
        marker = marker if wish == "drop" else ""


def _ends(block: Block, raw: Sequence[str]) -> list[int]:
    """Return where the lines of a block end in its text, told by the letters in them.

    The text has no marks and its parted words are whole: such a word is cut where its line ended.
    """
    made: list[int] = []
    at = 0
    for line in raw:
        left = sum(map(str.isalnum, line))
        if not made and block.marker == "o":  # a sign that is a letter
            left -= 1
        while at < len(block.text) and (left or not (block.text[at].isalnum() or block.text[at].isspace())):
            left -= block.text[at].isalnum()
            at += 1
        made.append(at)
    return made


def _fate(wishes: Lines, number: int, text: str) -> str:
    if wishes.keeps(number, text):
        return "keep"
    return "drop" if wishes.drops(number, text) else ""


def _named(wishes: Iterable[str], number: int, text: str) -> bool:
    for wish in wishes:
        lines = line_range(wish)
        if number in lines if lines is not None else fits(wish, text):
            return True
    return False

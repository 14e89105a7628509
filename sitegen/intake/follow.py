"""What follows the text that it belongs to: pictures and their captions, footnotes, embedded posts.

The line model judges texts. These have none, or too little, or stand far from where they belong,
so they are decided after it, by what became of the blocks around them.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sitegen.intake.block import Block
from sitegen.intake.flags import BIT

_AWAY = """in-nav in-footer in-aside in-form hidden class-comment class-footer class-nav class-related
    class-share class-ad class-subscribe class-author class-popup"""
_ELSEWHERE = sum(BIT[name] for name in _AWAY.split())
_LEAD = 6  # blocks above the text in which its first picture may stand
_LONGEST_CAPTION = 600  # characters
_LONGEST_LINE = 90  # characters of a line that ends by a line break, not by the margin


def follow(blocks: Sequence[Block], fates: list[str]) -> tuple[Block, ...]:
    """Let in what belongs to the kept text, and return the blocks with captions at their pictures.

    `fates` is changed: a picture becomes "body", its caption "caption", a footnote "body".
    """
    if not any(block.markup for block in blocks) or "body" not in fates:
        return tuple(blocks)
    _let_notes_in(blocks, fates)
    _let_posts_in(blocks, fates)
    _let_pictures_in(blocks, fates)
    return _with_captions(blocks, fates)


def _let_notes_in(blocks: Sequence[Block], fates: list[str]) -> None:
    wanted = {
        piece.note
        for block, fate in zip(blocks, fates, strict=True)
        if fate == "body" and block.markup
        for piece in block.markup.pieces
        if piece.note
    }
    for at, block in enumerate(blocks):
        if block.markup and block.markup.note in wanted and fates[at] == "outside":
            fates[at] = "body"


def _let_posts_in(blocks: Sequence[Block], fates: list[str]) -> None:
    """Keep a post from elsewhere that stands between kept paragraphs, whole."""
    beside = _Beside.of(blocks)
    start = 0
    while start < len(blocks):
        markup = blocks[start].markup
        end = start + 1
        if markup and markup.embedded:
            while end < len(blocks) and _same_quotation(blocks[start], blocks[end]):
                end += 1
            if _stands_in_text(beside, fates, start, end):
                for at in range(start, end):
                    fates[at] = "body" if fates[at] == "outside" else fates[at]
        start = end


def _same_quotation(one: Block, other: Block) -> bool:
    return one.markup is not None and other.markup is not None and one.markup.quotes == other.markup.quotes


def _let_pictures_in(blocks: Sequence[Block], fates: list[str]) -> None:
    first = fates.index("body")
    beside = _Beside.of(blocks)
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        if block.kind != "image" or fates[at] != "picture" or block.markup is None:
            continue
        address = block.markup.pieces[0].image
        leads = first - _LEAD <= at < first and not block.markup.flags & BIT["in-header"]
        fits = not block.markup.flags & _ELSEWHERE and address not in seen
        if fits and (leads or _stands_in_text(beside, fates, at, at + 1)):
            fates[at] = "body"
            seen.add(address)


class _Beside(Struct, frozen=True):
    """For each block the nearest texts above and below it, -1 for none; those of its own figure do not count.

    Found in one pass each way: a page may have thousands of pictures in a row.
    """

    above: Sequence[int]
    below: Sequence[int]

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> _Beside:
        last = len(blocks) - 1
        below = [last - at if at >= 0 else -1 for at in _nearest(blocks[::-1])]
        return cls(_nearest(blocks), below[::-1])


def _nearest(blocks: Sequence[Block]) -> list[int]:
    found = []
    near, figure, other = -1, 0, -1  # the last text, its figure, the last text that is not of that figure
    for at, block in enumerate(blocks):
        own = block.markup.figure if block.markup else 0
        found.append(other if own and own == figure else near)
        if block.text and not (block.markup and block.markup.is_caption):
            other = other if own and own == figure else near
            near, figure = at, own
    return found


def _stands_in_text(beside: _Beside, fates: Sequence[str], start: int, end: int) -> bool:
    """Tell whether the nearest texts above and below are kept; those of the same figure do not count."""
    above, below = (fates[at] if at >= 0 else "" for at in (beside.above[start], beside.below[end - 1]))
    return above in ("body", "caption") and below in ("body", "caption", "")


def _with_captions(blocks: Sequence[Block], fates: list[str]) -> tuple[Block, ...]:
    made = list(blocks)
    for at, block in enumerate(blocks):
        if block.kind != "image" or fates[at] != "body":
            continue
        for place in range(at + 1, min(at + 6, len(blocks))):
            if _is_caption(block, blocks[place]) and fates[place] in ("body", "outside", "credit"):
                fates[place] = "caption"
                made[at] = _captioned(made[at], blocks[place])
    return tuple(made)


def _is_caption(picture: Block, block: Block) -> bool:
    one, other = picture.markup, block.markup
    if one is None or other is None or not block.text or len(block.text) > _LONGEST_CAPTION:
        return False
    return bool(one.figure) and one.figure == other.figure and other.is_caption


def _captioned(picture: Block, caption: Block) -> Block:
    assert picture.markup is not None
    assert caption.markup is not None
    before = picture.markup.legend
    legend = (*before, *((before[-1]._replace(text=" ", note=""),) if before else ()), *caption.markup.pieces)
    return picture._replace(markup=picture.markup._replace(legend=legend))


def arranged(kept: Sequence[Block]) -> tuple[Block, ...]:
    """Return a page's body with its footnotes marked as such, and lines that breaks part as verse."""
    wanted = {piece.note for block in kept if block.markup for piece in block.markup.pieces}
    body, notes = [], []
    for at, block in enumerate(kept):
        if block.markup and block.markup.note and block.markup.note in wanted and block.text:
            notes.append(block._replace(kind="note", marker=block.markup.note))
        else:
            body.append(_lined(kept, at))
    return (*body, *sorted(notes, key=lambda block: int(block.marker)))


def _lined(kept: Sequence[Block], at: int) -> Block:
    block = kept[at]
    before = at > 0 and _is_line(block) and _is_broken_off(kept[at - 1], block)
    after = at + 1 < len(kept) and _is_line(block) and _is_broken_off(block, kept[at + 1])
    return block._replace(kind="verse", gap=0 if before else 1) if before or after else block


def _is_line(block: Block) -> bool:
    return block.kind in ("paragraph", "verse") and len(block.text) <= _LONGEST_LINE


def _is_broken_off(one: Block, other: Block) -> bool:
    if one.markup is None or other.markup is None or not other.markup.broken:
        return False
    return _is_line(one) and _is_line(other) and one.markup.parents == other.markup.parents

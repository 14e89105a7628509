"""The blocks of a table's row -> one block of cells, where the table holds data and is no layout."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sitegen.intake.block import Block, Piece

_LONGEST = 200  # characters of a cell where nothing says that the table is one of data
_LONGEST_OF_DATA = 1000
_MOST_CELLS = 30


def rowed(blocks: Sequence[Block], ends: Sequence[int], table: int, *, is_data: bool) -> tuple[Block, ...]:
    """Return the row that these blocks are, cell by cell up to `ends`; () where they stay as they are.

    What is no text, such as a button, stands before the row that it was in.
    """
    if not 2 <= len(ends) <= _MOST_CELLS or ends[-1] != len(blocks):
        return ()
    longest = _LONGEST_OF_DATA if is_data else _LONGEST
    small = all(len(b.text) < longest and b.kind in ("paragraph", "image") for b in blocks)
    crowded = not is_data and any(b - a > 1 for a, b in pairwise([0, *ends]))
    said = [block for block in blocks if block.text]
    if not said or not small or crowded:
        return ()
    aside = [block for block in said if block.reason]
    if len(aside) == len(said):
        aside = []
    left = {id(block) for block in aside}
    groups = [[b for b in blocks[a:z] if id(b) not in left] for a, z in pairwise([0, *ends])]
    row = _row(groups, table)
    size = len(row.text) - row.text.count("\t")
    if size > 5 * longest or all(b.markup and b.markup.link > 0.9 for b in blocks):
        return ()
    return (*aside, row)


def _row(groups: Sequence[Sequence[Block]], table: int) -> Block:
    first = next(block for group in groups for block in group if block.text)
    assert first.markup is not None
    cells = tuple(
        tuple(p for b in group if b.markup for p in (*b.markup.pieces, Piece(" "))) for group in groups
    )
    text = "\t".join(" ".join(b.text for b in group if b.text) for group in groups)
    markup = first.markup._replace(pieces=tuple(p for cell in cells for p in cell), cells=cells)
    return Block(
        text, "table", first.first, first.last, first.gap, 0, table, first.marker, first.reason, markup
    )

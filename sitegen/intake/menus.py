"""Menus of a page: rows of links beside the text, of which the line model need not see every one."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.intake.block import Block
from sitegen.intake.flags import BIT

_PLACES = """
in-nav in-footer in-header in-aside class-nav class-footer class-side class-share class-related
"""
_BESIDE = sum(BIT[name] for name in _PLACES.split())
_LONGEST = 100  # characters
_ALL = 0.99  # of the characters inside links


def with_menus(blocks: Sequence[Block], reasons: Sequence[str | None]) -> list[str | None]:
    """Return the reasons why blocks are no text, with "menu" for all but the ends of a page's menus.

    A menu is three links and more, one after the other, in elements that stand beside a text. Its first
    and its last stay open: they tell the model what stands around the blocks next to them. A fifth of
    a page's blocks is inside menus; one word in 500 of an article's text.
    """
    made = list(reasons)
    if not blocks or blocks[0].markup is None:
        return made
    menu: list[int] = []
    for at, (block, reason) in enumerate(zip(blocks, reasons, strict=True)):
        if reason is not None or block.kind == "image":
            continue
        if is_link_beside(block):
            menu.append(at)
            continue
        _set_aside(made, menu)
        menu = []
    _set_aside(made, menu)
    return made


def is_link_beside(block: Block) -> bool:
    """Tell whether a block is a short link in an element such as a menu or a footer."""
    mark = block.markup
    return mark is not None and mark.link > _ALL and bool(mark.flags & _BESIDE) and len(block.text) < _LONGEST


def _set_aside(reasons: list[str | None], menu: Sequence[int]) -> None:
    for at in menu[1:-1]:
        reasons[at] = "menu"

"""The second reader's opinion on a page: which blocks trafilatura takes for the article's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from sitegen.intake.block import Block

_WORD = re.compile(r"\w+")
_RUN = 4  # words: shorter runs are shared by chance


def voted(root: HtmlElement, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a page with the share of each that trafilatura keeps; the tree is used up."""
    text = _extracted(root)
    kept = _WORD.findall(text)
    runs = {tuple(kept[i : i + _RUN]) for i in range(len(kept) - _RUN + 1)}
    lines = {tuple(_WORD.findall(line)) for line in text.split("\n")} if text else set()
    words = [_WORD.findall(block.text) for block in blocks]
    shares = _shares(words, runs, lines)
    return tuple(
        replace(block, markup=block.markup._replace(vote=share)) if block.markup and share else block
        for block, share in zip(blocks, shares, strict=True)
    )


def _shares(
    words: Sequence[list[str]], runs: set[tuple[str, ...]], lines: set[tuple[str, ...]]
) -> list[float]:
    shares = []
    for own in words:
        if len(own) < _RUN:
            shares.append(float(bool(own) and tuple(own) in lines))
            continue
        hits = sum(tuple(own[i : i + _RUN]) in runs for i in range(len(own) - _RUN + 1))
        shares.append(hits / (len(own) - _RUN + 1))
    return shares


def _extracted(root: HtmlElement) -> str:
    # late: the library takes a third of a second to load, and most runs read no HTML
    from trafilatura import extract

    try:
        return extract(root, include_comments=False, include_tables=True, fast=False) or ""
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""  # it gives up on some malformed trees; the line model stands alone then

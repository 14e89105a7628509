"""The second reader's opinion on a page: which blocks trafilatura takes for the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.html import HtmlElement

from sitegen.intake.block import SENTENCE_END, Block

# what it looks at, on its way to the text, only to leave it out
_NO_TEXT = ("style", "svg", "link", "img", "picture", "source", "button", "iframe", "canvas")
_LITTLE = 0.15  # of a page's characters
_WORD = re.compile(r"\w+")
_RUN = 4  # words: shorter runs are shared by chance
# chosen on cross-validated scores of the development pages (tests/benchmarks/train_lines.py)
_STRICTER = 0.3  # logits: a page shows more of what is no text than a dump does
_ALONE = 3.0  # logits: what the second reader's silence costs a block of text, where it read nothing
_DOUBTFUL = -1.0  # logits below which a block that the second reader leaves out is no text
_LIKELY = -1.0  # logits above which a sentence that the second reader takes is text, near kept text
_NEAR = 5  # blocks
_LONGEST_GAP = 30  # blocks
_MANY = 2000  # blocks: beyond, what it falls back on takes a time that grows with their square
_SENTENCE = 60  # characters; a third where words are not parted by blanks


def voted(root: HtmlElement, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a page with the share of each that trafilatura keeps; the tree is used up."""
    text = _extracted(root, blocks)
    read = [_WORD.findall(line) for line in text.split("\n")]
    lines = set(map(" ".join, read))
    runs = set(_runs([word for line in read for word in line]))
    words = [_WORD.findall(block.text) for block in blocks]
    shares = _shares(words, runs, lines)
    return tuple(
        block._replace(markup=block.markup._replace(vote=share)) if block.markup and share else block
        for block, share in zip(blocks, shares, strict=True)
    )


def balanced(blocks: Sequence[Block], logits: Sequence[float]) -> list[float]:
    """Return a page's logits, stricter for all but sentences, or milder where the model read alone."""
    alone = not any(block.markup and block.markup.vote > 0.5 for block in blocks)
    if alone:
        return [logit + _ALONE for logit in logits]
    return [
        logit if is_sentence(block) else logit - _STRICTER
        for block, logit in zip(blocks, logits, strict=True)
    ]


def settled(
    blocks: Sequence[Block], logits: Sequence[float], kept: Sequence[bool], shortest: int
) -> list[bool]:
    """Return a page's choice where the two readers differ: neither alone takes in what it doubts.

    A page on which the model sees no article (less than `shortest` characters) is what the second
    reader takes for one.
    """
    votes = [block.markup.vote if block.markup else 0.0 for block in blocks]
    made = [
        keep and not (vote < 0.1 and logit < _DOUBTFUL)
        for keep, vote, logit in zip(kept, votes, logits, strict=True)
    ]
    if sum(len(block.text) for block, keep in zip(blocks, made, strict=True) if keep) < shortest:
        return [vote > 0.5 for vote in votes]
    for places in (range(len(made)), range(len(made) - 1, -1, -1)):
        last = None
        for at in places:
            close = last is not None and abs(at - last) <= _NEAR
            if close and votes[at] > 0.9 and logits[at] > _LIKELY:
                is_item = blocks[at].kind == "list" and bool(SENTENCE_END.search(blocks[at].text[-12:]))
                made[at] = made[at] or is_item or is_sentence(blocks[at])
            last = at if made[at] else last
    return _bridged(blocks, made)


def _bridged(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Keep also what lies between two kept blocks where the second reader takes all of it."""
    made = list(kept)
    start = None
    for at, keep in enumerate(kept):
        if not keep:
            continue
        if start is not None and 1 < at - start <= _LONGEST_GAP:
            between = blocks[start + 1 : at]
            if all(b.markup and b.markup.vote > 0.9 and b.markup.link < 0.5 for b in between):
                made[start + 1 : at] = [True] * (at - start - 1)
        start = at
    return made


def is_sentence(block: Block) -> bool:
    """Tell whether a block is prose that ends as a sentence does, and no link."""
    text = block.text
    linked = block.markup.link if block.markup else 0.0
    without_blanks = text.count(" ") * 20 < len(text)
    long = len(text) >= (_SENTENCE // 3 if without_blanks else _SENTENCE)
    return linked < 0.3 and long and bool(SENTENCE_END.search(text[-12:]))


def _shares(words: Sequence[list[str]], runs: set[str], lines: set[str]) -> list[float]:
    shares = []
    for own in words:
        if len(own) < _RUN:
            shares.append(float(bool(own) and " ".join(own) in lines))
            continue
        hits = sum(map(runs.__contains__, _runs(own)))
        shares.append(hits / (len(own) - _RUN + 1))
    return shares


def _runs(words: Sequence[str]) -> Iterable[str]:
    return map(" ".join, zip(*(words[at:] for at in range(_RUN)), strict=False))


def _extracted(root: HtmlElement, blocks: Sequence[Block]) -> str:
    """Return what trafilatura takes for the text of a page.

    It asks two more extractors only where it has found little by itself: that is quicker, and no worse.
    """
    etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    text = _read(root, fast=True)
    enough = len(text) >= _LITTLE * sum([len(block.text) for block in blocks])
    return text if enough or len(blocks) > _MANY else _read(root, fast=False)


def _read(root: HtmlElement, *, fast: bool) -> str:
    # late: the library takes a third of a second to load, and most runs read no HTML
    from trafilatura import extract

    try:
        return extract(root, include_comments=False, include_tables=True, fast=fast) or ""
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""  # it gives up on some malformed trees; the line model stands alone then

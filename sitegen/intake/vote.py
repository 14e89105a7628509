"""The choice of a page's text: the line model alone, and trafilatura as the referee where that is in doubt.

Trafilatura takes as long as all the rest. On four pages of five the two readers say the same; there
the model's own chances leave little to doubt, and it is not asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement

from sitegen.intake import judge
from sitegen.intake.block import SENTENCE_END, Block
from sitegen.intake.features import measure, with_votes

# gives for each block the share of it that another reader takes for the article's text
Referee: TypeAlias = Callable[[Sequence[Block]], list[float]]
# gives the logits of blocks by their numbers and a form
Score: TypeAlias = Callable[[Sequence[Block], Sequence[Sequence[float]], str], list[float]]
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
_SHAKY = -2.0  # logits above which a block is text where those above and below it in its element are
_NEAR = 5  # blocks
_LONGEST_GAP = 30  # blocks
_SENTENCE = 60  # characters; a third where words are not parted by blanks
_IN_DOUBT = 0.1  # share of the text: one page in eight is above it; asking on more takes longer
_EVEN = -0.4  # logits: where a block is as likely text as not (`choice` in the weights' file)
_LONG, _FEW = 500, 120  # characters


def referee_of(root: HtmlElement, *, fast: bool = True) -> Referee:
    """Return what tells of blocks of a page the share of each that trafilatura keeps; it uses up the tree.

    If not `fast`, and where it finds little, it asks two more extractors, which take thrice as long and a
    time that grows with the square of a page: the model learns from what they say as well.
    """
    return partial(_votes, root, fast)


def page_choice(
    blocks: Sequence[Block], referee: Referee | None, shortest: int, score: Score = judge.scored
) -> tuple[list[float], list[bool]]:
    """Return the logits of a page's blocks, and which of them are its text.

    The line model reads alone. Only where that leaves a doubt, or less than `shortest` characters,
    the referee is asked, and a model scores anew that knows what it says. A referee that finds little
    on a page is believed only where the model finds none.
    """
    rows = measure(blocks)
    logits = score(blocks, rows, "html-alone")
    kept = judge.chosen(logits, blocks)
    has_text = _size(blocks, kept) >= shortest
    is_sure = referee is None or (has_text and doubt(blocks, logits, kept) < _IN_DOUBT)
    votes = referee(blocks) if referee and not is_sure else []
    if not votes or (has_text and is_little(blocks, votes)):
        return logits, _with_tables(blocks, _filled(blocks, logits, kept))
    logits = _balanced(blocks, votes, score(blocks, with_votes(rows, votes), "html"))
    settled = _settled(blocks, votes, logits, judge.chosen(logits, blocks), shortest)
    return logits, _with_tables(blocks, settled)


def doubt(blocks: Sequence[Block], logits: Sequence[float], kept: Sequence[bool]) -> float:
    """Return how much the reading of a page is likely to have wrong, as a share of what it keeps.

    That is the sum over its paragraphs of their length (at most 500 characters each) times the chance
    that the block is not what it was taken for.
    """
    wrong = held = 0.0
    for block, logit, keep in zip(blocks, logits, kept, strict=True):
        size = min(_LONG, len(block.text))
        held += size if keep else 0
        if len(block.text) >= _SENTENCE:
            chance = 1.0 / (1.0 + math.exp(_EVEN - logit))
            wrong += size * (1.0 - chance if keep else chance)
    return wrong / (held + _FEW)


def _filled(blocks: Sequence[Block], logits: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """Keep also what lies between two kept blocks near each other: code, and what is of their element."""
    made = list(kept)
    for start, end in pairwise([at for at, keep in enumerate(kept) if keep]):
        if 1 < end - start <= _NEAR + 1:
            for at in range(start + 1, end):
                made[at] = _is_between(blocks[start], blocks[at], blocks[end], logits[at])
    return made


def _with_tables(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Keep a table whole of which most rows are kept."""
    rows = [(at, block.level) for at, block in enumerate(blocks) if block.kind == "table"]
    size, held = Counter(table for _, table in rows), Counter(table for at, table in rows if kept[at])
    made = list(kept)
    for at, table in rows:
        made[at] = kept[at] or 2 * held[table] > size[table]
    return made


def _is_between(above: Block, block: Block, below: Block, logit: float) -> bool:
    """Tell whether a block belongs to those above and below it, which are text."""
    if not above.markup or not block.markup or not below.markup or block.markup.link >= 0.5:
        return False
    holders = {above.markup.parents[0], block.markup.parents[0], below.markup.parents[0]}
    return block.kind == "code" or (len(holders) == 1 and logit > _SHAKY)


def _size(blocks: Sequence[Block], kept: Sequence[bool]) -> int:
    return sum([len(block.text) for block, keep in zip(blocks, kept, strict=True) if keep])


def is_little(blocks: Sequence[Block], votes: Sequence[float]) -> bool:
    """Tell whether votes take hardly anything of a page for its text."""
    taken = sum([vote * len(block.text) for block, vote in zip(blocks, votes, strict=True)])
    return taken < _LITTLE * sum([len(block.text) for block in blocks])


def _votes(root: HtmlElement, fast: bool, blocks: Sequence[Block]) -> list[float]:
    read = [_WORD.findall(line) for line in _extracted(root, fast=fast).split("\n")]
    lines = set(map(" ".join, read))
    runs = set(_runs([word for line in read for word in line]))
    return _shares([_WORD.findall(block.text) for block in blocks], runs, lines)


def _balanced(blocks: Sequence[Block], votes: Sequence[float], logits: Sequence[float]) -> list[float]:
    """Return a page's logits, stricter for all but sentences, or milder where the model read alone."""
    if not any(vote > 0.5 for vote in votes):
        return [logit + _ALONE for logit in logits]
    return [
        logit if is_sentence(block) else logit - _STRICTER
        for block, logit in zip(blocks, logits, strict=True)
    ]


def _settled(
    blocks: Sequence[Block],
    votes: Sequence[float],
    logits: Sequence[float],
    kept: Sequence[bool],
    shortest: int,
) -> list[bool]:
    """Return a page's choice where the two readers differ: neither alone takes in what it doubts.

    A page on which the model sees no article (less than `shortest` characters) is what the second
    reader takes for one.
    """
    made = [
        keep and not (vote < 0.1 and logit < _DOUBTFUL)
        for keep, vote, logit in zip(kept, votes, logits, strict=True)
    ]
    if _size(blocks, made) < shortest:
        return [vote > 0.5 for vote in votes]
    for places in (range(len(made)), range(len(made) - 1, -1, -1)):
        last = None
        for at in places:
            close = last is not None and abs(at - last) <= _NEAR
            if close and votes[at] > 0.9 and logits[at] > _LIKELY:
                is_item = blocks[at].kind == "list" and bool(SENTENCE_END.search(blocks[at].text[-12:]))
                made[at] = made[at] or is_item or is_sentence(blocks[at])
            last = at if made[at] else last
    return _bridged(blocks, votes, made)


def _bridged(blocks: Sequence[Block], votes: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """Keep also what lies between two kept blocks where the second reader takes all of it."""
    made = list(kept)
    start = None
    for at, keep in enumerate(kept):
        if not keep:
            continue
        if start is not None and 1 < at - start <= _LONGEST_GAP:
            between = zip(blocks[start + 1 : at], votes[start + 1 : at], strict=True)
            if all(vote > 0.9 and b.markup and b.markup.link < 0.5 for b, vote in between):
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


def _extracted(root: HtmlElement, *, fast: bool) -> str:
    """Return what trafilatura takes for the text of a page."""
    # late: the library takes a third of a second to load, and most runs read no HTML
    from trafilatura import extract

    etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    try:
        return extract(root, include_comments=False, include_tables=True, fast=fast) or ""
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""  # it gives up on some malformed trees; the line model stands alone then

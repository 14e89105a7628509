"""Which blocks of an input are its article's text: the model's choice, and what belongs to it.

What is certainly no text is set aside first, the line model chooses among the rest, and then what it
cannot know by itself comes back: lists that a line announces, headings, a live blog's hours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.intake import judge, rules
from sitegen.intake.block import Block
from sitegen.intake.menus import with_menus
from sitegen.intake.vote import Referee, is_sentence, page_choice
from sitegen.intake.words import category

_SHORTEST = 60  # characters: less is no article
_LONGEST_LIST = 30
# logits of a sentence in a text of which no run is kept; chosen on cross-validated scores
# (tests/benchmarks/train_lines.py): at -1.2 what is no article comes in
_NEARLY = -0.8
_DOUBTFUL = -1.5  # of a last paragraph: it has nothing of the article below it to speak for it
_LEAST_ENTRIES = 3  # of a live blog
_HOUR = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?", re.I)


class Choice(NamedTuple):
    """The fates of blocks, their scores, and whether no run of them reads as an article."""

    fates: list[str]
    scores: tuple[float | None, ...]
    in_doubt: bool


def choice(blocks: Sequence[Block], referee: Referee | None = None) -> Choice:
    """Return what becomes of the blocks: "body" for those of the article's run, else why it is none of it.

    What is certainly no text is set aside first, so that it does not weigh on its neighbours.
    """
    certain = with_menus(blocks, rules.certain_reasons(blocks))
    open_places = [at for at, reason in enumerate(certain) if reason is None]
    rest = [blocks[at] for at in open_places]
    fates = [reason or "outside" for reason in certain]
    scores: list[float | None] = [None] * len(blocks)
    if rest and rest[0].markup is not None:
        logits, kept = page_choice(rest, referee, _SHORTEST)
    else:
        logits = judge.scores(rest)
        kept = judge.chosen(logits, rest)
    in_doubt = not _are_enough(rest, kept)
    kept = _likeliest(rest, logits, kept) if in_doubt else kept
    kept = _revised(rest, _to_the_end(rest, logits, kept))
    for at, keep, logit in zip(open_places, kept, logits, strict=True):
        scores[at] = logit
        if keep:
            fates[at] = "body"
    if not _are_enough(blocks, [fate == "body" for fate in fates]):
        fates = [reason or "outside" for reason in certain]
    return Choice(fates, tuple(scores), in_doubt and "body" in fates)


def _are_enough(blocks: Sequence[Block], kept: Sequence[bool]) -> bool:
    """Tell whether kept blocks are long enough for an article."""
    return sum([len(block.text) for block, keep in zip(blocks, kept, strict=True) if keep]) >= _SHORTEST


def _likeliest(blocks: Sequence[Block], logits: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """Keep also the sentences that the model nearly took, where it took nothing: a text is of something."""
    return [
        keep or (logit > _NEARLY and is_sentence(block))
        for block, logit, keep in zip(blocks, logits, kept, strict=True)
    ]


def _to_the_end(blocks: Sequence[Block], logits: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """Keep also the last paragraph where the model doubts it only because nothing follows it."""
    made = list(kept)
    end = max((at for at, keep in enumerate(kept, 1) if keep), default=len(made))
    while end < len(made) and logits[end] > _DOUBTFUL and is_sentence(blocks[end]):
        if category(blocks[end].text) is not None:
            break
        made[end] = True
        end += 1
    return made


def _revised(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Bring back the lists, headings and pictures that belong to kept text.

    That is a list which a kept line announces with a colon, or which stands in the same element of a
    page as the kept line above it; a heading between kept lines; a picture among them.
    """
    made = list(kept)
    first = made.index(True) if True in made else len(made)
    for at in range(max(1, first), len(blocks)):
        if _heads_kept(blocks, made, at):
            made[at] = category(blocks[at].text) is None
        if made[at] or not made[at - 1]:
            continue
        if blocks[at].kind == "list":
            end = at
            while end < len(blocks) and blocks[end].kind == "list" and not _is_link(blocks[end]):
                end += 1
            announced = blocks[at - 1].text.endswith((":", "：")) and any(made[end : end + 2])
            if 0 < end - at <= _LONGEST_LIST and (announced or _is_beside(blocks[at - 1], blocks[at])):
                made[at:end] = [True] * (end - at)
        elif (
            blocks[at].kind == "heading"
            and at + 1 < len(blocks)
            and made[at + 1]
            and not _is_link(blocks[at])
        ):
            made[at] = category(blocks[at].text) is None
    return _with_entries(blocks, made)


def _with_entries(blocks: Sequence[Block], kept: list[bool]) -> list[bool]:
    """Bring back what was dropped of a live blog: the hours, and entries beside those that were kept.

    An entry is an hour by itself, perhaps a heading, and a paragraph.
    """
    hours = [at for at, block in enumerate(blocks) if _HOUR.fullmatch(block.text)]
    entries = {at: end for at in hours if (end := _entry_end(blocks, at))}
    held = [at for at, end in entries.items() if kept[end - 1]]
    # lists of news have hours and titles; titles are no sentences
    said = sum(is_sentence(blocks[end - 1]) for end in entries.values())
    if len(entries) < _LEAST_ENTRIES or len(held) < (1 if said >= _LEAST_ENTRIES else 2):
        return kept
    for at, end in entries.items():
        # one that does not follow upon a kept line is of another list
        if at > held[0] and not kept[at - 1]:
            continue
        kept[at:end] = [True] * (end - at)
    return kept


def _entry_end(blocks: Sequence[Block], hour: int) -> int:
    """Return where the entry of a live blog ends that begins with an hour; 0 where there is none."""
    for at in range(hour + 1, min(hour + 3, len(blocks))):
        if len(blocks[at].text) > _SHORTEST:
            return at + 1 if category(blocks[at].text) is None else 0
        if blocks[at].kind != "heading":
            return 0
    return 0


def _is_beside(above: Block, item: Block) -> bool:
    """Tell whether an item stands in the same element of a page as the paragraph or the item above."""
    if above.markup is None or item.markup is None:
        return False
    parents = above.markup.parents
    if above.kind == "list":
        return parents[1] == item.markup.parents[1] != 0
    return above.kind == "paragraph" and parents[0] == item.markup.parents[1] != 0


def _heads_kept(blocks: Sequence[Block], kept: Sequence[bool], at: int) -> bool:
    """Tell whether a page's heading was dropped from right above a kept paragraph."""
    block = blocks[at]
    if kept[at] or block.kind != "heading" or block.markup is None or block.markup.link > 0.5:
        return False
    return at + 1 < len(blocks) and kept[at + 1] and blocks[at + 1].kind != "heading"


def _is_link(block: Block) -> bool:
    return block.markup is not None and block.markup.link > 0.5

"""Boxes amid a page's text that are none of it: what its classes call an advertisement or an offer.

The line model may take what such a box says for a sentence of the text. Where the text around it
does not stand in the like, its element tells it from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sitegen.intake.block import Block
from sitegen.intake.flags import BIT

# of what cross-validated texts keep of such boxes on the development pages, 264 words are the
# article's and 671 are not; of other classes most are
_REASONS = {BIT["class-ad"]: "advertisement", BIT["class-subscribe"]: "prompt", BIT["in-form"]: "form"}
_LONGEST = 500  # characters: what is longer is a part of the text


def box_reasons(kept: Sequence[Block]) -> list[str | None]:
    """Return for each kept block the reason why it is a box between others, or None."""
    made: list[str | None] = [None] * len(kept)
    if not kept or kept[0].markup is None:
        return made
    for bit, reason in _REASONS.items():
        runs = groupby(range(len(kept)), key=lambda at: _has(kept[at], bit))
        for is_box, run in runs:
            places = list(run)
            amid = places[0] > 0 and places[-1] < len(kept) - 1
            if is_box and amid and sum([len(kept[at].text) for at in places]) <= _LONGEST:
                made[places[0] : places[-1] + 1] = [reason] * len(places)
    return made


def _has(block: Block, bit: int) -> bool:
    return block.markup is not None and bool(block.markup.flags & bit)

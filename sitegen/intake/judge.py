"""The line model: how much each block looks like an article's text, and the run that is the article.

The model is logistic: a block's score is the weighted sum of its numbers (`features.NAMES`), in
logits; above 0 it is rather text than furniture. The weights are `data/line-weights.json`, made by
`tests/benchmarks/train_lines.py`, which says from which pages and gives the cross-validated figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any

from sitegen.intake import context, headline
from sitegen.intake.block import Block
from sitegen.intake.features import measure, names_for


def scores(blocks: Sequence[Block]) -> list[float]:
    """Return a logit for each block: above 0, rather the article's text than what surrounds it."""
    if not blocks:
        return []
    form = "html" if blocks[0].markup is not None else "text"
    rows = measure(blocks)
    weights, bias = _weights(form)
    first = [bias + sum(map(mul, weights, row)) for row in rows]
    again, bias = _weights(f"{form}-again")
    own, around = again[: len(weights)], again[len(weights) :]
    return [
        bias + sum(map(mul, own, row)) + sum(map(mul, around, next_to))
        for row, next_to in zip(rows, context.measure_again(blocks, first), strict=True)
    ]


def chosen(logits: Sequence[float], blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether it is of the article: the best run, with what was left out inside it."""
    settings = _table()["choice"]
    keep, drop, enter = settings["keep"], settings["threshold"], settings["enter"]
    return labelled([x - drop for x in logits], blocks, keep, enter)


def labelled(logits: Sequence[float], blocks: Sequence[Block], stay: float, enter: float) -> list[bool]:
    """Return the best labelling when each change between kept and dropped blocks costs `stay`."""
    kept, left = -enter, 0.0
    back: list[tuple[bool, bool]] = []
    for logit, block in zip(logits, blocks, strict=True):
        gain = logit if not block.reason else -50.0
        from_kept, from_left = kept, left - stay
        to_kept = max(from_kept, from_left)
        to_left = max(left, kept - stay)
        back.append((from_kept >= from_left, kept - stay > left))
        kept, left = to_kept + gain, to_left
    state = kept > left
    made = []
    for was_kept, came_from_kept in reversed(back):
        made.append(state)
        state = was_kept if state else came_from_kept
    return made[::-1]


def title_scores(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return how much each candidate's row (`headline.measure`) speaks for its being the title."""
    weights = _table()["title"]["weights"]
    known = [float(weights.get(name, 0.0)) for name in headline.NAMES]
    return [float(_table()["title"]["bias"]) + sum(map(mul, known, row)) for row in rows]


@cache
def _weights(form: str) -> tuple[list[float], float]:
    table: Mapping[str, Any] = _table()[form]
    weights = table["weights"]
    names = names_for(form.removesuffix("-again")) + (context.NAMES if form.endswith("-again") else ())
    return [float(weights.get(name, 0.0)) for name in names], float(table["bias"])


@cache
def _table() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(
        (files("sitegen") / "data" / "line-weights.json").read_text("utf-8")
    )
    return loaded

"""The line model: how much each block looks like an article's text, and the run that is the article.

A block's score is a sum in logits; above 0 it is rather text than furniture. Each of its numbers
(`features.NAMES`) adds its weight times itself; a few also add a step, looked up by the range in
which they lie. A second model (`context`) looks again where that leaves a doubt; it knows a weight
more for short and for long blocks, and of a text dump small trees (`trees`) are asked where it too
leaves one. All of it is in `data/line-weights.json`, made by `tests/benchmarks/train_lines.py`, which
says from which pages and gives the cross-validated figures.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from operator import add, itemgetter, mul
from typing import Any, NamedTuple

from sitegen.intake import context, headline
from sitegen.intake.block import Block
from sitegen.intake.features import measure, names_for
from sitegen.intake.trees import Trees, trees_of


class Model(NamedTuple):
    """A sum of weighted numbers; `steps` are (column, edges, gains), gains one more than edges.

    `sized` holds for "short" and "long" blocks the weights of the numbers in `columns`.
    """

    bias: float
    weights: Sequence[float]
    steps: Sequence[tuple[int, Sequence[float], Sequence[float]]]
    columns: Sequence[int]
    sized: Mapping[str, Sequence[float]]

    def score(self, row: Sequence[float], length: str = "") -> float:
        """Return the logit of one row of numbers."""
        return self.scores([row], [length])[0]

    def scores(self, rows: Sequence[Sequence[float]], lengths: Sequence[str] = ()) -> list[float]:
        """Return the logit of each row of numbers; `lengths` says which of them are short or long."""
        weights, bias = self.weights, self.bias
        made = [sum(map(mul, weights, row), bias) for row in rows]
        for column, edges, gains in self.steps:
            # column by column: thrice as fast as row by row
            steps = map(partial(bisect_left, edges), map(itemgetter(column), rows))
            made = list(map(add, made, map(gains.__getitem__, steps)))
        if self.sized and rows:
            pick = _picker(self.columns)
            for at, length in enumerate(lengths):
                if length in self.sized:
                    made[at] += sum(map(mul, self.sized[length], pick(rows[at])))
        return made


def _picker(columns: Sequence[int]) -> Callable[[Sequence[float]], Iterable[float]]:
    """Return what takes the numbers of some columns out of a row."""
    if len(columns) > 1:
        return itemgetter(*columns)
    return lambda row: [row[column] for column in columns]


def scores(blocks: Sequence[Block]) -> list[float]:
    """Return a logit for each block: above 0, rather the article's text than what surrounds it."""
    if not blocks:
        return []
    return scored(blocks, measure(blocks), "html-alone" if blocks[0].markup is not None else "text")


def scored(blocks: Sequence[Block], rows: Sequence[Sequence[float]], form: str) -> list[float]:
    """Return a logit for each block by its numbers, those that `features.names_for` the form tells."""
    return both_scores(blocks, rows, (_model(form), _model(f"{form}-again"), trees_for(form)))


def both_scores(
    blocks: Sequence[Block], rows: Sequence[Sequence[float]], models: tuple[Model, Model, Trees | None]
) -> list[float]:
    """Return the logit of each block: by the first model, and by the others where that leaves a doubt."""
    first, second, trees = models
    made = first.scores(rows)
    places = context.places_in_doubt(made)
    again = context.measure_again(blocks, rows, made, places)
    joined = [[*rows[at], *more] for at, more in zip(places, again, strict=True)]
    logits = second.scores(joined, list(map(context.length_of, joined)))
    for at, logit, row in zip(places, logits, joined, strict=True):
        made[at] = trees.blended(logit, row) if trees and trees.asked(logit) else logit
    return made


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
def _model(form: str) -> Model:
    names = names_for(form.removesuffix("-again")) + (context.NAMES if form.endswith("-again") else ())
    return model_of(_table()[form], names)


@cache
def trees_for(form: str) -> Trees | None:
    """Return the shipped trees of a form of input, None where it has none."""
    table = _table().get(f"{form}-trees")
    return trees_of(table, names_for(form) + context.NAMES) if table else None


def model_of(table: Mapping[str, Any], names: Sequence[str]) -> Model:
    """Return the model that a table of the weights' file means, for numbers of these names."""
    known: Iterable[str] = dict.fromkeys(name for sized in table["sized"].values() for name in sized)
    columns = [names.index(name) for name in known]
    return Model(
        float(table["bias"]),
        [float(table["weights"].get(name, 0.0)) for name in names],
        [(names.index(name), edges, gains) for name, (edges, gains) in table["steps"].items()],
        columns,
        {
            length: [float(sized.get(names[column], 0.0)) for column in columns]
            for length, sized in table["sized"].items()
        },
    )


@cache
def _table() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(
        (files("sitegen") / "data" / "line-weights.json").read_text("utf-8")
    )
    return loaded

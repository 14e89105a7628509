"""A few hundred questions in a row: small trees that see what a sum of weights cannot.

A sum weighs each number by itself; a tree asks after one number only where another lies in some
range ("short, and with much text on both sides"). Each tree leads a row of numbers to a leaf; the
leaves add up to a logit. The trees are data (`data/line-weights.json`), made with the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

# a leaf's logit, or: column, edge, where to go up to the edge, and above it
Node: TypeAlias = "float | tuple[int, float, Node, Node]"


class Trees(NamedTuple):
    """Trees asked of scores less than `band` from 0; `share` is what they count for beside those."""

    bias: float
    band: float
    share: float
    trees: tuple[Node, ...]

    def asked(self, logit: float) -> bool:
        """Tell whether a block's score leaves so much doubt that the trees are asked."""
        return -self.band < logit < self.band

    def blended(self, logit: float, row: Sequence[float]) -> float:
        """Return a score corrected by what the trees say of the row of numbers."""
        total = self.bias
        for node in self.trees:
            while isinstance(node, tuple):
                column, edge, low, high = node
                node = low if row[column] <= edge else high
            total += node
        return logit + self.share * (total - logit)


def trees_of(table: Mapping[str, Any], names: Sequence[str]) -> Trees:
    """Return the trees that a table of the weights' file means, for numbers of these names."""
    columns = {name: column for column, name in enumerate(names)}
    made = tuple(_node(node, columns) for node in table["trees"])
    return Trees(float(table["bias"]), float(table["band"]), float(table["share"]), made)


def _node(node: Any, columns: Mapping[str, int]) -> Node:
    if not isinstance(node, list):
        return float(node)
    name, edge, low, high = node
    return columns[name], float(edge), _node(low, columns), _node(high, columns)

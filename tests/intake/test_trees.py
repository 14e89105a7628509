"""Small trees that correct a score where it leaves a doubt."""

import pytest

from sitegen.intake import judge
from sitegen.intake.trees import trees_of

pytestmark = pytest.mark.quick

TABLE = {
    "bias": 0.5,
    "band": 2.0,
    "share": 0.5,
    "trees": [["words", 3.0, -1.0, ["end", 0.5, 0.25, 2.0]], 0.5],
}


def test_each_tree_leads_a_row_to_the_leaf_that_its_numbers_choose() -> None:
    trees = trees_of(TABLE, ("end", "words"))
    assert trees.blended(0.0, [0.0, 3.0]) == 0.5 * (0.5 - 1.0 + 0.5)
    assert trees.blended(0.0, [0.0, 4.0]) == 0.5 * (0.5 + 0.25 + 0.5)
    assert trees.blended(1.0, [1.0, 4.0]) == 0.5 * 1.0 + 0.5 * 3.0


def test_trees_are_asked_only_where_a_score_is_in_doubt() -> None:
    trees = trees_of(TABLE, ("end", "words"))
    assert [logit for logit in (-2.5, -2.0, -1.5, 0.0, 1.9, 3.0) if trees.asked(logit)] == [-1.5, 0.0, 1.9]


def test_the_shipped_trees_ask_after_numbers_that_are_measured() -> None:
    trees = judge.trees_for("text")
    assert trees is not None
    assert trees.trees
    assert judge.trees_for("html") is None

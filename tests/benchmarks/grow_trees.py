"""Grow the small trees that correct the line model where it doubts (`sitegen.intake.trees`).

scikit-learn's gradient boosting finds them; here they are read out of it as plain lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.ensemble import HistGradientBoostingClassifier

BAND = 2.5  # logits: scores farther from 0 are left as they are, for the sake of speed
SHARE = 0.5  # of the trees in the score: two models of different kinds err at different places
SETTINGS: dict[str, Any] = {
    "max_iter": 120,
    "max_leaf_nodes": 10,
    "learning_rate": 0.07,
    "l2_regularization": 20.0,
    "min_samples_leaf": 60,
    "max_features": 0.5,
    "max_bins": 48,
    "early_stopping": False,
    "random_state": 0,
}


def grown(rows: Any, wanted: Any, weight: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return the table of the trees that tell the wanted rows from the others."""
    used = weight > 0
    model = HistGradientBoostingClassifier(**SETTINGS)
    model.fit(rows[used], wanted[used], sample_weight=weight[used] * 20)
    # scikit-learn has no public way to read its trees
    trees = [_node(found[0].nodes, 0, names) for found in model._predictors]
    bias = round(float(model._baseline_prediction.ravel()[0]), 4)
    return {"bias": bias, "band": BAND, "share": SHARE, "trees": trees}


def _node(nodes: Any, at: int, names: Sequence[str]) -> Any:
    """Return a leaf's logit, or [name, edge, what is asked up to the edge, what above it]."""
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    name, edge = names[int(node["feature_idx"])], round(float(node["num_threshold"]), 5)
    return [name, edge, _node(nodes, int(node["left"]), names), _node(nodes, int(node["right"]), names)]

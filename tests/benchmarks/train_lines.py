"""Train the line model on the development pages and write `sitegen/data/line-weights.json`.

    python -m tests.benchmarks.train_lines            # cross-validate by web domain, print the figures
    python -m tests.benchmarks.train_lines --write    # then train on all pages and write the weights

Needs numpy and scikit-learn, which sitegen itself does not use.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sitegen.intake import judge
from sitegen.intake.block import Block
from sitegen.intake.dom import page_blocks, parsed
from sitegen.intake.features import measure, names_for
from sitegen.intake.read import read
from sitegen.intake.rules import certain
from sitegen.intake.unwrap import unwrapped
from sitegen.intake.vote import voted
from tests.benchmarks.pages import FOLDS, TEXT_KINDS, dump, fold, gold, shares, summary

WEIGHTS = Path(__file__).resolve().parents[2] / "sitegen" / "data" / "line-weights.json"
CHOICE = {"keep": 1.0, "threshold": -0.3, "enter": 0.0}
STRENGTH = 0.1  # inverse of the L2 penalty


@dataclass(frozen=True, slots=True)
class Sample:
    page: str
    blocks: tuple[Block, ...]
    rows: Any
    wanted: Any
    weight: Any


def sample(page: str, kind: str) -> Sample | None:
    blocks = blocks_of(page, kind)
    if not blocks:
        return None
    body = gold()[page]["articleBody"]
    wanted, sizes = shares([block.text for block in blocks], body)
    length = max(100, min(len(body.split()), 2000))
    size = np.array(sizes)
    weight = np.where(size > 0, (np.minimum(size, 80) + 2) / length, 0.0)
    return Sample(page, blocks, np.array(measure(blocks), dtype=np.float32), np.array(wanted) > 0.5, weight)


def blocks_of(page: str, kind: str) -> tuple[Block, ...]:
    characters = read(dump(kind, page), "html" if kind == "html" else "text")
    if kind != "html":
        return tuple(block for block in unwrapped(characters.text) if not block.reason and not certain(block))
    root = parsed(characters.text)
    if root is None:
        return ()
    blocks = page_blocks(root)
    return tuple(block for block in voted(root, blocks) if not block.reason and not certain(block))


def trained(samples: Iterable[Sample], form: str) -> dict[str, Any]:
    chosen = list(samples)
    rows = np.vstack([s.rows for s in chosen])
    wanted = np.concatenate([s.wanted for s in chosen])
    weight = np.concatenate([s.weight for s in chosen])
    used = weight > 0
    scaler = StandardScaler().fit(rows[used])
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    model.fit(scaler.transform(rows[used]), wanted[used], sample_weight=weight[used] * 20)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return {"bias": bias, "weights": weights}


def predicted(
    samples: Iterable[Sample], model: dict[str, Any], choice: dict[str, float]
) -> dict[str, dict[str, str]]:
    made = {}
    for s in samples:
        logits = (s.rows @ model["weights"] + model["bias"]).tolist()
        kept = judge.labelled(
            [x - choice["threshold"] for x in logits], s.blocks, choice["keep"], choice["enter"]
        )
        made[s.page] = {"articleBody": "\n".join(b.text for b, k in zip(s.blocks, kept, strict=True) if k)}
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    wish = parser.parse_args()
    pages = sorted(page for page in gold() if gold()[page].get("articleBody"))
    table: dict[str, Any] = {}
    notes: dict[str, str] = {}
    for form, kinds in (("text", TEXT_KINDS), ("html", ("html",))):
        samples = {kind: [s for page in pages if (s := sample(page, kind))] for kind in kinds}
        for kind, figures in validated(samples, form).items():
            notes[kind] = figures
            print(kind, figures, flush=True)
        if wish.write:
            model = trained((s for group in samples.values() for s in group), form)
            pairs = zip(names_for(form), model["weights"], strict=True)
            table[form] = {
                "bias": round(model["bias"], 4),
                "weights": {n: round(float(w), 4) for n, w in pairs},
            }
    if wish.write:
        note = "python -m tests.benchmarks.train_lines --write; 297 pages of AEB (MIT) and WCXB (CC BY 4.0)"
        WEIGHTS.write_text(
            json.dumps({"made-by": note, "cross-validated": notes, "choice": CHOICE, **table}, indent=1)
            + "\n"
        )


def validated(samples: dict[str, list[Sample]], form: str) -> dict[str, str]:
    """Return for each kind of dump the figures over pages that the model had not seen, by domain."""
    found: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in samples}
    for number in range(FOLDS):
        model = trained((s for group in samples.values() for s in group if fold(s.page) != number), form)
        for kind, group in samples.items():
            found[kind].update(predicted((s for s in group if fold(s.page) == number), model, CHOICE))
    return {kind: figures(bodies) for kind, bodies in found.items()}


def figures(bodies: dict[str, dict[str, str]]) -> str:
    parts = []
    for prefix in ("aeb", "wcxb"):
        s = summary(bodies, prefix)
        parts.append(
            f"{prefix} F1 {s['f1']:.3f} (P {s['precision']:.3f} R {s['recall']:.3f}, "
            f"<.5 {s['pages_lt_50']:.3f})"
        )
    return "; ".join(parts)


if __name__ == "__main__":
    main()

"""Train the line model on the development pages and write `sitegen/data/line-weights.json`.

    python -m tests.benchmarks.train_lines lines            # cross-validate by web domain, print the figures
    python -m tests.benchmarks.train_lines lines --write    # then train on all pages and write the weights
    python -m tests.benchmarks.train_lines titles --write   # after that: the weights for titles

Needs numpy and scikit-learn, which sitegen itself does not use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sitegen.intake import account, context, headline, judge
from sitegen.intake.block import Block
from sitegen.intake.dom import page_blocks
from sitegen.intake.features import measure, names_for
from sitegen.intake.read import read
from sitegen.intake.rules import certain
from sitegen.intake.tree import parsed
from sitegen.intake.unwrap import unwrapped
from sitegen.intake.vote import voted
from tests.benchmarks.pages import FOLDS, TEXT_KINDS, domain, dump, fold, gold, scorer, shares, summary

WEIGHTS = Path(__file__).resolve().parents[2] / "sitegen" / "data" / "line-weights.json"
MADE_BY = "tests/benchmarks/train_lines.py, from 297 pages of AEB (MIT) and WCXB (CC BY 4.0)"
CHOICE = {"keep": 1.0, "threshold": -0.3, "enter": 0.0}
PARTS = 3  # of the pages that train the first model, for the scores that train the second
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


@dataclass(frozen=True, slots=True)
class Pair:
    """The line model and the one stacked on it."""

    first: dict[str, Any]
    again: dict[str, Any]


def stacked(samples: Iterable[Sample], form: str) -> Pair:
    """Return both models; the second learns from scores that the first gave to pages unseen."""
    chosen = list(samples)
    second = []
    for part in range(PARTS):
        model = trained((s for s in chosen if _part(s.page) != part), form)
        second += [replace(s, rows=_again(s, model)) for s in chosen if _part(s.page) == part]
    return Pair(trained(chosen, form), trained(second, form))


def _part(page: str) -> int:
    return int(hashlib.md5(domain(page).encode()).hexdigest(), 16) % PARTS


def _again(s: Sample, model: dict[str, Any]) -> Any:
    logits = (s.rows @ model["weights"] + model["bias"]).tolist()
    return np.hstack([s.rows, np.array(context.measure_again(s.blocks, logits), dtype=np.float32)])


def predicted(samples: Iterable[Sample], model: Pair, choice: dict[str, float]) -> dict[str, dict[str, str]]:
    made = {}
    for s in samples:
        logits = (_again(s, model.first) @ model.again["weights"] + model.again["bias"]).tolist()
        lifted = [x - choice["threshold"] for x in logits]
        kept = judge.labelled(lifted, s.blocks, choice["keep"], choice["enter"])
        made[s.page] = {"articleBody": "\n".join(b.text for b, k in zip(s.blocks, kept, strict=True) if k)}
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["lines", "titles"])
    parser.add_argument("--write", action="store_true")
    wish = parser.parse_args()
    table, notes = lines_trained(wish.write) if wish.what == "lines" else titles_trained(wish.write)
    if wish.write:
        known = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.exists() else {}
        notes = {**known.get("cross-validated", {}), **notes}
        made = {**known, "made-by": MADE_BY, "cross-validated": notes, "choice": CHOICE, **table}
        WEIGHTS.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def lines_trained(write: bool) -> tuple[dict[str, Any], dict[str, str]]:
    pages = sorted(page for page in gold() if gold()[page].get("articleBody"))
    table: dict[str, Any] = {}
    notes: dict[str, str] = {}
    for form, kinds in (("text", TEXT_KINDS), ("html", ("html",))):
        samples = {kind: [s for page in pages if (s := sample(page, kind))] for kind in kinds}
        for kind, shown in validated(samples, form).items():
            notes[kind] = shown
            print(kind, shown, flush=True)
        if write:
            pair = stacked((s for group in samples.values() for s in group), form)
            table[form] = _shown(pair.first, names_for(form))
            table[f"{form}-again"] = _shown(pair.again, (*names_for(form), *context.NAMES))
    return table, notes


def titles_trained(write: bool) -> tuple[dict[str, Any], dict[str, str]]:
    titles = title_samples(TEXT_KINDS)
    shown = title_figures(titles)
    print("title", shown, flush=True)
    return ({"title": title_model(titles)} if write else {}), {"title": shown}


def _shown(model: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    pairs = zip(names, model["weights"], strict=True)
    return {"bias": round(model["bias"], 4), "weights": {name: round(float(w), 4) for name, w in pairs}}


def validated(samples: dict[str, list[Sample]], form: str) -> dict[str, str]:
    """Return for each kind of dump the figures over pages that the model had not seen, by domain."""
    found: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in samples}
    for number in range(FOLDS):
        model = stacked((s for group in samples.values() for s in group if fold(s.page) != number), form)
        for kind, group in samples.items():
            found[kind].update(predicted((s for s in group if fold(s.page) == number), model, CHOICE))
    return {kind: figures(bodies) for kind, bodies in found.items()}


@dataclass(frozen=True, slots=True)
class Titles:
    """The candidates for one dump's title, and which of them are it."""

    page: str
    kind: str
    rows: Any
    wanted: Any


def title_samples(kinds: Iterable[str]) -> list[Titles]:
    normal = scorer().normal
    made = []
    for kind in kinds:
        for page in sorted(gold()):
            title = gold()[page].get("title")
            blocks = unwrapped(read(dump(kind, page), "text").text)
            if not title or not blocks:
                continue
            head = headline.Head(blocks, *account.extent(blocks, account.chosen_fates(blocks)))
            places = headline.candidates(head)
            wanted = np.array([normal(blocks[at].text) == normal(title) for at in places], dtype=bool)
            made.append(Titles(page, kind, np.array(headline.measure(head, places)), wanted))
    return made


def title_model(titles: Iterable[Titles]) -> dict[str, Any]:
    used = [t for t in titles if t.wanted.any()]
    model = LogisticRegression(C=3.0, max_iter=500)
    model.fit(np.vstack([t.rows for t in used]), np.concatenate([t.wanted for t in used]))
    pairs = zip(headline.NAMES, model.coef_[0], strict=True)
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": {n: round(float(w), 4) for n, w in pairs},
    }


def title_figures(titles: list[Titles]) -> str:
    hits = dict.fromkeys(TEXT_KINDS, 0)
    for number in range(FOLDS):
        model = title_model(t for t in titles if fold(t.page) != number)
        weights = np.array([model["weights"][name] for name in headline.NAMES])
        for t in titles:
            if fold(t.page) == number and len(t.wanted):
                hits[t.kind] += int(t.wanted[(t.rows @ weights).argmax()])
    pages = sum(bool(g.get("title")) for g in gold().values())
    return "; ".join(f"{kind} exact {hit / pages:.3f}" for kind, hit in hits.items())


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

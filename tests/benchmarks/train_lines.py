"""Train the line model on the development pages and write `sitegen/data/line-weights.json`.

    python -m tests.benchmarks.train_lines lines            # cross-validate by web domain, print the figures
    python -m tests.benchmarks.train_lines lines --write    # then train on all pages and write the weights
    python -m tests.benchmarks.train_lines lines --form text --write    # of one form of input alone
    python -m tests.benchmarks.train_lines titles --write   # after that: the weights for titles

Needs numpy and scikit-learn, which sitegen itself does not use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sitegen.intake import account, context, headline, judge
from sitegen.intake.block import Block
from sitegen.intake.choice import choice
from sitegen.intake.dom import page_blocks
from sitegen.intake.features import measure, names_for, with_votes
from sitegen.intake.menus import with_menus
from sitegen.intake.read import read
from sitegen.intake.rules import certain_reasons
from sitegen.intake.tree import parsed
from sitegen.intake.trees import Trees, trees_of
from sitegen.intake.unwrap import unwrapped
from sitegen.intake.vote import is_little, page_choice, referee_of
from tests.benchmarks.grow_trees import grown
from tests.benchmarks.pages import FOLDS, TEXT_KINDS, domain, dump, fold, gold, scorer, shares, summary

WEIGHTS = Path(__file__).resolve().parents[2] / "sitegen" / "data" / "line-weights.json"
MADE_BY = "tests/benchmarks/train_lines.py, from 297 pages of AEB (MIT) and WCXB (CC BY 4.0)"
CHOICE = {"keep": 1.0, "threshold": -0.4, "enter": 0.0}
PARTS = 3  # of the pages that train the first model, for the scores that train the second
STRENGTH = 0.05  # inverse of the L2 penalty
QUANTILES = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95)  # where the steps of a number lie
_STEPPED_NAMES = """
words stop caps digits near-before near-after run-before run-after prose5 short5 furniture5
furniture12 date12
"""
STEPPED = tuple(_STEPPED_NAMES.split())
_STEPPED_AGAIN_NAMES = """
words stop caps digits place-words prose-before prose-after near-before near-after run-before
run-after prose5 short5 furniture5 furniture12 date12 list5 before5 after5 score share-before
share-after before-best after-best since-sure until-sure nearest-sure text-before3 text-after3
score-before1 score-after1 score-before3 score-after3 score-before8 score-after8 known near-known
since-title
"""
STEPPED_AGAIN = tuple(_STEPPED_AGAIN_NAMES.split())
_SIZED_NAMES = """
score known near-known list end score-before1 score-after1 score-before3 score-after3 in-best
prose5 before-title title-known stop indent same-indent list5 score-beside1 score-beside3
score-beside8 text-beside3 text-beside8 share-beside
"""
SIZED = tuple(_SIZED_NAMES.split())
LENGTHS = ("short", "long")
WITH_TREES = ("text",)  # a page's elements say what trees find out


# what is trained of each form of input: a page is read by the model alone, or with a referee's votes
FORMS = {"text": ("text",), "html": ("html-alone", "html")}
SHORTEST = 60  # characters, as in `choice`


@dataclass(frozen=True, slots=True)
class Sample:
    """The blocks of a dump with their numbers and which of them are text; `votes` are a page's."""

    page: str
    blocks: tuple[Block, ...]
    rows: Any
    wanted: Any
    weight: Any
    votes: tuple[float, ...] = ()


def sample(page: str, kind: str) -> Sample | None:
    blocks, votes = blocks_of(page, kind)
    if not blocks:
        return None
    body = gold()[page]["articleBody"]
    wanted, sizes = shares([block.text for block in blocks], body)
    length = max(100, min(len(body.split()), 2000))
    size = np.array(sizes)
    weight = np.where(size > 0, (np.minimum(size, 80) + 2) / length, 0.0)
    rows = with_votes(measure(blocks), votes) if votes else measure(blocks)
    return Sample(page, blocks, np.array(rows, dtype=np.float32), np.array(wanted) > 0.5, weight, votes)


def blocks_of(page: str, kind: str) -> tuple[tuple[Block, ...], tuple[float, ...]]:
    """Return the blocks that the model sees, and for a page the votes of the second reader."""
    characters = read(dump(kind, page), "html" if kind == "html" else "text")
    if kind != "html":
        return _open(unwrapped(characters.text)), ()
    root = parsed(characters.text)
    if root is None:
        return (), ()
    blocks = page_blocks(root)
    seen = _open(blocks)
    votes = referee_of(root)(seen)
    return seen, tuple(referee_of(root, fast=False)(seen) if is_little(seen, votes) else votes)


def _open(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks that the model sees."""
    reasons = with_menus(blocks, certain_reasons(blocks))
    return tuple(block for block, reason in zip(blocks, reasons, strict=True) if reason is None)


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of a model: their names, those that also have steps, and those weighed by length."""

    names: tuple[str, ...]
    stepped: tuple[str, ...] = ()
    sized: tuple[str, ...] = ()


def columns_of(form: str) -> tuple[Columns, Columns]:
    """Return the numbers of the first model and of the second."""
    names = names_for(form)
    return Columns(names, STEPPED), Columns((*names, *context.NAMES), STEPPED_AGAIN, SIZED)


def trained(samples: Iterable[Sample], columns: Columns) -> dict[str, Any]:
    """Return the table of a logistic model, as the weights' file holds it."""
    chosen = list(samples)
    rows = np.vstack([s.rows for s in chosen])
    wanted = np.concatenate([s.wanted for s in chosen])
    weight = np.concatenate([s.weight for s in chosen])
    rows, wanted, weight = rows[weight > 0], wanted[weight > 0], weight[weight > 0]
    edges = {name: _edges(rows[:, columns.names.index(name)]) for name in columns.stepped}
    wide = _widened(rows, columns, edges)
    scaler = StandardScaler().fit(wide)
    model = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3)
    model.fit(scaler.transform(wide), wanted, sample_weight=weight * 20)
    weights = model.coef_[0] / np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return _table(bias, iter(weights.tolist()), columns, edges)


def _edges(values: Any) -> Any:
    # off the round values that many numbers take, so that rounding never moves one over an edge
    return np.unique(np.floor(np.quantile(values, QUANTILES) * 1000) / 1000 + 0.0005)


def _widened(rows: Any, columns: Columns, edges: dict[str, Any]) -> Any:
    """Return the rows with a column for each step, and for each number weighed by length."""
    parts = [rows]
    for name, found in edges.items():
        steps = np.searchsorted(found, rows[:, columns.names.index(name)])
        parts.append(np.eye(len(found) + 1, dtype=np.float32)[steps])
    if columns.sized:
        lengths = np.array([context.length_of(row) for row in rows])
        sized = rows[:, [columns.names.index(name) for name in columns.sized]]
        parts += [sized * (lengths == length)[:, None] for length in LENGTHS]
    return np.hstack(parts)


def _table(bias: float, weights: Iterator[float], columns: Columns, edges: dict[str, Any]) -> dict[str, Any]:
    def taken(names: Iterable[str]) -> dict[str, float]:
        return {name: round(next(weights), 4) for name in names}

    plain = taken(columns.names)
    steps = {
        name: [[round(float(x), 5) for x in found], [round(next(weights), 4) for _ in range(len(found) + 1)]]
        for name, found in edges.items()
    }
    sized = {length: taken(columns.sized) for length in LENGTHS} if columns.sized else {}
    return {"bias": round(bias, 4), "weights": plain, "steps": steps, "sized": sized}


@dataclass(frozen=True, slots=True)
class Stack:
    """The line model and those stacked on it, as tables, and the names of their numbers."""

    first: dict[str, Any]
    again: dict[str, Any]
    trees: dict[str, Any] | None
    columns: tuple[Columns, Columns]

    def models(self) -> tuple[judge.Model, judge.Model, Trees | None]:
        first, again = self.columns
        trees = trees_of(self.trees, again.names) if self.trees else None
        return judge.model_of(self.first, first.names), judge.model_of(self.again, again.names), trees

    def tables(self, form: str) -> dict[str, Any]:
        found = {form: self.first, f"{form}-again": self.again}
        return {**found, f"{form}-trees": self.trees} if self.trees else found


def stacked(samples: Iterable[Sample], form: str) -> Stack:
    """Return all models; those after the first learn from scores that it gave to pages unseen."""
    columns = columns_of(form)
    chosen = [replace(s, rows=s.rows[:, : len(columns[0].names)]) for s in samples]
    second = []
    for part in range(PARTS):
        table = trained((s for s in chosen if _part(s.page) != part), columns[0])
        second += [_again(s, table, columns[0]) for s in chosen if _part(s.page) == part]
    trees = _trees(second, columns[1]) if form in WITH_TREES else None
    return Stack(trained(chosen, columns[0]), trained(second, columns[1]), trees, columns)


def _trees(samples: Sequence[Sample], columns: Columns) -> dict[str, Any]:
    rows = np.vstack([s.rows for s in samples])
    wanted = np.concatenate([s.wanted for s in samples])
    weight = np.concatenate([s.weight for s in samples])
    return grown(rows, wanted, weight, columns.names)


def _part(page: str) -> int:
    return int(hashlib.md5(domain(page).encode()).hexdigest(), 16) % PARTS


def _again(s: Sample, table: dict[str, Any], columns: Columns) -> Sample:
    """Return what the second look sees of a page: the blocks in doubt, with their numbers of both looks."""
    known = s.rows.tolist()
    logits = judge.model_of(table, columns.names).scores(known)
    places = context.places_in_doubt(logits)
    more = context.measure_again(s.blocks, known, logits, places)
    found = np.array(more, dtype=np.float32).reshape(len(places), len(context.NAMES))
    rows = np.hstack([s.rows[places], found])
    blocks = tuple(s.blocks[at] for at in places)
    return Sample(s.page, blocks, rows, s.wanted[places], s.weight[places])


def predicted(samples: Iterable[Sample], stacks: dict[str, Stack]) -> dict[str, dict[str, str]]:
    """Return the text that the models of each form choose of dumps, as cleaning chooses it."""
    made = {}
    models = {form: stack.models() for form, stack in stacks.items()}

    def score(blocks: Sequence[Block], rows: Sequence[Sequence[float]], form: str) -> list[float]:
        return judge.both_scores(blocks, rows, models[form])

    for s in samples:
        if s.votes:
            _, kept = page_choice(s.blocks, partial(_votes_of, s), SHORTEST, score)
        else:
            kept = judge.chosen(score(s.blocks, s.rows.tolist(), "text"), s.blocks)
        made[s.page] = {"articleBody": "\n".join(b.text for b, k in zip(s.blocks, kept, strict=True) if k)}
    return made


def _votes_of(s: Sample, _: Sequence[Block]) -> list[float]:
    return list(s.votes)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["lines", "titles"])
    parser.add_argument("--form", choices=["text", "html"], help="of the lines: one form alone")
    parser.add_argument("--write", action="store_true")
    wish = parser.parse_args()
    forms = [wish.form] if wish.form else ["text", "html"]
    table, notes = lines_trained(forms, wish.write) if wish.what == "lines" else titles_trained(wish.write)
    if wish.write:
        known = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.exists() else {}
        notes = {**known.get("cross-validated", {}), **notes}
        made = {**known, "made-by": MADE_BY, "cross-validated": notes, "choice": CHOICE, **table}
        WEIGHTS.write_text(shown_as_json(made) + "\n", "utf-8")


def shown_as_json(made: dict[str, Any]) -> str:
    """Return the weights' file, one number's weight, steps or tree a line."""
    text = json.dumps(made, indent=1)
    text = re.sub(r"\[[^\[\]{}\"]*\]", lambda m: " ".join(m[0].split()), text)
    # a tree's first line stands deeper than those that hold it
    return re.sub(r"(?<=\n   )\[\n.*?\n   \](?=,?\n)", lambda m: " ".join(m[0].split()), text, flags=re.S)


def lines_trained(forms: Iterable[str], write: bool) -> tuple[dict[str, Any], dict[str, str]]:
    pages = sorted(page for page in gold() if gold()[page].get("articleBody"))
    table: dict[str, Any] = {}
    notes: dict[str, str] = {}
    for form in forms:
        kinds = TEXT_KINDS if form == "text" else ("html",)
        samples = {kind: [s for page in pages if (s := sample(page, kind))] for kind in kinds}
        for kind, shown in validated(samples, form).items():
            notes[kind] = shown
            print(kind, shown, flush=True)
        for model in FORMS[form] if write else ():
            table |= stacked((s for group in samples.values() for s in group), model).tables(model)
    return table, notes


def titles_trained(write: bool) -> tuple[dict[str, Any], dict[str, str]]:
    titles = title_samples(TEXT_KINDS)
    shown = title_figures(titles)
    print("title", shown, flush=True)
    return ({"title": title_model(titles)} if write else {}), {"title": shown}


def validated(samples: dict[str, list[Sample]], form: str) -> dict[str, str]:
    """Return for each kind of dump the figures over pages that the model had not seen, by domain."""
    found: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in samples}
    for number in range(FOLDS):
        known = [s for group in samples.values() for s in group if fold(s.page) != number]
        stacks = {model: stacked(known, model) for model in FORMS[form]}
        for kind, group in samples.items():
            found[kind].update(predicted((s for s in group if fold(s.page) == number), stacks))
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
            head = headline.Head(blocks, *account.extent(blocks, choice(blocks).fates))
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

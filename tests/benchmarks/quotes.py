"""Measures quotations on the demo archive's dumps against speakers annotated by hand.

usage: PYTHONPATH=. python -m tests.benchmarks.quotes

`quotes.jsonl` has for each of the demo's originals the beginnings of its quotations (four words and more)
and who speaks, None where the speaker has no name; `more_quotes.toml` has articles written for this. A
found quotation is right if it is there and has that speaker.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from sitegen.intake.convert import convert
from sitegen.intake.describe import describe
from sitegen.model import Quote

HEAD = 48


def main(originals: Path) -> None:
    lines = (Path(__file__).parent / "quotes.jsonl").read_text("utf-8").splitlines()
    gold = {row["file"]: dict(row["quotes"]) for row in map(json.loads, lines)}
    counts = [0, 0, 0]
    for path in sorted(p for p in originals.glob("*/*") if p.name in gold):
        for article in convert(path.read_bytes(), name=path.name):
            description = describe(article.title, article.body, lang=article.lang, published=article.date)
            compare(path.name, description.quotes, gold[path.name], counts)
    tell("the demo's dumps", counts)
    more = [0, 0, 0]
    articles = tomllib.loads((Path(__file__).parent / "more_quotes.toml").read_text("utf-8"))["article"]
    for row in articles:
        found = describe(row["title"], row["text"].strip(), lang=row["lang"]).quotes
        heads = {
            next((q.text[:HEAD] for q in found if q.text.startswith(head)), head): who or None
            for head, who in row["quotes"]
        }
        compare(row["title"], found, heads, more)
    tell(f"{len(articles)} more", more)
    tell("all", [a + b for a, b in zip(counts, more, strict=True)])


def compare(name: str, found: Sequence[Quote], expected: Mapping[str, str | None], counts: list[int]) -> None:
    for quote in found:
        good = expected.get(quote.text[:HEAD], "") == quote.actor
        counts[0] += good
        if not good:
            print(f"{name}: {quote.actor} ({quote.speaker}): {quote.text[:60]}")
    counts[1] += len(found)
    counts[2] += len(expected)
    heads = {q.text[:HEAD] for q in found}
    print("".join(f"{name}: missed {h} [{who}]\n" for h, who in expected.items() if h not in heads), end="")


def tell(what: str, counts: Sequence[int]) -> None:
    right, found, wanted = counts
    print(f"{what}: precision {right / (found or 1):.3f}  recall {right / (wanted or 1):.3f}  of {wanted}")


if __name__ == "__main__":
    main(Path(__file__).parents[2] / "content/originals")

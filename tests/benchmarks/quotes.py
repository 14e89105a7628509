"""Measures quotations on the demo archive's dumps against speakers annotated by hand.

usage: PYTHONPATH=. python tests/benchmarks/quotes.py FOLDER...

`quotes.jsonl` has for each dump the beginnings of its quotations (four words and more) and who
speaks, None where the speaker has no name. A found quotation is right if it is there and has that
speaker.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sitegen.intake.convert import convert
from sitegen.intake.describe import describe

HEAD = 48


def main(folders: list[Path]) -> None:
    lines = (Path(__file__).parent / "quotes.jsonl").read_text("utf-8").splitlines()
    gold = {row["file"]: dict(row["quotes"]) for row in map(json.loads, lines)}
    right = found = wanted = 0
    for path in sorted(p for folder in folders for p in folder.iterdir() if p.name in gold):
        for article in convert(path.read_bytes(), name=path.name):
            description = describe(article.title, article.body, lang=article.lang, published=article.date)
            expected = gold[path.name]
            for quote in description.quotes:
                good = expected.get(quote.text[:HEAD], "") == quote.actor
                right += good
                found += 1
                if not good:
                    print(f"{path.name}: {quote.actor} ({quote.speaker}): {quote.text[:60]}")
        wanted += len(gold[path.name])
    print(f"precision {right / (found or 1):.3f}  recall {right / (wanted or 1):.3f}  of {wanted} quotations")


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])

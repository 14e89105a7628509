"""Measure cleaning on the development pages of `../shared/eval/extract`; run by hand.

    python -m tests.benchmarks.extraction block html      # any of block inner lynx80 seedlike html
    python -m tests.benchmarks.extraction --pred DIR      # also write DIR/KIND.json for score.py

The shipped weights have seen these pages: honest figures are those that `train_lines` cross-validates.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from sitegen.intake import convert
from tests.benchmarks.pages import TEXT_KINDS, dump, gold, summary

_SHOWN = (
    "f1",
    "precision",
    "recall",
    "pages_lt_50",
    "title",
    "date",
    "date_precision",
    "author",
    "without_kept_out",
    "with",
)


def predicted(kind: str, pages: list[str]) -> dict[str, dict[str, str]]:
    made = {}
    for page in pages:
        form = "html" if kind == "html" else "text"
        article = convert(dump(kind, page), name=page, form=form)[0]  # type: ignore[arg-type]
        made[page] = {
            "articleBody": article.body,
            "title": article.title,
            "date": article.date.date if article.date and len(article.date.date) == 10 else "",
            "author": " and ".join(article.authors),
        }
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kinds", nargs="*", default=[*TEXT_KINDS, "html"])
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take one page in N")
    wish = parser.parse_args()
    pages = sorted(gold())[:: wish.every]
    for kind in wish.kinds or [*TEXT_KINDS, "html"]:
        start = time.process_time()
        made = predicted(kind, pages)
        spent = (time.process_time() - start) / len(pages) * 1000
        for part in ("aeb", "wcxb", "traf"):
            figures = summary(made, part)
            shown = "  ".join(f"{name} {figures[name]:.3f}" for name in _SHOWN if name in figures)
            print(f"{kind:9} {part:5} {shown}")
        print(f"{kind:9} {spent:.1f} ms of CPU a page", flush=True)
        if wish.pred:
            wish.pred.mkdir(parents=True, exist_ok=True)
            (wish.pred / f"{kind}.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()

"""Writes sitegen/data/topics.tsv from the IPTC Media Topics: live concepts, names, definitions.

usage: python tests/benchmarks/make_tables/topics.py [../shared/data]
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main(shared: Path) -> None:
    with (shared / "iptc-mediatopics" / "mediatopics.tsv").open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not r["retired"]]
    live = {r["code"] for r in rows}
    out = [
        "# IPTC Media Topics, (c) International Press Telecommunications Council, CC BY 4.0.",
        "# Live concepts of the version of 2023-10-24; columns selected by",
        "# tests/benchmarks/make_tables/topics.py, nothing else changed.",
        "code\tparent\ten\ten_us\tde\tfr\tes\tar\tdefinition",
    ]
    for row in rows:
        names = [row[lang] for lang in ("en", "en_US", "de", "fr", "es", "ar")]
        parent = row["parent"] if row["parent"] in live else ""
        out.append("\t".join((row["code"], parent, *names, row["definition_en"])))
    target = ROOT / "sitegen" / "data" / "topics.tsv"
    target.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")

"""Writes sitegen/data/common-words.txt: words that are no names even with a capital.

usage: python tests/benchmarks/make_tables/common.py [../shared/data]

The lower-case words of the IPTC definitions (CC BY 4.0) and of the Phoenix agents (MIT).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main(shared: Path) -> None:
    topics = (shared / "iptc-mediatopics" / "mediatopics.tsv").read_text(encoding="utf-8").split("\n")[1:]
    text = " ".join(line.split("\t")[10] for line in topics if line.count("\t") >= 10)
    agents = (shared / "phoenix-actors" / "agents.tsv").read_text(encoding="utf-8").split("\n")[1:]
    text += " " + " ".join(" ".join(line.split("\t")[:2]) for line in agents)
    words = sorted(set(re.findall(r"(?<![\w'-])[a-z]{3,}(?![\w'-])", text)))
    out = [
        "# Words of the definitions of the IPTC Media Topics, (c) International Press Telecommunications",
        "# Council, CC BY 4.0, and of the Phoenix agents, (c) 2014 Open Event Data, MIT.",
        "# Made by tests/benchmarks/make_tables/common.py.",
        *(" ".join(words[i : i + 16]) for i in range(0, len(words), 16)),
    ]
    target = ROOT / "sitegen" / "data" / "common-words.txt"
    target.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")

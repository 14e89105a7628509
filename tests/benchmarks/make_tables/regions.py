"""Writes the countries of `sitegen/data/regions.tsv`; what stands above the line "# countries" is by hand.

PYTHONPATH=. python tests/benchmarks/make_tables/regions.py ../shared/data/countries/countries.tsv
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[3] / "sitegen" / "data" / "regions.tsv"
MARK = "# countries (CLDR names in twelve languages, other names from countryinfo)\n"


def main(countries: str) -> None:
    by_hand = OUT.read_text(encoding="utf-8").partition(MARK)[0]
    lines = []
    with open(countries, encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = [row[k] for k in row if k.startswith("name_")]
            names = [names[0], *(n for n in row["other_names"].split("|") if len(n) > 3), *names[1:]]
            plain = [n.replace(" & ", " and ") for n in names if n]
            lines.append(f"{row['iso2']}\t\t\t\t{'|'.join(dict.fromkeys(plain))}\n")
    OUT.write_text(by_hand + MARK + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

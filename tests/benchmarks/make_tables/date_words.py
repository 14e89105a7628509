"""Writes `sitegen/data/date_words.tsv` from CLDR by way of Babel.

    pip install babel; PYTHONPATH=. python tests/benchmarks/make_tables/date_words.py

Months and weekdays come as CLDR names them (wide and abbreviated, inside a date and alone), words
of relative forms ("hours", "ago") from CLDR's patterns for one to twenty-one units. What CLDR has
no word for (markers, Levantine weekday spellings, seasons) is in `date_markers.tsv`, by hand.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from babel import Locale, dates, localedata

OUT = Path(__file__).resolve().parents[3] / "sitegen" / "data" / "date_words.tsv"
LOCALES = """
    en de fr es it pt nl ru uk pl cs sk tr ar ar_SY ar_DZ ar_MA fa he sv da nb nn fi el ro hu id ms vi hi bn
    ur bg sr sr_Latn hr bs sl mk sq be ca gl eu et lv lt is ka hy az kk uz sw af th zh zh_Hant ja ko
"""
UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_WORD = re.compile(
    r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963\u0981-\u09cd\u0e31-\u0e4e\u200c])+"
)


def rows_of(name: str) -> set[tuple[str, str, str, str]]:
    localedata._cache.clear()  # Babel lets stand-alone names of one locale leak into the next
    locale = Locale.parse(name)
    lang = locale.language
    rows = set()
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, word in locale.months[context][width].items():
                rows.add(("month", str(number), lang, word))
            for number, word in locale.days[context][width].items():
                rows.add(("weekday", str(number), lang, word))
    for key in ("am", "pm"):
        for width in ("abbreviated", "wide"):
            word = locale.day_periods.get("format", {}).get(width, {}).get(key)
            if word:
                rows.add(("meridiem", key, lang, word))
    return rows | relative_rows(name, lang)


def relative_rows(name: str, lang: str) -> set[tuple[str, str, str, str]]:
    """Return the unit words and the words that every "N units ago" of the language shares."""
    words: dict[str, set[str]] = {}
    for unit, delta in UNITS.items():
        found = set()
        for n in (1, 2, 3, 5, 11, 21):
            text = dates.format_timedelta(
                -delta * n, granularity=unit, threshold=10**9, add_direction=True, locale=name
            )
            found |= set(_WORD.findall(text))
        words[unit] = found
    ago = set.intersection(*words.values())
    rows = {("ago", "", lang, w) for w in ago}
    return rows | {("unit", unit, lang, w) for unit, found in words.items() for w in found - ago}


def main() -> None:
    rows = set().union(*(rows_of(name) for name in LOCALES.split()))
    hebrew = [r for r in rows if r[2] != "he" and re.search("[\u0590-\u05ff]", r[3])]
    if hebrew:
        raise SystemExit(f"names leaked between locales: {hebrew[:3]}")
    order = {"month": 0, "weekday": 1, "meridiem": 2, "unit": 3, "ago": 4}
    lines = sorted(rows, key=lambda r: (order[r[0]], r[2], int(r[1]) if r[1].isdigit() else 0, r[1], r[3]))
    OUT.write_text("".join("\t".join(row) + "\n" for row in lines), encoding="utf-8")


if __name__ == "__main__":
    main()

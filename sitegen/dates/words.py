"""What a word can mean in a date: months, weekdays, markers, parts of relative forms.

The tables are `sitegen/data/date_words.tsv` (from CLDR) and `date_markers.tsv` (by hand). A word
is known by its `key`, so case, accents, Arabic letter forms and the Turkish dotless i do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct

from sitegen.dates.tables import rows

# One letter for each kind of word; `grammar` writes its rules over these.
_KINDS = {
    "month": "M",
    "jalali": "J",
    "hijri": "j",
    "updated": "U",
    "published": "P",
    "weekday": "w",
    "relday": "R",
    "unit": "q",
    "hour": "h",
    "meridiem": "a",
    "ago": "g",
    "last": "l",
    "one": "1",
    "two-units": "2",
    "count": "N",
    "short-unit": "k",
    "season": "S",
    "number": "b",
    "ordinal": "o",
    "filler": "f",
    "zone": "Z",
}
# Of two kinds of one word the one further left is its kind in the rules.
_RANK = {letter: rank for rank, letter in enumerate("MJjUPRhqagl2foS1kNwbZ")}
_LATIN = {ord("ı"): "i", ord("ł"): "l", ord("Ł"): "l", ord("đ"): "d", ord("Đ"): "d", ord("ø"): "o"}
_ARABIC = {ord("ی"): "ي", ord("ى"): "ي", ord("ک"): "ك", ord("\u200c"): None, ord("ـ"): None, ord("ة"): "ه"}
_LETTERS = {**_LATIN, **_ARABIC}
_WORD = re.compile(r"[^\W\d_]", re.UNICODE)
# Words of CLDR's patterns that mean too much else to say "ago", and half-days that do.
_TOO_COMMON = {
    "ago": {"a", "il", "y", "de", "for", "me", "yang", "za"},
    "meridiem": {"to", "tk", "sa", "ch", "de", "du", "fm", "em", "e", "pp", "дп", "pop"},
    "unit": {"a", "de", "время", "ma", "juma", "واحد", "واحده", "שתי"},
}
# Chinese, Japanese and Korean are rewritten by `tokens`; Thai writes units and "ago" as one word.
_REWRITTEN = {"zh", "ja", "ko"}


class Word(Struct, frozen=True):
    """The meanings of one word: its kind as a letter, and what it stands for in each kind.

    `months` holds (month, languages) pairs, more than one where languages differ; `values` gives
    by kind the unit, "am" or "pm", or the days of a relative day; `weekday` is 0 for Monday, None
    where languages differ.
    """

    kind: str
    values: Mapping[str, str]
    langs: frozenset[str]
    months: tuple[tuple[int, frozenset[str]], ...] = ()
    weekday: int | None = None


@lru_cache(maxsize=4096)
def key(word: str) -> str:
    """Return the form of a word under which the tables know it."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


@cache
def lexicon() -> dict[str, Word]:
    """Return every known word by its key."""
    meanings: dict[str, list[tuple[str, str, str]]] = {}
    for kind, value, lang, word in _entries():
        meanings.setdefault(word, []).append((kind, value, lang))
    return {word: _word(found) for word, found in meanings.items()}


def _word(meanings: list[tuple[str, str, str]]) -> Word:
    ranked = sorted(meanings, key=lambda m: _RANK[m[0]])
    months: dict[int, set[str]] = {}
    for kind, value, lang in ranked:
        if kind in "MJ":
            months.setdefault(int(value), set()).add(lang)
    weekdays = {int(value) for kind, value, _ in ranked if kind == "w" and value}
    return Word(
        kind=ranked[0][0],
        values={kind: value for kind, value, _ in reversed(ranked)},
        langs=frozenset(lang for _, _, lang in ranked),
        months=tuple((month, frozenset(langs)) for month, langs in sorted(months.items())),
        weekday=weekdays.pop() if len(weekdays) == 1 else None,
    )


def _entries() -> Iterator[tuple[str, str, str, str]]:
    """Yield (kind letter, value, language, key) for every word of both tables."""
    for name in ("date_markers.tsv", "date_words.tsv"):
        for kind, value, lang, words in rows(name):
            if lang in _REWRITTEN:
                continue
            kind = value if kind == "marker" else kind
            for word in words.split("|"):
                for part in _parts(kind, word, lang):
                    if part not in _TOO_COMMON.get(kind, ()) and not (kind == "weekday" and len(part) == 1):
                        yield _KINDS[kind], value, lang, part
    for name, _, _, kind in rows("zones.tsv"):
        if kind == "abbr":
            yield "Z", "", "", key(name)


def _parts(kind: str, word: str, lang: str) -> Iterator[str]:
    """Yield the keys of the words in one entry; a month or a half-day counts only as one word."""
    bare = word.rstrip(".॰׳’'")
    found = [key(p) for p in re.split(r"[\s.’'-]+", bare) if _WORD.search(p)]
    if kind in ("month", "meridiem", "jalali") and len(found) > 1:
        found = (
            [key(bare.replace(".", ""))] if "." in bare and " " not in bare else found[-1:] * (lang == "ca")
        )
    yield from found
    if kind == "month" and lang == "he":
        yield from ("ב" + part for part in found)


@cache
def zones() -> dict[str, tuple[int, str, str]]:
    """Return (minutes east of UTC, rule of summer time, kind) by the key of a zone's name."""
    return {" ".join(map(key, row[0].split())): (int(row[1]), row[2], row[3]) for row in rows("zones.tsv")}


def month_of(word: Word, lang: str | None, hints: frozenset[str]) -> int | None:
    """Return the month that a word names, or None where languages differ and nothing decides.

    `hints` are the languages of the other words of the string.
    """
    if len(word.months) == 1:
        return word.months[0][0]
    for known in (frozenset({lang} if lang else ()), hints):
        fitting = [month for month, langs in word.months if langs & known]
        if len(fitting) == 1:
            return fitting[0]
    return None

"""Dates said from where the reader stands: "3 hours ago", "yesterday, 22:58", "last Wednesday"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sitegen.dates.grammar import Reading
from sitegen.dates.tokens import Tokens

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_UNKNOWN = re.compile("[uxyHGBLMJ]")


def relative(tokens: Tokens, reference: datetime) -> Reading | None:
    """Return the date that a string means at the time of reference, or None if it is not relative."""
    ago = _ago(tokens, reference)
    if ago:
        return ago
    if _UNKNOWN.search(tokens.letters) or tokens.cut:
        return None
    for at, word in enumerate(tokens.words):
        if word and word.kind == "R":
            day = reference + timedelta(days=int(word.values["R"]))
            return Reading(at, at + 1, day.date().isoformat(), "relative-day")
    return _weekday(tokens, reference)


def _ago(tokens: Tokens, reference: datetime) -> Reading | None:
    """Read a number, a unit and a word for "ago", in any order that keeps number and unit together."""
    agos = [i for i, w in enumerate(tokens.words) if w and "g" in w.values]
    for at, word in enumerate(tokens.words):
        if not agos or not word:
            continue
        unit, count = _measure(tokens, at)
        near = [i for i in agos if i != at and -4 <= i - at <= 2]
        if count is None or unit not in _UNITS or not near:
            continue
        then = reference - _UNITS[unit] * count
        time = then.strftime("%H:%M") if unit in ("second", "minute", "hour") else None
        start, end = min(max(at - 1, 0), *near), max(at + 1, *(i + 1 for i in near))
        return Reading(start, end, then.date().isoformat(), "ago", time=time)
    return None


def _measure(tokens: Tokens, at: int) -> tuple[str, int | None]:
    """Return the unit that a word names and how many there are of it.

    Arabic and Hebrew have a word for two of a unit, and name one of it without a number; Romanian
    puts "de" between; Swahili puts the number behind.
    """
    word = tokens.words[at]
    if word is None or not {"q", "k", "2"} & word.values.keys():
        return "", None
    if "2" in word.values:
        return word.values["2"], 2
    unit = word.values.get("q") or word.values["k"]
    before = at - 1
    if before > 0 and tokens.letters[before] in "fo'" and not _number(tokens, before):
        before -= 1
    count = _number(tokens, before) or _number(tokens, at + 1)
    said = tokens.words[at - 1] if at else None
    return unit, count or (1 if said and said.kind == "g" else None)


def _number(tokens: Tokens, at: int) -> int | None:
    if not 0 <= at < len(tokens.letters):
        return None
    if tokens.letters[at] in "dnx":
        return int(tokens.texts[at]) if len(tokens.texts[at]) <= 3 else None
    word = tokens.words[at]
    if word and "N" in word.values:
        return int(word.values["N"])
    return 1 if word and "1" in word.values else None


def _weekday(tokens: Tokens, reference: datetime) -> Reading | None:
    found = [
        (i, w.weekday) for i, w in enumerate(tokens.words) if w and "w" in w.values and w.weekday is not None
    ]
    named = [(i, day) for i, day in found if day is not None and len(tokens.texts[i]) > 2]
    if len({day for _, day in named}) != 1 or re.search("[dnc]", tokens.letters):
        return None
    at, weekday = named[0]
    last = any(w and "l" in w.values for w in tokens.words)
    back = (reference.weekday() - weekday) % 7 or (7 if last else 0)
    return Reading(at, at + 1, (reference - timedelta(days=back)).date().isoformat(), "weekday")

"""A string -> the dates in it, each with its time, its zone and the marker that it stands under."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from sitegen.dates.clock import Time, find_times, offset
from sitegen.dates.grammar import Reading, Settings, all_known, readings
from sitegen.dates.relative import relative
from sitegen.dates.tokens import MAX_TEXT, Tokens, tokenize
from sitegen.model import Date

Marker = Literal["published", "", "updated"]
PREFERENCE: dict[Marker, int] = {"published": 0, "": 1, "updated": 2}
_CLOSE = 6


class Dated(Struct, frozen=True):
    """One date of a string; `order` is "day" or "month" where two numbers show which comes first;
    `before` counts the unknown words in front of it.
    """

    value: Date
    marker: Marker
    rule: str
    order: str | None
    before: int


class Scan(Struct, frozen=True):
    """What a string holds: its dates in order, if it holds nothing else, how many words are not known."""

    dates: tuple[Dated, ...]
    only_dates: bool
    unknown: int

    def best(self) -> Dated | None:
        """Return the date of publication: "published" before bare before "updated", then the first."""
        return min(self.dates, key=lambda d: PREFERENCE[d.marker], default=None)


def scan(
    text: str,
    *,
    lang: str | None = None,
    day_first: bool | None = None,
    reference: datetime | None = None,
) -> Scan:
    """Return the dates that a string names."""
    # one character more than is read tells that the string is longer
    return _scanned(text[: MAX_TEXT + 1], lang, day_first, reference)


@lru_cache(maxsize=512)  # a line near an article's head is asked after for several fields
def _scanned(text: str, lang: str | None, day_first: bool | None, reference: datetime | None) -> Scan:
    tokens = tokenize(text)
    language = lang.replace("_", "-").split("-")[0].lower() if lang else None
    settings = Settings(language, day_first, reference.date() if reference else None, lang)
    found = readings(tokens, settings)
    if not found and reference:
        said = relative(tokens, reference)
        found = [said] if said else []
    times = [t for t in find_times(tokens) if _free(t, tokens, found)]
    dated, taken = _dated(tokens, found, times)
    taken += [(t.start, t.end) for t in times]
    unknown = tokens.letters.count("u")
    return Scan(tuple(dated), bool(found) and all_known(tokens, taken), unknown)


def _free(time: Time, tokens: Tokens, found: list[Reading]) -> bool:
    """Say whether a time takes no number of a date; a clock may stand inside one (`Mar 17 08:15 2012`)."""
    return tokens.letters[time.start] == "t" or not any(
        t.start < time.end and time.start < t.end for t in found
    )


def _dated(
    tokens: Tokens, found: list[Reading], times: list[Time]
) -> tuple[list[Dated], list[tuple[int, int]]]:
    dated: list[Dated] = []
    taken = [(r.start, r.end) for r in found]
    barriers = sorted([(i, i + 1) for i, c in enumerate(tokens.letters) if c in "PU"] + taken)
    for reading in found:
        before = max((end for _, end in barriers if end <= reading.start), default=0)
        after = min((start for start, _ in barriers if start >= reading.end), default=len(tokens.letters))
        time = _beside(tokens, reading, times, before, after)
        marker = _marker(tokens, reading, found)
        before_it = tokens.letters[: reading.start].count("u")
        dated.append(Dated(_date(reading, time), marker, reading.rule, reading.order, before_it))
    return dated, taken


def _beside(tokens: Tokens, reading: Reading, times: list[Time], before: int, after: int) -> Time | None:
    """Return the time that belongs to a date: the next one after it, else the last one before it.

    Of "0340 GMT (1140 HKT)" that is the one outside the brackets.
    """
    for time in times:
        gap = tokens.letters[reading.end : time.start]
        inside = reading.start < time.start and time.end <= reading.end
        if inside or (reading.end <= time.start < after and _near(gap, time)):
            return time
    for time in reversed(times):
        if tokens.letters[time.start - 1 : time.start] == "(" and tokens.letters[reading.start - 1] == ")":
            continue
        if (
            before <= time.start
            and time.end <= reading.start
            and _near(tokens.letters[time.end : reading.start], time)
        ):
            return time
    return None


def _near(gap: str, time: Time) -> bool:
    if not time.sure:
        return len(gap) <= 6 and not gap.strip(",.fwhq|-@/")
    return len(gap) <= _CLOSE and gap.count("u") <= 1


def _marker(tokens: Tokens, reading: Reading, found: list[Reading]) -> Marker:
    """Return what the nearest marker before a date says.

    Where none stands before the first date and one ends the string, markers follow their dates.
    """
    letters = tokens.letters
    if not re.search("[PU]", letters[: found[0].start]) and re.search(r"[PU][^PU\w]*\Z", letters):
        following = min((r.start for r in found if r.start >= reading.end), default=len(letters))
        part = letters[reading.end : following]
    else:
        previous = max((r.end for r in found if r.end <= reading.start), default=0)
        part = letters[previous : reading.start][::-1]
    at = re.search("[PU]", part)
    return "" if not at else "published" if at[0] == "P" else "updated"


def _date(reading: Reading, time: Time | None) -> Date:
    if len(reading.date) < 10:
        return Date(reading.date, ambiguous=reading.ambiguous)
    if reading.time:
        return Date(reading.date, reading.time[:5], reading.time[5:] or None, reading.ambiguous)
    if time is None:
        return Date(reading.date, ambiguous=reading.ambiguous)
    zone = offset(time.zone, date.fromisoformat(reading.date), time.hour) if time.zone else None
    return Date(reading.date, f"{time.hour:02d}:{time.minute:02d}", zone, reading.ambiguous)

"""The time of day beside a date, and the zone it is in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from msgspec import Struct

from sitegen.dates.calendars import nth_sunday
from sitegen.dates.tokens import Tokens
from sitegen.dates.words import key, zones

# Each rule says what a time may look like; the first that fits at a place is taken.
_TIME = re.compile(
    r"(?P<pre>a)?(?P<clock>t)[hq]?(?P<post>a)?"
    r"|(?P<pre2>a)?(?P<hour>[dn])(?P<mark>h)(?P<minute>[dn](?![hqa]|[./-][dny]))?f?(?P<post2>a)?"
    r"|(?P<pre3>a)?(?P<dotted>c)[hq]?(?P<post3>a)?"
    r"|(?P<full>[dn])(?P<post4>a)(?![tc]|[dn]h)"
    r"|(?P<mil>[Hy])(?=[Zhq])[hq]?"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?\Z")
_ZONE = re.compile(
    r"(?P<open>\s?[(\[|,]?\s?)(?:(?:GMT|UTC)\s?(?P<off>[+\-\u2212]\s?\d{1,2}(?::?\d{2})?)(?![\d:])"
    r"|(?P<plus>\+\d{2}:?\d{2}(?!\d))"
    r"|(?P<name>[^\W\d_]{1,12}(?:\s[^\W\d_]{1,12}){0,2}))",
    re.IGNORECASE,
)
_UNITS_AFTER_HOURS = ("uhr", "h", "hrs", "hr", "uur", "hs")


class Time(Struct, frozen=True):
    """A time of day: the tokens it takes, its value, and its zone as written."""

    start: int
    end: int
    hour: int
    minute: int
    zone: str | None
    sure: bool


def find_times(tokens: Tokens) -> list[Time]:
    """Return the times of day in a string, in order; those that no day has are left out."""
    found = []
    for m in _TIME.finditer(tokens.letters):
        time = _time(m, tokens)
        if time:
            found.append(time)
    return found


def _time(m: re.Match[str], tokens: Tokens) -> Time | None:
    start, end = m.span()
    own_zone = None
    if m["clock"]:
        hour, minute, own_zone = _clock(tokens.texts[m.start("clock")])
    elif m["dotted"]:
        hour, minute, own_zone = _clock(tokens.texts[m.start("dotted")].replace(".", ":"))
    elif m["hour"]:
        if not m["minute"] and key(tokens.texts[m.start("mark")]) not in _UNITS_AFTER_HOURS:
            return None
        hour = int(tokens.texts[m.start("hour")])
        minute = int(tokens.texts[m.start("minute")]) if m["minute"] else 0
    elif m["full"]:
        hour, minute = int(tokens.texts[m.start("full")]), 0
    else:
        hour, minute = divmod(int(tokens.texts[m.start("mil")]), 100)
    half = next(
        (i for g in ("pre", "post", "pre2", "post2", "pre3", "post3", "post4") if (i := m.start(g)) >= 0),
        None,
    )
    word = tokens.words[half] if half is not None else None
    hour = _with_half_day(hour, word.values["a"] if word else None)
    if (hour, minute) == (24, 0) or not (hour < 24 and minute < 60):
        return None
    zone = own_zone or _zone_after(tokens, end)
    return Time(start, end, hour, minute, zone, sure=not m["dotted"] or half is not None or end - start > 1)


def _clock(text: str) -> tuple[int, int, str | None]:
    hour, minute = int(text[: text.index(":")]), text[text.index(":") + 1 :][:2]
    tail = re.search(r"[zZ]\Z|([+\u2212-])(\d{2}):?(\d{2})\Z", text)
    return hour, int(minute), tail[0].replace("\u2212", "-") if tail else None


def _with_half_day(hour: int, half: str | None) -> int:
    if half == "pm" and hour < 12:
        return hour + 12
    return 0 if half == "am" and hour == 12 else hour


def _zone_after(tokens: Tokens, end: int) -> str | None:
    """Return the zone's name or offset that stands right after the time, as `offset` reads it."""
    m = _ZONE.match(tokens.text, tokens.ends[end - 1])
    if not m:
        return None
    if m["off"] or m["plus"]:
        return (m["off"] or m["plus"]).replace(" ", "").replace("\u2212", "-")
    words = m["name"].split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        _, _, kind = zones().get(" ".join(map(key, words[:count])), (0, "", ""))
        if kind == "words" or (kind == "abbr" and name.isupper()):
            return name
        if kind == "city" and ("(" in m["open"] or (count < len(words) and key(words[count]) == "time")):
            return name
    return None


def offset(zone: str, day: date, hour: int) -> str | None:
    """Return "+03:00" for a zone on a day, or None where its rules of that time are not known here."""
    m = _OFFSET.match(zone)
    if m:
        hours, rest = int(m[2]), int(m[3] or 0)
        minutes = hours * 60 + rest
        return _written(-minutes if m[1] == "-" else minutes) if rest < 60 and minutes <= 14 * 60 else None
    known = zones().get(" ".join(map(key, zone.split())))
    if not known:
        return None
    minutes, rule, _ = known
    saving = _summer(rule, datetime(day.year, day.month, day.day, hour), minutes)
    return None if saving is None else _written(minutes + saving)


def _written(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _summer(rule: str, moment: datetime, minutes: int) -> int | None:
    """Return the minutes that clocks were ahead at this local time, or None where that is not sure."""
    year = moment.year
    if rule == "-":
        return 0
    if rule == "msk":
        return 0 if moment >= datetime(2014, 10, 27) else None
    if rule == "us" and year >= 2007:
        start, end = nth_sunday(year, 3, 2), nth_sunday(year, 11, 1)
        change = timedelta(hours=2)
    elif rule == "us" and year >= 1987:
        start, end = nth_sunday(year, 4, 1), nth_sunday(year, 10, -1)
        change = timedelta(hours=2)
    elif rule == "eu" and year >= 1996:
        start, end = nth_sunday(year, 3, -1), nth_sunday(year, 10, -1)
        change = timedelta(hours=1, minutes=minutes)
    else:
        return None
    begins = datetime(start.year, start.month, start.day) + change
    # At the end clocks are an hour ahead; the hour that comes twice counts as winter's.
    ends = datetime(end.year, end.month, end.day) + change
    return 60 if begins <= moment < ends else 0

"""Arithmetic of calendars: which days exist, other calendars' years, years that a text leaves out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

# A publication date before the first newspapers or long after now is a misread number.
FIRST_YEAR, LAST_YEAR = 1600, 2099
# Two-digit years as POSIX strptime reads them.
_PIVOT = 69
# A page may be stamped in a zone that is a day ahead of the reference; wires file for the next day.
_AHEAD = timedelta(days=2)
_NOWRUZ_BREAKS = (1178, 1633)


def valid(year: int, month: int, day: int) -> bool:
    """Say whether the day exists and the year can be one of publication."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return False
    return 1 <= day <= monthrange(year, month)[1]


def full_year(short: int) -> int:
    """Return 2018 for 18 and 1987 for 87."""
    return short + (1900 if short >= _PIVOT else 2000)


def from_jalali(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a day in the calendar of Iran, or None if there is no such day.

    The 33-year rule, which gives the official calendar's days for the years 1178 to 1633.
    """
    first, last = _NOWRUZ_BREAKS
    if not (first <= year < last and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    length = 31 if month <= 6 else 30 if month < 12 or _jalali_leap(year) else 29
    if day > length:
        return None
    passed = (month - 1) * 31 - max(0, month - 7) + day - 1
    return _nowruz(year) + timedelta(days=passed)


def _jalali_leap(year: int) -> bool:
    return (_nowruz(year + 1) - _nowruz(year)).days == 366


def _nowruz(year: int) -> date:
    """Return the first day of a year of Iran's calendar: day 1 of the year 979 was 1600-03-20."""
    years = year - 979
    days = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    return date(1600, 3, 20) + timedelta(days=days)


def moment_of(reference: str | datetime | None) -> datetime | None:
    """Return a time of reference, given as such or as ISO text ("2018-02-08", "2018-02-08T12:00+00:00").

    Text that is not ISO, or a year in which nothing was published, gives None.
    """
    if isinstance(reference, str):
        try:
            reference = datetime.fromisoformat(reference.strip())
        except ValueError:
            return None
    return reference if reference and FIRST_YEAR < reference.year <= LAST_YEAR else None


def latest(reference: date) -> date:
    """Return the last day that something published by the reference may bear."""
    return reference + _AHEAD


def nearest_year(month: int, day: int, reference: date) -> int | None:
    """Return the latest year in which the day is not after the reference (two days are forgiven)."""
    for year in range(reference.year + 1, reference.year - 9, -1):
        if valid(year, month, day) and date(year, month, day) <= latest(reference):
            return year
    return None


def nearest_month(day: int, reference: date) -> date | None:
    """Return the latest date with this day of the month that is not after the reference."""
    ahead = latest(reference)
    for back in range(-1, 12):
        month = (ahead.year * 12 + ahead.month - 1) - back
        year, number = divmod(month, 12)
        if valid(year, number + 1, day) and date(year, number + 1, day) <= ahead:
            return date(year, number + 1, day)
    return None


def nth_sunday(year: int, month: int, nth: int) -> date:
    """Return the nth Sunday of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)

"""The lines of a page -> its date of publication, with the line that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sitegen.dates.calendars import latest, moment_of
from sitegen.dates.strings import PREFERENCE, Dated, Scan, scan
from sitegen.dates.tokens import has_stranger
from sitegen.model import Date, Found

# A longer line is text, whatever date it names.
_LONGEST = 160
# "Yesterday at 21:05" and the like, with a marker.
_SAID = 60
# "By Our Foreign Staff 7 February 2018", "7 February 2018 in News, World by Jane Doe": more unknown
# words than these are a sentence.
_BYLINE, _WORDS_BESIDE = 5, 8


def parse_date(
    text: str,
    *,
    lang: str | None = None,
    day_first: bool | None = None,
    reference: str | datetime | None = None,
) -> Date | None:
    """Return the date of publication that a short string gives, as precise as given, or None.

    `lang` is BCP 47; `day_first` says which of two numbers is the day on this site; `reference` is
    the time (a datetime, or ISO text) from which relative dates and days without a year are
    counted: without it they give None. Of several dates "published" beats bare beats "updated".
    Only the first 300 characters are read.
    """
    best = scan(text, lang=lang, day_first=day_first, reference=moment_of(reference)).best()
    return best.value if best else None


def is_date_line(text: str, *, lang: str | None = None, reference: str | datetime | None = None) -> bool:
    """Say whether a line holds a date and nothing beside it but time, zone, weekday and markers.

    A day without a year ("7 Feb, 22:58") and "3 hours ago" count too, with or without a reference.
    """
    if len(text) > _LONGEST or has_stranger(text):
        return False
    moment = moment_of(reference) or datetime(2000, 12, 31)
    return scan(text, lang=lang, reference=moment).only_dates


def find_date(
    lines: Sequence[tuple[int, str]],
    *,
    lang: str | None = None,
    day_first: bool | None = None,
    reference: str | datetime | None = None,
) -> Found[Date] | None:
    """Return the date of publication that the lines of a page give, with the line and the rule.

    `lines` are (number, text) pairs. "Published" beats a bare date beats "Updated"; among equals a
    line that is a date, or a date and a few words, beats a longer one, a day beats a month, then the
    first line wins. Sentences and long lines do not count, nor days after the reference. The rule's
    name is "published", "date-line", "date-in-line" or "updated", a colon, and the form of the date.
    """
    moment = moment_of(reference)
    best: tuple[tuple[int, bool, bool, int], Found[Date]] | None = None
    for position, (number, text) in enumerate(lines):
        if len(text) > _LONGEST or not _worth_reading(text, moment):
            continue
        seen = scan(text, lang=lang, day_first=day_first, reference=moment)
        found = seen.best()
        if not found or _is_sentence(found, seen) or _in_future(found.value, moment):
            continue
        rank = (PREFERENCE[found.marker], seen.unknown > _BYLINE, found.value.day is None, position)
        if best is None or rank < best[0]:
            best = rank, Found(found.value, text.strip(), number, _rule(found, seen))
    return best[1] if best else None


def learn_order(texts: Iterable[str], *, lang: str | None = None) -> bool | None:
    """Return True where the unambiguous numeric dates of one source put the day first, False where
    the month; None where there are none, or where they disagree.
    """
    orders = {d.order for text in texts for d in scan(text, lang=lang).dates if d.order}
    return orders == {"day"} if len(orders) == 1 else None


def _worth_reading(text: str, moment: datetime | None) -> bool:
    """Say whether a line could hold a date: three digits at least, or few words if there is a reference."""
    return (moment is not None and len(text) < _SAID) or sum(map(str.isdigit, text)) > 2


def _is_sentence(found: Dated, seen: Scan) -> bool:
    """Say whether too many words stand beside a date; behind "published on …" any number may follow."""
    if found.value.day is None and not seen.only_dates and not found.marker:
        return True
    return seen.unknown > _WORDS_BESIDE and not (found.marker == "published" and found.before <= _BYLINE)


def _rule(found: Dated, seen: Scan) -> str:
    kind = found.marker or ("date-line" if seen.only_dates else "date-in-line")
    return f"{kind}:{found.rule}"


def _in_future(value: Date, moment: datetime | None) -> bool:
    if moment is None:
        return False
    first = date.fromisoformat((value.date + "-01-01")[:10])
    return first > latest(moment.date())

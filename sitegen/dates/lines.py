"""The lines of a page -> its date of publication, with the line that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sitegen.dates.calendars import latest, moment_of
from sitegen.dates.strings import Dated, Scan, scan
from sitegen.model import Date, Found

# A longer line is text, whatever date it names.
_LONGEST = 160
# "By Our Foreign Staff 7 February 2018": more unknown words than these are a sentence.
_WORDS_BESIDE = 8


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
    if len(text) > _LONGEST:
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
    line that is only a date beats one with a byline, then the first line wins. Long lines and
    sentences do not count, nor days after the reference. The rule's name is "published",
    "date-line", "date-in-line" or "updated", a colon, and the form of the date.
    """
    moment = moment_of(reference)
    best: tuple[tuple[int, int, int, int], Found[Date]] | None = None
    for position, (number, text) in enumerate(lines):
        if not any(c.isdigit() for c in text[:_LONGEST]) and moment is None:
            continue
        if len(text) > _LONGEST:
            continue
        seen = scan(text, lang=lang, day_first=day_first, reference=moment)
        found = seen.best()
        if not found or seen.unknown > _WORDS_BESIDE or _in_future(found.value, moment):
            continue
        rank = (*_rank(found, seen), -len(found.value.date), position)
        if best is None or rank < best[0]:
            best = rank, Found(found.value, text.strip(), number, _rule(found, seen))
    return best[1] if best else None


def learn_order(texts: Iterable[str], *, lang: str | None = None) -> bool | None:
    """Return True where the unambiguous numeric dates of one source put the day first, False where
    the month; None where there are none, or where they disagree.
    """
    orders = {d.order for text in texts for d in scan(text, lang=lang).dates if d.order}
    return orders == {"day"} if len(orders) == 1 else None


def _rank(found: Dated, seen: Scan) -> tuple[int, int]:
    kind = {"published": 0, "": 1, "updated": 2}[found.marker]
    return kind, 0 if seen.only_dates else 1


def _rule(found: Dated, seen: Scan) -> str:
    kind = found.marker or ("date-line" if seen.only_dates else "date-in-line")
    return f"{kind}:{found.rule}"


def _in_future(value: Date, moment: datetime | None) -> bool:
    if moment is None:
        return False
    first = date.fromisoformat((value.date + "-01-01")[:10])
    return first > latest(moment.date())

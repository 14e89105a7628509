"""The head of an article's first paragraph -> where, when and by whom it was filed.

A dateline ends with a dash, a colon, a bracket or a dot. Each such place in the first 160
characters is tried as the end; what stands before must be read whole by `heads`, and one of the
rules below must hold, which ask the more of the words the less they show: an agency in brackets is
sure by itself, a place alone must be in capitals and known. The longest dateline wins. A head that
could be the sentence's own words is none: what is stripped from a body must be certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from sitegen.dates.calendars import moment_of, nearest_month
from sitegen.dates.eastern import eastern_dateline
from sitegen.dates.heads import Head, place_text, read_head
from sitegen.dates.places import cities, find_place, place_key
from sitegen.dates.strings import scan
from sitegen.dates.tables import words_of
from sitegen.model import Date, Dateline

_WINDOW = 160
_AFTER = 140
_MOST_SMALL = 4  # small words of four letters and more in a dateline: "lundi", "février", "correspondant"
_SLUGS = (
    r"(?:RPT|UPDATE \d{1,2}|CORRECTED|REFILE|WRAPUP \d{1,2}|URGENT|ADV|EDS|FOCUS|INTERVIEW|ANALYSIS|FEATURE)"
)
_LEAD = re.compile(rf"\s*(?:[*_]{{1,3}}|[•▪►])?\s*(?:{_SLUGS}\s{{0,2}}-{{1,2}}\s{{0,2}})?")
_END = re.compile(
    r"(?P<dash>(?:(?<=[)/\]])[.,])?[*_]{0,3}\s*(?:-{2,}|[–—―]|-(?=\s)|(?<=[\s.)/\]])-)[*_]{0,3}(?:\s?[-–—])?)"
    r"|(?P<close>(?:(?<=[)\]])[*_]{0,3}[:.,]?[*_]{0,3}|(?<=/)[:.,]?(?=\s))(?=\s?\S))"
    r"|(?P<colon>:(?=\s))"
    r"|(?P<dot>\.(?=\s))"
    r"|(?P<equals>\s=(?=\s))"
)
_BEGINS = re.compile(r"\s*[\"'“”„«»‘’‹(\[¿¡*_]{0,3}\s?(?P<first>\w)(?P<more>[^\W\d_]*)")
_SECOND_DASH = re.compile(r"\s(?:-{1,2}|[–—])\s|[^\s]—[^\s]")
_LARGE, _MILLION = 100_000, 1_000_000


class _Ending(Struct, frozen=True):
    """Where a dateline could end: the kind of mark, the text after it, and how that text starts."""

    mark: str
    rest: str
    first_word: str
    begins: bool

    @property
    def dashed(self) -> bool:
        return self.mark == "dash"

    @property
    def only_dash(self) -> bool:
        """Say whether no second dash follows, as in "Moscow - the capital of Russia - said"."""
        return self.dashed and self.begins and not _SECOND_DASH.search(self.rest[:_AFTER])


def parse_dateline(paragraph: str, *, published: Date | str | None = None) -> Dateline | None:
    """Return the dateline that a paragraph starts with, or None where there is none for certain.

    `published` (a Date, or ISO text) gives the year that datelines leave out: the latest one that
    does not put the day after it. Without it such a date is None. Names of places in capitals come
    back as names; the agency is as printed; `end` counts the characters before the text and the
    blank in front of it.
    """
    lead = _LEAD.match(paragraph)
    start = lead.end() if lead else 0
    window = paragraph[start : start + _WINDOW + _AFTER]
    reference = moment_of(str(published.date if isinstance(published, Date) else published or "")[:10])
    special = eastern_dateline(window, reference)
    if special:
        return Dateline(special.place, special.date, special.agency, special.end + start)
    found: Dateline | None = None
    for m in _END.finditer(window, 0, _WINDOW):
        if _reads_as_sentence(window[: m.start()]):
            break  # and so does all that is longer
        ending = _ending(m, window)
        head = read_head(window[: m.start()]) if ending and m.start() else None
        if ending and head and any(rule(head, ending) for _, rule in _RULES):
            found = Dateline(place_text(head), _date(head, reference), head.agency, m.end() + start)
    return found


def _reads_as_sentence(text: str) -> bool:
    """Tell whether there are more small words than names of places, days and agencies have."""
    return sum([word.islower() and len(word) > 3 for word in text.split()]) > _MOST_SMALL


def _date(head: Head, reference: datetime | None) -> Date | None:
    if not head.date:
        return None
    if head.date.isdigit() and len(head.date) <= 2:
        day = nearest_month(int(head.date), reference.date()) if reference else None
        return Date(day.isoformat()) if day else None
    best = scan(head.date, reference=reference).best()
    return Date(best.value.date, ambiguous=best.value.ambiguous) if best else None


def _ending(m: re.Match[str], window: str) -> _Ending | None:
    rest = window[m.end() :]
    first = _BEGINS.match(rest)
    if not first:
        return None
    letter = first["first"]
    begins = letter.isupper() or letter.isdigit() or letter.lower() == letter.upper()
    return _Ending(m.lastgroup or "", rest, (letter + first["more"]).lower(), begins)


def _agency_and_date(head: Head, end: _Ending) -> bool:
    """Hold for `MOSCOW, February 7. /TASS/.` and `NEW DELHI, Feb 7 (PTI) The`, with any mark."""
    if not head.agency or not head.date or head.agency_is == "weak":
        return False
    if not head.places:
        return end.begins and (end.dashed or (head.bracketed and end.mark != "colon"))
    sure_place = head.place_is() in ("known", "capitals") or head.bracketed
    return end.dashed or (end.begins and sure_place)


def _agency_and_place(head: Head, end: _Ending) -> bool:
    """Hold for `BEIRUT (AP) —`, `Damascus, SANA-`, `Washington (CNN) The`."""
    if not head.agency or head.agency_is == "weak" or not head.places or head.date or not end.begins:
        return False
    sure_place = head.place_is() in ("known", "capitals") or head.region
    if head.bracketed:
        return end.dashed or (sure_place and end.mark == "close")
    return sure_place and head.agency_is == "wire" and end.dashed


def _agency_alone(head: Head, end: _Ending) -> bool:
    """Hold for `(Reuters) - Shares`, `(CNN) A judge`, `NNA - The minister`."""
    if not head.agency or head.agency_is == "weak" or head.places or head.date or not end.begins:
        return False
    if head.bracketed:
        return end.dashed or end.mark == "close"
    return head.agency_is == "wire" and head.agency.isupper() and end.only_dash


def _date_and_place(head: Head, end: _Ending) -> bool:
    """Hold for `WASHINGTON, Feb. 7, 2018 —`, `GENEVA (8 February 2018) –`, `CAIRO - 8 February 2018:`."""
    if not head.date or not head.places or head.agency:
        return False
    if head.date.isdigit() or not any(map(str.isdigit, head.date)):
        return False
    place = head.place_is()
    if end.dashed:
        return place in ("known", "capitals") or head.region
    return end.begins and place == "known" and (end.mark == "colon" or _in_capitals(head))


def _weak_agency(head: Head, end: _Ending) -> bool:
    """Hold for `ERBIL (BasNews) —` and `MINSK, May 3. /Vestnik/.`: a name that no table has.

    It stands in brackets after a known place, and a dash follows, or a date goes before.
    """
    if head.agency_is != "weak" or not end.begins or not head.places:
        return False
    if not end.dashed and not (head.date and head.bracketed and end.mark != "colon"):
        return False
    return bool(cities(head.places[0])) or (head.place_is() == "capitals" and head.region)


def _place_alone(head: Head, end: _Ending) -> bool:
    """Hold for `WASHINGTON — The`, `GAZIANTEP, Turkey —`, `Kabul - The`."""
    if head.agency or head.date or not head.places or not end.dashed or not end.begins:
        return False
    capitals = _in_capitals(head)
    if len(head.places) > 1:
        return (head.region or capitals) and (head.place_is() == "known" or (capitals and head.region))
    if head.place_is() != "known":
        return False
    if capitals:
        return place_key(head.places[0]) not in words_of("heading")
    place = find_place(head.places[0])
    large = place is not None and (place.capital or place.people >= _LARGE)
    return large and end.only_dash and end.first_word in words_of("opening")


def _place_and_colon(head: Head, end: _Ending) -> bool:
    """Hold for `LAHORE: The chief minister`: in capitals, where papers write so, or a great city."""
    bare = head.places and not head.agency and not head.date
    if not bare or end.mark != "colon" or not end.begins or not _in_capitals(head):
        return False
    place = find_place(head.places[0])
    if not place or not place.people or place_key(head.places[0]) in words_of("heading"):
        return False
    return place.country in words_of("colon") or place.capital or place.people >= _MILLION


def _in_capitals(head: Head) -> bool:
    letters = [c for c in head.places[0] if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


_RULES: tuple[tuple[str, Callable[[Head, _Ending], bool]], ...] = (
    ("agency-and-date", _agency_and_date),
    ("agency-and-place", _agency_and_place),
    ("agency-alone", _agency_alone),
    ("date-and-place", _date_and_place),
    ("weak-agency", _weak_agency),
    ("place-alone", _place_alone),
    ("place-and-colon", _place_and_colon),
)

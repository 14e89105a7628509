"""The grammar of dates: named rules over the letters of tokens, each with what it needs to hold.

A rule's groups are `d` day, `m` month (a word, or a number), `y` year, `s` short year. Rules are
tried at every place; of two readings that overlap the one that starts first is taken, then the
longer, then the one further up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from sitegen.dates.calendars import FIRST_YEAR, LAST_YEAR, from_jalali, full_year, nearest_year, valid
from sitegen.dates.tokens import Tokens
from sitegen.dates.words import key, month_of

_SEP = r"[-./]"
_CLOCK = r"(?:f?t[aZ]{0,2}[+]?H?)?"
_OTHER_NAME = r"(?:[/(,-][MJ]\)?)?"
_BETWEEN = r"[.,f/>'|-]{0,4}"

# name, pattern, what the rest of the string must be: "any", "clean" (known words and punctuation only)
_RULES = tuple(
    (name, re.compile(pattern), needs)
    for name, pattern, needs in (
        ("days-of-month", r"(?P<d1>d)[o.]?-(?P<d2>d)[.fo]{0,3}(?P<m>M)[.,f/'-]{0,3}(?P<y>y)", "range"),
        ("month-and-days", r"(?P<m>M)[.f]{0,2}(?P<d1>d)o?-(?P<d2>d)o?[.,f]{0,3}(?P<y>y)", "range"),
        ("day-month-year", rf"(?P<d>d)[.fo/>'-]{{0,3}}(?P<m>[MJ]){_OTHER_NAME}w?{_BETWEEN}w?(?P<y>y)", "any"),
        (
            "month-day-year",
            rf"(?P<m>M)[.f/>-]{{0,2}}(?P<d>d)[o.]{{0,2}}[,.f/w()-]{{0,4}}{_CLOCK}(?P<y>y)",
            "any",
        ),
        ("year-month-day", r"(?P<y>y)[.,f/>'-]{0,3}(?P<m>[MJ])[.,f/>-]{0,2}(?P<d>d)", "any"),
        ("year-day-month", r"(?P<y>y)[.,fo-]{0,3}(?P<d>d)[.fo'-]{0,3}(?P<m>[MJ])(?![.,f'-]{0,3}y)", "any"),
        ("numbers-year-first", r"(?P<y>y)(?P<p>[-./|])(?P<a>d)(?P=p)(?P<b>d)", "any"),
        ("numbers-year-last", rf"(?P<a>d)(?P<p>{_SEP})(?P<b>d)(?P=p)(?P<y>y)", "any"),
        ("numbers-short-year", rf"(?P<a>[dn])(?P<p>{_SEP})(?P<b>d)(?P=p)(?P<s>[dn])", "stands-alone"),
        ("numbers-and-blanks", r"(?P<a>d)(?P<p>)(?P<b>d)(?P<y>y)", "alone"),
        ("compact", r"(?P<c>[BL])(?:f(?P<t>[GHy])Z?)?", "clean"),
        ("time-group", r"(?P<g>G)(?P<z>[^dnyM])(?P<m>M)\.?(?P<s>[dny])", "any"),
        (
            "day-month-short-year",
            r"(?P<d>d)[.fo/'-]{0,3}(?P<m>M)[.,/'-]{0,2}(?P<s>[dn])(?=\Z|[,;|()/@t-])",
            "any",
        ),
        ("month-day-short-year", r"(?P<m>M)\.?(?P<d>d)o?[,]?(?P<s>'[dn])", "any"),
        ("day-month", r"(?P<d>d)[.fo/'-]{0,3}(?P<m>M)", "any"),
        ("month-day", r"(?P<m>M)[.f/-]{0,2}(?P<d>d)o?", "any"),
        ("numbers-and-time", r"(?P<a>d)(?P<p>/)(?P<b>d)(?=[,f|-]{0,3}(?:t|[dn]h))", "clean"),
        ("dotted-and-time", r"(?P<e>c)\.(?=[,f|-]{0,3}(?:t|[dn]h))", "clean"),
        ("month-year", r"(?<![dn])(?<![dn][.fo])(?P<m>M)[.,f/'-]{0,3}(?P<y>y)", "clean"),
        ("year-month", r"(?P<y>y)[.,f/'-]{0,3}(?P<m>M)", "clean"),
        ("numbers-month-year", r"(?P<b>d)[/.](?P<y>y)|(?P<y2>y)[-/.](?P<b2>d)", "alone"),
        ("season", r"S[,f]{0,2}(?P<y>y)", "clean"),
        ("year", r"(?P<y>y)", "alone"),
    )
)
_WITHOUT_YEAR = {"day-month", "month-day", "numbers-and-time", "dotted-and-time"}
# Before a number: money, a decimal.
_NOT_BEFORE = re.compile(r"(?:[$€£#+]|x[.,])\Z")
_NOT_AFTER = re.compile(r"[%$€£]|[./-][dnxy](?![:h])")
_ALONE = re.compile(r"[\s.,:;|/()\[\]<>'\"&@*_~=\-fPUolwtaZhqdn+]*\Z")
# The letters of military zones are hours east (A to M, without J) and west (N to Y) of Z.
_MILITARY_ZONES = {
    "Z": "+00:00",
    **{letter: f"+{hour:02d}:00" for hour, letter in enumerate("ABCDEFGHIKLM", 1)},
    **{letter: f"-{hour:02d}:00" for hour, letter in enumerate("NOPQRSTUVWXY", 1)},
}
# Where three short numbers have the year in front.
_YEAR_FIRST = {"ko", "zh", "ja", "hu", "lt", "eu"}
_NAMES_OF_NUMBERS = {"del", "no", "o", "v"}


class Settings(Struct, frozen=True):
    """What is known from outside: the language, the order of day and month, the day of reference.

    `locale` is the language with its region, as it was given.
    """

    lang: str | None
    day_first: bool | None
    reference: date | None
    locale: str | None = None


class Reading(Struct, frozen=True):
    """A date in a string: its tokens, value as ISO text, whether day and month could be swapped."""

    start: int
    end: int
    date: str
    rule: str
    ambiguous: bool = False
    time: str | None = None
    order: str | None = None


def readings(tokens: Tokens, settings: Settings) -> list[Reading]:
    """Return the dates of a string in order, without overlaps."""
    found: list[Reading] = []
    for name, pattern, needs in _RULES:
        if name in _WITHOUT_YEAR and settings.reference is None:
            continue
        for m in pattern.finditer(tokens.letters):
            if any(m.start() < r.end and r.start < m.end() for r in found):
                continue
            if not _holds(needs, m, tokens):
                continue
            reading = _reading(name, m, tokens, settings)
            if reading:
                found.append(reading)
    return sorted(found, key=lambda r: r.start)


def _holds(needs: str, m: re.Match[str], tokens: Tokens) -> bool:
    letters = tokens.letters
    before, after = letters[: m.start()], letters[m.end() :]
    if _NOT_BEFORE.search(before[-2:]) or _numbered(m.start(), tokens):
        return False
    if m.groupdict().get("s") and len(tokens.texts[m.end("s") - 1]) == 1:
        return False
    if m.re.groupindex.keys() & {"a", "b"} and (_NOT_AFTER.match(after) or _tight(m, tokens)):
        return False
    if needs == "any":
        return True
    if needs == "range":
        first, last = (int(tokens.texts[m.start(g)]) for g in ("d1", "d2"))
        return first < last and tokens.ends[m.start("d1")] + 1 == tokens.starts[m.start("d2")]
    if needs == "clean":
        return "u" not in before + after and not re.search("[xHyBL]", before + after)
    if needs == "alone":
        return bool(_ALONE.match(before) and _ALONE.match(after)) and not re.search("[dn]", before + after)
    return _stands_alone(m, before, after, tokens)


def _stands_alone(m: re.Match[str], before: str, after: str, tokens: Tokens) -> bool:
    """Say whether a numeric date with a short year is one: parted from other words, or well padded."""
    if m["p"] == "-" and ("u" in before + after):
        return False
    padded = all(len(tokens.texts[m.start(g)]) == 2 for g in ("a", "b", "s"))
    free_before = not before or before[-1] not in "ubxdnyc"
    free_after = not after or after[0] not in "uxdny" or (padded and after[0] == "u")
    return (free_before and free_after) or (
        padded and before[-1:] == "u" and after[:1] in ("t", ",", "", "|")
    )


def _numbered(start: int, tokens: Tokens) -> bool:
    """Say whether a word such as "Section" or "Tel." stands before the token."""
    at = start - 1
    while at >= 0 and tokens.letters[at] in ".:":
        at -= 1
    word = tokens.words[at] if at >= 0 else None
    glued = at >= 0 and tokens.ends[at] == tokens.starts[start]
    return bool(word and "b" in word.values and (glued or key(tokens.texts[at]) not in _NAMES_OF_NUMBERS))


def _tight(m: re.Match[str], tokens: Tokens) -> bool:
    """Say whether the numbers hang on to more of the same: "1.2.2018.4", "192-10-12-2018"."""
    text, start, end = tokens.text, tokens.starts[m.start()], tokens.ends[m.end() - 1]
    head, tail = text[max(0, start - 2) : start], text[end : end + 2]
    return bool(re.search(r"\d[-./]\Z|[#$€£]\Z", head) or re.match(r"[-./]\d", tail))


def _reading(name: str, m: re.Match[str], tokens: Tokens, settings: Settings) -> Reading | None:
    if name in ("numbers-and-time", "dotted-and-time"):
        return _without_a_year(name, m, tokens, settings)
    if "a" in m.re.groupindex:
        return _from_numbers(name, m, tokens, settings)
    span = (m.start(), m.end())
    if name == "compact":
        return _from_compact(m, tokens)
    if name == "time-group":
        return _from_time_group(m, tokens, settings)
    if name == "numbers-month-year":
        at_year, at_month = ("y", "b") if m["y"] else ("y2", "b2")
        numbers = int(tokens.texts[m.start(at_year)]), int(tokens.texts[m.start(at_month)])
        return _precise(span, name, *numbers, None)
    groups = m.groupdict()
    month_at = m.start("m") if groups.get("m") else None
    number = _month(tokens, month_at, settings) if month_at is not None else None
    if month_at is not None and number is None:
        return None
    day = int(tokens.texts[m.start("d")]) if groups.get("d") else None
    if name in _WITHOUT_YEAR:
        if _says_ago(tokens, m.start("m"), settings.lang):
            return None
        return _without_year(span, name, number or 0, day or 0, settings)
    if month_at is not None and tokens.letters[month_at] == "J":
        return _from_iran(span, name, int(tokens.texts[m.start("y")]), number or 0, day or 0)
    year = _year(m, tokens, month_at)
    return _precise(span, name, year, number, day)


def _says_ago(tokens: Tokens, at: int, lang: str | None) -> bool:
    """Say whether a month without a year is English "ago" rather than a short August."""
    word = tokens.words[at]
    return bool(word and "g" in word.values and lang not in ("es", "it", "pt", "gl"))


def _month(tokens: Tokens, at: int, settings: Settings) -> int | None:
    word = tokens.words[at]
    return month_of(word, settings.lang, tokens.langs()) if word else None


def _year(m: re.Match[str], tokens: Tokens, month_at: int | None) -> int:
    groups = m.groupdict()
    if groups.get("s"):
        return full_year(int(tokens.texts[m.end("s") - 1]))
    year = int(tokens.texts[m.start("y")])
    # Thailand counts from the Buddha; only where the month is Thai is that sure.
    thai = month_at is not None and "\u0e00" < tokens.texts[month_at][0] < "\u0e7f"
    return year - 543 if thai and year > 2400 else year


def _precise(
    span: tuple[int, int], rule: str, year: int, month: int | None, day: int | None
) -> Reading | None:
    if not valid(year, month or 1, day or 1):
        return None
    value = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    return Reading(*span, value, rule)


def _without_year(
    span: tuple[int, int], rule: str, month: int, day: int, settings: Settings
) -> Reading | None:
    year = nearest_year(month, day, settings.reference) if settings.reference else None
    return _precise(span, rule, year, month, day) if year else None


def _from_iran(span: tuple[int, int], rule: str, year: int, month: int, day: int) -> Reading | None:
    found = from_jalali(year, month, day)
    return Reading(*span, found.isoformat(), f"{rule}-iran") if found else None


def _from_compact(m: re.Match[str], tokens: Tokens) -> Reading | None:
    text = tokens.texts[m.start("c")]
    clock = text[8:12] if len(text) == 14 else tokens.texts[m.start("t")][:4] if m["t"] else ""
    reading = _precise(m.span(), "compact", int(text[:4]), int(text[4:6]), int(text[6:8]))
    if not reading or not clock or int(clock[:2]) > 23 or int(clock[2:]) > 59:
        return reading
    zone = "+00:00" if tokens.texts[m.end() - 1] in ("Z", "z") else ""
    return replace(reading, time=f"{int(clock[:2]):02d}:{int(clock[2:]):02d}{zone}")


def _from_time_group(m: re.Match[str], tokens: Tokens, settings: Settings) -> Reading | None:
    """Read the military "080105Z FEB 18"."""
    text, zone = tokens.texts[m.start("g")], tokens.texts[m.start("z")].upper()
    year = int(tokens.texts[m.start("s")])
    month = _month(tokens, m.start("m"), settings)
    if zone not in _MILITARY_ZONES or not month or int(text[2:4]) > 23 or int(text[4:]) > 59:
        return None
    reading = _precise(m.span(), "time-group", year if year > 99 else full_year(year), month, int(text[:2]))
    offset = _MILITARY_ZONES[zone]
    return reading and replace(reading, time=f"{text[2:4]}:{text[4:]}{offset}")


def _from_numbers(name: str, m: re.Match[str], tokens: Tokens, settings: Settings) -> Reading | None:
    """Read three numbers, the year first or last."""
    a, b = int(tokens.texts[m.start("a")]), int(tokens.texts[m.start("b")])
    groups = m.groupdict()
    if groups.get("s"):
        return _from_short(name, m, tokens, settings)
    year = int(tokens.texts[m.start("y")])
    if year < FIRST_YEAR and settings.lang == "fa" and name == "numbers-year-first":
        return _from_iran(m.span(), name, year, a, b)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if name == "numbers-year-first":
        return _precise(m.span(), name, year, a, b)
    return _ordered(name, m, tokens, (a, b, year), settings)


def _without_a_year(name: str, m: re.Match[str], tokens: Tokens, settings: Settings) -> Reading | None:
    """Read "07/02 à 22h58" and "07.02., 22:58 Uhr", which have no year."""
    texts = tokens.texts[m.start() : m.end()]
    a, b = map(int, texts[0].split(".") if name == "dotted-and-time" else texts[::2])
    custom, sure = _by_custom(m.groupdict().get("p", "."), tokens, settings.locale)
    first = settings.day_first if settings.day_first is not None else custom
    day, month = (a, b) if first else (b, a)
    if month > 12:
        day, month = month, day
    reading = _without_year(m.span(), name, month, day, settings)
    unsure = settings.day_first is None and not sure and max(a, b) <= 12 and a != b
    return reading and replace(reading, ambiguous=unsure)


def _from_short(name: str, m: re.Match[str], tokens: Tokens, settings: Settings) -> Reading | None:
    a, b, s = (int(tokens.texts[m.start(g)]) for g in "abs")
    year_first = a > 31 or (settings.lang in _YEAR_FIRST and m["p"] in "./")
    if year_first:
        return _precise(m.span(), name, full_year(a), b, s)
    reading = _ordered(name, m, tokens, (a, b, full_year(s)), settings) if a else None
    # Without a language the first of three short numbers may be the year.
    unsure = not settings.lang and settings.day_first is None and valid(full_year(a), b, s)
    return replace(reading, ambiguous=reading.ambiguous or unsure) if reading else None


def _ordered(
    name: str, m: re.Match[str], tokens: Tokens, numbers: tuple[int, int, int], settings: Settings
) -> Reading | None:
    """Decide which of two numbers is the day, by what is certain first; see `_decide`."""
    a, b, year = numbers
    day_first, month_first = valid(year, b, a), valid(year, a, b)
    if not day_first and not month_first:
        return None
    if a == b or day_first != month_first:
        order = None if a == b else "day" if day_first else "month"
        reading = _precise(m.span(), name, year, *((b, a) if day_first else (a, b)))
        return reading and replace(reading, order=order)
    choice, sure = _decide(m, tokens, numbers, settings)
    reading = _precise(m.span(), name, year, *((b, a) if choice else (a, b)))
    return reading and replace(reading, ambiguous=not sure)


def _decide(
    m: re.Match[str], tokens: Tokens, numbers: tuple[int, int, int], settings: Settings
) -> tuple[bool, bool]:
    """Return (day first?, sure?) for two numbers that could both be the month."""
    a, b, year = numbers
    if settings.day_first is not None:
        return settings.day_first, True
    custom, sure = _by_custom(m["p"], tokens, settings.locale)
    if sure:
        return custom, True
    by_day, by_month = date(year, b, a), date(year, a, b)
    beside = tokens.words[max(0, m.start() - 2) : m.start()] + tokens.words[m.end() : m.end() + 2]
    weekdays = {w.weekday for w in beside if w and w.weekday is not None}
    if len(weekdays) == 1 and (by_day.weekday() in weekdays) != (by_month.weekday() in weekdays):
        return by_day.weekday() in weekdays, True
    if settings.reference and (by_day > settings.reference) != (by_month > settings.reference):
        return by_day <= settings.reference, True
    return custom, False


def _by_custom(sep: str, tokens: Tokens, lang: str | None) -> tuple[bool, bool]:
    language, _, region = (lang or "").replace("_", "-").partition("-")
    if language == "en" and region:
        return (region.upper() not in ("US", "PH"), region.upper() not in ("CA",))
    if language and language not in ("en", "und", "mul"):
        return True, True
    zone = {text for text, word in zip(tokens.texts, tokens.words, strict=True) if word and word.kind == "Z"}
    if zone & {"EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "PST", "PDT", "PT"}:
        return False, True
    if zone & {"GMT", "BST", "IST", "CET", "CEST", "SGT", "HKT", "AEST", "AEDT", "SAST", "PKT"}:
        return True, True
    half_day = any(text.lower() in ("am", "pm") for text in tokens.texts)
    if sep == ".":
        return not (language == "en" and half_day), language != "en" and not half_day
    return (language != "en" and not half_day), False


def all_known(tokens: Tokens, taken: Iterable[tuple[int, int]]) -> bool:
    """Say whether every token outside the taken spans is a known word or punctuation."""
    free = list(tokens.letters)
    for start, end in taken:
        free[start:end] = " " * (end - start)
    return not re.search("[uxyHGBLdnct]", "".join(free)) and not tokens.cut

"""No string raises, none takes long, and what comes out is always a possible date."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.dates import find_date, find_place, is_date_line, learn_order, parse_date, parse_dateline

pytestmark = pytest.mark.quick

WORDS = """
    7 07 31 2018 18 99 1396 0000 9999999999 Feb March мая 月 年 日 . , / - – — : ( ) [ ] | @ 22:58 24:61 22.58
    20180207 20181301 20180207225800 ۲۰۱۸۰۲۰۷۲۲۵۸۰۰ 二三十年 十十月 三十一日 二〇一八年 +05:99
    a.m. pm EST GMT +3 Published Updated ago hours yesterday last Wednesday OSLO (Reuters) /TASS/ AP, Z T ٣ ๓
"""
PIECES = st.sampled_from([*WORDS.split(), "\x00", "\ud800", "\u202e"])
STRINGS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
)
LANGS = st.sampled_from([None, "en", "de", "ko", "fa", "en-GB", "zh-Hant", "", "xx", "und"])
REFERENCES = st.sampled_from(
    [None, "2018-02-08", "2018-02-08T12:00+00:00", "0001-01-01", "9999-12-31", "nonsense"]
)


@given(STRINGS, LANGS, st.sampled_from([None, True, False]), REFERENCES)
@settings(max_examples=400, deadline=None)
def test_a_date_is_possible_and_no_string_raises(
    text: str, lang: str | None, day_first: bool | None, reference: str | None
) -> None:
    found = parse_date(text, lang=lang, day_first=day_first, reference=reference)
    is_date_line(text, lang=lang)
    find_date([(1, text)], lang=lang, reference=reference)
    learn_order([text])
    if found is None:
        return
    date.fromisoformat((found.date + "-01-01")[:10])
    assert found.time is None or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", found.time)
    assert found.offset is None or re.fullmatch(r"[+-]\d\d:\d\d", found.offset)
    assert found.time is None or len(found.date) == 10
    assert found.offset is None or found.time is not None


@given(STRINGS, REFERENCES)
@settings(max_examples=400, deadline=None)
def test_a_dateline_ends_inside_its_paragraph(text: str, published: str | None) -> None:
    found = parse_dateline(text, published=published)
    find_place(text)
    if found is not None:
        assert 0 < found.end <= len(text)
        assert found.place or found.agency


REPEATED = [
    "7",
    "7 ",
    "Feb ",
    "7 Feb ",
    "(",
    "((",
    ")",
    "-",
    "- ",
    "A. ",
    "AP/",
    "a.m. ",
    "/",
    "2018-",
    "12:",
    "年",
    "OSLO: ",
    "\x00",
    "月7",
    "٣",
    "of ",
    "20 ",
    "am",
    " ",
]


@pytest.mark.parametrize("unit", [*REPEATED, "OSLO, ", ","])
def test_megabytes_on_one_line_are_read_no_further_than_needed(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    parse_date(text, reference="2018-02-08")
    is_date_line(text)
    find_date([(1, text)])
    parse_dateline(text, published="2018-02-08")
    find_place(text)

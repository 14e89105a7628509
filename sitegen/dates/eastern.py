"""Datelines of Chinese, Japanese, Korean and Arabic agencies, which have patterns of their own."""

from __future__ import annotations

import re
from datetime import datetime

from sitegen.dates.calendars import nearest_month
from sitegen.dates.places import find_place
from sitegen.dates.strings import scan
from sitegen.model import Date, Dateline

_HAN = r"[\u3400-\u9fff\u30a0-\u30ffー]"
# Each has the groups place, agency, month and day, as far as the style gives them.
_ARAB_WIRES = "سانا|وفا|واس|كونا|بترا|قنا|وام|بنا|واع|سبأ|سونا|رويترز"
_JAPANESE_WIRE = "(?P<agency>ロイター|時事|共同|AFP|ＡＦＰ)"
_STYLES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "xinhua",
            rf"(?P<agency>新华社|新華社|中新社|中新网|中央社|人民网)(?:记者|記者)?(?P<place>{_HAN}{{2,8}}?)"
            r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:电|電|讯|訊)\s?(?:[(（][^()（）]{1,30}[)）])?[：:]?\s*",
        ),
        (
            "cna",
            rf"[（(](?P<agency>中央社)(?:記者|记者)?{_HAN}{{0,5}}?(?P<place>{_HAN}{{2,4}})"
            r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:[^()（）]{0,8})(?:电|電)[)）]\s*",
        ),
        (
            "reuters-japan",
            rf"[\[［](?P<place>{_HAN}{{2,14}}(?:／{_HAN}{{2,14}})?)[ 　](?P<day>\d{{1,2}})日[ 　]"
            rf"{_JAPANESE_WIRE}[\]］]\s?[-－–—]\s*",
        ),
        (
            "arabic",
            rf"(?P<place>[\u0620-\u064a]{{2,12}}(?: [\u0620-\u064a]{{2,12}})?)\s?[-–—]\s?"
            rf"(?P<agency>{_ARAB_WIRES})\s?[-–—:.]{{0,2}}(?=\s)",
        ),
        ("kyodo", rf"【(?P<place>{_HAN}{{2,12}}?)(?P<agency>共同|時事)】\s*"),
        ("japanese-paper", rf"【(?P<place>{_HAN}{{2,12}})＝[^【】]{{1,20}}】\s*"),
        (
            "yonhap",
            r"[(（](?P<place>[가-힣·]{2,12})\s?=\s?(?P<agency>[가-힣\d]{2,8})[)）]\s*(?:[가-힣]{2,5}(?:\s?[가-힣·]{2,5}){0,3}\s?(?:기자|특파원|통신원))?\s?=\s*",
        ),
    )
)


def eastern_dateline(text: str, reference: datetime | None) -> Dateline | None:
    """Return the dateline in one of the styles above, or None."""
    if text.isascii():
        return None
    for name, style in _STYLES:
        m = style.match(text)
        if m:
            groups = m.groupdict()
            place = groups.get("place")
            sure = groups.get("agency") and name != "arabic"
            if not place or not (sure or find_place(place)):
                return None
            return Dateline(place, _date(groups, reference), groups.get("agency"), m.end())
    return None


def _date(groups: dict[str, str | None], reference: datetime | None) -> Date | None:
    month, day = groups.get("month"), groups.get("day")
    if not day or not reference:
        return None
    if month:
        best = scan(f"{month}月{day}日", reference=reference).best()
        return best.value if best else None
    found = nearest_month(int(day), reference.date())
    return Date(found.isoformat()) if found else None

# ruff: noqa: D103, ARG001
"""The one place where intake meets rooms that are still being built; goes when they are merged."""

from __future__ import annotations

import re
from typing import Any

from sitegen.model import Date, Dateline, Description

try:
    from sitegen.dates import parse_date, parse_dateline  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    _MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    _ISO = re.compile(
        r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?"
    )
    _WORDS = re.compile(
        r"\b(?:(\d{1,2})\.?\s+([A-Za-z]{3,9})\.?,?|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?)\s+((?:19|20)\d\d)"
        r"(?:[,\s]+(?:at\s+)?(\d{1,2}:\d\d)\b)?"
    )

    def parse_date(
        text: str, *, lang: str | None = None, day_first: bool | None = None, reference: Date | None = None
    ) -> Date | None:
        found = _ISO.search(text)
        if found:
            offset = found[5]
            if offset == "Z":
                offset = "+00:00"
            return Date("-".join(found.group(1, 2, 3)), found[4], offset)
        found = _WORDS.search(text)
        name = found and (found[2] or found[3]).lower()[:3]
        if not found or name not in _MONTHS:
            return None
        day = int(found[1] or found[4])
        if not 1 <= day <= 31:
            return None
        time = found[6].zfill(5) if found[6] else None
        return Date(f"{found[5]}-{_MONTHS.index(name) + 1:02}-{day:02}", time)

    def parse_dateline(paragraph: str, *, published: Date | None = None) -> Dateline | None:
        return None


try:
    from sitegen.intake.describe import describe  # type: ignore[import-not-found,unused-ignore]
except ImportError:

    def describe(title: str, text: str, **_: Any) -> Description:
        return Description()


__all__ = ["describe", "parse_date", "parse_dateline"]

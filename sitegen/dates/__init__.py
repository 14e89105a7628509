"""Dates and datelines."""

import re

from sitegen.model import Date, Dateline


def parse_date(text: str, **k: object) -> Date | None:
    import datetime

    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return Date(text)


def parse_dateline(paragraph: str, *, published: object = None) -> Dateline | None:
    return None

"""The names of news agencies, as they stand in datelines."""

from __future__ import annotations

import re
from functools import cache

from sitegen.dates.tables import rows
from sitegen.dates.words import key

# "/Корр. БЕЛТА/", "Agencja PAP": what may stand before the name.
_BEFORE = re.compile(
    r"(?:корр(?:есп)?\.?|corr\.?|agenc\w+|agenț?i\w+|agence|by|via|from|for|source|the)\s+", re.IGNORECASE
)
_JOINTS = re.compile(r"\s*(?:/|,|;|\+|&|\||\sand\s|\set\s|\sund\s|\sy\s|\si\s|\sи\s|-(?=[A-Z]))\s*")


def agency_kind(name: str) -> str | None:
    """Return "wire" or "house" if the name, or each of the names it joins, is an agency's; else None.

    A house (a paper, a broadcaster, a service for press releases) is one only in brackets. The case
    of letters counts for names of up to four letters: "Ana" is a person.
    """
    name = name.strip(" .-–—*_")
    known = _known(name) or _known(_BEFORE.sub("", name, count=1))
    if known or not 2 < len(name) < 60:
        return known
    parts = [p for p in _JOINTS.split(name) if p]
    kinds = [_known(p.strip()) for p in parts]
    if len(parts) < 2 or not all(kinds):
        return None
    return "wire" if "wire" in kinds else "house"


def _known(name: str) -> str | None:
    names = _names()
    return names.get(name) or (names.get(key(name)) if len(name) > 4 or not name.isascii() else None)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for _, kind, spellings in rows("agencies.tsv"):
        for spelling in spellings.split("|"):
            names.setdefault(spelling, kind)
            names.setdefault(spelling.upper(), kind)
            if len(spelling) > 4 or not spelling.isascii():
                names.setdefault(key(spelling), kind)
    return names

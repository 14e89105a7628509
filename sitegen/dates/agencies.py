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
    of letters counts for single names of up to four letters: "Ana" is a person.
    """
    name = agency_name(name)
    known = _known(name)
    if known or not 2 < len(name) < 60:
        return known
    parts = [p.strip() for p in _JOINTS.split(name) if p.strip()]
    kinds = [_names().get(p) or _folded().get(key(p)) for p in parts]
    if len(parts) < 2 or not all(kinds):
        return None
    return "wire" if "wire" in kinds else "house"


def agency_name(text: str) -> str:
    """Return the name without what may stand before it: "Корр. БЕЛТА" as "БЕЛТА"."""
    text = text.strip(" .-–—*_")
    bare = _BEFORE.sub("", text, count=1)
    return bare if bare != text and _known(bare) else text


def _known(name: str) -> str | None:
    known = _names().get(name)
    return known or (_folded().get(key(name)) if len(name) > 4 or not name.isascii() else None)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for _, kind, spellings in rows("agencies.tsv"):
        for spelling in spellings.split("|"):
            names.setdefault(spelling, kind)
            names.setdefault(spelling.upper(), kind)
    return names


@cache
def _folded() -> dict[str, str]:
    return {key(name): kind for name, kind in reversed(_names().items())}

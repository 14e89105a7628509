"""sitegen: what you have read, as clean Markdown files and a searchable static site.

The functions named here are the stable Python interface; all of them are pure (no files, no
clock, no network). They are loaded on first use, because a build that finds nothing to do must
not pay for what it does not use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.dates import parse_date, parse_dateline
    from sitegen.intake import convert, describe, find_names
    from sitegen.model import Article, Date, Dateline, Description, Name

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Date",
    "Dateline",
    "Description",
    "Name",
    "__version__",
    "convert",
    "describe",
    "find_names",
    "parse_date",
    "parse_dateline",
]
_HOMES = {
    "convert": "sitegen.intake",
    "describe": "sitegen.intake",
    "find_names": "sitegen.intake",
    "parse_date": "sitegen.dates",
    "parse_dateline": "sitegen.dates",
    "Article": "sitegen.model",
    "Date": "sitegen.model",
    "Dateline": "sitegen.model",
    "Description": "sitegen.model",
    "Name": "sitegen.model",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sitegen' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

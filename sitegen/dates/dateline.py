"""The head of an article's first paragraph -> where, when and by whom it was filed."""

from __future__ import annotations

from sitegen.model import Date, Dateline


def parse_dateline(paragraph: str, *, published: Date | str | None = None) -> Dateline | None:
    """Return the dateline that a paragraph starts with, or None."""
    del paragraph, published
    return None

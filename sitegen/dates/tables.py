"""The one reader of this room's shipped tables in `sitegen/data`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table as their columns, without comments and empty lines."""
    text = (files("sitegen") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of one kind from `dateline_words.tsv`."""
    return frozenset(word for k, words in rows("dateline_words.tsv") if k == kind for word in words.split())

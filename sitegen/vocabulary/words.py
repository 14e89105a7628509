"""Word lists that make or unmake a name: titles, heads of bodies and places, common words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sitegen.text import fold


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of `sitegen/data/words.txt`, folded, such as "honorific"."""
    return frozenset(word for line in _lists().get(name, ()) for word in fold(line).split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return one list whose entries are whole lines, as written."""
    return _lists().get(f"{name} lines", ())


@cache
def given_names() -> frozenset[str]:
    """Return given names of the world, in lower case."""
    shipped = (line.lower() for line in _lines("given-names.txt"))
    return words("given") | frozenset(shipped)


@cache
def common_words() -> frozenset[str]:
    """Return words that are no names even where a sentence starts with them."""
    shipped = (word for line in _lines("common-words.txt") for word in line.split())
    return words("common") | words("verb") | frozenset(shipped)


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    name = ""
    for line in _lines("words.txt"):
        if line.startswith("["):
            name = line.strip("[]")
        else:
            lists.setdefault(name, []).append(line)
    return {key: tuple(lines) for key, lines in lists.items()}


def _lines(name: str) -> list[str]:
    text = (files("sitegen") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]

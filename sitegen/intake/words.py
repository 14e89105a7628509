"""The shipped word lists of intake: stop words by language, and the phrases of page furniture."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_MARKS = re.compile(r"[\d\s.,:;!?…»«›‹>|•·→↓+()\[\]\"“”„*#/–—-]+")
_FIRST = re.compile(
    r"[\d\s.,:;!?…»«›‹>|•·→↓+()\[\]\"“”„*#/–—-]*([^\d\s.,:;!?…»«›‹>|•·→↓+()\[\]\"“”„*#/–—-]+)"
)
_RUN = re.compile(r"[^\W\d_]+")
_BETWEEN = "\0"
_LETTERS = bytes(n if n > 127 or chr(n).isalpha() else 32 for n in range(256))
_LETTERS_OF_EACH = b"\0" + _LETTERS[1:]
CATEGORIES = (
    "share",
    "subscribe",
    "comments",
    "related",
    "navigation",
    "legal",
    "advertisement",
    "credit",
    "byline",
)


@cache
def stop_words() -> Mapping[str, frozenset[str]]:
    """Return the commonest small words of each language, by its code."""
    table = tomllib.loads(_read("stopwords.toml"))
    return MappingProxyType({lang: frozenset(words.split()) for lang, words in table.items()})


@cache
def furniture_lines() -> Mapping[str, str]:
    """Return phrase -> category for lines that are, or begin with, a phrase of page furniture."""
    return MappingProxyType(
        {plain(line): category for category, lists in _furniture().items() for line in lists["lines"]}
    )


@cache
def furniture_words() -> Mapping[str, str]:
    """Return word -> category for words that are common in page furniture and rare elsewhere."""
    return MappingProxyType(
        {word: category for category, lists in _furniture().items() for word in lists["words"]}
    )


def letter_runs(text: str) -> list[str]:
    """Return the runs of letters in a text, in lower case and in order."""
    return _runs(*_parted(text, _LETTERS))


def runs_of_each(texts: Sequence[str]) -> list[list[str]]:
    """Return `letter_runs` of each of many texts, together in half the time."""
    joined, is_ascii = _parted(_BETWEEN.join(texts), _LETTERS_OF_EACH)
    parts = joined.split(_BETWEEN) if texts else []
    if len(parts) != len(texts):
        return list(map(letter_runs, texts))
    return [part.split() for part in parts] if is_ascii else [_runs(part, part.isascii()) for part in parts]


def _parted(text: str, letters: bytes) -> tuple[str, bool]:
    """Return a text with blanks for all of ASCII but letters, and whether there is nothing but ASCII."""
    low = text.lower()
    # by bytes: a regular expression takes five times as long
    bare = low.encode("utf-8", "surrogatepass").translate(letters)
    return bare.decode("utf-8", "surrogatepass"), low.isascii()


def _runs(parted: str, is_ascii: bool) -> list[str]:
    words = parted.split()
    if is_ascii:
        return words
    found: list[str] = []
    for word in words:
        if word.isalpha():
            found.append(word)
        else:
            found += _RUN.findall(word)
    return found


def _may_begin_phrase(line: str) -> bool:
    """Tell whether a line's first word is that of a phrase: few are, and the rest need no closer look."""
    head = line.partition(" ")[0]
    if head.isalpha():  # so quicker than by the expression, for most lines
        return head.lower() in _first_words()
    first = _FIRST.match(line)
    return first is not None and first[1].lower() in _first_words()


def plain(line: str) -> str:
    """Return a line as the phrase lists spell it: lower case, without figures and marks."""
    return _MARKS.sub(" ", line.lower()).strip()


@lru_cache(maxsize=8192)
def furniture(line: str) -> str | None:
    """Return what kind of furniture a line is that is nothing but one of its phrases, or None."""
    return furniture_lines().get(plain(line)) if _may_begin_phrase(line) else None


@lru_cache(maxsize=8192)
def category(line: str) -> str | None:
    """Return what kind of furniture a short line is or begins as, or None."""
    if not _may_begin_phrase(line):
        return None
    phrase = plain(line)
    known = furniture_lines()
    found = known.get(phrase)
    if found:
        return found
    words = phrase.split(None, 4)
    for count in range(min(4, len(words) - 1), 0, -1):
        found = known.get(" ".join(words[:count]))
        if found and (count > 1 or found not in ("navigation", "share", "credit")):
            return found
    return None


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which the phrases of page furniture begin."""
    return frozenset(line.split(" ", 1)[0] for line in furniture_lines())


def _furniture() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_read("furniture.toml"))


def _read(name: str) -> str:
    return (files("sitegen") / "data" / name).read_text("utf-8")

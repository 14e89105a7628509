"""What a block knows of one word in one article, as bytes, and all of a block's rows parted into columns.

A row begins with two bytes for the article's number in the block and the grade; the places follow.
Those two bytes are of a kind that no place has in UTF-8, so that hits and places are parted by
deleting the others' bytes, for all rows of a block at once: a step of Python for each of its
hundred thousand rows would take longer than all else that is done for them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from operator import sub

from sitegen.pages.search.codes import digits

STEP = 4
"""Grades of a hit: its number is four times that of its article, plus the grade; grade 0 says that the
word stands in the article once."""
MOST_PLACES = 4000
HEAD = 2
"""Bytes before the places of a row."""
_END = 10
_BASE = 64
_HITS = bytes([*(c for c in range(35) if c != _END), *range(0xE1, 0x100)])
_REST = bytes({*range(256)} - {*_HITS, _END})
_BETWEEN = bytes((_END, _HITS[_BASE]))
_AFTER = 4 * _BASE * _BASE
MOST_ARTICLES = _BASE * _BASE // STEP
"""Articles that a block may have."""


@cache
def heads(article: int) -> tuple[bytes, ...]:
    """Return how the rows of an article begin, by grade."""
    return tuple(_head(article * STEP + grade) for grade in range(STEP))


def _head(number: int) -> bytes:
    return bytes((_HITS[number // _BASE], _HITS[number % _BASE]))


@cache
def bytes_of() -> tuple[bytes, ...]:
    """Return the characters of the numbers of places and sentences as they are kept."""
    return tuple(digit.encode() for digit in digits()[: MOST_PLACES + 1])


def row(beginnings: Sequence[bytes], grade: int, places: Sequence[bytes]) -> bytes:
    """Return an article's row for a word: number and grade, how many places (or not), places."""
    if not grade:
        return beginnings[0] + places[0]
    shown = places[:MOST_PLACES]
    return b"".join((beginnings[grade], bytes_of()[len(shown)], *shown))


def columns(rows: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Return the hits and the places of a block's words, a line for each; `rows` has all rows of a word.

    A line of hits has each hit's distance from the article after the one before, then the last
    article's number.
    """
    joined = _BETWEEN.join(rows) + _BETWEEN
    codes = array("H", joined.translate(None, _REST))
    values, starts, texts = _tables()
    befores = chain((0,), map(starts.__getitem__, codes))
    gaps = map(sub, map(values.__getitem__, codes), befores)
    return "".join(map(texts.__getitem__, gaps)).encode()[:-1], joined.translate(None, _HITS)[:-1]


@cache
def _tables() -> tuple[list[int], list[int], list[str]]:
    """Return by a head's two bytes its number, and that of the next article; and by a gap its text.

    What stands between two words has so large a number that its gap says what the word's last
    article is.
    """
    values, starts, texts = [0] * 65536, [0] * 65536, [""] * (_AFTER + 1)
    code = digits()
    for number in range(MOST_ARTICLES * STEP):
        (at,) = array("H", _head(number))
        after = number - number % STEP + STEP
        values[at], starts[at], texts[number] = number, after, code[number]
        texts[_AFTER - after] = code[after // STEP - 1] + "\n"
    (at,) = array("H", _BETWEEN)
    values[at] = _AFTER
    return values, starts, texts

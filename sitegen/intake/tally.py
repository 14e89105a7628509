"""The words of a line -> how many of them are of each kind, in one pass over them.

What a word is worth is worked out once: texts say the same words again and again. The counts of
all kinds lie side by side in one number, so that the sum over a line's words counts all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sitegen.intake.words import furniture_words, stop_words

SENTENCE = re.compile(r"[.!?؟。！？।]+(?:[\"'”’»)]*\s|(?<=[。！？]))")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\d{4}年|\d{1,2}月\d{1,2}日"
)
_FIGURE = re.compile(r"\d")
# what `features` looks at more closely: marks of menus, quotation marks, addresses, East Asian letters
_ODD = re.compile(r"[|»›·•→▶►©®_\[\]{}<>\"“«„「@\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|://|www\.|\.\w")
AGO = frozenset(("ago", "vor", "hace", "fa", "назад"))
_WIDTH = 9  # bits of a count: a line's head holds no more than 400 of anything
_MASK = (1 << _WIDTH) - 1
_LONGEST = 30  # characters: longer ones hardly come again
_MOST = 1 << 15  # words of a language that are kept in mind


class Tally(NamedTuple):
    """How many of a line's words are small, begin in capitals, are of page furniture or odd.

    `figures` counts digits, `sentences` the ends of sentences with a word behind them, `dates` what
    looks like a date or an hour.
    """

    small: int
    capitals: int
    furniture: int
    figures: int
    sentences: int
    odd: int
    dates: int


def tally(words: Sequence[str], lang: str) -> Tally:
    """Return what the words of the head of a line, in `lang`, add up to."""
    known = _known(lang)
    total = sum(map(known.__getitem__, words))
    small, capitals = total & _MASK, total >> _WIDTH & _MASK
    figures, sentences = total >> 2 * _WIDTH & _MASK, total >> 3 * _WIDTH & _MASK
    if sentences:
        # the last word's end is the line's, with nothing behind it
        last = words[-1]
        sentences += len(SENTENCE.findall(last)) - (known[last] >> 3 * _WIDTH & _MASK)
    odd, dates = total >> 4 * _WIDTH & _MASK, total >> 5 * _WIDTH & _MASK
    return Tally(small, capitals, total >> 6 * _WIDTH, figures, sentences, odd, dates)


class _Known(dict[str, int]):
    """What each word is worth, worked out when it is first met."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._small = stop_words()[lang]

    def __missing__(self, word: str) -> int:
        low = word.lower()
        bare = low.strip(".,:;!?()|")
        worth = (low in self._small) | word[0].isupper() << _WIDTH | (bare in furniture_words()) << 6 * _WIDTH
        if not bare.isascii() or not bare.isalpha() or bare == "www" or word[0] in "." or "|" in word:
            worth |= (
                len(_FIGURE.findall(word)) << 2 * _WIDTH
                | (_ODD.search(word) is not None) << 4 * _WIDTH
                | (_DATE.search(word) is not None) << 5 * _WIDTH
            )
        if low in AGO:
            worth |= 1 << 4 * _WIDTH
        if not word.isascii() or not word.isalpha():
            worth |= len(SENTENCE.findall(f"{word} ")) << 3 * _WIDTH
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = worth
        return worth


@cache
def _known(lang: str) -> _Known:
    return _Known(lang)

"""The words of a line -> how many of them are of each kind, in one pass over them.

What a word is worth is worked out once: texts say the same words again and again. The counts of
all kinds lie side by side in one number, so that the sum over a line's words counts all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

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
# Where in the sum the count of each kind begins; small words are first. A line's head holds no more
# than 400 of anything. Odd is what is to be looked at more closely, furniture what pages say.
CAPITALS, FIGURES, SENTENCES, ODD, DATES, FURNITURE = range(9, 63, 9)
MASK = (1 << 9) - 1
_MARKS = ".,:;!?()|"
_LONGEST = 30  # characters: longer ones hardly come again
_MOST = 1 << 15  # words of a language that are kept in mind


class Known(dict[str, int]):
    """What each word of a language is worth, worked out when it is first met."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._small = stop_words()[lang]
        self._furniture = furniture_words()

    def __missing__(self, word: str) -> int:
        low = word.lower()
        if word.isascii() and word.isalpha():
            worth = (
                (low in self._small)
                | word[0].isupper() << CAPITALS
                | (low in AGO) << ODD
                | (low in self._furniture) << FURNITURE
            )
            return self._kept(word, worth)
        bare = low.strip(_MARKS)
        worth = (low in self._small) | word[0].isupper() << CAPITALS | (bare in self._furniture) << FURNITURE
        if low in AGO:
            worth |= 1 << ODD
        plain = bare.isalpha() and low.startswith(bare) and (bare.isascii() or not _ODD.search(bare))
        if not plain or bare == "www" or "|" in word or len(bare) > len(word):
            worth |= (
                len(_FIGURE.findall(word)) << FIGURES
                | (_ODD.search(word) is not None) << ODD
                | (_DATE.search(word) is not None) << DATES
                | len(SENTENCE.findall(f"{word} ")) << SENTENCES
            )
        elif len(bare) < len(word):
            worth |= _ends(word[len(bare) :]) << SENTENCES
        return self._kept(word, worth)

    def _kept(self, word: str, worth: int) -> int:
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = worth
        return worth


@lru_cache(maxsize=256)
def _ends(marks: str) -> int:
    """Return how many sentences end with the marks behind a word."""
    return len(SENTENCE.findall(f"{marks} "))


@cache
def known(lang: str) -> Known:
    """Return the words met so far of a language that has small words."""
    return Known(lang)


def inner_sentences(total: int, words: Sequence[str], worths: Known) -> int:
    """Return how many sentences end within a line; its last word's end is the line's."""
    ended = total >> SENTENCES & MASK
    if not ended:
        return 0
    last = words[-1]
    return ended + len(SENTENCE.findall(last)) - (worths[last] >> SENTENCES & MASK)

"""Text -> tokens, each with the letter of its kind; the letters in a row are what rules match.

    "7 Feb, 2018 22:58"  ->  "dM,yt"

    d  number from 1 to 31        t  clock "22:58"            P  "published"     w  weekday
    n  0, 32 to 99                c  two numbers by a dot     U  "updated"       q  unit of time
    y  1000 to 2999               M  month                    R  "yesterday"     g  "ago"
    H  four digits, no year       J  month of Iran            l  "last"          S  season
    G B L  six, eight, 14 digits  j  month of the Hijra       1  "one"           h  hour word
    x  any other number           a  "am", "pm"               f  filler          b  "Section"
    u  any other word             o  ordinal's ending         Z  time zone       punctuation is itself

Scripts that write dates without blanks or with several words are first rewritten in English.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from sitegen.dates.rewrite import rewritten
from sitegen.dates.words import Word, key, lexicon

# Longer strings are not date lines; what comes later is not looked at.
MAX_TEXT = 300
# Signs that combine with the letter before them are part of a word, though not letters.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c"
)
_TOKEN = re.compile(
    r"(?P<t>(?<![\d:])\d{1,2}:\d{2}(?:(?::\d{2}(?:[.,]\d{1,9})?)?)(?![:\d])"
    r"(?:(?:\s?\+|[-\u2212])\d{2}:?\d{2}(?![\d:])|[zZ]\b)?)"
    r"|(?P<c>(?<![\d.,:/])\d{1,2}\.\d{2}(?![\d:/]|[.,]\s?\d))"
    r"|(?P<n>\d+)"
    rf"|(?P<w>(?:[^\W\d_]|[{_MARKS}])+)"
    r"|(?P<p>\S)"
)
# Pages lose the blank between a name and "Published", between a year and what comes next.
_LOST_BLANK = re.compile(
    r"(?<=[a-z\u00df-\u00ff])(?=[A-Z][a-z])"
    r"|(?<=[ ,./-](?:20|19)\d\d)(?=\d{1,2}(?::\d\d|[./]\s?\w|\s[^\W\d_]))"
)
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~")
_PUNCTUATION = {
    "°": "o",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "،": ",",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "·": "|",
    "•": "|",
}


class Tokens(Struct, frozen=True):
    """A string cut up: the letters of its tokens in a row, their texts, and the known words.

    `starts` and `ends` are offsets in `text`, which may have been rewritten; `cut` says that the
    string was longer than what was read.
    """

    letters: str
    texts: tuple[str, ...]
    words: tuple[Word | None, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    text: str
    cut: bool

    def langs(self) -> frozenset[str]:
        """Return the languages that one known word of the string belongs to, and no others."""
        found = [w.langs for w in self.words if w and len(w.langs) == 1]
        return frozenset().union(*found)


def tokenize(text: str) -> Tokens:
    """Return the tokens of the first 300 characters of `text`."""
    cut = len(text) > MAX_TEXT
    text = _LOST_BLANK.sub(" ", rewritten(text[:MAX_TEXT]))
    known = _lexicon()
    letters: list[str] = []
    texts: list[str] = []
    words: list[Word | None] = []
    starts: list[int] = []
    ends: list[int] = []
    for m in _TOKEN.finditer(text):
        group = m.lastgroup
        piece = m[0]
        word = None
        if group == "w":
            word = known.get(key(piece))
            letter = word.kind if word else "u"
        elif group == "n":
            letter = _number(piece, text, m.start())
        elif group == "p":
            letter = _PUNCTUATION.get(piece) or (piece if piece in _ASCII_PUNCTUATION else "|")
        else:
            letter = "c" if group == "c" else "t"
        letters.append(letter)
        texts.append(piece)
        words.append(word)
        starts.append(m.start())
        ends.append(m.end())
    return Tokens("".join(letters), tuple(texts), tuple(words), tuple(starts), tuple(ends), text, cut)


def has_stranger(text: str) -> bool:
    """Say whether a string has a word that no date has; cheap, and True only where that is certain."""
    if not text.isascii():
        return False
    known = _lexicon()
    for word in text.split():
        bare = word.strip(".,:;()")
        # shorter ones may be rewritten ("il y a"); of others a lost blank may make two
        plain = len(bare) > 4 and bare.isalpha() and (bare[1:].islower() or bare.isupper())
        if plain and bare.lower() not in known:
            return True
    return False


@cache
def _lexicon() -> dict[str, Word]:
    return lexicon()


def _number(token: str, text: str, start: int) -> str:
    """Return the kind of a number; one that is part of a name ("COVID-19", "MH17") counts as other."""
    if start and _in_name(text, start):
        return "x"
    if len(token) <= 2:
        return "d" if 1 <= int(token) <= 31 else "n"
    if len(token) == 4:
        return "y" if 1000 <= int(token) < 3000 else "H"
    return {6: "G", 8: "B", 14: "L"}.get(len(token), "x")


def _in_name(text: str, start: int) -> bool:
    before = text[start - 1]
    if before == "-":
        head = _tail_word(text, start - 1)
    elif before.isalpha() and before.isascii():
        head = _tail_word(text, start)
        if len(head) > 3 or head == "T" or not head.isupper():
            return False
    else:
        return False
    return bool(head) and key(head) not in _lexicon()


def _tail_word(text: str, end: int) -> str:
    start = end
    while start and end - start < 20 and text[start - 1].isalpha():
        start -= 1
    return text[start:end]

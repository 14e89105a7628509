"""A text as tokens: what names are made of and matched by."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitegen.text import fold
from sitegen.vocabulary.words import words

# dotted initials (U.S.), words with inner apostrophes, numbers; each ideograph or kana on its own
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’ʼ][^\W_]+)*"
)
_END = re.compile(r"[.!?…:;•]|[\"“„«‘]\s*$|\n|^[\"“„«‘(]|[—–]\s*[\"“„«]")


class Token(NamedTuple):
    """One word: characters `start` to `end`, its folded `key`, and how it stands.

    `gap` is what stands between the token before and this one; `shape` is "cap" (Syria), "upper"
    (NATO, U.S.), "mixed" (iPhone, McGurk), "initial" (J), "number", "lower" or "possessive" ('s);
    `first` says that a sentence or a quotation starts here.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    shape: str
    first: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order; a possessive 's is a token of its own."""
    found: list[Token] = []
    last = 0
    before = ""
    known: dict[str, tuple[str, str]] = {}
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        gap = text[last:start]
        first = not found or (gap != " " and _starts(gap, before))
        tail = word[-2:] if len(word) > 2 else ""
        if tail in ("'s", "’s", "'S", "’S"):
            stem = word[:-2]
            found.append(Token(start, end - 2, stem, _key(stem), gap, _shape(stem), first))
            found.append(Token(end - 2, end, tail, "'s", "", "possessive", False))
            before = stem
        else:
            # most words of a text come back
            made = known.get(word)
            if made is None:
                made = known[word] = (_key(word), _shape(word))
            found.append(Token(start, end, word, made[0], gap, made[1], first))
            before = word
        last = end
    return tuple(found)


def _starts(gap: str, before: str) -> bool:
    if not _END.search(gap):
        return False
    dotted = gap.startswith(". ") and len(gap) == 2
    return not (
        dotted and (before.lower() in words("abbreviation") or (len(before) == 1 and before.isupper()))
    )


def _key(word: str) -> str:
    if word.isascii():
        return word.lower().replace(".", "")
    return fold(word).replace(".", "").replace("’", "'").replace("ʼ", "'")


def _shape(word: str) -> str:
    head = word[0]
    if head.isdigit():
        return "number"
    if word.islower():
        return "lower"
    if len(word) == 1:
        return "initial" if head.isupper() else "lower"
    if word.isupper():
        return "upper"
    if head.isupper() and word[1:].islower():
        return "cap"
    return "mixed" if any(c.isupper() for c in word) else "lower"

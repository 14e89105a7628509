"""How like two names are: shared words, initials, spellings of one sound.

Used to propose merges, never to make them.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from sitegen.text import fold, slug
from sitegen.vocabulary.words import words

_LIKE, _WORD_LIKE = 0.88, 0.8
_SOUNDS = str.maketrans(
    {"q": "k", "c": "k", "g": "k", "z": "s", "v": "f", "w": "f", "j": "k", "x": "k", "b": "p", "d": "t"}
)
# Cyrillic signs that are no sound of their own, and quotation marks inside names
_SILENT = dict.fromkeys(map(ord, "ьъЬЪ'’ʼ`"))


def meeting_keys(name: str) -> set[str]:
    """Return the keys under which names that may be one meet: a word's consonants, initials, a surname."""
    parts = content_words(name)
    keys = {_skeleton(w) for w in parts if len(w) > 3}
    if len(parts) > 1:
        keys.add("".join(w[0] for w in parts))
    elif name.isupper():
        keys.add(parts[0] if parts else "")
    return {k for k in keys if len(k) > 1}


@lru_cache(maxsize=1 << 16)
def content_words(name: str) -> tuple[str, ...]:
    """Return a name's folded words in Latin letters without articles, small words and honorifics."""
    latin = fold(name) if name.isascii() else slug(name.translate(_SILENT))
    plain = "".join(c if c.isalnum() else " " for c in latin.replace("'s", " "))
    empty = words("small") | words("connector") | words("honorific")
    given = tuple(plain.split())
    return tuple(w for w in given if w not in empty) or given


@lru_cache(maxsize=1 << 16)
def _skeleton(word: str) -> str:
    """Return a word's consonants, spellings of one sound alike: Gaddafi, Qadhafi, Kadafi."""
    kept: list[str] = []
    for char in word.replace("ph", "f").replace("dh", "d").replace("kh", "k").translate(_SOUNDS):
        if char not in "aeiouyh'" and (not kept or kept[-1] != char):
            kept.append(char)
    return "".join(kept)


def likeness(one: str, other: str) -> tuple[float, str] | None:
    """Return how sure it is that two names are one, and why; None where nothing says so."""
    a, b = content_words(one), content_words(other)
    if not a or not b:
        return None
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if sorted(a) == sorted(b):
        return 0.97, "the same words"
    if len(a) > 1 and _full(short) == _full(long) and len(_full(long)) > 1:
        return 0.95, "the same name but for initials"
    if len(short) == 1 and len(long) > 2 and short[0] == "".join(w[0] for w in long):
        return 0.9, "the initials of the long name"
    if len(a) == len(b) > 1 and a[-1] == b[-1] and _abbreviated(a, b):
        return 0.85, "first names as initials"
    bones, other_bones = [_skeleton(w) for w in a], [_skeleton(w) for w in b]
    same_end = _is_open(a[-1]) == _is_open(b[-1])
    if same_end and "".join(bones) == "".join(other_bones) and _alike(bones, other_bones):
        return 0.88, "two spellings of one sound"
    if (
        same_end
        and len(a) == len(b)
        and _ratio(" ".join(a), " ".join(b)) >= _LIKE
        and min(map(_ratio, a, b)) >= _WORD_LIKE
    ):
        return 0.8, "all but the same spelling"
    if len(short) > 1 and set(short) < set(long):
        return 0.75, "one name holds the other"
    if len(short) == 1 and len(short[0]) > 3:
        return _part(short[0], long)
    return None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _alike(bones: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether names of one sound have enough of it, and differ by no more than where words part."""
    return len("".join(bones)) > 3 and (list(bones) == list(others) or len(bones) != len(others))


def _is_open(word: str) -> bool:
    """Say whether a name ends in a vowel that is heard: Karimi is not Karim, nor Orlova Orlov."""
    return word.rstrip("he")[-1:] in tuple("aiouyj")


def _full(parts: Sequence[str]) -> list[str]:
    return [w for w in parts if len(w) > 1]


def _abbreviated(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether each first name of one is that of the other or its initial ("I." and "Ilka")."""
    return all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(a, b, strict=True))


def _part(word: str, long: Sequence[str]) -> tuple[float, str] | None:
    if word in (long[0], long[-1]):
        return 0.6, "a part of the name"
    bones = _skeleton(word)
    if len(bones) > 2 and bones == _skeleton(long[-1]) and _is_open(word) == _is_open(long[-1]):
        return 0.5, "a part of the name in another spelling"
    return None

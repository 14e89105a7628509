"""Functions on strings that every room of the house needs; the only door to python-slugify."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from slugify import slugify

MAX_SLUG = 80
_SPACE = re.compile(r"\s+")


def slug(words: str, *, fallback: str = "untitled") -> str:
    """Return `words` as an address part: `[a-z0-9-]`, at most 80 characters, cut between words.

    Words of which nothing is left in ASCII (emoji only, say) give `fallback` followed by a short
    digest, so that two of them do not clash.
    """
    made: str = slugify(words, max_length=MAX_SLUG, word_boundary=True, save_order=True)
    return made or f"{fallback}-{digest(words.encode('utf-8', 'surrogatepass'))[:8]}"


def squeeze(words: str) -> str:
    """Return `words` with every run of white space as one blank, and none at the ends."""
    return _SPACE.sub(" ", words).strip()


def fold(words: str) -> str:
    """Return the form under which two spellings of one name meet: no case, no accents, one blank."""
    if words.isascii():
        return squeeze(words.lower())
    plain = unicodedata.normalize("NFKD", words.casefold())
    return squeeze("".join(c for c in plain if not unicodedata.combining(c)))


def digest(content: bytes) -> str:
    """Return a 128-bit BLAKE2b digest in hexadecimal: for staleness, never for security."""
    return blake2b(content, digest_size=16).hexdigest()


def clip(words: str, length: int) -> str:
    """Return `words` cut at a word's end to at most `length` characters, with "…" if cut."""
    if len(words) <= length:
        return words
    head = words[: length - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > length // 2 else head).rstrip(" ,;:–—-") + "…"

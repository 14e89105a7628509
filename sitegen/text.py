"""Functions on strings that every room of the house needs; the only door to python-slugify."""

from __future__ import annotations

import marshal
import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

MAX_SLUG = 80
_SIMPLE = re.compile(r"[A-Za-z0-9]+(?:[- ][A-Za-z0-9]+)*")
# Devices of Windows, whatever ending follows: no folder or file can have such a name there.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin|conout|com[0-9]|lpt[0-9])\Z")
_NO_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"
_CONTROLS = bytes(n for n in (*range(32), 127) if n not in b"\t\n\r")
_NO_BYTES = ("\ufffe".encode(), "\uffff".encode())
_NOT_TEXT = re.compile(rf"[{_NO_TEXT}]")
# Embeddings, overrides and isolates turn the reading order of whatever stands behind them.
_NOT_IN_LINE = re.compile(rf"[{_NO_TEXT}\t\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


@lru_cache(maxsize=1 << 14)  # names come again with every article that has them
def slug(words: str, *, fallback: str = "untitled") -> str:
    """Return `words` as an address part: `[a-z0-9-]`, at most 80 characters, cut between words.

    Words of which nothing is left in ASCII (emoji only, say) give `fallback` followed by a short
    digest, so that two of them do not clash.
    """
    if len(words) < MAX_SLUG and _SIMPLE.fullmatch(words) and not is_device(words.lower()):
        return words.lower().replace(" ", "-")
    # late: their tables are large, and most names are simple. Slugify takes whichever of two packages
    # it finds to write letters in ASCII: addresses must not
    from slugify import slugify
    from text_unidecode import unidecode

    plain = unidecode(printable(words))
    made: str = slugify(plain, max_length=MAX_SLUG, word_boundary=True, save_order=True)
    if is_device(made):
        return f"{made}-{fallback}"
    return made or f"{fallback}-{digest(words.encode('utf-8', 'surrogatepass'))[:8]}"


def counted(number: int, noun: str) -> str:
    """Return "1 article" or "2,000 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def is_device(name: str) -> bool:
    """Return whether Windows keeps this name for a device, so that no file can have it."""
    return _DEVICE.match(name) is not None


def printable(words: str) -> str:
    """Return text in which what stands for no character (controls, lone surrogates) is a "\ufffd"."""
    if words.isprintable():  # most names and titles are: this looks at each letter only once
        return words
    return _NOT_TEXT.sub("\ufffd", words)


def encoded(words: str) -> bytes:
    """Return printable text as UTF-8; looks for what is not printable in the bytes, which is quicker."""
    try:
        content = words.encode()
    except UnicodeEncodeError:
        return printable(words).encode()
    clean = len(content.translate(None, _CONTROLS)) == len(content)
    return content if clean and not any(no in content for no in _NO_BYTES) else printable(words).encode()


def one_line(words: str) -> str:
    """Return text fit for one line beside others: no controls, and none that turn the reading order."""
    return _NOT_IN_LINE.sub(" ", words)


def squeeze(words: str) -> str:
    """Return `words` with every run of white space as one blank, and none at the ends."""
    if "  " not in words and words.isprintable() and words[:1] != " " and words[-1:] != " ":
        return words  # no white space but the blank is printable
    return " ".join(words.split())


def fold(words: str) -> str:
    """Return the form under which two spellings of one name meet: no case, no accents, one blank."""
    if words.isascii():
        return squeeze(words.lower())
    plain = unicodedata.normalize("NFKD", words.casefold())
    return squeeze(_BEYOND_ASCII.sub(_without_accents, plain))


def _without_accents(letters: re.Match[str]) -> str:
    return "".join([c for c in letters[0] if not unicodedata.combining(c)])


def digest(content: bytes) -> str:
    """Return a 128-bit BLAKE2b digest in hexadecimal: for staleness, never for security."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_of(*parts: object) -> str:
    """Return the digest of plain values; marshal's format 2 gives the same bytes for the same values."""
    return digest(marshal.dumps(parts, 2))  # type: ignore[arg-type]


def clip(words: str, length: int) -> str:
    """Return `words` cut at a word's end to at most `length` characters, with "…" if cut."""
    if len(words) <= length:
        return words
    head = words[: length - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > length // 2 else head).rstrip(" ,;:–—-") + "…"

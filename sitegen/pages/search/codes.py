"""Numbers as characters, and the scripts that carry them: what an index file is made of.

An index file is a classic script that hands strings to one function of the reader, so that it
loads from a server, under a strict policy and from disk alike. A number is written as one code
point: UTF-8 then takes one byte below 91 and two below 2,012, the host's gzip sees whole bytes,
and the browser reads it back with `charCodeAt`, decoding nothing. The quotation mark, the
backslash and "!" (which parts entries) never stand for a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain
from struct import pack

PART = "!"
FORMAT = b"6"
FIRST = 35
BACKSLASH = 92
SINGLE = 40_000
_HIGH = 41_000
_PACKED = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_NAME_LETTERS = 8


@cache
def digits() -> str:
    """Return the characters of the numbers 0 to 39,999, as one text: it is made in no time."""
    points = chain(range(FIRST, BACKSLASH), range(BACKSLASH + 1, FIRST + SINGLE + 1))
    return pack(f"<{SINGLE}H", *points).decode("utf-16-le")


@cache
def values() -> dict[str, int]:
    """Return the numbers of those characters."""
    return dict(zip(digits(), range(SINGLE), strict=True))


def number(value: int) -> str:
    """Return a number (0 to 500 million) as one character, or two from 40,000 on."""
    if value < SINGLE:
        return digits()[value]
    return chr(_HIGH + value // SINGLE) + digits()[value % SINGLE]


def numbers(values: Iterable[int]) -> str:
    """Return several numbers in a row."""
    return "".join(map(number, values))


def read_numbers(text: str) -> list[int]:
    """Return the numbers of a string that `number` wrote, in order."""
    found: list[int] = []
    high = 0
    for character in text:
        code = ord(character)
        if code >= _HIGH:
            high = (code - _HIGH) * SINGLE
            continue
        found.append(high + code - FIRST - (code > BACKSLASH))
        high = 0
    return found


def packed(values: Sequence[int]) -> str:
    """Return numbers of 0 to 2, four to a character: the host then packs them a third smaller."""
    fours = (values[at : at + _PACKED] for at in range(0, len(values), _PACKED))
    return numbers(sum(value * 3**at for at, value in enumerate(four)) for four in fours)


def unpacked(text: str, count: int) -> list[int]:
    """Return the first `count` numbers of a string that `packed` made."""
    return [code // 3**at % 3 for code in read_numbers(text) for at in range(_PACKED)][:count]


def name_of(kind: str, hashed: bytes) -> str:
    """Return a file's name without folder and suffix: its kind's letter and 41 bits of a digest."""
    value = int.from_bytes(hashed[:8], "big")
    letters = []
    for _ in range(_NAME_LETTERS):
        value, rest = divmod(value, len(_LETTERS))
        letters.append(_LETTERS[rest])
    return kind + "".join(letters)


def content_name(kind: str, *parts: str) -> str:
    """Return the name of a file that holds `parts`."""
    content = "\0".join(parts).encode("utf-8", "replace")
    return name_of(kind, blake2b(FORMAT + content, digest_size=16).digest())


def path_of(name: str) -> str:
    """Return the path of the file with this name in the site."""
    return f"search/{name[0]}-{name[1:]}.js"


def script(name: str, *parts: object) -> bytes:
    """Return the script that hands `parts` (strings or JSON values) to the reader under `name`."""
    given = ",".join(_literal(p) for p in parts)
    return f'sitegenSearch.take("{name}",{given})\n'.encode("utf-8", "replace")


def read_script(content: bytes) -> list[object]:
    """Return what a script of `script` hands over: its name, then its parts."""
    text = content.decode("utf-8")
    found: list[object] = json.loads("[" + text[text.index("(") + 1 : text.rindex(")")] + "]", strict=False)
    return found


def _literal(part: object) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))

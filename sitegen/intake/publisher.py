"""Who published a page that is bare text: its masthead, its copyright line, its title's tail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from sitegen.intake.block import Block
from sitegen.model import Found
from sitegen.text import fold
from sitegen.vocabulary import Vocabulary

_LONGEST = 60  # characters of a line that names a publisher and little else
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|\bCopyright\b)\s*(?:©|\([cC]\))?[\s\d,–-]*(?P<name>[^\d.,;:|/\n©]{3,60})"
)
_TAIL = re.compile(r"\s(?:\||[-–—])\s(?P<name>[^|]{3,40})$")
_TAIL_SIGN = re.compile("[|–—-]")
_FIRM = re.compile(
    r"\s(?:Company|Co|Corp|Corporation|Inc|Ltd|Limited|LLC|GmbH|Verlag|AG|S\.?A|Group|Media|Press"
    r"|Publications?|Publishing|Trust|Holdings?)$"
)
_PUNCTUATION = " .,:;|-–—"


def find_publisher(blocks: Sequence[Block], vocabulary: Vocabulary) -> Found[str] | None:
    """Return the publisher that the lines around an article name, or None where none is certain.

    A name of the archive's own `sources.toml` needs to stand on a line by itself or in a title's
    tail; any other must be claimed by a copyright line or a title's tail, and stand on a line by
    itself as well: photographs carry copyright lines too.
    """
    short = [b for b in blocks if len(b.text) <= _LONGEST]
    mastheads = {_key(b.text.strip(_PUNCTUATION)): b for b in reversed(short)}
    known = [block for name, block in mastheads.items() if name in vocabulary.source_names]
    if known:
        block = min(known, key=lambda b: b.first)
        name = block.text.strip(_PUNCTUATION)
        return Found(vocabulary.source(name).name, block.text, block.first, "masthead")
    claimants = list(filter(_may_claim, blocks))
    for rule, claims in _CLAIMS:
        for block in claimants:
            for name in claims(block):
                if folded(name) in vocabulary.source_names:
                    return Found(vocabulary.source(name).name, block.text, block.first, rule)
                if spelled := _corroborated(name, block, mastheads):
                    return Found(spelled, block.text, block.first, rule)
    return None


def _key(name: str) -> str:
    """Return `folded` of what stands on a line, where there are no blanks to put right."""
    return name.lower() if name.isascii() else folded(name)


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Return `fold` of a short line: pages of one source have many in common."""
    return fold(name)


def _corroborated(name: str, claim: Block, mastheads: dict[str, Block]) -> str | None:
    """Return the name as the claim spells it, as far as another line consists of it."""
    words = name.split()
    for count in range(len(words), 0, -1):
        part = " ".join(words[:count])
        masthead = mastheads.get(fold(part))
        if masthead is not None and masthead is not claim and len(part) >= 3:
            return part
    return None


def _may_claim(block: Block) -> bool:
    text = block.text
    return "©" in text or "opyright" in text or "(" in text or _TAIL_SIGN.search(text[-_LONGEST:]) is not None


def _copyright(block: Block) -> Iterator[str]:
    head = block.text[:400]
    if "©" not in head and "opyright" not in head and "(c)" not in head and "(C)" not in head:
        return
    for found in _COPYRIGHT.finditer(head):
        name = found.group("name").strip(_PUNCTUATION)
        yield name
        if (bare := _FIRM.sub("", name)) != name:
            yield bare


def _tail(block: Block) -> Iterator[str]:
    if not 12 < len(block.text) <= 4 * _LONGEST or not _TAIL_SIGN.search(block.text):
        return
    found = _TAIL.search(block.text)
    if found and block.text[: found.start()].count(" ") >= 2:
        yield found.group("name").strip(_PUNCTUATION)


_CLAIMS: tuple[tuple[str, Callable[[Block], Iterator[str]]], ...] = (
    ("copyright", _copyright),
    ("title-tail", _tail),
)

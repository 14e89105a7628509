"""A text dump that holds several articles -> its parts, where that is plain; else a warning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.dates import is_date_line
from sitegen.errors import Problem

_RULE = re.compile(r"\s*([=*_~#-])\1{7,}\s*")
_LEAST_WORDS = 60
_HEAD_LINES = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a dump that is read as one article; `first_line` is its first line's number."""

    text: str
    first_line: int = 1
    problems: tuple[Problem, ...] = ()


def parted(text: str) -> tuple[Part, ...]:
    """Return the articles of a dump that rules of signs part, each with a date line at its head.

    Where parts are as long as articles and not all are dated, the dump stays one, with a note.
    """
    lines = text.split("\n")
    cuts = [at for at, line in enumerate(lines) if len(line) < 200 and _RULE.fullmatch(line)]
    if not cuts:
        return (Part(text),)
    bounds = [0, *cuts, len(lines)]
    pieces = [(a, lines[a:b]) for a, b in pairwise(bounds)]
    long = [(at, piece) for at, piece in pieces if sum(len(line.split()) for line in piece) >= _LEAST_WORDS]
    dated = [(at, piece) for at, piece in long if _has_date(piece)]
    if len(dated) < 2:
        return (Part(text),)
    if len(dated) < len(long):
        note = "holds several long parts; only some of them begin with a date, so it is read as one article"
        hint = "cut it into one file for each article"
        return (
            Part(
                text, problems=(Problem("several-articles", note, "warning", line=long[1][0] + 1, hint=hint),)
            ),
        )
    starts = [0, *(at for at, _ in dated[1:])]
    ends = [*starts[1:], len(lines)]
    return tuple(Part("\n".join(lines[a:b]), a + 1) for a, b in zip(starts, ends, strict=True))


def _has_date(piece: Sequence[str]) -> bool:
    head = [line.strip() for line in piece if line.strip()][1:_HEAD_LINES]
    return any(len(line) < 100 and any(map(str.isdigit, line)) and is_date_line(line) for line in head)

"""A text dump that holds several articles -> its parts, where that is plain; else a warning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from sitegen.dates import is_date_line
from sitegen.errors import Problem
from sitegen.intake.block import SENTENCE_END
from sitegen.intake.fields import byline_names

_RULE = re.compile(r"\s*([=*_~#-])\1{7,}\s*")
_RULES = tuple(8 * sign for sign in "=*_~#-")
_YEAR = re.compile(r"(?:19|20)\d\d|[٠-٩]{4}")
_WIDE = re.compile("[\u3040-\u9fff]")
_LEAST_WORDS = 60
_HEAD_LINES = 10
_FAR = 3  # empty lines
_PROSE = 80  # characters
_MOST_DATES = 60


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
    short = enumerate(lines) if any(sign in text for sign in _RULES) else ()
    cuts = [at for at, line in short if len(line) < 200 and _RULE.fullmatch(line)]
    if not cuts:
        return _parted_by_heads(text, lines)
    bounds = [0, *cuts, len(lines)]
    pieces = [(a, lines[a:b]) for a, b in pairwise(bounds)]
    long = [(at, piece) for at, piece in pieces if sum(len(line.split()) for line in piece) >= _LEAST_WORDS]
    dated = [(at, piece) for at, piece in long if _has_date(piece)]
    headed = [piece for _, piece in long if _has_byline(piece)]
    if len(dated) < 2 and len(headed) < 2:
        return (Part(text),)
    if len(dated) < len(long):
        note = "holds several long parts; not all of them begin with a date, so it is read as one article"
        hint = "cut it into one file for each article"
        return (
            Part(
                text, problems=(Problem("several-articles", note, "warning", line=long[1][0] + 1, hint=hint),)
            ),
        )
    starts = [0, *(at for at, _ in dated[1:])]
    ends = [*starts[1:], len(lines)]
    return tuple(Part("\n".join(lines[a:b]), a + 1) for a, b in zip(starts, ends, strict=True))


def _parted_by_heads(text: str, lines: Sequence[str]) -> tuple[Part, ...]:
    """Return the articles of a dump without rules of signs, by their heads: title, byline, date.

    A head far below the text before it, or on a new page, begins an article of its own; where
    another one stands right under a text, the dump stays one, with a note.
    """
    heads = _heads(lines)
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    far = [head for head in heads if head.far and head.at > first]
    near = [head for head in heads if not head.far and head.at > first and head.byline]
    if not any(head.at <= first + _HEAD_LINES for head in heads) or not (far or near):
        return (Part(text),)
    if near or any(
        _words(lines[a:b]) < _LEAST_WORDS for a, b in pairwise([0, *(h.at for h in far), len(lines)])
    ):
        if not near:
            return (Part(text),)
        note = "seems to hold several articles; it is read as one, for nothing parts them plainly"
        hint = "cut it into one file for each article, or put a line of ======== between them"
        line = near[0].at + 1
        return (Part(text, problems=(Problem("several-articles", note, "warning", line=line, hint=hint),)),)
    starts = [0, *(head.at for head in far)]
    return tuple(Part("\n".join(lines[a:b]), a + 1) for a, b in pairwise([*starts, len(lines)]))


class _Head(NamedTuple):
    """Where an article's head begins: its title's line, whether it stands apart, and has a byline."""

    at: int
    far: bool
    byline: bool


def _heads(lines: Sequence[str]) -> list[_Head]:
    """Return the heads in a dump: a title with a date line at most three lines below, then prose."""
    written = [(at, line.strip()) for at, line in enumerate(lines) if line.strip()]
    found: list[_Head] = []
    tried = 0
    for n, (_, line) in enumerate(written):
        if n > _HEAD_LINES and not found:
            break  # what begins with a menu is one page
        if len(line) > 60 or not _YEAR.search(line):
            continue
        head = (
            _head_above(lines, written, n)
            if any(len(t) > _PROSE for _, t in written[n + 1 : n + 4])
            else None
        )
        if head is None or tried >= _MOST_DATES or (found and head.at <= found[-1].at):
            continue
        tried += 1  # reading a date costs most, so it comes last
        if is_date_line(line):
            found.append(head)
    return found


def _head_above(lines: Sequence[str], written: Sequence[tuple[int, str]], date: int) -> _Head | None:
    """Return the head that a date line belongs to: its title stands below a gap, or below prose."""
    for n in range(date - 1, max(-1, date - 4), -1):
        at, title = written[n]
        if not 8 <= len(title) <= 150 or SENTENCE_END.search(title) or byline_names(title):
            continue
        above = written[n - 1] if n else None
        if above and not any(map(str.isalnum, above[1])):
            return _Head(at, True, False)
        gap = at - above[0] - 1 if above else _FAR
        far = (
            gap >= _FAR
            or "\f" in lines[at]
            or (above is not None and "\f" in "".join(lines[above[0] + 1 : at]))
        )
        below_prose = (
            above is not None and len(above[1]) > _PROSE // 2 and bool(SENTENCE_END.search(above[1]))
        )
        if far or below_prose:
            near = [text for _, text in written[n + 1 : date + 2]]
            return _Head(at, far, any(byline_names(text) for text in near))
    return None


def _words(lines: Sequence[str]) -> int:
    """Return about how many words there are; two letters of Chinese or Japanese count as one."""
    return sum(max(len(line.split()), len(_WIDE.findall(line)) // 2) for line in lines)


def _has_byline(piece: Sequence[str]) -> bool:
    head = [line.strip() for line in piece if line.strip()][1:_HEAD_LINES]
    return any(len(line) < 100 and byline_names(line) for line in head)


def _has_date(piece: Sequence[str]) -> bool:
    head = [line.strip() for line in piece if line.strip()][1:_HEAD_LINES]
    return any(len(line) < 100 and any(map(str.isdigit, line)) and is_date_line(line) for line in head)

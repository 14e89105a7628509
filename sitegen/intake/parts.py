"""A text dump that holds several articles -> its parts, where that is plain; else a warning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

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
_MOST_MISSES = 60
_FRAMED_LINES = 4  # of a head between two rules
_SEVERAL = 3


class Part(Struct, frozen=True):
    """A part of a dump that is read as one article; `first_line` is its first line's number."""

    text: str
    first_line: int = 1
    problems: tuple[Problem, ...] = ()


def parted(text: str) -> tuple[Part, ...]:
    """Return the articles of a dump, told apart by rules of signs between them, or by their heads.

    Where it holds several articles as it seems, and nothing parts them plainly, it stays one, with a note.
    """
    lines = text.split("\n")
    return _parted_by_rules(text, lines) or _parted_by_heads(text, lines)


class _Piece(NamedTuple):
    """What stands between two rules: the line of the upper one, its words, what its first lines have."""

    at: int
    words: int
    head: tuple[str, ...]
    date: int | None
    has_title: bool
    has_prose: bool

    @property
    def is_long(self) -> bool:
        return self.words >= _LEAST_WORDS

    @property
    def is_headed(self) -> bool:
        """Tell whether it begins as an article does; a name above a date is that of a comment's writer."""
        return self.date == 0 or (self.date is not None and self.has_title)

    @property
    def is_head(self) -> bool:
        return len(self.head) <= _FRAMED_LINES and not self.has_prose


def _parted_by_rules(text: str, lines: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts between rules of signs if each long one has a date at its head; () for no parts."""
    ruled = any(sign in text for sign in _RULES)
    cuts = [at for at, line in enumerate(lines) if _is_rule(line)] if ruled else []
    if not cuts:
        return ()
    pieces = _with_heads([_piece(a, lines[a:b]) for a, b in pairwise([0, *cuts, len(lines)])])
    long = [piece for piece in pieces if piece.is_long]
    headed = [piece for piece in pieces if piece.is_headed and (piece.is_long or piece.has_prose)]
    signed = [piece for piece in long if _has_byline(piece.head)]
    both = [piece for piece in long if piece.is_headed]
    dated = [piece for piece in long or headed if piece.date is not None]
    if len(both) < 2 and len(signed) < 2 and len(dated) < _SEVERAL:
        return ()
    if not long or len(both) < len(long):
        note = "holds several parts, not all long and dated at their heads, so it is read as one article"
        return _noted(text, note, "cut it into one file for each article", (long or headed)[1].at + 1)
    return _cut(lines, [piece.at for piece in headed])


def _piece(at: int, lines: Sequence[str]) -> _Piece:
    written = [line.strip() for line in lines if line.strip() and not _is_rule(line)]
    head = tuple(written[:_HEAD_LINES])
    date = next((n for n, line in enumerate(head) if _is_date(line)), None)
    return _Piece(
        at,
        _words(written),
        head,
        date,
        any(map(_is_title, head[:date])),
        any(len(line) > _PROSE for line in written[(date or 0) + 1 :]),
    )


def _with_heads(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces; a title, or title and date, that stand between two rules begin the next piece."""
    made: list[_Piece] = []
    for piece in pieces:
        above = made[-1] if made and made[-1].is_head else None
        if above and above.has_title and (piece.date == 0 if above.date is None else not piece.is_headed):
            date = above.date if above.date is not None else len(above.head)
            head = (*above.head, *piece.head)
            made[-1] = piece._replace(at=above.at, head=head, date=date, has_title=True)
        else:
            made.append(piece)
    return made


def _is_rule(line: str) -> bool:
    return len(line) < 200 and _RULE.fullmatch(line) is not None


def _is_date(line: str) -> bool:
    return len(line) < 100 and any(map(str.isdigit, line)) and is_date_line(line)


def _is_title(line: str) -> bool:
    """Tell whether a line may be a title; a name or one word may be, but is not plainly so."""
    many = len(line.split()) >= 3 or len(_WIDE.findall(line)) >= 6
    return many and len(line) <= 150 and not line.endswith((".", ":", ",", ";")) and not byline_names(line)


def _cut(lines: Sequence[str], starts: Sequence[int]) -> tuple[Part, ...]:
    """Return the parts that begin on these lines; what stands above the first belongs to it."""
    bounds = [0, *starts[1:], len(lines)]
    return tuple(Part("\n".join(lines[a:b]), a + 1) for a, b in pairwise(bounds))


def _noted(text: str, note: str, hint: str, line: int) -> tuple[Part, ...]:
    return (Part(text, problems=(Problem("several-articles", note, "warning", line=line, hint=hint),)),)


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
    starts = [0, *(head.at for head in far)]
    short = [_words(lines[a:b]) < _LEAST_WORDS for a, b in pairwise([*starts, len(lines)])]
    if near or (any(short) and short.count(False) >= 2):
        note = "seems to hold several articles; it is read as one, for nothing parts them plainly"
        hint = "cut it into one file for each article, or put a line of ======== between them"
        return _noted(text, note, hint, (near or far)[0].at + 1)
    return (Part(text),) if any(short) else _cut(lines, starts)


class _Head(NamedTuple):
    """Where an article's head begins: its title's line, whether it stands apart, and has a byline."""

    at: int
    far: bool
    byline: bool


def _heads(lines: Sequence[str]) -> list[_Head]:
    """Return the heads in a dump: a title with a date line at most three lines below, then prose."""
    written = [(at, text) for at, line in enumerate(lines) if (text := line.strip())]
    if not any(_YEAR.search(line) for _, line in written[: _HEAD_LINES + 1]):
        return []  # what begins with a menu is one page
    found: list[_Head] = []
    missed = 0
    for n, (_, line) in enumerate(written):
        if n > _HEAD_LINES and not found:
            break
        if len(line) > 60 or not _YEAR.search(line):
            continue
        head = (
            _head_above(lines, written, n)
            if any(len(t) > _PROSE for _, t in written[n + 1 : n + 4])
            else None
        )
        if head is None or missed >= _MOST_MISSES or (found and head.at <= found[-1].at):
            continue
        if is_date_line(line):  # costs most, so it comes last
            found.append(head)
        else:
            missed += 1
    return found


def _head_above(lines: Sequence[str], written: Sequence[tuple[int, str]], date: int) -> _Head | None:
    """Return the head that a date line belongs to: its title stands below a gap, or below prose."""
    for n in range(date - 1, max(-1, date - 4), -1):
        at, title = written[n]
        if not 8 <= len(title) <= 150 or SENTENCE_END.search(title) or byline_names(title):
            continue
        above = written[n - 1] if n else None
        if above and not any(map(str.isalnum, above[1])):
            return _Head(at, True, False) if _is_title(title) else None
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


def _has_byline(head: Sequence[str]) -> bool:
    return any(len(line) < 100 and byline_names(line) for line in head)

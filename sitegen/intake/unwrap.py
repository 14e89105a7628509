"""Lines of a plain-text dump -> blocks, with hard wraps, hyphenation and mail quoting undone.

Whether two lines belong together is decided as a wrapper decides it: it breaks a line only where
the next word would not fit. So the width is found first, for the whole text, and a line is
continued when the next line's first word would have passed that width.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

from sitegen.intake.block import Block, Kind
from sitegen.intake.mail import is_header

_ITEM = re.compile(
    r"(?:([*•·▪◦‣●○■□◆➢➤✓✔+o#@-])|(\(?\d{1,3}[.)]|[a-z]\)|[（(]?[一二三四五六七八九十]+[、)）]))\s+(?=\S)"
)
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_QUOTED = re.compile(r"\s{0,3}((?:>[ ]?)+)")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|\[(]*(?:(?:page|seite|página|pagina|стр\.?|страница|صفحة|p\.?|pg\.?|第)\s*)?\d{1,4}"
    r"(?:\s*(?:/|of|von|de|sur|di|из|من|[页頁][，,]?\s*共)\s*\d{1,4})?\s*[页頁ページ]*[\s\-–—|\])]*",
    re.I,
)
_END = re.compile(r"[.!?:;…。！？：；؟۔।](?:[\"'”’»)\]」』]|\s)*$")
_CODE_LINE = re.compile(
    r"^\s*(?:[$>#%]\s\S|(?:def|class|import|from|return|function|var|let|const|public|private"
    r"|if|for|while|elif|else"
    r"|#include|SELECT|sudo|export)\b.*[(){};:=<>\[\]]|[}\])]+[;,]?$|</?\w+[^>]*>$|//|/\*)"
    r"|[;{}]\s*$|\w+\([^)]*\)\s*;?$|^\s*[\w.\[\]\"']+\s*=\s*\S"
)
_GAP = re.compile(r" {2,}")
_RULE = re.compile(r"[-=_ ]{3,}")
_DIGITS = re.compile(r"\d+")
_NUMBER_STARTS = frozenset("pPsSсСص第-–—|[( ")  # what a line begins with that `_PAGE_NUMBER` finds
_LONGEST_NUMBER = 60  # characters of a line that is a page's number
_AMID = 8  # pairs of lines that part a sentence, for these alone to tell how a text is wrapped
_LONG_LINE = 130  # columns: wider than any hard wrap that people use


class _Line(NamedTuple):
    """A line of the dump: its number from 1, text without its margin, margin, and mail depth."""

    number: int
    text: str
    indent: int
    depth: int = 0
    breaks_page: bool = False
    reason: str | None = None


def unwrapped(text: str) -> tuple[Block, ...]:
    """Return the blocks of a dump in order; no word of it is in none of them."""
    lines = _without_page_furniture(_unquoted(_lines(text)))
    widths = _widths(lines)
    vocabulary = _hyphenation(lines) if widths else frozenset()
    blocks: list[Block] = []
    gap = 0
    for group in _groups(lines):
        if isinstance(group, int):
            gap += group
            continue
        if len(group) == 1 and not _may_be_row(group[0].text):
            blocks.append(_paragraph(group, vocabulary, min(gap, 3)))
        else:
            blocks += _blocks(group, widths, vocabulary, min(gap, 3))
        gap = 0
    return tuple(blocks)


def columns(text: str) -> int:
    """Return the columns that a text takes in a terminal: East Asian letters take two."""
    return len(text) + len(_WIDE.findall(text)) if not text.isascii() else len(text)


def _lines(text: str) -> list[_Line]:
    made = []
    pages = "\f" in text
    for number, raw in enumerate(text.split("\n"), 1):
        page = pages and "\f" in raw
        line = (raw.replace("\f", "") if page else raw).rstrip()
        body = line.lstrip()
        indent = len(line[: len(line) - len(body)].expandtabs(4)) if len(body) < len(line) else 0
        made.append(_Line(number, body, indent, 0, page))
    return made


# --- mail and pages -------------------------------------------------------------------------------


def _unquoted(lines: list[_Line]) -> list[_Line]:
    """Return the lines with the `> ` of mail taken off into `depth`."""
    marked = sum([line.text[:1] == ">" for line in lines])
    if not marked:
        return lines
    # a mail quotes most of its lines; a text with a quotation or a prompt quotes few
    mail = marked * 2 > sum(bool(line.text) for line in lines)
    return [_less_quoted(line, mail) if line.text.startswith(">") else line for line in lines]


def _less_quoted(line: _Line, mail: bool) -> _Line:
    found = _QUOTED.match(line.text)
    if not found or (line.text.startswith((">>>", "> >>")) and not mail):
        return line
    rest = line.text[found.end() :]
    body = rest.lstrip()
    depth = 0 if mail else found[1].count(">")
    return line._replace(text=body, indent=len(rest) - len(body), depth=depth)


def _without_page_furniture(lines: list[_Line]) -> list[_Line]:
    """Return the lines with running heads and page numbers marked, where a text shows pages."""
    pages = sum([line.breaks_page for line in lines])
    numbers = [line for line in lines if line.text and _is_page_number(line.text)]
    if pages < 2 and not _counts_up(numbers):
        return lines
    shapes = Counter(_DIGITS.sub("0", line.text) for line in lines if line.text and len(line.text) < 100)
    need = max(2, (pages or len(numbers)) // 2)
    edges = _edges(lines, {line.number for line in numbers})
    made = []
    for line in lines:
        recurs = line.number in edges and shapes[_DIGITS.sub("0", line.text)] >= need
        number = bool(line.text) and line.number in edges and _is_page_number(line.text)
        made.append(line._replace(reason="page-header") if recurs or number else line)
    return made


def _is_page_number(text: str) -> bool:
    if len(text) >= _LONGEST_NUMBER or not (text[0] in _NUMBER_STARTS or text[0].isdigit()):
        return False
    return _PAGE_NUMBER.fullmatch(text) is not None


def _counts_up(numbers: Sequence[_Line]) -> bool:
    """Tell whether lines that look like page numbers are: at least two, each one more than the last."""
    values = [int(found[0]) for line in numbers if (found := _DIGITS.search(line.text))]
    steps = [b - a for a, b in pairwise(values)]
    if len(values) < 2 or any(s != 1 for s in steps):
        return False
    *full, last = [numbers[0].number, *(b.number - a.number for a, b in pairwise(numbers))]
    return min(full) > 8 and last > 2  # the last page may be short


def _edges(lines: Sequence[_Line], numbers: set[int]) -> set[int]:
    """Return the numbers of the lines within three written lines of a page's end."""
    written = [line for line in lines if line.text or line.breaks_page]
    edges: set[int] = {line.number for line in (*written[:3], *written[-3:])}
    for at, line in enumerate(written):
        if line.breaks_page or line.number in numbers:
            edges.update(near.number for near in written[max(0, at - 3) : at + 4])
    return edges


# --- width ----------------------------------------------------------------------------------------


def _widths(lines: Sequence[_Line]) -> dict[int, int]:
    """Return the column at which lines were wrapped, by their indent (-1: any); empty if they were not."""
    sized = [
        (line.indent + columns(line.text), line.indent) for line in lines if line.text and not line.reason
    ]
    long = sorted(size for size, _ in sized if size >= 30)
    if len(long) < 3:
        return {}
    # a wrapper leaves lines longer than its width where nothing parts them, as addresses and formulas
    width, narrower = (long[min(len(long) - 1, int(len(long) * share))] for share in (0.97, 0.9))
    if width > _LONG_LINE or not (_is_wrapped(lines, width) or _wraps_sentences(lines, width)):
        width = narrower
        if width > _LONG_LINE or not _wraps_sentences(lines, width):
            return {}
    widths = {-1: width}
    by_indent: dict[int, list[int]] = {}
    for size, indent in sized:
        if size >= width * 0.6:
            by_indent.setdefault(indent, []).append(size)
    for indent, sizes in by_indent.items():
        if len(sizes) >= 12:
            widths[indent] = min(width, round(quantiles(sizes, n=50)[-1]))
    return widths


def _is_wrapped(lines: Sequence[_Line], width: int) -> bool:
    """Tell whether most lines end where the next word would not fit."""
    full = [is_full for _, is_full in _pairs(lines, width)]
    return len(full) >= 3 and sum(full) >= len(full) * 0.7


def _wraps_sentences(lines: Sequence[_Line], width: int) -> bool:
    """Tell whether lines that end amid a sentence do so where the next word would not fit."""
    full = [is_full for is_amid, is_full in _pairs(lines, width) if is_amid]
    return len(full) >= _AMID and sum(full) >= len(full) * 0.85


def _pairs(lines: Sequence[_Line], width: int) -> Iterator[tuple[bool, bool]]:
    """Yield for each line before another whether it ends amid a sentence, and whether it is full."""
    for line, after in pairwise(lines):
        size = line.indent + columns(line.text)
        if not after.text or size < width * 0.5 or _item(after.text) or is_header(after.text):
            continue
        is_amid = after.text[0].islower() and not _END.search(line.text)
        yield is_amid, size + 1 + _first_word(after.text) > width * 0.9


def _first_word(text: str) -> int:
    if _WIDE.match(text):
        return 2
    return columns(text.split(None, 1)[0])


# --- groups and blocks ----------------------------------------------------------------------------


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line] | int]:
    """Yield runs of written lines; an empty line between them is yielded as the number 1."""
    group: list[_Line] = []
    held: list[_Line] = []
    for line in lines:
        if line.reason or (line.breaks_page and not line.text):
            held += [line] if line.text else []
            continue
        if line.text:
            group.append(line)
            continue
        if group:
            yield group
            group = []
        yield 1
    if group:
        yield group
    for line in held:
        yield [line]


def _blocks(
    group: Sequence[_Line], widths: dict[int, int], vocabulary: frozenset[str], gap: int
) -> Iterator[Block]:
    """Yield the blocks of a run of lines; `gap` counts the empty lines above the first."""
    if _is_code(group):
        margin = min(line.indent for line in group)
        text = "\n".join(" " * (line.indent - margin) + line.text for line in group)
        yield _made(group, "code", text, gap)
        return
    start = 0
    while start < len(group):
        end = _table_end(group, start)
        if end > start + (2 if _GAP.search(group[start].text) else 1):
            rows = (_cells(line.text) for line in group[start:end])
            yield _made(group[start:end], "table", "\n".join(row for row in rows if row), gap)
        else:
            end = start + 1
            while end < len(group) and (
                _reads_on(group[end - 1], group[end])
                or (widths and _continues(group[end - 1], group[end], widths, group[start]))
            ):
                end += 1
            yield _paragraph(group[start:end], vocabulary, gap)
        start, gap = end, 0


def _is_code(group: Sequence[_Line]) -> bool:
    if len(group) < 2 or group[0].depth or sum(len(line.text) for line in group) > 160 * len(group):
        return False
    others = 0
    for line in group:
        others += _CODE_LINE.search(line.text) is None
        if others * 2 >= len(group):
            return False
    return True


def _may_be_row(text: str) -> bool:
    return "\t" in text or "  " in text or text[0] == "|"


def _table_end(group: Sequence[_Line], start: int) -> int:
    text = group[start].text
    if not _may_be_row(text):
        return start
    cells = _cell_count(text)
    if cells < 2:
        return start
    end = start
    while end < len(group) and (_cell_count(group[end].text) == cells or _RULE.fullmatch(group[end].text)):
        end += 1
    return end


def _cell_count(text: str) -> int:
    """Return how many cells a line has: parted by tabs, by bars, or by gaps as in a terminal."""
    if "\t" in text:
        return text.count("\t") + 1
    if text.startswith("|") and text.endswith("|"):
        return text.count("|") - 1
    return len(_GAP.split(text.strip())) if _GAP.search(text.strip()) else 0


def _cells(text: str) -> str:
    if "\t" in text:
        return text
    if not text.strip("|-:=_ "):
        return ""
    if not text.startswith("|"):
        return "\t".join(_GAP.split(text.strip()))
    return "\t".join(cell.strip() for cell in text.strip("|").split("|"))


def _continues(line: _Line, after: _Line, widths: dict[int, int], first: _Line) -> bool:
    if after.depth != line.depth or _item(after.text) or "\t" in line.text:
        return False
    if is_header(after.text) and is_header(line.text):
        return False
    hanging = bool(_item(first.text)) and after.indent > first.indent
    if after.indent > line.indent + 1 and not (hanging and line is first):
        return False
    if after.indent < line.indent - 1 and line is not first:
        return False
    width = widths.get(line.indent, widths[-1])
    size = line.indent + columns(line.text)
    need = size + 1 + _first_word(after.text)
    if need > width:
        return True
    ends = bool(_END.search(line.text))
    if line.text.endswith(("-", "\xad")) and after.text[:1].islower():
        return True
    # proportional type (PDF) leaves ragged ends: let what reads on go on
    return need > width * 0.75 and not ends and (after.text[:1].islower() or need > width * 0.9)


def _reads_on(line: _Line, after: _Line) -> bool:
    """Tell whether a quoted line goes on in the next: a text may wrap its quotations and nothing else."""
    same = bool(line.depth) and after.depth == line.depth and len(line.text) > 60
    return same and after.text[:1].islower() and not _END.search(line.text)


def _paragraph(lines: Sequence[_Line], vocabulary: frozenset[str], gap: int) -> Block:
    text = lines[0].text
    if len(lines) > 1:
        ends = [_before(line.text, after.text, vocabulary) for line, after in pairwise(lines)]
        text = "".join([*ends, lines[-1].text])
    found = _item(text)
    if found and (found[1] is None or found[1] not in "#@" or len(lines) == 1):
        marker = found[1] or found[2]
        rest = text[found.end() :] if found[1] else text
        return _made(lines, "list", _tidy(rest), gap, marker)
    return _made(lines, "quotation" if lines[0].depth else "paragraph", _tidy(text), gap)


def _made(lines: Sequence[_Line], kind: Kind, text: str, gap: int, marker: str = "") -> Block:
    head = lines[0]
    return Block(text, kind, head.number, lines[-1].number, gap, head.indent, head.depth, marker, head.reason)


def _item(text: str) -> re.Match[str] | None:
    """Return the mark at the start of an item; a capital, as most lines have there, is none."""
    return None if "A" <= text[0] <= "Z" else _ITEM.match(text)


def _tidy(text: str) -> str:
    if not text.isprintable() or "  " in text:
        text = " ".join(text.split())
    return text.replace("\xad", "") if "\xad" in text else text


def _before(head: str, tail: str, vocabulary: frozenset[str]) -> str:
    """Return a line as it stands before the next one of its paragraph: with a blank, or its hyphen gone."""
    if head.endswith("\xad"):
        return head[:-1]
    if head.endswith(("-", "‐")) and tail[:1].islower() and head[-2:-1].isalpha():
        left, right = head.rsplit(None, 1)[-1][:-1], re.split(r"\W", tail, maxsplit=1)[0]
        return head if _keeps_hyphen(left, right, vocabulary) else head[:-1]
    return head if _WIDE.match(tail) and _WIDE.match(head[-1:]) else f"{head} "


def _keeps_hyphen(left: str, right: str, vocabulary: frozenset[str]) -> bool:
    whole, parted = (left + right).casefold(), f"{left}-{right}".casefold()
    if whole in vocabulary:
        return False
    left = left.casefold().rsplit("-", 1)[-1]
    return parted in vocabulary or (left in vocabulary and right.casefold() in vocabulary)


def _hyphenation(lines: Sequence[_Line]) -> frozenset[str]:
    """Return the words of a text that shows hyphens at line ends, to tell how they are written whole."""
    if not any(line.text.endswith(("-", "‐")) for line in lines):
        return frozenset()
    words: set[str] = set()
    for line in lines:
        words.update(word.strip(".,;:!?\"'“”‘’()").casefold() for word in line.text.split()[:-1])
    return frozenset(words)

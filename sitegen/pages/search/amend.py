"""A block in which a few articles have another text -> its run, from that of the block as it was.

The rows of the others stay. So an edit costs what its own article costs, and not what the hundred
around it do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen.pages.search.codes import digits, values
from sitegen.pages.search.documents import Block, SearchDoc
from sitegen.pages.search.rows import STEP, columns
from sitegen.pages.search.runs import index_article, joined, sections

_FEW = 8  # articles
_FIELD = ":"  # filters have no places
_PLACE = 2  # characters


def places_of_edits(before: Sequence[str], now: Sequence[str]) -> tuple[int, ...]:
    """Return which articles of a block have other digests than before; () if they are too many."""
    if len(before) != len(now):
        return ()
    changed = tuple(at for at, (old, new) in enumerate(zip(before, now, strict=True)) if old != new)
    return changed if len(changed) <= min(_FEW, len(now) // 2) else ()


def amended(run: bytes, block: Block[SearchDoc], places: Sequence[int], texts: Mapping[str, str]) -> bytes:
    """Return the run of a block from one that differs in the articles at `places` alone.

    It is what `index_block` gives; `texts` maps the keys of those articles to the texts of their bodies.
    """
    keys, hits, cells, lengths, _ = sections(run)
    fresh = [index_article(at, block.docs[at], texts[block.docs[at].key]) for at in places]
    long, code = list(lengths.decode()), digits()
    listed = dict(zip(keys.decode().split("\n"), zip(_lines(hits), _lines(cells), strict=True), strict=True))
    for at, (rows, length) in zip(places, fresh, strict=True):
        long[at] = length
        own = _parted(rows)
        low, high = code[at], code[(at + 1) * STEP]  # an article's last hit and its first, as written
        near = [(k, line) for k, (line, _) in listed.items() if line[-1] >= low and line[0] < high]
        for key in {*(k for k, line in near if _has(line, at)), *own}:
            found = _rows(key, *listed.get(key, ("", "")))
            found.pop(at, None)
            found.update(own.get(key, {}))
            if found:
                listed[key] = _written(found)
            else:
                del listed[key]
    order = sorted(listed)
    columns_of = zip(*(listed[key] for key in order), strict=True)
    hits, cells = ("\n".join(column).encode() for column in columns_of)
    return joined(block, "\n".join(order).encode(), hits, cells, "".join(long))


def _lines(section: bytes) -> list[str]:
    return section.decode().split("\n")


def _parted(rows: Mapping[str, bytes]) -> dict[str, dict[int, tuple[int, str]]]:
    """Return the rows of one article as the rows of words: by its place, grade and places."""
    keys = sorted(rows)
    hits, cells = columns([rows[key] for key in keys])
    return {key: _rows(key, *row) for key, *row in zip(keys, _lines(hits), _lines(cells), strict=True)}


def _has(hits: str, at: int) -> bool:
    """Return whether an article is among a word's hits."""
    value = values()
    last = value[hits[-1]]
    if last <= at or len(hits) == 2:  # one hit
        return last == at
    after = 0
    for gap in hits[:-1]:
        after += value[gap] // STEP + 1
        if after > at:
            return after == at + 1
    return False


def _rows(key: str, hits: str, cells: str) -> dict[int, tuple[int, str]]:
    """Return of each article that has a word the grade and the places, by the article's number."""
    value, found = values(), {}
    after = start = 0
    for gap in hits[:-1]:
        ahead, grade = divmod(value[gap], STEP)
        if key.startswith(_FIELD):
            end = start
        elif grade:
            end = start + 1 + _PLACE * value[cells[start]]
        else:
            end = start + _PLACE
        found[after + ahead] = grade, cells[start:end]
        after, start = after + ahead + 1, end
    return found


def _written(rows: Mapping[int, tuple[int, str]]) -> tuple[str, str]:
    """Return a word's lines of hits and of places, the reverse of `_rows`."""
    code, after = digits(), 0
    hits, cells = [], []
    for at in sorted(rows):
        grade, places = rows[at]
        hits.append(code[(at - after) * STEP + grade])
        cells.append(places)
        after = at + 1
    return "".join(hits) + code[after - 1], "".join(cells)

"""A block in which a few articles have another text -> its run, from that of the block as it was.

The rows of the others stay. So an edit costs what its own article costs, and not what the hundred
around it do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from sitegen.pages.search.codes import digits, values
from sitegen.pages.search.documents import SearchDoc
from sitegen.pages.search.rows import HEAD, STEP, heads
from sitegen.pages.search.runs import index_article, joined, sections

_FEW = 8  # articles
_FIELD = ":"  # filters have no places
_PLACE = 2  # characters
_ONE_HIT = 2  # characters: its distance, and the article's number


def places_of_edits(before: Sequence[str], now: Sequence[str]) -> tuple[int, ...]:
    """Return which articles of a block have other digests than before; () if they are too many."""
    if len(before) != len(now):
        return ()
    changed = tuple(at for at, (old, new) in enumerate(zip(before, now, strict=True)) if old != new)
    return changed if len(changed) <= min(_FEW, len(now) // 2) else ()


def amended(run: bytes, docs: Sequence[SearchDoc], places: Sequence[int], texts: Mapping[str, str]) -> bytes:
    """Return the run of a block's articles from one that differs in those at `places` alone.

    It is what `index_block` gives; `texts` maps the keys of those articles to the texts of their bodies.
    """
    keys, hits, cells, lengths, _ = (section.decode().split("\n") for section in sections(run))
    long = list(lengths[0])
    for at in places:
        fresh, long[at] = index_article(at, docs[at], texts[docs[at].key])
        own = _own(fresh, at)
        gone = []
        for row in _rows_of(hits, at):
            key = keys[row]
            found = _parted(key, hits[row], cells[row])
            if found.pop(at) == own.get(key):
                del own[key]
            elif key in own:
                hits[row], cells[row] = _written({**found, at: own.pop(key)})
            elif found:
                hits[row], cells[row] = _written(found)
            else:
                gone.append(row)
        for row in reversed(gone):
            del keys[row], hits[row], cells[row]
        for key, here in own.items():
            row = bisect_left(keys, key)
            if keys[row : row + 1] == [key]:
                hits[row], cells[row] = _written({**_parted(key, hits[row], cells[row]), at: here})
            else:
                for column, line in zip((keys, hits, cells), (key, *_written({at: here})), strict=True):
                    column.insert(row, line)
    return joined(docs, _section(keys), _section(hits), _section(cells), "".join(long))


def _section(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()


def _own(rows: Mapping[str, bytes], at: int) -> dict[str, tuple[int, str]]:
    """Return of each word of one article its grade and its places."""
    grades = {beginning: grade for grade, beginning in enumerate(heads(at))}
    return {key: (grades[row[:HEAD]], row[HEAD:].decode()) for key, row in rows.items()}


def _rows_of(hits: Sequence[str], at: int) -> Iterator[int]:
    """Give the lines of hits that one article is among."""
    code = digits()
    low, high = code[at], code[(at + 1) * STEP]  # an article's last hit and its first, as written
    steps = {code[number]: number // STEP + 1 for number in range((at + 1) * STEP)}
    for row, line in enumerate(hits):
        if line[0] >= high or line[-1] < low:
            continue
        after = 0
        if line[-1] > low and len(line) > _ONE_HIT:
            for gap in line[:-1]:
                after += steps.get(gap, at + 2)
                if after > at:
                    break
            if after == at + 1:
                yield row
        elif line[-1] == low:
            yield row


def _parted(key: str, hits: str, cells: str) -> dict[int, tuple[int, str]]:
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
    """Return a word's lines of hits and of places, the reverse of `_parted`."""
    code, after = digits(), 0
    hits, cells = [], []
    for at in sorted(rows):
        grade, places = rows[at]
        hits.append(code[(at - after) * STEP + grade])
        cells.append(places)
        after = at + 1
    return "".join(hits) + code[after - 1], "".join(cells)

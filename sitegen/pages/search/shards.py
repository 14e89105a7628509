"""Runs -> the files of a segment's words, planned: each range is to be merged over all blocks.

A file's name comes from what goes into it, so that a file which is there already is not made again.
The places of a word that takes much room are a file of their own, which only phrases need. The forms
of all words, read backwards, are a few files more: repair finds in them the words that end like a
mistyped one, and in the files of words those that begin like it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import accumulate, chain, compress, pairwise
from typing import Final

from msgspec import Struct

from sitegen.pages.memory import Memory
from sitegen.pages.search.codes import (
    FORMAT,
    PART,
    digits,
    name_of,
    read_numbers,
    script,
)
from sitegen.pages.search.documents import Segment
from sitegen.pages.search.merging import SECTIONS, Merge
from sitegen.pages.search.ranges import Read, bounds_of, firsts, shared, word_ranges
from sitegen.pages.search.words import form_of

Cuts = Sequence[int]
_RARE_FROM = 4096
"""Articles of a segment from which on repair leaves out words that only one block has."""
_NUMBER: Final = "I"  # the places in a run, as an array's type
_COUNT: Final = "H"  # blocks
_DIGEST: Final = "Q"  # eight bytes: of a range of one block among the hundreds that a file's name is made of
_SHORTEST_FORM, _LONGEST_FORM = 4, 24
_FORMS = 9500  # a file
_TOGETHER = 12
"""Neighbouring files of words that are made in one go."""


class WordFile(Struct, frozen=True):
    """A file of words.

    `cuts` has the cuts of each block (see `_cut`), in which the numbers of this file begin at `at`;
    `heavy` maps the heavy words of the range to the names of their files of places.
    """

    name: str
    at: int
    cuts: tuple[Cuts, ...]
    heavy: Mapping[str, str]


class PlaceFile(Struct, frozen=True):
    """A file of one heavy word's places, which its cuts say as those of a file of words do."""

    name: str
    at: int
    cuts: tuple[Cuts, ...]


class FormFile(Struct, frozen=True):
    """A file of sorted forms backwards, a line each, and of each the articles in powers of two."""

    name: str
    forms: bytes
    sizes: bytes


class Words(Struct, frozen=True):
    """The files of a segment's words: what each range begins with, in order, and the heavy words' files."""

    firsts: tuple[str, ...]
    files: tuple[WordFile, ...]
    heavy: tuple[PlaceFile, ...]
    form_firsts: tuple[str, ...]
    forms: tuple[FormFile, ...]


def plan_words(segment: Segment, read: Read, memory: Memory) -> Words:
    """Return the files of a segment's words, named after what goes into them and not yet merged."""
    starts, heavy = word_ranges(segment, read, memory)
    cuts, made_from = _cut_blocks(segment, starts, heavy, read, memory)
    texts = tuple(start.decode() for start in starts)
    places = [
        (key.decode(), _name("p", made)) for key, made in zip(heavy, made_from[len(starts) :], strict=True)
    ]
    ends = [*(bisect_left(heavy, start) for start in starts), len(heavy)]
    files = tuple(
        WordFile(_name("t", made, places[low:high]), at * SECTIONS, cuts, dict(places[low:high]))
        for at, (made, (low, high)) in enumerate(zip(made_from, pairwise(ends), strict=False))
    )
    behind = (len(starts) + 1) * SECTIONS
    alone = tuple(PlaceFile(name, behind + 2 * at, cuts) for at, (_, name) in enumerate(places))
    least = 2 if segment.id == "middle" or segment.count >= _RARE_FROM else 1
    return Words(texts, files, alone, *_form_files(*_form_counts(segment, read, memory), least))


def _cut_blocks(
    segment: Segment, starts: Sequence[bytes], heavy: Sequence[bytes], read: Read, memory: Memory
) -> tuple[tuple[Cuts, ...], list[bytes]]:
    """Return each block's cuts, and of each file a digest of what all blocks have for it."""
    parted = blake2b(b"\n".join((*starts, b"", *heavy)), digest_size=16).hexdigest()
    known = [
        memory.recall(
            f"search:{segment.id}:cuts:{parted}:{block.digest}",
            partial(_cut, block.digest, starts, heavy, read),
        )
        for block in segment.blocks
    ]
    begun = blake2b(FORMAT + ",".join([str(len(b.places)) for b in segment.blocks]).encode(), digest_size=16)
    digests = memoryview(b"".join([made for _, made in known])).cast(_DIGEST)
    files = len(starts) + len(heavy)
    made_from = []
    for at in range(files):
        made = begun.copy()
        made.update(digests[at::files].tobytes())
        made_from.append(made.digest())
    return tuple(memoryview(numbers).cast(_NUMBER) for numbers, _ in known), made_from


def _name(kind: str, made_from: bytes, places: Sequence[tuple[str, str]] = ()) -> str:
    """Return a file's name; `places` are the heavy words that it names, and what their files are called.

    A word can become a heavy one by what changes far from its range.
    """
    named = "".join(map("\0".join, places)).encode()
    return name_of(kind, blake2b(made_from + named, digest_size=16).digest())


def _cut(block: str, starts: Sequence[bytes], heavy: Sequence[bytes], read: Read) -> tuple[bytes, bytes]:
    """Return the cuts of one block as bytes, and the digests of what lies between them.

    For each range: where its first key begins in the run, its hits and its places; then where those of
    a range behind the last would; then for each heavy word where its places begin and end.
    """
    at = bounds_of(block, read)[:-1]
    run = read(block, 0, at[-1])
    columns = [run[low:high].split(b"\n") for low, high in pairwise(at)]
    keys, cuts, digests = columns[0], array(_NUMBER), []
    sums = [[*accumulate(map(len, column), initial=low)] for column, low in zip(columns, at, strict=False)]
    for row in (*(bisect_left(keys, start) for start in starts), len(keys)):
        cuts.extend([before[row] + row for before in sums])  # each line before has an end
    for low, high in pairwise(range(0, len(cuts), SECTIONS)):
        parts = [run[cuts[low + n] : cuts[high + n] - 1] for n in range(SECTIONS)]
        digests.append(blake2b(b"\0".join(parts), digest_size=8).digest())
    for key in heavy:
        row = bisect_left(keys, key)
        is_there = keys[row : row + 1] == [key]
        cuts.extend((sums[-1][row] + row, sums[-1][row + 1] + row) if is_there else (0, 0))
        digests.append(blake2b(run[cuts[-2] : cuts[-1]], digest_size=8).digest())
    return cuts.tobytes(), b"".join(digests)


def lengths(segment: Segment, read: Read, memory: Memory) -> list[int]:
    """Return of each article whether it is short, usual or long (0, 1, 2)."""
    found = [
        memory.recall(f"search:{segment.id}:lengths:{block.digest}", partial(_lengths, block.digest, read))
        for block in segment.blocks
    ]
    return read_numbers("".join(found))


def _lengths(block: str, read: Read) -> str:
    *_, start, end = bounds_of(block, read)
    return read(block, start, end).decode()


def _form_counts(segment: Segment, read: Read, memory: Memory) -> tuple[list[bytes], array[int]]:
    """Return all forms, backwards and sorted, and in how many blocks each is.

    That is the last count, without the blocks that are gone and with those that are new.
    """
    name, now = f"search:{segment.id}:endings", [b.digest for b in segment.blocks]
    before, forms, sizes = memory.latest(name) or ([], b"", b"")
    gone, new = set(before) - set(now), set(now) - set(before)
    try:
        less = Counter(chain.from_iterable(_keys(block, read) for block in sorted(gone)))
    except OSError:  # the run of a block that is gone may be gone too
        less, forms, sizes, new = Counter(), b"", b"", set(now)
    more = Counter(chain.from_iterable(_keys(block, read) for block in sorted(new)))
    more.subtract(less)
    changes: dict[bytes, int] = defaultdict(int)
    for key, change in more.items():
        if change and (form := _turned(key)):
            changes[form] += change
    del more
    listed, counts = _counted(forms.split(b"\n") if forms else [], array(_COUNT, sizes), changes)
    # as two long texts, for as a mapping they would take ten times the room
    memory.put(name, (now, b"\n".join(listed), counts.tobytes()))
    return listed, counts


def _counted(
    forms: Sequence[bytes], counts: array[int], changes: Mapping[bytes, int]
) -> tuple[list[bytes], array[int]]:
    """Return sorted forms and their counts with some changes to these, without those that count none."""
    listed: list[bytes] = []
    numbers = array(_COUNT)
    at = 0
    for form in sorted(changes):
        same = bisect_left(forms, form, at)
        listed += forms[at:same]
        numbers += counts[at:same]
        known = forms[same : same + 1] == [form]
        at = same + known
        if count := changes[form] + (counts[same] if known else 0):
            listed.append(form)
            numbers.append(count)
    listed += forms[at:]
    numbers += counts[at:]
    return listed, numbers


def _turned(key: bytes) -> bytes:
    """Return the form that a key stands for, backwards; nothing for one that is not repaired."""
    form = form_of(key.decode())
    fits = _SHORTEST_FORM <= len(form) <= _LONGEST_FORM and form.isalpha()
    return form[::-1].encode() if fits else b""


def _keys(block: str, read: Read) -> list[bytes]:
    first, end, *_ = bounds_of(block, read)
    return read(block, first, end).split(b"\n")


def places_file(segment: Segment, file: PlaceFile, read: Read) -> bytes:
    """Return the content of a heavy word's file of places."""
    found = []
    for block, cuts in zip(segment.blocks, file.cuts, strict=True):
        low, high = cuts[file.at : file.at + 2]
        if low < high:
            found.append(read(block.digest, low, high).decode())
    return script(file.name, "".join(found))


def merges(segment: Segment, files: Iterable[WordFile]) -> Iterator[Merge]:
    """Give sorted files of words as what is needed to make them, some neighbours together."""
    groups: list[list[WordFile]] = []
    for file in files:
        if groups and file.at == groups[-1][-1].at + SECTIONS and len(groups[-1]) < _TOGETHER:
            groups[-1].append(file)
        else:
            groups.append([file])
    bases = [*accumulate([len(block.places) for block in segment.blocks], initial=0)]
    for group in groups:
        own = slice(group[0].at, group[-1].at + 2 * SECTIONS)
        blocks = zip(segment.blocks, bases, group[0].cuts, strict=False)
        yield Merge(
            tuple([(file.name, file.heavy) for file in group]),
            tuple([(block.digest, base, tuple(cuts[own])) for block, base, cuts in blocks]),
        )


def _form_files(
    listed: Sequence[bytes], counts: Sequence[int], least: int
) -> tuple[tuple[str, ...], tuple[FormFile, ...]]:
    """Return the ranges of forms backwards; `counts` has in how many blocks each is."""
    enough = [*map(least.__le__, counts)]
    forms = [*compress(listed, enough)]
    sizes = bytes(map(int.bit_length, compress(counts, enough)))
    starts = firsts(forms, range(1, len(forms) + 1), _FORMS)
    files = []
    for low, high in pairwise([*(bisect_left(forms, start) for start in starts), len(forms)]):
        file = b"\n".join(forms[low:high])
        made_from = blake2b(FORMAT + sizes[low:high] + b"\n" + file, digest_size=16)
        files.append(FormFile(name_of("b", made_from.digest()), file, sizes[low:high]))
    return tuple(start.decode() for start in starts), tuple(files)


def form_file(file: FormFile) -> bytes:
    """Return the content of a file of forms, each after what it shares with the one before.

    For each form: a number (letters shared), another (its articles) and the rest of its letters.
    """
    before, made, code = "", [], digits()
    for form, size in zip(file.forms.decode().split("\n"), file.sizes, strict=False):  # none of none
        same = shared(before, form)
        made.append(code[same] + code[size] + form[same:])
        before = form
    return script(file.name, PART.join(made))

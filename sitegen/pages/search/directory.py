"""The first file that a search loads: where everything else is.

It is the only one with a fixed name. It holds, for each segment, the days of its articles and which
are short and long, what each range begins with and all file names; the languages with their stop
words; and where the names of actors and topics are, which the box offers while a reader types.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from sitegen.pages.memory import Memory
from sitegen.pages.search.cards import CardFile, card_file, card_files, plain_slug, told
from sitegen.pages.search.codes import PART, content_name, packed, path_of, script
from sitegen.pages.search.documents import Listing, Segment, Suggested
from sitegen.pages.search.merging import Merge
from sitegen.pages.search.ranges import Read
from sitegen.pages.search.shards import (
    FormFile,
    PlaceFile,
    WordFile,
    form_file,
    lengths,
    merges,
    places_file,
    plan_words,
)
from sitegen.pages.search.stops import STOPS
from sitegen.pages.search.words import language_of

DIRECTORY = "search/directory.js"
_NAMES_PER_FILE = 5000
_MOST_LANGUAGES = 6

File = WordFile | PlaceFile | FormFile | CardFile


class SegmentIndex(Struct, frozen=True):
    """The index of one segment, planned: every file's path is known, none is made yet.

    `note` is small; the directory is made of the notes.
    """

    segment: Segment
    places: Sequence[int]
    listing: Listing
    note: bytes
    files: Mapping[str, File]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.files)

    def merges(self, there: Container[str]) -> Iterator[Merge]:
        """Give the files of words that are not `there`, as what is needed to make them."""
        words = (file for path, file in self.files.items() if path not in there)
        return merges(self.segment, [file for file in words if isinstance(file, WordFile)])

    def others(self, there: Container[str], read: Read) -> Iterator[tuple[str, bytes]]:
        """Give the path and the content of all other files that are not `there`."""
        for path, file in self.files.items():
            if path in there:
                continue
            if isinstance(file, FormFile):
                yield path, form_file(file)
            elif isinstance(file, CardFile):
                yield path, card_file(self.places, self.listing, file)
            elif isinstance(file, PlaceFile):
                yield path, places_file(self.segment, file, read)


def plan_segment(
    segment: Segment, read: Read, listing: Listing, memory: Memory | None = None
) -> SegmentIndex:
    """Return the planned index of a segment; `read` gives the runs of its blocks, in slices.

    `memory` has what was worked out for the blocks that are as they were.
    """
    memory = memory or Memory()
    words, places = plan_words(segment, read, memory), segment.places
    known = told(segment.id, places, listing, memory)
    cards = card_files(places, listing, known)
    note = {
        "count": len(places),
        "days": known.days,
        "lengths": packed(lengths(segment, read, memory)),
        "languages": _languages(known.languages),
        "ranges": {
            "t": [PART.join(words.firsts), "".join(f.name[1:] for f in words.files)],
            "b": [PART.join(words.form_firsts), "".join(f.name[1:] for f in words.forms)],
        },
        "cards": {
            kind: [size, "".join(c.name[1:] for c in cards if c.kind == kind)]
            for kind, size in known.sizes.items()
        },
    }
    planned: list[File] = [*words.files, *words.heavy, *words.forms, *cards]
    files = {path_of(file.name): file for file in planned}
    return SegmentIndex(
        segment, places, listing, json.dumps(note, ensure_ascii=False, sort_keys=True).encode(), files
    )


def _languages(counts: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for lang, count in counts.items():
        found[language_of(lang)] += count
    return found


def directory(notes: Sequence[bytes], names: Iterable[Suggested]) -> dict[str, bytes]:
    """Return the directory and the files of names, by path; `notes` in the order of the segments."""
    segments = [json.loads(note) for note in notes]
    languages: Counter[str] = Counter()
    for segment in segments:
        languages.update(segment.pop("languages"))
    chosen = [name for name, _ in sorted(languages.items(), key=lambda x: (-x[1], x[0])) if name]
    chosen = chosen[:_MOST_LANGUAGES]
    files, starts = _names(names)
    head = {
        "languages": chosen,
        "stops": sorted({word for name in chosen for word in STOPS.get(name, ())}),
        "names": starts,
        "segments": segments,
    }
    return {**files, DIRECTORY: script("directory", head)}


def _names(names: Iterable[Suggested]) -> tuple[dict[str, bytes], list[str]]:
    """Return files of names by every word they begin with, and what each file begins with.

    A row is: the folded name from one of its words on, kind ("a" or "t"), name, id ("" where plain) and
    its articles in powers of two.
    """
    rows = sorted(row for name in names for row in _rows(name))
    parts: list[list[tuple[str, str, str, str, int]]] = [[]]
    size = 0
    for row in rows:
        if size > _NAMES_PER_FILE and parts[-1] and row[0][:2] != parts[-1][-1][0][:2]:
            parts.append([])
            size = 0
        parts[-1].append(row)
        size += sum(len(str(cell)) + 3 for cell in row)
    files: dict[str, bytes] = {}
    starts: list[str] = []
    made: list[str] = []
    for part in parts:
        flat = [cell for row in part for cell in row]
        name = content_name("n", str(flat))
        files[path_of(name)] = script(name, flat)
        starts.append(part[0][0][:2] if part and made else "")
        made.append(name[1:])
    return files, [PART.join(starts), "".join(made)]


def _rows(name: Suggested) -> set[tuple[str, str, str, str, int]]:
    identity = "" if plain_slug(name.name) == name.id else name.id
    rows = set()
    for called in (name.name, *name.aliases):
        parts = plain_slug(called).split("-")
        for at in range(len(parts)):
            turned = " ".join((*parts[at:], *parts[:at])) if at else " ".join(parts)
            rows.add((turned, name.kind[0], name.name, identity, name.count.bit_length()))
    return rows

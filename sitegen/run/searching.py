"""The search index of a site: which blocks of articles are new, and what is made of them."""

from __future__ import annotations

import marshal
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from sitegen import __version__
from sitegen.archive.columns import column
from sitegen.archive.document import plain_text
from sitegen.archive.library import Library
from sitegen.errors import Problem
from sitegen.model import Facts
from sitegen.pages.memory import Memory
from sitegen.pages.search import (
    FACETS,
    FORMAT,
    Block,
    Merge,
    Named,
    SearchDoc,
    Segment,
    Suggested,
    amended,
    digests_of,
    directory,
    index_block,
    is_whole,
    merged,
    places_of_edits,
    plan_segment,
    segments,
)
from sitegen.run.collector import at_rest
from sitegen.run.files import write_atomic
from sitegen.run.home import Home
from sitegen.run.look import Stat
from sitegen.run.order import Progress
from sitegen.run.pool import Workers
from sitegen.run.rendering import body_text
from sitegen.text import digest, digest_of, slug

_EDITED = 16  # blocks: more, and they are not looked through for the runs they were before
_MERGES = 4  # a task: an edit's two dozen files of words are not worth another process
_UNSURE = "-unsure"
"""At the end of a run's name: it has what an article said only while it was read."""
_RUNS = "search:runs"
"""What the stats of the runs are remembered under."""
_SAME = 2  # of marshal: without references, so that the same values have the same bytes


def read_run(folder: Path, block: str, start: int, stop: int) -> bytes:
    """Return the bytes of a block's kept run from the first number to the second."""
    with open(f"{folder}{os.sep}{block}", "rb", buffering=0) as run:
        run.seek(start)
        return run.read(stop - start)


class _Task(Struct, frozen=True):
    """Articles to index as one block; `before` is a run that differs in those at `places` alone, if any.

    `facts` are those of the articles whose texts are needed.
    """

    docs: tuple[SearchDoc, ...]
    facts: tuple[Facts, ...]
    before: Path | None = None
    places: tuple[int, ...] = ()


class SearchIndex:
    """The index of one library. The run of each block is kept in `.sitegen/search/` by its digest.

    Runs of another version of sitegen, or of another format, are laid out otherwise, so each has its
    folder; `clean` begins anew.
    """

    def __init__(self, home: Home, articles: Library, memory: Memory, *, clean: bool) -> None:
        self._root, self._articles, self._memory = home.root, articles, memory
        kept = home.state / "search"
        self._folder = kept / f"{__version__}.{FORMAT.decode()}"
        if clean or not self._folder.is_dir():
            _remove(kept)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._listing = _LibraryListing(articles, memory)
        self.segments = segments(self._listing, memory)
        self._blocks = {b.digest: b for s in self.segments for b in s.blocks}

    def read_new_blocks(self, workers: Workers, progress: Progress) -> tuple[Problem, ...]:
        """Read the text of every block that is not kept, and keep its run; return the faults of texts."""
        kept = self._kept()
        new = [b for name, b in self._blocks.items() if name not in kept]
        gone = sorted(name for name in kept.keys() - self._blocks.keys() if not name.endswith(_UNSURE))
        runs = workers.ordered(partial(_index, self._root), self._tasks(new, gone), batch=1)
        unsure: dict[str, str] = {}
        faults: list[Problem] = []
        with progress("indexing", len(new)) as step:
            for block, (run, as_planned, found) in zip(new, runs, strict=True):
                faults += found
                if not as_planned:
                    unsure[block.digest] = digest(run) + _UNSURE
                name = unsure.get(block.digest, block.digest)
                write_atomic(self._folder / name, run)
                kept[name] = _stat(os.stat(self._folder / name))
                step()
        self._memory.put(_RUNS, kept)
        if unsure:
            self.segments = tuple(_with_other_digests(segment, unsure) for segment in self.segments)
            self._blocks = {b.digest: b for s in self.segments for b in s.blocks}
        workers.rest()  # what they have kept of words takes room, and is of no use from here on
        return tuple(faults)

    def _kept(self) -> dict[str, Stat]:
        """Return the stats of the runs that are there whole, by name; all else among them is removed.

        Only runs that are not as the last build left them are read for this: to read all would take
        longer than all else that an edit of one article asks for.
        """
        known: Mapping[str, Stat] = self._memory.latest(_RUNS) or {}
        found: dict[str, Stat] = {}
        for entry in list(os.scandir(self._folder)):
            stat = _stat(entry.stat(follow_symlinks=False))
            if known.get(entry.name) == stat or _is_run(entry):
                found[entry.name] = stat
            else:
                _remove(Path(entry))
        return found

    def _tasks(self, blocks: Sequence[Block], gone: Sequence[str]) -> Iterator[_Task]:
        """Give the tasks of new blocks, each with the run of the block that it was before an edit, if any."""
        paths = [self._folder / name for name in gone] if len(gone) <= _EDITED else []
        runs = ((path, path.read_bytes()) for path in paths)
        before = [(path, digests_of(run)) for path, run in runs if is_whole(run)]  # a disk may fail unseen
        for block in blocks:
            docs = tuple(map(self._listing.indexed, block.places))
            now = [doc.digest for doc in docs]
            found = ((path, places_of_edits(digests, now)) for path, digests in before)
            path, places = next((pair for pair in found if pair[1]), (None, ()))
            read = [block.places[at] for at in places] or block.places
            yield _Task(docs, tuple([self._articles.entries[at].facts for at in read]), path, places)

    def planned(
        self, segment: Segment, there: frozenset[str], workers: Workers
    ) -> tuple[tuple[str, ...], bytes, Iterator[tuple[str, bytes]]]:
        """Return a segment's paths, its note, and the files that are not `there`, made one by one."""
        read = partial(read_run, self._folder)
        with at_rest():
            plan = plan_segment(segment, read, self._listing, self._memory)

        def made() -> Iterator[tuple[str, bytes]]:
            words = workers.ordered(partial(_merged, self._folder), plan.merges(there), batch=_MERGES)
            yield from chain.from_iterable(words)
            workers.rest()  # what they share with this process would be there twice as soon as it changes
            with at_rest():
                yield from plan.others(there, read)

        return plan.paths, plan.note, made()

    def leave(self, segment: Segment) -> None:
        """Keep what is known of a segment that is as it was."""
        self._memory.hold(f"search:{segment.id}:")

    def _suggested(self) -> tuple[Suggested, ...]:
        found = self._articles
        actors = ((i, a.name, a.aliases, len(found.by_actor[i])) for i, a in found.actors.items())
        topics = ((i, t.name, t.aliases, len(found.by_topic[i])) for i, t in found.topics.items())
        return (*(Suggested("actor", *a) for a in actors), *(Suggested("topic", *t) for t in topics))

    def directory_digest(self, notes: Sequence[bytes]) -> str:
        """Return the digest of all that the directory is made from."""
        return digest(repr((notes, self._suggested())).encode("utf-8", "surrogatepass"))

    def directory(self, notes: Sequence[bytes]) -> tuple[Mapping[str, bytes], bytes]:
        """Return the directory and its files of names, and an empty note."""
        return directory(notes, self._suggested()), b""

    def forget_old_blocks(self) -> None:
        """Remove the runs of blocks that are no more."""
        for name in os.listdir(self._folder):
            if name not in self._blocks:
                with suppress(OSError):
                    (self._folder / name).unlink()


def _stat(found: os.stat_result) -> Stat:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _is_run(entry: os.DirEntry[str]) -> bool:
    """Tell whether a file is a run, and whole; a hidden one is what a killed build was writing."""
    if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
        return False
    try:
        return is_whole(Path(entry).read_bytes())
    except OSError:
        return False


def _remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if that can be done."""
    if path.is_dir() and not path.is_symlink():  # `rmtree` would wait for a pipe
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _merged(folder: Path, merge: Merge) -> list[tuple[str, bytes]]:
    return list(merged(merge, partial(read_run, folder)))


def _with_other_digests(segment: Segment, known: Mapping[str, str]) -> Segment:
    """Return a segment whose next build finds that some blocks, and it, are not what they should be."""
    if known.keys().isdisjoint(b.digest for b in segment.blocks):
        return segment
    blocks = tuple(replace(b, digest=known.get(b.digest, b.digest)) for b in segment.blocks)
    return Segment(segment.id, segment.digest + _UNSURE, blocks)


def _index(root: Path, task: _Task) -> tuple[bytes, bool, tuple[Problem, ...]]:
    """Return the run of a block, whether its articles were as they were when it was planned, their faults."""
    docs = [task.docs[at] for at in task.places] or task.docs
    texts, as_planned, faults = _texts(root, docs, task.facts)
    with at_rest():
        if task.before:
            return amended(task.before.read_bytes(), task.docs, task.places, texts), as_planned, faults
        return index_block(task.docs, texts), as_planned, faults


def _texts(
    root: Path, docs: Iterable[SearchDoc], facts: Iterable[Facts]
) -> tuple[dict[str, str], bool, tuple[Problem, ...]]:
    read = {doc.key: body_text(root, f) for doc, f in zip(docs, facts, strict=True)}
    faults = tuple([fault for *_, found in read.values() for fault in found])
    texts = {key: plain_text(text) for key, (text, *_) in read.items()}
    return texts, all(same for _, same, _ in read.values()), faults


class _LibraryListing:
    """What the index is told of a library's articles; terms and most fields are looked up when asked for."""

    def __init__(self, articles: Library, memory: Memory) -> None:
        self._entries, self._memory = articles.entries, memory
        self._columns: dict[str, Sequence[Any]] = {}
        self._terms: Mapping[str, Mapping[str, Named]] = {
            "actors": {i: Named(i, a.name, a.aliases) for i, a in articles.actors.items()},
            "topics": {i: Named(i, t.name, t.aliases) for i, t in articles.topics.items()},
            "sources": {i: Named(i, s.name, s.aliases) for i, s in articles.sources.items()},
            "tags": {i: Named(i, name) for i, name in articles.tags.items()},
            "places": {i: Named(i, name) for i, name in articles.places.items()},
        }
        self._digests = {
            kind: {i: digest_of(kind, *astuple(term)) for i, term in terms.items()}
            for kind, terms in self._terms.items()
        }
        self._names = digest_of([sorted(terms.items()) for terms in self._digests.values()]).encode()

    def __len__(self) -> int:
        return len(self._entries)

    def column(self, field: str) -> Sequence[Any]:
        if field not in self._columns:
            self._columns[field] = column(self._entries, field)
        return self._columns[field]

    def full(self, place: int) -> SearchDoc:
        entry, terms = self._entries[place], self._terms
        card = entry.card
        return SearchDoc(
            key=entry.key,
            title=card.title,
            date=entry.date,
            added=entry.added,
            lang=entry.lang,
            summary=card.summary,
            sources=tuple([terms["sources"][i] for i in entry.sources]),
            places=tuple([terms["places"][slug(name)] for name in entry.places]),
            authors=entry.authors,
            topics=tuple([terms["topics"][i] for i in entry.topics]),
            actors=tuple([terms["actors"][i] for i in entry.actors]),
            tags=tuple([terms["tags"][i] for i in entry.tags]),
        )

    def indexed(self, place: int) -> SearchDoc:
        """Return all that is told of an article, with the digest of all that is indexed of it."""
        return replace(self.full(place), digest=digest(self._told([place], self._names_in([place]))))

    def stands_for(self, kind: str, places: Sequence[int]) -> bytes:
        """Return what stands for all that a file shows of some articles.

        That is what it shows by id or by a digest, and what the terms with these ids are called. A card's
        source too: the article itself may spell it otherwise.
        """
        if kind == "t":
            key = f"search:names:{digest(self.standing(places))}"
            return self._told(places, self._memory.recall(key, partial(self._names_in, places)))
        if kind == "d":
            called = self._called("sources", filter(None, self._at("source", places)))
            return marshal.dumps((self._at("card.digest", places), called), _SAME)
        told = [
            (ids, self._called(field, chain.from_iterable(ids)))
            for field in ([FACETS[kind]] if kind in FACETS else FACETS.values())
            for ids in [self._at(field, places)]
        ]
        return marshal.dumps(told, _SAME)

    def standing(self, places: Sequence[int]) -> bytes:
        """Return what is counted of some articles, and what all terms of the archive are called."""
        return b"".join([self._names, *self._at("standing", places)])

    def _told(self, places: Sequence[int], names: list[str]) -> bytes:
        """Return what stands for all that is indexed of some articles, their terms being called `names`."""
        told = [self._at(field, places) for field in ("text", "card.digest", "standing")]
        return marshal.dumps((told, names), _SAME)

    def _names_in(self, places: Sequence[int]) -> list[str]:
        """Return digests of what the terms are called that some articles have."""
        entries = [self._entries[place] for place in places]
        ids = ((field, chain.from_iterable(map(attrgetter(field), entries))) for field in self._terms)
        return [self._called(field, found) for field, found in ids]

    def _called(self, field: str, ids: Iterable[str]) -> str:
        """Return a digest of what some terms of one kind are called; places are named as they are written."""
        found = map(slug, ids) if field == "places" else ids
        return digest_of(sorted(map(self._digests[field].__getitem__, set(found))))

    def _at(self, field: str, places: Sequence[int]) -> list[Any]:
        return [*map(self.column(field).__getitem__, places)]

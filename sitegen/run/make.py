"""Making what is stale: articles to library, library to plan, plan to files, files into place.

A product is one thing that the site is made of and that can be stale by itself: a page (one file),
an asset, an image, a segment of the search index (a few files and a note). Each has a digest of
all that it is made from; only those whose digest differs from the last build's are made again.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from sitegen.archive.document import decode
from sitegen.archive.library import Library
from sitegen.errors import Problem
from sitegen.pages.memory import Memory
from sitegen.run.damage import damage
from sitegen.run.files import read_bytes
from sitegen.run.home import Home
from sitegen.run.lastbuild import LastBuild
from sitegen.run.look import Changes, Look, files_of
from sitegen.run.order import Options, Progress, Result, keep_problems, public_folder, theme_folders
from sitegen.run.plans import Planned, Product, Work, edited
from sitegen.run.pool import Workers
from sitegen.run.publish import MANIFEST, Stage, read_manifest, relisted
from sitegen.run.rendering import Shop, Task, render, shop
from sitegen.run.settings import load_config
from sitegen.run.state import Made, State
from sitegen.text import digest


def make(work: Work, last: LastBuild, progress: Progress, workers: Workers) -> Result:
    """Bring the site up to date with what a look has found, and keep what was done in the state."""
    home, options, search, state = work.home, work.options, work.config.search, last.state()
    out = public_folder(home, options)
    there = _is_there(state, out)
    edit = edited(work, state, last.plan) if there else None
    ours = None if edit else read_manifest(out)
    place = shop(home, state, work.sources, work.config)
    done = edit or _whole(work, state, workers)
    known = state.recorded() if edit else state.made()
    making = _Making(out, home.state, known, place, options, progress, workers)
    if edit is None:
        gc.freeze()  # the library stays as it is; what rendering leaves behind is looked for again
        gc.enable()
    making.make(done.products, 0 if there else len(done.articles.entries))
    if options.shown and search and making.show(state, ours):
        options.shown((*done.problems, *making.faults))
    if search:
        making.make_search(home, done.articles, done.memory)
    workers.rest()  # what is left to do is done alone, and takes memory of its own
    plan = done.keep(state)
    problems = (*done.problems, *making.faults)
    meta = {
        "looked": str(work.found.at_ns),
        "call": "" if making.faults else work.call,  # then all is planned anew
        "problems": keep_problems(problems),
        "articles": str(len(done.articles.entries)),
    }
    written, removed, files = (
        making.finish_edit(state, meta) if ours is None else making.finish(state, ours, meta)
    )
    if not options.dry_run:
        last.keep(plan)
    return Result(len(done.articles.entries), written, removed, files, problems)


def _whole(work: Work, state: State, workers: Workers) -> Planned:
    from sitegen.run.whole import planned  # late: most builds are of one edit, and need no vocabulary

    return planned(work, state, workers)


def _is_there(state: State, out: Path) -> bool:
    """Return whether what the last build made is what lies in the folder; else the state forgets it."""
    listed = out / MANIFEST
    same = (
        listed.is_file()
        and digest(listed.read_bytes()) == state.get("manifest")
        and state.get("out") == _address(out)
    )
    if not same:
        state.forget_made()  # or a page that comes back later would count as made, and is not there
    return same


def _address(folder: Path) -> str:
    """Return what stands for a folder in the state, whatever bytes its name has."""
    return digest(os.fsencode(folder))


def work_of(home: Home, options: Options, found: Look, changes: Changes, call: str) -> Work:
    """Return what a build is given; raises SitegenError for a fault in the settings."""
    config = load_config(home, options.settings)
    return Work(home, options, found, changes, config, _templates(home), call)


def _templates(home: Home) -> dict[str, str]:
    """Return every template's text by name, the archive's own laid over the default ones.

    The default ones keep the names "default/NAME" too, so that what is laid over them can extend them.
    """
    default, own = (
        {n: p for n, p in files_of([f]) if n.endswith((".html", ".xml"))} for f in theme_folders(home)
    )
    kept = {f"default/{name}": path for name, path in default.items()} if own else {}
    found = {**default, **kept, **own}
    return {name: decode(read_bytes(path), file=home.shown(path)) for name, path in sorted(found.items())}


class _Making:
    """One build under way: what was made before, what is made now, and what stands beside the site.

    `faults` are of articles that could be read when all was planned, and not when they were needed.
    """

    def __init__(
        self,
        out: Path,
        state: Path,
        known: Mapping[str, Made],
        shop: Shop,
        options: Options,
        progress: Progress,
        workers: Workers,
    ) -> None:
        self._known, self._shop, self._options, self._progress = known, shop, options, progress
        self._workers = workers
        self._stage = Stage(out, state)
        self._out = out
        self._now: dict[str, Made] = {}
        self._changed: set[str] = set()
        self.faults: dict[Problem, None] = {}  # in order, each once: pages share articles

    def make(self, products: Iterable[Product], at_least: int = 0) -> None:
        """Make what is stale beside the site; raises SitegenError, and leaves the site, where it fails.

        `at_least` is how many pages there are to render, as far as is known.
        """
        planned: deque[Product] = deque()  # the pages that are being rendered
        rendered = self._workers.ordered(partial(render, self._shop), self._tasks(products, planned))
        with self._progress("rendering", at_least) as step:
            for content, as_planned, faults in rendered:
                page = planned.popleft()
                self.faults.update(dict.fromkeys(faults))
                # a file that was saved since, and may be as it was again: this page fits neither for sure
                self._keep(page if as_planned else replace(page, digest=""), {page.id: content}, b"")
                step()

    def _tasks(self, products: Iterable[Product], planned: deque[Product]) -> Iterator[Task]:
        """Give the tasks of the pages that are stale; what else is stale is made on the way."""
        for product in products:
            if self._is_fresh(product):
                continue
            if product.task:
                planned.append(product)
                yield product.task()
            elif product.make:
                self._keep(product, *product.make())

    def make_search(self, home: Home, articles: Library, memory: Memory) -> None:
        """Make the parts of the search index that are stale; text is read for blocks that are new."""
        from sitegen.run.searching import SearchIndex  # late: a site may go without, and stemmers are large

        index = SearchIndex(home, articles, memory, clean=self._options.clean)
        self.faults.update(dict.fromkeys(index.read_new_blocks(self._workers, self._progress)))
        for segment in index.segments:
            product = Product(f"search:{segment.id}", segment.digest)
            if self._is_fresh(product):
                index.leave(segment)
                continue
            before = self._known.get(product.id, Made("", ()))
            paths, note, files = index.planned(segment, frozenset(before.files), self._workers)
            for path, content in files:
                self._stage.write(path, content)
            self._keep(product, {}, note, paths)
        notes = [self._now[f"search:{segment.id}"].note for segment in index.segments]
        head = Product("search", index.directory_digest(notes), make=partial(index.directory, notes))
        self.make([head])
        index.forget_old_blocks()

    def _is_fresh(self, product: Product) -> bool:
        before = self._known.get(product.id)
        if before is None or before.digest != product.digest:
            return False
        self._now[product.id] = before
        return True

    def _keep(
        self, product: Product, files: Mapping[str, bytes], note: bytes, paths: Iterable[str] = ()
    ) -> None:
        """Write a product's new files beside the site; `paths` are all its files where some stay."""
        for path, content in files.items():
            self._stage.write(path, content)
        self._now[product.id] = Made(product.digest, tuple(sorted({*files, *paths})), note)
        self._changed.add(product.id)

    def _news(self) -> Iterator[tuple[str, Made]]:
        return ((identity, self._now[identity]) for identity in sorted(self._changed))

    def show(self, state: State, ours: AbstractSet[str] | None) -> bool:
        """Put the pages that are made in their place, beside the last search index; say if there are any.

        `ours` are the files of the last site, all of which stay for now; None after an edit, after which
        no page comes and none leaves.
        """
        if self._options.dry_run or not len(self._stage):
            return False
        self._unsure(state)
        if ours is None:
            self._stage.replace()
        else:
            self._stage.put_in_place(_paths(self._now.values()) | ours, (), ours)
        return True

    def _unsure(self, state: State) -> None:
        """Say that nobody can know what lies in the folder until all is in place.

        A build that is killed before leaves digests that fit nothing, so that the next one makes
        these parts again.
        """
        unsure = ((i, Made("", made.files, b"")) for i, made in self._news())
        state.update_made(unsure, (), {"manifest": ""})

    def finish(self, state: State, ours: AbstractSet[str], meta: Mapping[str, str]) -> tuple[int, int, int]:
        """Put everything in place; return how many files were written, removed, and are there.

        `ours` are the files of the last site.
        """
        files = _paths(self._now.values())
        gone = sorted(self._known.keys() - self._now.keys())
        remove = ours - files
        if not self._options.dry_run and (self._changed or gone or ours != files):
            self._unsure(state)
            self._stage.put_in_place(files, remove, ours)
        return self._done(state, gone, meta, len(files), len(remove))

    def finish_edit(self, state: State, meta: Mapping[str, str]) -> tuple[int, int, int]:
        """Put everything in place after an edit; what was not made again stays, whatever it is.

        Returns the same as `finish`. An edit makes no part that was not there: raises `damage` where the
        state has lost one, for nobody can say then which files it had.
        """
        known = [made for i in self._now if (made := self._known.get(i))]
        if len(known) < len(self._now):
            raise damage()
        before, now = _paths(known), _paths(self._now.values())
        coming, leaving, count = now - before, before - now, state.number("files")
        if not self._options.dry_run and self._changed:
            self._unsure(state)
            if coming or leaving:
                files = relisted(self._out, coming, leaving)
                self._stage.put_in_place(files, leaving, before)
            else:
                self._stage.replace()
        return self._done(state, (), meta, count + len(coming) - len(leaving), len(leaving))

    def _done(
        self, state: State, gone: Iterable[str], meta: Mapping[str, str], files: int, removed: int
    ) -> tuple[int, int, int]:
        """Keep in the state what was done."""
        written = len(self._stage)
        self._stage.discard()
        if not self._options.dry_run:
            listed = digest((self._out / MANIFEST).read_bytes())
            done = {"manifest": listed, "out": _address(self._out), "files": str(files)}
            state.update_made(self._news(), gone, {**meta, **done})
        return written, removed, files


def _paths(products: Iterable[Made]) -> set[str]:
    """Return the paths of all files of some products."""
    return {path for made in products for path in made.files}

"""Making what is stale: articles to library, library to plan, plan to files, files into place.

A product is one thing that the site is made of and that can be stale by itself: a page (one file),
an asset, an image, a segment of the search index (a few files and a note). Each has a digest of
all that it is made from; only those whose digest differs from the last build's are made again.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from sitegen.archive.document import decode
from sitegen.archive.library import Library, library
from sitegen.archive.links import target_path
from sitegen.config import Config
from sitegen.model import Quote
from sitegen.pages.links import media_path
from sitegen.pages.memory import Memory
from sitegen.pages.page import context
from sitegen.pages.plan import pages_of
from sitegen.pages.scripts import slim
from sitegen.pages.theme import template_digests
from sitegen.pages.views import FreePage, Media
from sitegen.run.check import link_problems
from sitegen.run.files import read_bytes
from sitegen.run.freepages import free_pages
from sitegen.run.home import Home
from sitegen.run.lastbuild import LastBuild
from sitegen.run.look import Look, files_of, racy
from sitegen.run.order import (
    Options,
    Progress,
    Result,
    call_digest,
    default_templates,
    keep_problems,
    public_folder,
)
from sitegen.run.plans import Plan, Product, page_product, with_new_texts
from sitegen.run.pool import Workers
from sitegen.run.publish import MANIFEST, Stage, read_manifest
from sitegen.run.rendering import Shop, render, shop
from sitegen.run.scan import Scan, scan
from sitegen.run.searching import SearchIndex
from sitegen.run.settings import environment_problems, load_config, load_vocabulary
from sitegen.run.state import Made, State
from sitegen.text import digest
from sitegen.vocabulary import Vocabulary

ASSETS = "assets/"


def make(
    home: Home, options: Options, last: LastBuild, found: Look, progress: Progress, workers: Workers
) -> Result:
    """Bring the site up to date with what a look has found, and keep what was done in the state."""
    state = last.state()
    out = public_folder(home, options)
    ours = read_manifest(out)
    config, vocabulary = load_config(home, options.settings), load_vocabulary(home)
    sources = _templates(home)
    place = shop(home, state, sources, config)
    read = scan(home, state, found, limit=config.limits.article_bytes, workers=workers)
    before = state.memory()
    memory = Memory(before)
    call = call_digest(home, options, found)
    kept = last.plan()
    plan = with_new_texts(kept, read.changed) if kept and kept.call == call and not read.gone else None
    if plan:
        memory.hold("")  # nobody asks for it this time
    else:
        plan = _planned(home, options, found, read, (config, vocabulary), sources, memory, call)
    last.keep(plan)
    articles, problems = plan.library, plan.problems
    making = _Making(out, home.state, _known(state, out), place, options, progress, workers)
    making.make(plan.products)
    if options.shown and config.search and making.show(state):
        options.shown(problems)
    if config.search:
        making.make_search(home, articles, memory)
    state.update_files(read.changed, read.rows, read.gone)
    state.update_memory(before, memory.used)
    written, removed, files = making.finish(
        state,
        ours,
        {
            "looked": str(found.at_ns),
            "call": call,
            "problems": keep_problems(problems),
            "articles": str(len(articles.entries)),
        },
    )
    return Result(len(articles.entries), written, removed, files, problems)


def _planned(
    home: Home,
    options: Options,
    found: Look,
    read: Scan,
    settings: tuple[Config, Vocabulary],
    sources: Mapping[str, str],
    memory: Memory,
    call: str,
) -> Plan:
    """Return the plan of the whole site, made from what all articles say."""
    config, vocabulary = settings
    articles = library(read.facts, vocabulary, lang=config.lang, drafts=options.drafts)
    free, free_problems = free_pages(home, drafts=options.drafts)
    problems = (
        *environment_problems(),
        *read.problems,
        *articles.problems,
        *free_problems,
        *link_problems(home, articles, free, found),
    )
    media = _media(home, articles, free, found)
    around = context(
        articles,
        config,
        free,
        memory=memory,
        media=media,
        quotes=_quotes(articles),
        coordinates=_coordinates(articles, memory),
    )
    templates = template_digests(sources)
    products = (
        *_assets(home),
        *_images(home, media, found),
        *(page_product(page, articles, templates) for page in pages_of(around, free)),
    )
    return Plan(call, around, products, problems, templates)


def _known(state: State, out: Path) -> dict[str, Made]:
    """Return what the last build made, if that is what lies in the folder; else nothing."""
    listed = out / MANIFEST
    same = (
        listed.is_file()
        and digest(listed.read_bytes()) == state.get("manifest")
        and state.get("out") == os.fspath(out)
    )
    if not same:
        state.forget_made()  # or a page that comes back later would count as made, and is not there
        return {}
    return state.made()


def _templates(home: Home) -> dict[str, str]:
    """Return every template's text by name, the archive's own laid over the default ones.

    The default ones keep the names "default/NAME" too, so that what is laid over them can extend them.
    """
    default, own = ({n: p for n, p in files_of([f]) if n.endswith((".html", ".xml"))} for f in _themes(home))
    kept = {f"default/{name}": path for name, path in default.items()} if own else {}
    found = {**default, **kept, **own}
    return {name: decode(read_bytes(path), file=home.shown(path)) for name, path in sorted(found.items())}


def _themes(home: Home) -> tuple[Path, Path]:
    return default_templates(), home.templates


def _assets(home: Home) -> Iterator[Product]:
    for name, path in files_of(_themes(home)):
        if name.startswith(ASSETS) and not name.endswith((".toml", ".md", ".d.ts")):
            content = path.read_bytes()
            if name.endswith(".js") and "/vendor/" not in name and _of_default_theme(name, path):
                yield Product(name, digest(b"slim\0" + content), make=partial(_script, name, content))
            else:
                yield Product(name, digest(content), make=partial(_one_file, name, content))


def _of_default_theme(name: str, path: Path) -> bool:
    """Return whether an asset is the default theme's own; what is laid over it is published as it is."""
    own = default_templates() / name
    return own.is_file() and own.samefile(path)


def _script(name: str, content: bytes) -> tuple[Mapping[str, bytes], bytes]:
    return {name: slim(content)}, b""


def _one_file(name: str, content: bytes) -> tuple[Mapping[str, bytes], bytes]:
    return {name: content}, b""


def _media(home: Home, articles: Library, free: Iterable[FreePage], found: Look) -> dict[str, Media]:
    """Return the images that articles and free pages name, by their path in the archive."""
    texts = [*((e.facts.path, e.facts.links) for e in articles.entries), *((p.path, p.links) for p in free)]
    named = {
        target
        for path, links in texts
        for link in links
        if (target := target_path(path, link)) in found.others
    }
    media = {}
    for path in sorted(p for p in named if p):
        if url := media_path(path):
            width, height = _size(home.root / path)
            media[path] = Media(url, width, height)
    return media


def _size(path: Path) -> tuple[int | None, int | None]:
    """Return an image's width and height in pixels, or None twice where they cannot be read."""
    import imagesize  # late: it loads an HTTP client, and few articles have images

    try:
        width, height = imagesize.get(path)
    except (OSError, ValueError):
        return None, None
    return (width, height) if width > 0 and height > 0 else (None, None)


def _images(home: Home, media: Mapping[str, Media], found: Look) -> Iterator[Product]:
    for path, image in media.items():
        stat = found.others[path]
        unsure = found.at_ns if racy(stat, found.at_ns) else 0
        yield Product(
            f"media:{path}",
            digest(repr((stat, unsure)).encode()),
            make=partial(_copied, home.root / path, image.url),
        )


def _copied(path: Path, name: str) -> tuple[Mapping[str, bytes], bytes]:
    return {name: read_bytes(path)}, b""


def _quotes(articles: Library) -> dict[str, tuple[Quote, ...]]:
    return {e.key: e.facts.quotes for e in articles.entries if e.facts.quotes}


def _coordinates(articles: Library, memory: Memory) -> dict[str, tuple[float, float]]:
    places = articles.places.items()
    found = {i: memory.recall(f"place:{name}", partial(_position, name)) for i, name in places}
    return {identity: position for identity, position in found.items() if position}


def _position(name: str) -> tuple[float, float] | None:
    from sitegen.dates import find_place  # late: the tables are large, and places once found are kept

    place = find_place(name)
    if not place or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


class _Making:
    """One build under way: what was made before, what is made now, and what stands beside the site."""

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
        self._changed: dict[str, Made] = {}

    def make(self, products: Iterable[Product]) -> None:
        """Make what is stale beside the site; raises SitegenError, and leaves the site, where it fails."""
        pages: list[Product] = []
        for product in products:
            if not self._is_fresh(product):
                if product.task:
                    pages.append(product)
                elif product.make:
                    self._keep(product, *product.make())
        gc.freeze()  # the library stays as it is; what rendering leaves behind is looked for again
        gc.enable()
        step = self._progress("rendering", len(pages))
        tasks = (page.task() for page in pages if page.task)
        rendered = self._workers.ordered(partial(render, self._shop), tasks)
        for product, content in zip(pages, rendered, strict=True):
            self._keep(product, {product.id: content}, b"")
            step()

    def make_search(self, home: Home, articles: Library, memory: Memory) -> None:
        """Make the parts of the search index that are stale; text is read for blocks that are new."""
        index = SearchIndex(home, articles, memory, clean=self._options.clean)
        index.read_new_blocks(self._workers, self._progress)
        for segment in index.segments:
            product = Product(f"search:{segment.id}", segment.digest)
            if self._is_fresh(product):
                index.leave(segment)
                continue
            before = self._known.get(product.id, Made("", ()))
            paths, note, files = index.planned(segment, frozenset(before.files))
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
        made = Made(product.digest, tuple(sorted({*files, *paths})), note)
        self._now[product.id] = self._changed[product.id] = made

    def show(self, state: State) -> bool:
        """Put the pages that are made in their place, beside the last search index; say if there are any."""
        if self._options.dry_run or not len(self._stage):
            return False
        files = {path for made in (*self._known.values(), *self._now.values()) for path in made.files}
        self._unsure(state)
        self._stage.put_in_place(files, ())
        return True

    def _unsure(self, state: State) -> None:
        """Say that nobody can know what lies in the folder until all is in place.

        A build that is killed before leaves digests that fit nothing, so that the next one makes
        these parts again.
        """
        state.update_made({i: Made("", m.files, b"") for i, m in self._changed.items()}, (), {"manifest": ""})

    def finish(self, state: State, ours: frozenset[str], meta: Mapping[str, str]) -> tuple[int, int, int]:
        """Put everything in place; return how many files were written, removed, and are there."""
        files = {path for made in self._now.values() for path in made.files}
        gone = sorted(self._known.keys() - self._now.keys())
        remove = ours - files
        numbers = len(self._stage), len(remove), len(files)
        if self._options.dry_run:
            self._stage.discard()
            return numbers
        if self._changed or gone or ours != files:
            self._unsure(state)
            self._stage.put_in_place(files, remove)
        self._stage.discard()
        listed = digest((self._out / MANIFEST).read_bytes())
        done = {"manifest": listed, "out": os.fspath(self._out), "files": str(len(files))}
        state.update_made(self._changed, gone, {**meta, **done})
        return numbers

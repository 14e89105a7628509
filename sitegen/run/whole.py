"""The plan of the whole site: what all articles say, and every part that is made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from sitegen.archive.library import Library, library
from sitegen.archive.links import target_path
from sitegen.errors import Problem, SitegenError
from sitegen.pages.links import media_path
from sitegen.pages.memory import Memory
from sitegen.pages.page import context
from sitegen.pages.plan import pages_of
from sitegen.pages.scripts import slim
from sitegen.pages.theme import template_digests
from sitegen.pages.views import FreePage, Media
from sitegen.run.check import link_problems
from sitegen.run.files import read_bytes, safe_name
from sitegen.run.freepages import free_pages
from sitegen.run.home import Home
from sitegen.run.look import Look, files_of, racy
from sitegen.run.order import default_templates, theme_folders
from sitegen.run.plans import Plan, Planned, Product, Quotes, Work, keep_plan, page_product, plan_of
from sitegen.run.pool import Workers
from sitegen.run.scan import Reading, Told
from sitegen.run.settings import environment_problems, load_vocabulary
from sitegen.run.state import State
from sitegen.text import digest

ASSETS = "assets/"


def planned(work: Work, state: State, workers: Workers) -> Planned:
    """Return the plan of the whole site, made from what all articles say."""
    home, options, found, config = work.home, work.options, work.found, work.config
    vocabulary = load_vocabulary(home)
    reading = Reading(home, state, found, work.changes, limit=config.limits.article_bytes, workers=workers)
    told = Told(state)
    facts = told.hold(reading.facts())
    articles = library(facts, vocabulary, lang=config.lang, drafts=options.drafts, told=told)
    free, free_problems = free_pages(home, drafts=options.drafts)
    problems = (
        *environment_problems(),
        *reading.problems,
        *articles.problems,
        *free_problems,
        *link_problems(home, articles, free, found),
    )
    media = _media(home, articles, free, found)
    memory = Memory(state.memory())
    around = context(
        articles,
        config,
        free,
        memory=memory,
        media=media,
        quotes=Quotes(articles),
        coordinates=_coordinates(articles, memory),
    )
    templates = template_digests(work.sources)
    pages = (page_product(page, articles, templates) for page in pages_of(around, free))
    products = chain(_assets(home), _images(home, media, found), pages)

    def keep(state: State) -> Plan:
        state.update_files(work.changes)
        state.update_memory(memory.made, memory.unasked())
        plan = plan_of(work.call, around, free)
        keep_plan(state, plan)
        return plan

    return Planned(articles, products, problems, memory, keep)


def _assets(home: Home) -> Iterator[Product]:
    for name, path in files_of(theme_folders(home)):
        if name.startswith(ASSETS) and not name.endswith((".toml", ".md", ".d.ts")):
            content = read_bytes(path, shown=_line_of(home.shown(path)))
            if name.endswith(".js") and "/vendor/" not in name and _of_default_theme(name, path):
                yield Product(name, digest(b"slim\0" + content), make=partial(_script, name, content))
            else:
                yield Product(name, digest(content), make=partial(_one_file, name, content))


def _line_of(shown: str) -> str:
    """Return a file's name if it is one line of text, as each row of the site's list has to be."""
    if safe_name(shown) == shown and shown.splitlines() == [shown]:
        return shown
    name, hint = safe_name(repr(shown)[1:-1]), "rename the file"
    raise SitegenError(Problem("file-name", "its name is not one line of UTF-8", file=name, hint=hint))


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
    texts = [*((e.path, e.links) for e in articles.entries), *((p.path, p.links) for p in free)]
    named = {
        target
        for path, links in texts
        for link in links
        if (target := target_path(path, link)) in found.others
    }
    media: dict[str, Media] = {}
    taken: set[str] = set()
    for path in sorted((p for p in named if p), key=lambda p: (not p.startswith("content/media/"), p)):
        if url := media_path(path, taken):
            taken.add(url)
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
            digest(repr((image.url, stat, unsure)).encode()),
            make=partial(_copied, home.root / path, image.url),
        )


def _copied(path: Path, name: str) -> tuple[Mapping[str, bytes], bytes]:
    return {name: read_bytes(path)}, b""


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

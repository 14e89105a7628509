"""The whole site as planned: one `Page` for each file, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from sitegen.archive.library import Library
from sitegen.config import Config
from sitegen.model import Quote
from sitegen.pages.articles import article_pages, article_paths
from sitegen.pages.feeds import feed_pages
from sitegen.pages.files import file_pages, last_change, redirect_pages
from sitegen.pages.front import front_pages
from sitegen.pages.links import page_url
from sitegen.pages.lists import index_pages, list_pages
from sitegen.pages.memory import Memory
from sitegen.pages.page import Context, Page, context
from sitegen.pages.pairs import Pair, moved_pairs, pair_links, pair_pages, pairs
from sitegen.pages.terms import term_pages
from sitegen.pages.views import FreePage, Media

_RESERVED = frozenset(
    {"actors", "articles", "assets", "media", "page", "pages", "places", "search", "sources", "tags"}
    | {"timeline", "topics", "undated", "404", "feed", "index", "robots", "sitemap"}
)


def is_reserved(name: str) -> bool:
    """Return whether a free page may not have this address, because the site itself uses it."""
    return name in _RESERVED or name.isdecimal()


def pages(
    library: Library,
    config: Config,
    free: tuple[FreePage, ...] = (),
    *,
    memory: Memory | None = None,
    media: Mapping[str, Media] = MappingProxyType({}),
    quotes: Mapping[str, tuple[Quote, ...]] = MappingProxyType({}),
    coordinates: Mapping[str, tuple[float, float]] = MappingProxyType({}),
) -> Iterator[Page]:
    """Yield every file of the site but assets, media and the search index.

    `memory` is what earlier plans worked out, and takes up what this one does. `media` are the
    published images by their path in the archive; `quotes` by the key of the article; `coordinates`
    (degrees north and east) by the id of the place. Nothing is rendered and no view is made here: a
    page's digest says whether that is needed.
    """
    yield from pages_of(
        context(
            library,
            config,
            free,
            memory=memory or Memory(),
            media=media,
            quotes=quotes,
            coordinates=coordinates,
        ),
        free,
    )


def pages_of(around: Context, free: tuple[FreePage, ...]) -> Iterator[Page]:
    """Yield every file of the site but assets, media and the search index; after an edit, what shows it."""
    yield from article_pages(around)
    if around.edited and not around.edited.cards:
        return
    library, together = around.library, pairs(around)
    if around.edited:
        yield from _terms_and_lists(around, free, together)
        yield from feed_pages(around)
        return
    listed: list[tuple[str, str]] = []
    taken: list[str] = []
    for page in _terms_and_lists(around, free, together):
        if page.kind != "notfound":
            listed.append((page_url(page.path), ""))
        taken.append(page.path)
        yield page
    articles = ((f"{e.key}/", last_change(e)) for e in library.entries)
    for page in chain(feed_pages(around), file_pages(around, (*articles, *listed))):
        taken.append(page.path)
        yield page
    redirects = (*redirect_pages(around), *moved_pairs(around, together))
    if redirects:
        yield from _with_room(redirects, chain(article_paths(around), taken))


def _with_room(redirects: Iterable[Page], taken: Iterable[str]) -> Iterator[Page]:
    """Yield the redirects for which there is room: an old address never takes a file's or a folder's place.

    Case does not count, for some disks know none.
    """
    files = {path.casefold() for path in taken}
    folders = {folder for path in files for folder in _folders(path)} | {"assets", "media", "search"}
    for page in redirects:
        path = page.path.casefold()
        above = _folders(path)
        closed = path in files or path in folders or not files.isdisjoint(above)
        if not closed and above[:1] not in (["assets"], ["media"], ["search"]):
            files.add(path)
            folders.update(above)
            yield page


def _folders(path: str) -> list[str]:
    """Return the folders above a path, the outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]


def _terms_and_lists(
    around: Context, free: tuple[FreePage, ...], together: tuple[Pair, ...]
) -> Iterator[Page]:
    yield from front_pages(around, free)
    yield from list_pages(around)
    if not around.edited:
        yield from index_pages(around)
    yield from term_pages(around, pair_links(around, together))
    yield from pair_pages(around, together)

"""Where an article's links lead: to other articles, to published images, out of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.archive.identity import normal_address
from sitegen.archive.library import Entry, Library
from sitegen.archive.links import target_address, target_path
from sitegen.pages.links import web_url
from sitegen.pages.views import Media, ReadMore
from sitegen.text import squeeze


class Wanted(Struct, frozen=True):
    """The articles that "read more" lines name, by outside address and by title; all titles named."""

    by_url: Mapping[str | None, str]
    by_title: Mapping[str, str]
    titles: frozenset[str]

    def names(self, title: str) -> bool:
        """Return whether a "read more" line has this title."""
        return _folded(title) in self.titles


class Targets(Struct, frozen=True):
    """The local targets of one text as written, with the addresses and the images they stand for."""

    links: tuple[tuple[str, str], ...] = ()
    media: tuple[tuple[str, Media], ...] = ()

    def parts(self) -> tuple[object, ...]:
        """Return the same as plain values, for a digest."""
        return (self.links, [(target, m.url, m.width, m.height) for target, m in self.media])


NO_TARGETS = Targets()


def targets(
    path: str,
    key: str,
    written: Iterable[str],
    library: Library,
    keys: Mapping[str, str],
    media: Mapping[str, Media],
) -> Targets:
    """Return where the local links of a text lead, as written; what leads nowhere is left out.

    `path` is the text's file and `key` its address; `keys` are the addresses of articles and free
    pages and `media` the published images, by their path in the archive.
    """
    links: list[tuple[str, str]] = []
    images: list[tuple[str, Media]] = []
    for link in written:
        target = target_path(path, link) or ""
        if target in media:
            images.append((link, media[target]))
        elif target in keys:
            links.append((link, f"{keys[target]}/"))
        elif address := target_address(key, link, library):
            links.append((link, address))
    return Targets(tuple(links), tuple(images))


def wanted(library: Library) -> Wanted:
    """Return the articles of the library that some "read more" line names; the oldest of a title."""
    urls: set[str | None] = set()
    titles: set[str] = set()
    for entry in library.entries:
        for related in entry.facts.front.related if entry.related else ():
            titles.add(_folded(related.title))
            if related.url:
                urls.add(normal_address(related.url))
    by_url: dict[str | None, str] = {}
    by_title: dict[str, str] = {}
    if titles:
        for entry in reversed(library.entries):
            if (title := _folded(entry.card.title)) in titles:
                by_title.setdefault(title, entry.key)
            if urls and (url := entry.front.url) and (address := normal_address(url)) in urls:
                by_url.setdefault(address, entry.key)
    return Wanted(by_url, by_title, frozenset(titles))


def read_more(entry: Entry, known: Wanted) -> tuple[ReadMore, ...]:
    """Return the "read more" lines of an article, resolved to kept articles where there are any."""
    found = []
    for related in entry.facts.front.related:
        key = known.by_url.get(normal_address(related.url)) if related.url else None
        key = key or known.by_title.get(_folded(related.title))
        if key == entry.key:
            key = None
        found.append(ReadMore(related.title, key, None if key else web_url(related.url)))
    return tuple(found)


def _folded(title: str) -> str:
    return squeeze(title).casefold()

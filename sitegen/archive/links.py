"""Links from article to article and to media, as they are written in Markdown files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable
from urllib.parse import unquote, urlsplit

from sitegen.archive.library import Library
from sitegen.errors import Problem

_LISTS = frozenset({"articles", "actors", "places", "search", "sources", "tags", "timeline", "topics"})
# what a person writes to lead to an article or a page
_MEANT_AS_PATH = re.compile(r"(?:\.(?:md|markdown)|/)(?:#[^#]*)?\Z")


def target_path(path: str, target: str) -> str | None:
    """Return the archive's path that a local link in the file `path` names, or None if it leads out."""
    try:
        named = unquote(urlsplit(target).path)
    except ValueError:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), named))
    return None if joined.startswith("..") or not named else joined


def target_address(key: str, target: str, library: Library) -> str | None:
    """Return the address below the site's root that a link written as an address leads to.

    "/2018/02/x/" counts from the root, "../x/" from the article's own address `key`. None where no
    article, topic, actor or list has that address.
    """
    named = target_path(f"{key}/index.html", target) if target[:1] != "/" else target_path("", target[1:])
    folder, _, identity = (named or "").rpartition("/")
    terms = {"topics": library.topics, "actors": library.actors, "tags": library.tags}.get(folder, ())
    known = named in library.by_key or named in library.by_month or identity in terms or named in _LISTS
    return f"{named}/" if known else None


def dead_links(
    path: str, key: str, links: Iterable[str], library: Library, published: Container[str]
) -> tuple[str, ...]:
    """Return the local links of a text that lead to no published file and no page of the site.

    `path` is the text's file, `key` its address.
    """

    def leads_somewhere(link: str) -> bool:
        return target_path(path, link) in published or target_address(key, link, library) is not None

    return tuple(link for link in links if not leads_somewhere(link))


def dead_link_problem(path: str, text: str, link: str, articles: Container[str]) -> Problem:
    """Return what to say of a dead link, with its line in the file's text.

    `articles` are all that are here; one that is not published (a draft) is said to be so.
    Only a link to an article or a page is surely meant to work here: a saved page may have kept any other
    from where it came.
    """
    lines = text.split("\n")
    there = target_path(path, link) in articles
    why = "which is a draft or private, so no link is shown" if there else "which is not in the archive"
    row = next((n for n, line in enumerate(lines, 1) if f"]({link}" in line or f"](<{link}" in line), None)
    return Problem(
        "dead-link",
        f"links to '{link}', {why}",
        "error" if _MEANT_AS_PATH.search(link) and not there else "warning",
        file=path,
        line=row,
        excerpt=lines[row - 1].strip()[:200] if row else None,
        hint="correct it (a path starts from this file's folder), or take the link out",
    )

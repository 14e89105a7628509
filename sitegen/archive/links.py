"""Links from article to article and to media, as they are written in Markdown files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from sitegen.errors import Problem


def target_path(path: str, target: str) -> str | None:
    """Return the archive's path that a local link in the file `path` names, or None if it leads out."""
    try:
        named = unquote(urlsplit(target).path)
    except ValueError:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), named))
    return None if joined.startswith("..") or not named else joined


def dead_links(
    path: str, links: Iterable[str], articles: Mapping[str, object], others: Mapping[str, object]
) -> tuple[str, ...]:
    """Return the local links of one file that name neither an article nor another file of the archive."""
    return tuple(
        link
        for link in links
        if (found := target_path(path, link)) is None or (found not in articles and found not in others)
    )


def dead_link_problem(path: str, text: str, link: str) -> Problem:
    """Return what to say of a dead link, with its line in the file's text."""
    lines = text.split("\n")
    row = next((n for n, line in enumerate(lines, 1) if f"]({link}" in line or f"](<{link}" in line), None)
    return Problem(
        "dead-link",
        f"links to '{link}', which is not in the archive",
        "warning",
        file=path,
        line=row,
        excerpt=lines[row - 1].strip()[:200] if row else None,
        hint="correct the path (it starts from this file's folder), or take the link out",
    )

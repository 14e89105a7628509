"""Searching an archive from the terminal, with the files that the site's own search reads."""

from __future__ import annotations

from sitegen.errors import Problem, SitegenError
from sitegen.pages.search.directory import DIRECTORY
from sitegen.pages.search.query import Answer, Sort, search
from sitegen.pages.search.reader import Index
from sitegen.run.files import read_bytes
from sitegen.run.home import Home


def search_archive(home: Home, query: str, *, sort: Sort, limit: int) -> Answer:
    """Return what a query finds in the built site.

    Raises SitegenError where the site has no index yet.
    """
    if not (home.public / DIRECTORY).is_file():
        raise SitegenError(
            Problem(
                "no-index",
                "the site has no search index yet",
                file=home.shown(home.public),
                hint="run `sitegen build` first",
            )
        )
    index = Index(lambda path: read_bytes(home.public / path))
    return search(query, index, sort=sort, limit=limit)

"""What several commands need: the archive that is meant, and its library."""

from __future__ import annotations

import argparse
from pathlib import Path

from sitegen.archive.library import Entry, Library, library
from sitegen.config import Config
from sitegen.errors import Problem, SitegenError
from sitegen.run.home import Home, find_home
from sitegen.run.scan import Scan, scanned
from sitegen.run.settings import load_config, load_vocabulary
from sitegen.vocabulary import Vocabulary


def home_of(args: argparse.Namespace) -> Home:
    """Return the archive that `--archive` names, or that the current folder lies in."""
    return find_home(args.archive)


def open_library(home: Home) -> tuple[Config, Vocabulary, Scan, Library]:
    """Return the archive's settings, vocabulary and articles; drafts are among them."""
    config, vocabulary = load_config(home), load_vocabulary(home)
    found = scanned(home, limit=config.limits.article_bytes)
    return config, vocabulary, found, library(found.facts, vocabulary, lang=config.lang, drafts=True)


def find_entry(home: Home, articles: Library, given: str) -> Entry:
    """Return the one article that an address, a file, an original's hash or a title means.

    Raises SitegenError where none or several fit, naming them.
    """
    path = home.shown(Path(given).resolve()) if Path(given).exists() else given
    key = given.strip("/").removeprefix("content/articles/").removesuffix(".md").removesuffix("/index.html")
    exact = [e for e in articles.entries if given == e.front.original or e.facts.path == path or e.key == key]
    named = exact or [e for e in articles.entries if e.key.rpartition("/")[2] == key]
    found = named or [e for e in articles.entries if given.casefold() in e.front.title.casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise SitegenError(
            Problem("article", "is no article of this archive", file=given, hint="see `sitegen list`")
        )
    names = ", ".join(e.key for e in found[:5])
    raise SitegenError(Problem("article", f"fits {len(found)} articles: {names}", file=given))

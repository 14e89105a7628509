"""Cleaning an article's original once more, to say why the article is as it is."""

from __future__ import annotations

from sitegen.archive.library import Entry
from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert
from sitegen.model import Article
from sitegen.run.files import read_bytes
from sitegen.run.home import Home
from sitegen.run.verify import original_of
from sitegen.text import fold
from sitegen.vocabulary import Vocabulary


def convert_again(home: Home, entry: Entry, vocabulary: Vocabulary) -> Article:
    """Return what cleaning an article's original gives today.

    Raises SitegenError where the article has no original or it is gone.
    """
    if not entry.front.original:
        raise SitegenError(
            Problem("no-original", "was not imported, so there is nothing to explain", file=entry.facts.path)
        )
    original = original_of(home, entry.front.original)
    if original is None:
        raise SitegenError(
            Problem("no-original", f"its original {entry.front.original} is not in content/originals/",
                    file=entry.facts.path)
        )  # fmt: skip
    articles = convert(read_bytes(original), name=home.shown(original), vocabulary=vocabulary)
    same_title = [a for a in articles if fold(a.title) == fold(entry.front.title)]
    return (same_title or list(articles))[0]

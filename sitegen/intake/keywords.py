"""The keywords that a page gives to itself, as far as they are about its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sitegen.model import Found
from sitegen.text import fold, squeeze
from sitegen.vocabulary import Vocabulary

MOST = 8
_NAMES = ("news_keywords", "keywords", "article:tag", "parsely-tags")
_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"[,;|]")
_LONGEST = 40  # characters: longer ones are sentences for search engines
_CONSIDERED = 5000


def page_keywords(
    metas: Mapping[str, tuple[str, int]], nodes: Sequence[Mapping[str, Any]]
) -> tuple[Found[str], ...]:
    """Return the keywords of a page's meta elements and structured data, as written and in order."""
    found: dict[str, Found[str]] = {}
    for rule, text, line in (*_of_metas(metas), *_of_nodes(nodes)):
        for part in _PARTS.split(text[:_CONSIDERED]):
            word = squeeze(part).lstrip("#")
            if 2 < len(word) <= _LONGEST:
                found.setdefault(fold(word), Found(word, text, line, rule))
    return tuple(found.values())


def _of_metas(metas: Mapping[str, tuple[str, int]]) -> Iterator[tuple[str, str, int | None]]:
    for name in _NAMES:
        if name in metas:
            yield name, *metas[name]


def _of_nodes(nodes: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, int | None]]:
    for node in nodes:
        given = node.get("keywords")
        for text in given if isinstance(given, list) else [given]:
            if isinstance(text, str):
                yield "json-ld keywords", text, None


def fitting(
    keywords: Sequence[Found[str]], title: str, text: str, vocabulary: Vocabulary, taken: Sequence[str]
) -> tuple[Found[str], ...]:
    """Return at most eight keywords that the article itself uses and that are neither topics nor actors.

    Many sites put one list into every page; what the text never says is of that sort. `taken` are
    names that the article has as topics or actors already.
    """
    if not keywords:
        return ()
    words = _spaced(f"{title} {text}")
    gone = {fold(name) for name in taken}
    kept = [
        found
        for found in keywords
        if (key := fold(found.value)) not in gone
        and key not in vocabulary.actor_names
        and key not in vocabulary.topic_names
        and _spaced(key) in words
    ]
    return tuple(kept[:MOST])


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "

"""What the elements above a block, and the words in their classes and ids, say of it: one bit each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

# bits of `Markup.flags`: what stands above a block, by element and by the words in class and id
_FLAGS = """in-article in-main in-nav in-header in-footer in-aside in-figure
    in-form in-list in-table in-quote in-section in-link hidden
    class-text class-comment class-footer class-nav class-side class-related class-share
    class-widget class-ad class-legal class-subscribe class-byline class-tags class-caption
    class-popup class-author class-title class-body"""
FLAGS = tuple(_FLAGS.split())
BIT = {name: 1 << at for at, name in enumerate(FLAGS)}
TAG_BITS = {
    "article": BIT["in-article"],
    "main": BIT["in-main"],
    "nav": BIT["in-nav"],
    "header": BIT["in-header"],
    "footer": BIT["in-footer"],
    "aside": BIT["in-aside"],
    "figure": BIT["in-figure"],
    "figcaption": BIT["in-figure"],
    "form": BIT["in-form"],
    "ul": BIT["in-list"],
    "ol": BIT["in-list"],
    "dl": BIT["in-list"],
    "table": BIT["in-table"],
    "blockquote": BIT["in-quote"],
    "section": BIT["in-section"],
    "a": BIT["in-link"],
}
# words that a name in class or id may hold, wherever; "+" stands for "", "-", "_" or "-_", "|" for the
# name's or a word's edge
_CLASS_WORDS = {
    "class-body": """
    article+body article+text article+content entry+content post+content post+body story+body story+text
    story+content body+text main+content field+body page+content rich+text prose post+text blog+content
    single+content td-post
    """,
    "class-text": "article content entry post story text main body blog",
    "class-comment": "comment respond reply disqus discuss kommentar feedback review",
    "class-footer": "foot bottom copyright colophon",
    "class-nav": "nav menu breadcrumb crumb pagination pager toolbar topbar header masthead skip toc",
    "class-side": "side aside rail column-right secondary",
    "class-related": """
    relat recommend more- popular trending most- latest recent similar next- prev teaser card readmore
    read-more also promo
    """,
    "class-share": "share social follow addtoany tweet facebook",
    "class-widget": "widget module block- tool rating vote poll",
    "class-ad": "|ad| |ads| advert sponsor banner outbrain taboola affiliate",
    "class-legal": "cookie consent privacy legal disclaimer gdpr terms",
    "class-subscribe": "newsletter subscri signup sign-up paywall register login cta donat",
    "class-byline": "byline dateline publish timestamp date time meta updated",
    "class-tags": "|tag| |tags| taglist tag-list keyword categor topic",
    "class-caption": "caption credit photo image gallery media figure slideshow carousel",
    "class-popup": """
    popup modal overlay lightbox dialog hidden tooltip notice alert screen-reader sr-only
    """,
    "class-author": "author bio| profile contributor",
    "class-title": "title headline heading subtitle deck standfirst lead summary excerpt dek",
}
_EDGES = {"+": ("", "-", "_", "-_"), "|": (" ", "-", "_")}
_START = 3  # characters, as many as the shortest word has


def _spellings(word: str) -> Iterator[str]:
    """Yield what a word of the table stands for."""
    parts = [_EDGES.get(part, (part,)) for part in re.split(r"([+|])", word)]
    yield from map("".join, product(*parts))


@cache
def _starts() -> dict[str, list[tuple[str, int]]]:
    """Return the words with their bits, by their first characters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, words in _CLASS_WORDS.items():
        for word in words.split():
            for spelling in _spellings(word):
                found.setdefault(spelling[:_START], []).append((spelling, BIT[name]))
    return found


@lru_cache(maxsize=4096)
def class_flags(names: str) -> int:
    """Return the bits for the words in an element's class and id."""
    bits = 0
    for name in names.lower().split():
        bits |= _name_flags(name)
    return bits


@lru_cache(maxsize=8192)
def _name_flags(low: str) -> int:
    """Return the bits for one name: those of a page's stylesheet come again and again."""
    bits = 0
    starts = _starts()
    text = f" {low} "
    for at in range(len(text) - _START + 1):
        for word, bit in starts.get(text[at : at + _START], ()):
            if text.startswith(word, at):
                bits |= bit
    return bits

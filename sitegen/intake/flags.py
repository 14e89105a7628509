"""What the elements above a block, and the words in their classes and ids, say of it: one bit each."""

from __future__ import annotations

import re
from functools import lru_cache

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
_CLASS_WORDS = (
    (
        re.compile(
            r"articlebody|article-?_?body|article-?_?text|article-?_?content|entry-?_?content"
            r"|post-?_?content|post-?_?body|story-?_?body|story-?_?text|story-?_?content|body-?_?text"
            r"|main-?_?content|field-?_?body|page-?_?content|rich-?_?text|prose|post-?_?text"
            r"|blog-?_?content|single-?_?content|td-post"
        ),
        "class-body",
    ),
    (re.compile(r"article|content|entry|post|story|text|main|body|blog"), "class-text"),
    (re.compile(r"comment|respond|reply|disqus|discuss|kommentar|feedback|review"), "class-comment"),
    (re.compile(r"foot|bottom|copyright|colophon"), "class-footer"),
    (
        re.compile(r"nav|menu|breadcrumb|crumb|pagination|pager|toolbar|topbar|header|masthead|skip|toc"),
        "class-nav",
    ),
    (re.compile(r"side|aside|rail|column-right|secondary"), "class-side"),
    (
        re.compile(
            r"relat|recommend|more-|popular|trending|most-|latest|recent|similar|next-|prev|teaser"
            r"|card|readmore|read-more|also|promo"
        ),
        "class-related",
    ),
    (re.compile(r"share|social|follow|addtoany|tweet|facebook"), "class-share"),
    (re.compile(r"widget|module|block-|tool|rating|vote|poll"), "class-widget"),
    (
        re.compile(r"(?:^|[\s_-])ads?(?:[\s_-]|$)|advert|sponsor|banner|outbrain|taboola|affiliate"),
        "class-ad",
    ),
    (re.compile(r"cookie|consent|privacy|legal|disclaimer|gdpr|terms"), "class-legal"),
    (re.compile(r"newsletter|subscri|signup|sign-up|paywall|register|login|cta|donat"), "class-subscribe"),
    (re.compile(r"byline|dateline|publish|timestamp|date|time|meta|updated"), "class-byline"),
    (re.compile(r"(?:^|[\s_-])tags?(?:[\s_-]|$)|tag-?list|keyword|categor|topics?"), "class-tags"),
    (re.compile(r"caption|credit|photo|image|gallery|media|figure|slideshow|carousel"), "class-caption"),
    (
        re.compile(r"popup|modal|overlay|lightbox|dialog|hidden|tooltip|notice|alert|screen-reader|sr-only"),
        "class-popup",
    ),
    (re.compile(r"author|bio(?:[\s_-]|$)|profile|contributor"), "class-author"),
    (re.compile(r"title|headline|heading|subtitle|deck|standfirst|lead|summary|excerpt|dek"), "class-title"),
)


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
    for pattern, name in _CLASS_WORDS:
        if pattern.search(low):
            bits |= BIT[name]
    return bits

"""The account of an input: its words against those of the body, the fields and `dropped`."""

from __future__ import annotations

import re
from collections import Counter

from lxml import html

from sitegen.intake.read import read
from sitegen.model import Article

_WORD = re.compile(r"[^\W_]+")


def missing_words(raw: bytes, articles: tuple[Article, ...]) -> list[str]:
    """Return the words of the input that are in no field, not in the body and not in `dropped`.

    Words that a hyphen or a soft hyphen parted at a line's end are compared whole and in halves.
    """
    characters = read(raw)
    text = characters.text if characters.form == "text" else _page_text(characters.text)
    known = Counter(_WORD.findall(held(articles)))
    joined = "".join(known)
    text = text.replace("\xad", "")
    return sorted(word for word in set(_WORD.findall(text)) if word not in known and word not in joined)


def _page_text(page: str) -> str:
    root = html.document_fromstring(
        page.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True)
    )
    return " ".join(root.xpath("//text()[not(ancestor::script or ancestor::style)]"))


def held(articles: tuple[Article, ...]) -> str:
    """Return all that articles hold of their input: fields, bodies, and what was dropped."""
    parts: list[str] = []
    for a in articles:
        parts += [
            a.title,
            a.body,
            a.markdown,
            a.dateline or "",
            a.place or "",
            a.agency or "",
            a.source or "",
            a.url or "",
        ]
        parts += [*a.authors, a.lang or "", str(a.date or "")]
        parts += [related.title for related in a.related]
        parts += [dropped.text for dropped in a.dropped]
    return " ".join(parts)

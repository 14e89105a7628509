"""Who wrote a page: structured data, meta elements, links to an author's page, marked-up bylines.

What names a person comes before what names an organisation or the publisher itself, which many
templates put where the author belongs; those are taken only where nobody else is named.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from lxml.html import HtmlElement

from sitegen.intake.block import Block
from sitegen.intake.fields import authors_in, same
from sitegen.intake.read import cleaned
from sitegen.model import Found
from sitegen.text import squeeze

Names = Found[tuple[str, ...]]

_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "twitter:creator_name",
)
_NO_NAME = re.compile(
    r"https?:|www\.|@\w+$|\.com\b|^admin$|^editor$|^unknown$|^undefined$|^author$|^guest$|^null$|^none$"
    r"|^\w+(?:\.\w+){2,}$|:\s",
    re.I,
)
_NO_BYLINE = re.compile(
    r"says\b|\d|@|editorial|guideline|process|written by$|updated|subscribe|read more|about the|view all"
    r"|posts by|more posts|insights|^read\b|^more\b|^about\b|^by$|^von$",
    re.I,
)
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*")
_MAIL = re.compile(r"\s*[(<\[]?[^\s@]+@[^\s@]+\.\w+[)>\]]?")
_TAIL = re.compile(r"\s+(?:[-–—|·•]\s+.*|\|.*)$")
_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author-?_?name|author)s?(?:[\s_-]|$)", re.I)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autori|contributors?|columnists?|journalists?|writers?"
    r"|reporters?|by)/[^/?#]+/?(?:[?#]|$)",
    re.I,
)
_LABEL = re.compile(
    r"(?:(?:article|words|story|text|post|review)\s+)?(?:(?:written|posted|reported|published|created)\s+)?"
    r"(?:by|von|par|por|di|door|автор|текст|authors?|autor(?:in|es)?|auteurs?|作者|記者)\s*[:：]?",
    re.I,
)
_BREAKS = frozenset(("br", "div", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "section", "ul"))
_TAGS = (
    "a",
    "span",
    "div",
    "p",
    "address",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "aside",
    "strong",
    "cite",
    "em",
)
_LONGEST = 120  # characters of what is marked as an author's
_LONGEST_FIELD = 400  # characters: enough for all authors, too few to read for long
_MOST_WORDS = 12


def page_authors(
    nodes: Iterable[Mapping[str, Any]],
    metas: Mapping[str, tuple[str, int]],
    links: Iterable[tuple[str, int]],
    *,
    site: str | None = None,
) -> Names | None:
    """Return the authors that structured data, meta elements or marked-up bylines give, persons first."""
    doubtful: Names | None = None
    for found, is_person in _said(nodes, metas, links):
        if is_person and not (site and _is_site(found.value, site)):
            return found
        doubtful = doubtful or found
    return doubtful


def _said(
    nodes: Iterable[Mapping[str, Any]],
    metas: Mapping[str, tuple[str, int]],
    links: Iterable[tuple[str, int]],
) -> Iterator[tuple[Names, bool]]:
    for node in nodes:
        given = node.get("author") or node.get("creator")
        names = _person_names(given)
        if names:
            yield Found(names, ", ".join(names), None, "json-ld"), not _is_organisation(given)
    for key in _METAS:
        value, line = metas.get(key, ("", 0))
        names = said_names(value)
        if names:
            yield Found(names, value, line, key), True
    for value, line in links:
        for text in value.split("\n"):
            unfit = _NO_NAME.search(text) or _NO_BYLINE.search(text) or len(text.split()) > _MOST_WORDS
            names = () if unfit or _LABEL.fullmatch(text) else authors_in(text)
            if names and all(map(_is_capitalised, names)):
                yield Found(names, text, line, "marked-author"), True
                break


def _is_capitalised(name: str) -> bool:
    """Tell whether no more than half of a name's words are in small letters ("von der")."""
    words = name.split()
    return 2 * sum(word[0].islower() for word in words) <= len(words)


def _is_site(names: Sequence[str], site: str) -> bool:
    return len(names) == 1 and same(names[0], site)


def _is_organisation(value: Any) -> bool:
    people = value if isinstance(value, list) else [value]
    kinds = [str(person.get("@type")) for person in people if isinstance(person, dict)]
    return bool(kinds) and all("Organization" in kind for kind in kinds)


def said_names(value: str) -> tuple[str, ...]:
    """Return the names in a field that holds nothing but names, written as the page writes them."""
    plain = _MAIL.sub("", squeeze(cleaned(entities.unescape(value[:_LONGEST_FIELD]))))
    plain = re.sub(r"^(?:by|von|par|por)\s+", "", plain, flags=re.I)
    cut = _TAIL.sub("", plain)
    plain = cut if len(cut.split()) >= 2 else plain
    parts = [part for part in _AND.split(plain) if part]
    several = len(parts) > 1 and all(len(part.split()) >= 2 for part in parts)
    names = parts if several else [plain.strip(" ,;")]
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) < 80 and not _NO_NAME.search(name)))


def _person_names(value: Any) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    names: list[str] = []
    for person in people[:20]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, list) and name:
            name = name[0]
        if isinstance(name, str):
            names += said_names(name)
    return tuple(dict.fromkeys(names))


def author_links(root: HtmlElement) -> Iterator[tuple[str, int]]:
    """Yield the texts of what a page marks as its author's, with their lines; looked for when asked.

    What stands below the page's first heading comes first: above it are the authors of other
    articles. Each text has a line for each block in it.
    """
    above: list[tuple[str, int]] = []
    below: list[tuple[str, int]] = []
    place = above
    for element in root.iter(*_TAGS):
        if element.tag == "h1":
            place = below
        if _is_marked(element):
            text = _lines(element)
            if text:
                place.append((text, element.sourceline or 0))
    yield from below[:20]
    yield from reversed(above[-20:])


def _is_marked(element: HtmlElement) -> bool:
    keys = element.keys()
    if "rel" in keys and element.get("rel") == "author":
        return True
    if "itemprop" in keys and "author" in element.get("itemprop"):
        return True
    if "href" in keys and element.tag == "a" and _AUTHOR_PAGE.search(element.get("href")[:400]):
        return True
    return "class" in keys and _is_authors(element.get("class")[:200])


@lru_cache(maxsize=8192)
def _is_authors(names: str) -> bool:
    """Tell whether classes are those of a byline: a page has the same ones again and again."""
    return _CLASS.search(names) is not None


def _lines(element: HtmlElement) -> str:
    """Return the text inside an element with a line break wherever a reader sees one."""
    made: list[str] = []
    size = 0
    for inner in element.iter():
        size += 1  # elements count as well: bylines in one another, thousands deep, are read from each
        if not isinstance(inner.tag, str):
            continue
        breaks = inner is not element and inner.tag in _BREAKS
        text = (inner.text or "").replace("\n", " ")
        # two words run together are two boxes side by side: "A. Writer" "Our man in Paris"
        glued = bool(made) and made[-1][-1:].islower() and text[:1].isupper()
        made.append(("\n" if breaks or glued else "") + text)
        if inner is not element and inner.tail:
            made.append(("\n" if breaks else "") + inner.tail.replace("\n", " "))
        size += len(made[-1])
        if size > 4 * _LONGEST:
            return ""
    lines = (squeeze(line) for line in "".join(made).split("\n"))
    text = "\n".join(line for line in lines if line)
    return text if len(text) < _LONGEST else ""


def labelled_authors(blocks: Sequence[Block]) -> Names | None:
    """Return the names that stand in a block of their own below one that says "Written by"."""
    for label, block in pairwise(blocks):
        if len(label.text) < 30 and _LABEL.fullmatch(label.text) and len(block.text) < 60:
            names = () if _NO_BYLINE.search(block.text) else authors_in(block.text)
            if names and all(2 <= len(name.split()) <= 5 for name in names):
                return Found(names, block.text, block.first, "labelled-author")
    return None

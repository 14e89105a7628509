"""A full-text feed (RSS, Atom, RDF) -> its entries, each with the HTML of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from html.entities import html5

from lxml import etree
from msgspec import Struct

from sitegen.dates import parse_date
from sitegen.intake.read import spelt
from sitegen.model import Dropped
from sitegen.text import squeeze

_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_AUTHORS = ("creator", "author")
_ITEMS = ("item", "entry")
# what describes a picture or film beside the text has the names of what an entry says of itself
_OF_PICTURES = re.compile(r"\{https?://(?:search\.yahoo\.com|video\.search\.yahoo\.com)/mrss", re.I)
_ENTITY = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(#?\w{1,40};)?", re.S)
_MARKUP = re.compile(r"<!\[CDATA\[|\]\]>|<!--.*?-->|<[^<>]*>", re.S)
_OF_XML = ("amp;", "lt;", "gt;", "quot;", "apos;")


class Entry(Struct, frozen=True):
    """One item of a feed; `rest` is what it says beside these fields.

    `page` is its text as HTML, which begins on line `page_line` of the feed; the rest of its
    fields is said of `line`.
    """

    title: str
    address: str
    date: str
    author: str
    page: str
    line: int
    page_line: int
    rest: tuple[Dropped, ...]


class Feed(Struct, frozen=True):
    """A feed's own title and language, its entries in order, and all its texts outside of these."""

    title: str
    lang: str
    entries: tuple[Entry, ...]
    rest: tuple[Dropped, ...]


def parsed_feed(text: str) -> Feed | None:
    """Return the feed that a text is, or None where it cannot be read as XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_ENTITY.sub(_known, spelt(text)).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    items = [e for e in root.iter(etree.Element) if _name(e) in _ITEMS]
    own = [e for e in root.iter(etree.Element) if not _inside_item(e)]
    fields = {_name(e): _text(e) for e in reversed(own) if not len(e) and _text(e)}
    lang = fields.get("language", "") or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    broken = _unread(text, root) if parser.error_log else ()
    rest = (*(said for e in own for said in _own_texts(e)), *broken)
    return Feed(fields.get("title", ""), lang, tuple(_entry(item) for item in items), rest)


def _unread(text: str, root: etree._Element) -> Iterator[Dropped]:
    """Yield the lines of a feed that is not well-formed of which its parser passed over a word."""
    read = Counter(_shown(" ".join(map(str, root.itertext()))).split())
    for number, line in enumerate(_shown(unescape(text)).split("\n"), 1):
        words = Counter(line.split())
        if words - read:
            yield Dropped(number, squeeze(line), "unread")
        read -= words


def _shown(markup: str) -> str:
    """Return markup without its tags, each word on its line."""
    return _MARKUP.sub(lambda tag: " " + "\n" * tag[0].count("\n"), markup)


def _known(match: re.Match[str]) -> str:
    """Return an entity as XML knows it: HTML's by their characters, a sign that begins none as text."""
    name = match[1] or ""
    if match[0][0] == "<" or name in _OF_XML or name.startswith("#"):
        return match[0]
    return escape(html5.get(name, match[0]), quote=False)


def _inside_item(element: etree._Element) -> bool:
    return any(_name(above) in _ITEMS for above in (element, *element.iterancestors()))


def _own_texts(element: etree._Element) -> Iterator[Dropped]:
    """Yield the texts of an element outside the elements in it."""
    texts = (element.text, *(child.tail for child in element))
    yield from (Dropped(_line(element), squeeze(text), "feed") for text in texts if text and text.strip())


def _entry(item: etree._Element) -> Entry:
    page = _chosen(item, _TEXTS)
    date = _chosen(item, _DATES, fits=lambda e: parse_date(_text(e)) is not None)
    author = _chosen(item, _AUTHORS)
    title = _chosen(item, ("title",))
    link = _chosen(item, ("link",), fits=lambda e: e.get("rel", "alternate") == "alternate" and _address(e))
    used = (page, date, author, title, link)
    rest = [Dropped(_line(e), _text(e), "feed") for e in item if e not in used and _text(e)]
    return Entry(
        title=_text(title),
        address=_address(link),
        date=_text(date),
        author=_text(author),
        page=_page(page),
        line=_line(item),
        page_line=_line(item if page is None else page),
        rest=(*_own_texts(item), *rest),
    )


def _chosen(
    item: etree._Element, names: Sequence[str], fits: Callable[[etree._Element], object] | None = None
) -> etree._Element | None:
    """Return the child of the first name that says something; the item's own vocabulary comes first."""
    own = etree.QName(item).namespace
    children = sorted(item, key=lambda e: etree.QName(e).namespace != own)
    found = (e for name in names for e in children if _name(e) == name and (fits or _text)(e))
    return next(found, None)


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    return "" if _OF_PICTURES.match(tag) else etree.QName(tag).localname


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _text(element: etree._Element | None) -> str:
    return squeeze(" ".join(map(str, element.itertext()))) if element is not None else ""


def _address(link: etree._Element | None) -> str:
    return (link.get("href") or _text(link)).strip() if link is not None else ""


def _page(element: etree._Element | None) -> str:
    """Return an entry's text as HTML: escaped in most feeds, as elements in Atom's xhtml."""
    if element is None:
        return ""
    if len(element):
        inside = "".join(etree.tostring(child, encoding="unicode") for child in element)
        return escape(element.text or "", quote=False) + inside
    return element.text or ""

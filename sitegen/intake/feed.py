"""A full-text feed (RSS, Atom, RDF) -> its entries, each with the HTML of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sitegen.model import Dropped
from sitegen.text import squeeze

_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_AUTHORS = ("creator", "author")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed; `rest` is what it says beside these fields."""

    title: str
    address: str
    date: str
    author: str
    page: str
    line: int
    rest: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title and language, its entries in order, and its other texts."""

    title: str
    lang: str
    entries: tuple[Entry, ...]
    rest: tuple[Dropped, ...]


def parsed_feed(text: str) -> Feed | None:
    """Return the feed that a text is, or None where it cannot be read as XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    items = [e for e in root.iter() if _name(e) in ("item", "entry")]
    own = [e for e in root.iter() if not len(e) and _text(e) and not _inside_item(e)]
    fields = {_name(e): _text(e) for e in reversed(own)}
    rest = tuple(Dropped(_line(e), _text(e), "feed") for e in own if _name(e) != "title")
    lang = fields.get("language", "") or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return Feed(fields.get("title", ""), lang, tuple(_entry(item) for item in items), rest)


def _inside_item(element: etree._Element) -> bool:
    return any(_name(above) in ("item", "entry") for above in (element, *element.iterancestors()))


def _entry(item: etree._Element) -> Entry:
    children = list(item)
    chosen: dict[str, etree._Element] = {}
    for wanted, names in (("page", _TEXTS), ("date", _DATES), ("author", _AUTHORS), ("title", ("title",))):
        found = next(_named(children, names), None)
        if found is not None:
            chosen[wanted] = found
    links = list(_named(children, ("link",)))
    link = next((e.get("href") or _text(e) for e in links if e.get("rel", "alternate") == "alternate"), "")
    used = (*chosen.values(), *links)
    rest = (Dropped(_line(e), _text(e), "feed") for e in children if e not in used and _text(e))
    return Entry(
        title=_text(chosen.get("title")),
        address=link.strip(),
        date=_text(chosen.get("date")),
        author=_text(chosen.get("author")),
        page=_page(chosen.get("page")),
        line=_line(item),
        rest=tuple(rest),
    )


def _named(children: list[etree._Element], names: tuple[str, ...]) -> Iterator[etree._Element]:
    for name in names:
        yield from (e for e in children if _name(e) == name)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _text(element: etree._Element | None) -> str:
    return squeeze(" ".join(map(str, element.itertext()))) if element is not None else ""


def _page(element: etree._Element | None) -> str:
    """Return an entry's text as HTML: escaped in most feeds, as elements in Atom's xhtml."""
    if element is None:
        return ""
    if len(element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return element.text or ""

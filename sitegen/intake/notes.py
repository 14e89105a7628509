"""Footnotes of a page: which links lead to one, which elements hold their texts, which lead back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from lxml.html import HtmlElement
from msgspec import Struct, field

from sitegen.text import squeeze

_MARK = re.compile(r"[\[({]?\s*(?:note\s+)?(\d{1,3}|[*†‡§¶]{1,3}|[a-z]{1,2}|[ivx]{1,5})\s*[\])}.]?", re.I)
_HOLDERS = frozenset(("li", "p", "dd", "div", "aside", "td", "tr", "section"))
_PARTS = ("h1", "h2", "h3", "h4", "h5", "h6", "article", "form", "nav")
_LONGEST = 4000  # characters of a footnote
BACK = "^"
_NONE: Mapping[HtmlElement, str] = MappingProxyType({})


class Notes(Struct, frozen=True):
    """Elements of a tree by the number of the footnote that they refer to, hold, or lead back from."""

    refs: Mapping[HtmlElement, str] = field(default_factory=lambda: _NONE)
    texts: Mapping[HtmlElement, str] = field(default_factory=lambda: _NONE)


def footnotes(root: HtmlElement) -> Notes:
    """Return the footnotes of a page, numbered in the order in which the text refers to them.

    A reference is a link with a number or a sign for its text that leads to a paragraph or item
    further below. What leads back from there is a reference to `BACK`.
    """
    links = [(a, _fragment(a)) for a in root.iter("a")]
    links = [(a, name) for a, name in links if name]
    if not any(_is_mark(a) for a, _ in links):
        return Notes()
    named, order = _named(root, {name for _, name in links})
    refs: dict[HtmlElement, str] = {}
    texts: dict[HtmlElement, str] = {}
    for a, name in links:
        target = named.get(name)
        if target is None or order[target] < order.get(a, 0) or not _is_mark(a):
            continue
        holder = _holder(target)
        if holder is not None and holder not in a.iterancestors():
            refs[a] = texts.setdefault(holder, str(len(texts) + 1))
    for holder in texts:
        refs.update(_ways_back(holder))
    return Notes(refs, texts)


def _fragment(link: HtmlElement) -> str:
    address, mark, name = (link.get("href") or "").partition("#")
    return name if mark and len(name) < 200 and len(address) < 2000 else ""


def _is_mark(link: HtmlElement) -> bool:
    text = squeeze("".join(link.itertext())) if len(link) < 4 else ""
    found = _MARK.fullmatch(text) if len(text) < 12 else None
    if not found:
        return False
    above = link.getparent()
    raised = next(link.iter("sup"), None) is not None or (above is not None and above.tag == "sup")
    return raised or not found[1].isalpha()


def _named(root: HtmlElement, names: set[str]) -> tuple[dict[str, HtmlElement], dict[HtmlElement, int]]:
    """Return the elements that have one of the names, and the places of these and of all links."""
    named: dict[str, HtmlElement] = {}
    order: dict[HtmlElement, int] = {}
    for place, element in enumerate(root.iter()):
        if not isinstance(element.tag, str):
            continue
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name in names:
            named.setdefault(name, element)
            order[element] = place
        elif element.tag == "a":
            order[element] = place
    return named, order


def _holder(target: HtmlElement) -> HtmlElement | None:
    """Return the paragraph or item that a footnote's mark stands in, if it is like a footnote."""
    holder = target
    for _ in range(4):
        if holder.tag in _HOLDERS:
            break
        above = holder.getparent()
        if above is None:
            return None
        holder = above
    if holder.tag not in _HOLDERS or next(holder.iter(*_PARTS), None) is not None:
        return None
    size = 0
    for text in holder.itertext():
        size += len(text)
        if size > _LONGEST:
            return None
    return holder if size > 4 else None


def _ways_back(holder: HtmlElement) -> dict[HtmlElement, str]:
    return {
        a: BACK
        for a in holder.iter("a")
        if (_fragment(a) or a.get("id") or a.get("name"))
        and (_is_mark(a) or not any(map(str.isalpha, "".join(a.itertext()))))
    }

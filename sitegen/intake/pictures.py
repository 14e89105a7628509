"""What a page shows that is no text: the addresses of its pictures and of what it embeds."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-lazyload")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_SMALLEST = 65  # pixels: what is no larger is an icon, a portrait or a counter
_SMALLEST_INLINE = 1500  # characters of a data: address: less is a placeholder
_WIDEST = 1600  # pixels: no reader needs more
_AD = re.compile(r"\bads?\b|advert|sponsor|captcha|tracking", re.I)
_SVG = re.compile(r"data:image/svg|[^?#]*\.svg(?:[?#]|\Z)", re.I)


def picture_address(element: HtmlElement) -> str:
    """Return the address of an <img>'s picture as the page writes it, "" for icons and placeholders."""
    if _is_small(element):
        return ""
    given = (element.get("src") or "").strip()
    later = next((element.get(name) for name in _LAZY if element.get(name)), None)
    if later:
        return str(later).strip()
    if given and not _is_placeholder(given):
        return given
    above = element.getparent()
    while above is not None and above.tag == "source":  # the parser knows no empty <source>
        above = above.getparent()
    sources = above.iter("source") if above is not None and above.tag == "picture" else ()
    for holder in (element, *sources):
        for name in _SETS:
            if found := _of_set(holder.get(name) or ""):
                return found
    return ""


def _is_small(element: HtmlElement) -> bool:
    sizes = [element.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) < _SMALLEST for size in sizes)


def _is_placeholder(address: str) -> bool:
    return (address.startswith("data:") and len(address) < _SMALLEST_INLINE) or bool(
        _SVG.match(address[:2000])
    )


def _of_set(candidates: str) -> str:
    """Return the widest picture of a srcset that is no wider than a screen."""
    best = (0.0, "")
    for candidate in re.split(r",\s+", candidates[:20_000]):
        address, _, size = candidate.strip(" ,").partition(" ")
        try:
            width = float(size.strip()[:-1] or 1)
        except ValueError:
            continue
        if address and not address.startswith("data:") and (width <= _WIDEST or not best[1]):
            best = max(best, (width, address))
    return best[1]


def embedded(element: HtmlElement) -> tuple[str, str]:
    """Return the title and address of what an <iframe> shows; "" for what no reader sees."""
    address = (element.get("src") or element.get("data-src") or "").strip()
    title = " ".join((element.get("title") or "").split())[:200]
    if address.startswith("//"):
        address = f"https:{address}"
    if (
        not re.match(r"https?://", address, re.I)
        or _is_small(element)
        or _AD.search(f"{title} {address[:200]}")
    ):
        return "", ""
    return title, address

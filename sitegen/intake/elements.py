"""What the tags of a page mean for the text inside them, and which elements nobody reads."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml.html import HtmlElement

from sitegen.intake.flags import BIT

_BLOCKS = """
address article aside blockquote body br button caption center dd details dialog dir div dl dt
fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main
menu nav ol optgroup option p pre section select summary table tbody td tfoot th thead tr ul
video audio textarea title label object
"""
BLOCK_TAGS = frozenset(_BLOCKS.split())
_SILENT = frozenset(("script", "style", "param", "meta", "link"))
MAY_BE_SILENT = _SILENT | {"title"}
COUNTED = frozenset(("ul", "ol", "tr", "td", "th"))
# what says something though there is no text in it
SHOWN = frozenset(("img", "iframe", "q", "code"))
REASONS = {
    "svg": "icon-names",
    "symbol": "icon-names",
    "template": "template",
    "noscript": "no-script",
    "iframe": "embedded-page",
    "object": "embedded-page",
    "button": "form",
    "select": "form",
    "option": "form",
    "textarea": "form",
    "canvas": "template",
    "video": "player",
    "audio": "player",
}
# elements that carry the page as a whole say nothing of the text inside them
WHOLE = frozenset(("html", "body"))

# what a piece of text has beside it: bold, italic, code, link, image, raised, note (see `Piece`)
Style: TypeAlias = tuple[bool | str, ...]
PLAIN: Style = (False, False, False, "", "", "", "")
CHANGES: dict[str, dict[str, Any]] = {
    "pre": {"pre": True, "kind": "code"},
    "figcaption": {"is_caption": True},
    "dt": {"marker": "dt"},
    "dd": {"marker": "dd"},
}
# the place in `Style` of what a tag says of the text in it
STYLES: dict[str, tuple[int, bool | str]] = {
    **dict.fromkeys(("b", "strong"), (0, True)),
    **dict.fromkeys(("i", "em", "cite"), (1, True)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), (2, True)),
    "sup": (5, "sup"),
    "sub": (5, "sub"),
}


def styled(style: Style, place: int, value: bool | str) -> Style:
    """Return a style in which one place says something else."""
    return (*style[:place], value, *style[place + 1 :])


def is_silent(element: HtmlElement, tag: str) -> bool:
    """Tell whether nobody reads what is in an element; the page's own title is told by its head."""
    if tag == "title":
        parent = element.getparent()
        return parent is not None and parent.tag == "head"
    return tag in _SILENT


def hides(element: HtmlElement) -> int:
    """Return the flag of what no reader is shown, where an element says that it is not."""
    style = element.get("style", "").replace(" ", "").lower()
    said = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return BIT["hidden"] if said or "display:none" in style else 0

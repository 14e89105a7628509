"""HTML -> blocks: every text of the page outside script and style, in order, with its markup.

One walk over the tree that lxml makes, without recursion (a page may nest a hundred thousand
elements). What no reader sees (templates, form controls, icons' names) is kept as blocks too,
with the reason why it is no article text, so that the account of a page is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from lxml import etree, html

from sitegen.intake.block import Block, Kind, Markup, Piece
from sitegen.intake.flags import BIT, TAG_BITS, class_flags

_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "textarea",
        "title",
        "label",
    ]
)
_SILENT = frozenset(("script", "style", "head", "object", "embed", "param", "meta", "link"))
_REASONS = {
    "svg": "icon-names",
    "symbol": "icon-names",
    "template": "template",
    "noscript": "no-script",
    "iframe": "embedded-page",
    "button": "form",
    "select": "form",
    "option": "form",
    "textarea": "form",
    "canvas": "template",
    "video": "player",
    "audio": "player",
}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SPACE = re.compile(r"[ \t\n\r\f\v]+")

_SKIPPED_SCHEMES = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.I)
# elements that carry the page as a whole say nothing of the text inside them
_WHOLE = frozenset(("html", "body"))


class _State(NamedTuple):
    """What the elements that are open mean for the text inside them."""

    flags: int = 0
    reason: str | None = None
    bold: bool = False
    italic: bool = False
    code: bool = False
    pre: bool = False
    link: str = ""
    kind: Kind = "paragraph"
    level: int = 0
    marker: str = ""
    quoted: int = 0
    tag: str = "body"
    number: int = 0
    parents: tuple[int, int, int] = (0, 0, 0)


_CLOSED_BY_BLOCKS = ("svg", "math", "select", "option", "optgroup", "button")
_NEVER_TEXT = ("audio", "canvas", "embed", "noscript", "object", "template", "video")
# what stands behind one of these is its text, to the end of the page if it is never closed
_RAW = {
    tag: re.compile(rf"<{tag}\b[^<>]{{0,4000}}>", re.I) for tag in ("iframe", "noframes", "textarea", "xmp")
}
_BLOCKS_OF_TEXT = (
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "pre",
)


def parsed(text: str) -> html.HtmlElement | None:
    """Return the tree of a page, or None where there is no element in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    source = text.lower()
    for tag, start in _RAW.items():
        if f"<{tag}" in source and f"</{tag}" not in source:
            text = start.sub(lambda m: "\n" * m[0].count("\n"), text)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    _let_out(root, source)
    return root


def _let_out(root: html.HtmlElement, source: str) -> None:
    """Take away what stands around paragraphs because it was never closed, but not the paragraphs."""
    open_ones = [tag for tag in _NEVER_TEXT if f"</{tag}" not in source]
    for element in tuple(root.iter(*_CLOSED_BY_BLOCKS, *open_ones)):
        if next(element.iter(*_BLOCKS_OF_TEXT), None) is not None:
            element.drop_tag()


def page_blocks(root: html.HtmlElement) -> tuple[Block, ...]:
    """Return the blocks of a page in the order of its source; lines are those of the source."""
    maker = _Maker()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            (maker.opened if event == "start" else maker.closed)(element)
        if event == "end" and element is not root:
            maker.text(element.tail, element.sourceline or 0)
    maker.flush()
    return tuple(maker.blocks)


class _Maker:
    """Collects pieces of text until a block ends; the only mutable thing of this module."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._stack: list[_State] = [_State()]
        self._pieces: list[Piece] = []
        self._state = self._stack[0]
        self._line = 1
        self._silent = 0
        self._numbers = 0
        self._items: list[int] = []
        self._gap = 0
        self._rows: list[tuple[int, list[int]]] = []

    def opened(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            self._stack.append(self._stack[-1])
            return
        if tag in _BLOCK_TAGS:
            self.flush()
            self._gap = int(tag != "br")
        if tag in ("ul", "ol"):
            self._items.append(0)
        if tag == "tr":
            self._rows.append((len(self.blocks), []))
        self._stack.append(self._inside(element, tag))
        if tag == "img":
            self._image(element)
        self.text(element.text, element.sourceline or 0)

    def closed(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _SILENT:
            self._silent -= 1
        elif not self._silent and tag in _BLOCK_TAGS:
            self.flush()
            self._gap = int(tag != "br")
            if tag in ("ul", "ol") and self._items:
                self._items.pop()
            if tag in ("td", "th") and self._rows:
                self._rows[-1][1].append(len(self.blocks))
            if tag == "tr" and self._rows:
                self._end_row(*self._rows.pop())
        self._stack.pop()

    def text(self, text: str | None, line: int) -> None:
        if not text or self._silent:
            return
        state = self._stack[-1]
        if not state.pre:
            text = _SPACE.sub(" ", text)
        if not self._pieces:
            if text == " ":
                return
            self._state, self._line = state, line
        self._pieces.append(Piece(text, state.bold, state.italic, state.code, state.link))

    def flush(self) -> None:
        """End the block that is open, if there is text in it."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        state = self._state
        raw = "".join(piece.text for piece in pieces)
        text = raw.strip("\n") if state.pre else " ".join(raw.split())
        if "\xad" in text:
            text = text.replace("\xad", "")
        pictures = any(piece.image for piece in pieces)
        if not text.strip() and not pictures:
            return
        linked = sum(len(piece.text) for piece in pieces if piece.link)
        markup = Markup(
            tuple(pieces), state.tag, min(1.0, linked / (len(raw) or 1)), state.flags, state.parents, None
        )
        kind = "image" if pictures and not text else state.kind
        if state.quoted and kind == "paragraph":
            kind = "quotation"
        self.blocks.append(
            Block(
                text,
                kind,
                self._line,
                self._line,
                self._gap,
                0,
                state.level,
                state.marker,
                state.reason,
                markup,
            )
        )
        self._gap = 0

    def _end_row(self, start: int, ends: list[int]) -> None:
        """Make one block of a row of data; a table that only lays out the page keeps its own blocks."""
        made = self.blocks[start:]
        starts = [start, *ends[:-1]]
        small = all(len(block.text) < 200 and block.kind == "paragraph" for block in made)
        if (
            not 2 <= len(ends) <= 30
            or not made
            or not small
            or any(b - a > 1 for a, b in zip(starts, ends, strict=True))
        ):
            return
        cells = [self.blocks[a].text if b > a else "" for a, b in zip(starts, ends, strict=True)]
        if sum(map(len, cells)) > 600 or all(block.markup and block.markup.link > 0.9 for block in made):
            return
        pieces = tuple(
            piece for block in made if block.markup for piece in (*block.markup.pieces, Piece(" "))
        )
        first = made[0]
        assert first.markup is not None
        markup = first.markup._replace(pieces=pieces)
        self.blocks[start:] = [replace(first, text="\t".join(cells), kind="table", markup=markup)]

    def _image(self, element: html.HtmlElement) -> None:
        address = element.get("src") or element.get("data-src") or ""
        if not address or address.startswith("data:") or self._stack[-1].reason:
            return
        if not self._pieces:
            self._state, self._line = self._stack[-1], element.sourceline or 0
        alt = _SPACE.sub(" ", element.get("alt") or "").strip()
        self._pieces.append(Piece("", image=address.strip(), link=alt))

    def _inside(self, element: html.HtmlElement, tag: str) -> _State:
        """Return the state for the text inside an element: what its tag and classes add."""
        state = self._stack[-1]
        changes = _CHANGES.get(tag)
        flags = state.flags | TAG_BITS.get(tag, 0)
        if tag not in _WHOLE:
            names = element.get("class"), element.get("id")
            if names[0] or names[1]:
                flags |= class_flags(f"{names[0] or ''} {names[1] or ''}"[:200])
            if (
                element.get("hidden") is not None
                or element.get("aria-hidden") == "true"
                or "none" in element.get("style", "")
            ):
                flags |= _hides(element)
        if tag in _BLOCK_TAGS and tag != "br":
            self._numbers += 1
            state = state._replace(
                flags=flags, tag=tag, number=self._numbers, parents=(state.number, *state.parents[:2])
            )
        elif flags != state.flags:
            state = state._replace(flags=flags)
        if tag in _REASONS and not state.reason:
            state = state._replace(reason=_REASONS[tag])
        if changes:
            state = state._replace(**changes)
        if tag == "a":
            return state._replace(link=_link(element.get("href")) or "#")
        if tag == "blockquote":
            return state._replace(quoted=state.quoted + 1)
        if tag == "li":
            return state._replace(kind="list", level=len(self._items), marker=self._marker(element))
        if tag in _HEADINGS:
            return state._replace(kind="heading", level=_HEADINGS[tag])
        return state

    def _marker(self, element: html.HtmlElement) -> str:
        parent = element.getparent()
        if parent is None or parent.tag != "ol" or not self._items:
            return "-"
        self._items[-1] += 1
        return f"{self._items[-1]}."


_CHANGES: dict[str, dict[str, Any]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "cite": {"italic": True},
    "code": {"code": True},
    "kbd": {"code": True},
    "samp": {"code": True},
    "tt": {"code": True},
    "pre": {"pre": True, "kind": "code"},
}


def _hides(element: html.HtmlElement) -> int:
    style = element.get("style", "").replace(" ", "").lower()
    hidden = (
        element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
    )
    return BIT["hidden"] if hidden else 0


def _link(address: str | None) -> str:
    address = (address or "").strip()
    if not address or address.startswith("#") or _SKIPPED_SCHEMES.match(address):
        return ""
    return address


def head_texts(root: html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Yield the page's <title> texts with their lines: text outside script and style, but no block."""
    for element in root.iter("title"):
        parent = element.getparent()
        if element.text and parent is not None and parent.tag == "head":
            yield element.sourceline or 0, " ".join(element.text.split())

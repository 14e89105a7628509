"""HTML -> blocks: every text of the page outside script and style, in order, with its markup.

One walk over the tree that lxml makes, without recursion (a page may nest a hundred thousand
elements). What no reader sees (templates, form controls, icons' names) is kept as blocks too,
with the reason why it is no article text, so that the account of a page is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from lxml import etree, html

from sitegen.intake.block import Block, Kind, Markup, Piece
from sitegen.intake.flags import BIT, TAG_BITS, class_flags
from sitegen.intake.notes import Notes, footnotes
from sitegen.intake.pictures import embedded, picture_address
from sitegen.intake.rows import rowed

_BLOCKS = """
address article aside blockquote body br button caption center dd details dialog dir div dl dt
fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main
menu nav ol optgroup option p pre section select summary table tbody td tfoot th thead tr ul
video audio textarea title label object
"""
_BLOCK_TAGS = frozenset(_BLOCKS.split())
_SILENT = frozenset(("script", "style", "param", "meta", "link"))
_REASONS = {
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
_POST = re.compile(r"tweet|instagram-media|fb-post|tiktok-embed|mastodon|bluesky|reddit-|embed", re.I)
_LANGUAGE = re.compile(
    r"(?:lang(?:uage)?|highlight-source|brush:?|hljs|sourceCode)[\s-]([A-Za-z][\w+#]{0,20})"
)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_SKIPPED_SCHEMES = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.I)
# elements that carry the page as a whole say nothing of the text inside them
_WHOLE = frozenset(("html", "body"))


class _State(NamedTuple):
    """What the elements that are open mean for the text inside them."""

    flags: int = 0
    tag: str = "body"
    number: int = 0
    parents: tuple[int, int, int] = (0, 0, 0)
    reason: str | None = None
    bold: bool = False
    italic: bool = False
    code: bool = False
    pre: bool = False
    link: str = ""
    raised: str = ""
    ref: str = ""
    kind: Kind = "paragraph"
    level: int = 0
    marker: str = ""
    note: str = ""
    figure: int = 0
    is_caption: bool = False
    item: int = 0
    quotes: tuple[int, ...] = ()
    embedded: bool = False
    language: str = ""
    table: int = 0
    is_data: bool = False


def page_blocks(root: html.HtmlElement, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of a page in the order of its source; lines are those of the source.

    `first_line` is the number of the page's first line, where it is part of something longer. A
    picture by itself is a block without text, with the reason "picture".
    """
    maker = _Maker(footnotes(root), first_line - 1)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if isinstance(tag, str):
                maker.opened(element, tag)
            continue
        if isinstance(tag, str):
            maker.closed(element, tag)
        if (tail := element.tail) and element is not root:
            maker.text(tail, element)
    maker.flush()
    return tuple(maker.blocks)


class _Maker:
    """Collects pieces of text until a block ends; the only mutable thing of this module."""

    def __init__(self, notes: Notes, above: int) -> None:
        self.blocks: list[Block] = []
        self._notes = notes
        self._above = above
        self._stack: list[_State] = [_State()]
        self._pieces: list[Piece] = []
        self._state = self._stack[0]
        self._line = 1
        self._silent = 0
        self._numbers = 0
        self._items: list[int] = []
        self._begun: set[int] = set()
        self._gap = 0
        self._breaks = 0
        self._rows: list[tuple[int, list[int]]] = []

    def opened(self, element: html.HtmlElement, tag: str) -> None:
        if _is_silent(element, tag):
            self._silent += 1
        if self._silent:
            self._stack.append(self._stack[-1])
            return
        if tag in _BLOCK_TAGS:
            self._parted(tag)
        if tag in ("ul", "ol"):
            self._items.append(_first_number(element) - 1)
        if tag == "tr":
            self._rows.append((len(self.blocks), []))
        self._stack.append(self._inside(element, tag))
        if tag == "img":
            self._image(element)
        elif tag == "iframe":
            self._embed(element)
        elif tag == "q":
            self.text("“", element)
        if text := element.text:
            self.text(text, element)

    def closed(self, element: html.HtmlElement, tag: str) -> None:
        if _is_silent(element, tag):
            self._silent -= 1
        elif not self._silent and tag in _BLOCK_TAGS:
            self._parted(tag)
            if tag in ("ul", "ol") and self._items:
                self._items.pop()
            if tag in ("td", "th") and self._rows:
                self._rows[-1][1].append(len(self.blocks))
            if tag == "tr" and self._rows:
                self._end_row(*self._rows.pop())
        elif tag == "q":
            self.text("”", element)
        self._stack.pop()

    def _parted(self, tag: str) -> None:
        """Part what stands before and after the edge of a block, or, in code, its lines."""
        if tag != "pre" and self._stack[-1].pre:
            if self._pieces and not self._pieces[-1].text.endswith("\n"):
                self._pieces.append(Piece("\n"))
            return
        if self._pieces:
            self.flush()
        self._gap = int(tag != "br")
        # the element <br> has two edges
        self._breaks = self._breaks + 1 if tag == "br" else -99

    def text(self, text: str, element: html.HtmlElement) -> None:
        """Take in a text that stands in or behind an element."""
        if not text or self._silent:
            return
        state = self._stack[-1]
        if not self._pieces:
            if not state.pre and text.isspace() and text.isascii():
                return
            self._state, self._line = state, element.sourceline or 0
        if not state.pre and ("  " in text or not text.isprintable()):
            text = _SPACE.sub(" ", text)
        self._pieces.append(
            Piece(text, state.bold, state.italic, state.code, state.link, "", state.raised, state.ref)
        )

    def flush(self) -> None:
        """End the block that is open, if there is text in it."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        state = self._state
        raw = "".join([piece.text for piece in pieces])
        text = raw.strip("\n") if state.pre else " ".join(raw.split())
        if "\xad" in text:
            text = text.replace("\xad", "")
        if not text.strip() and not any(piece.image for piece in pieces):
            return
        linked = sum([len(piece.text) for piece in pieces if piece.link])
        markup = Markup(
            tuple(pieces),
            state.tag,
            min(1.0, linked / (len(raw) or 1)),
            state.flags,
            state.parents,
            note=state.note,
            figure=state.figure,
            is_caption=state.is_caption,
            item=state.item,
            quotes=state.quotes,
            embedded=state.embedded,
            language=state.language,
            broken=self._breaks == 2,
        )
        self._add(text, state, markup)

    def _add(self, text: str, state: _State, markup: Markup) -> None:
        kind, marker, reason = state.kind, state.marker, state.reason
        if not text:
            kind, reason = "image", reason or "picture"
        elif state.quotes and kind == "paragraph":
            kind = "quotation"
        if text and kind == "list":
            # the further paragraphs of an item have no mark of their own
            marker = "" if state.item in self._begun else marker
            self._begun.add(state.item)
        line = self._above + self._line
        self.blocks.append(Block(text, kind, line, line, self._gap, 0, state.level, marker, reason, markup))
        self._gap = 0
        self._breaks = 0

    def _end_row(self, start: int, ends: list[int]) -> None:
        state = self._stack[-1]
        row = rowed(self.blocks[start:], [end - start for end in ends], state.table, is_data=state.is_data)
        if row:
            self.blocks[start:] = row

    def _image(self, element: html.HtmlElement) -> None:
        state = self._stack[-1]
        address = picture_address(element)
        alt = _SPACE.sub(" ", element.get("alt") or "").strip()
        if not address or state.reason:
            if "emoji" in (element.get("class") or "") and len(alt) < 10:
                self.text(alt, element)
            return
        if not self._pieces:
            self._state, self._line = state, element.sourceline or 0
        self._pieces.append(Piece("", image=address, link=alt))

    def _embed(self, element: html.HtmlElement) -> None:
        title, address = embedded(element)
        if address:
            self.flush()
            self._state, self._line = (
                self._stack[-1]._replace(reason=None, tag="iframe"),
                element.sourceline or 0,
            )
            self._pieces.append(Piece("", image=address, link=title or address))
            self.flush()

    def _inside(self, element: html.HtmlElement, tag: str) -> _State:
        """Return the state for the text inside an element: what its tag and classes add."""
        state = self._stack[-1]
        flags = state.flags | TAG_BITS.get(tag, 0)
        names = ""
        if tag not in _WHOLE and (keys := element.keys()):
            names = self._names(element) if "class" in keys or "id" in keys else ""
            flags |= class_flags(names[:200]) if names else 0
            if "style" in keys or "hidden" in keys or "aria-hidden" in keys:
                flags |= _hides(element)
        if tag in _BLOCK_TAGS and tag != "br":
            self._numbers += 1
            parents = (state.number, *state.parents[:2])
            state = _State._make((flags, tag, self._numbers, parents, *state[4:]))
        elif flags != state.flags:
            state = _State._make((flags, *state[1:]))
        if tag in _REASONS and not state.reason:
            state = state._replace(reason=_REASONS[tag])
        if self._notes.texts:
            state = self._noted(state, element)
        changes = _CHANGES.get(tag)
        if changes:
            state = state._replace(**changes)
        special = _SPECIAL.get(tag)
        return special(self, state, element, names) if special else state

    @staticmethod
    def _names(element: html.HtmlElement) -> str:
        given = element.get("class"), element.get("id")
        return f"{given[0] or ''} {given[1] or ''}" if given[0] or given[1] else ""

    def _noted(self, state: _State, element: html.HtmlElement) -> _State:
        if element in self._notes.texts:
            state = state._replace(note=self._notes.texts[element])
        if element in self._notes.refs:
            state = state._replace(ref=self._notes.refs[element])
        return state

    def _link(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        return state._replace(link=_address(element.get("href")) or "#")

    def _quotation(self, state: _State, _: html.HtmlElement, names: str) -> _State:
        is_post = bool(names) and bool(_POST.search(names[:200]))
        return state._replace(quotes=(*state.quotes[:5], self._numbers), embedded=is_post)

    def _item(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        return state._replace(
            kind="list", level=len(self._items), marker=self._marker(element), item=self._numbers
        )

    def _heading(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        return state._replace(kind="heading", level=int(element.tag[1]))

    def _figure(self, state: _State, *_: object) -> _State:
        return state._replace(figure=self._numbers)

    def _table(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        has_heads = next(element.iter("th", "caption", "thead"), None) is not None
        nested = next(element.iterdescendants("table"), None) is not None
        return state._replace(table=self._numbers, is_data=has_heads and not nested)

    def _code(self, state: _State, _: html.HtmlElement, names: str) -> _State:
        found = _LANGUAGE.search(names[:200]) if names else None
        language = found[1].lower() if found and state.pre else ""
        if language and self._pieces and not self._state.language:
            self._state = self._state._replace(language=language)
        return state._replace(language=language) if language else state

    def _marker(self, element: html.HtmlElement) -> str:
        parent = element.getparent()
        if parent is None or parent.tag != "ol" or not self._items:
            return "-"
        self._items[-1] += 1
        return f"{self._items[-1]}."


_SPECIAL: dict[str, Callable[[_Maker, _State, html.HtmlElement, str], _State]] = {
    "a": _Maker._link,
    "blockquote": _Maker._quotation,
    "li": _Maker._item,
    "figure": _Maker._figure,
    "table": _Maker._table,
    "pre": _Maker._code,
    "code": _Maker._code,
    **{f"h{n}": _Maker._heading for n in range(1, 7)},
}
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
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
    "figcaption": {"is_caption": True},
    "dt": {"marker": "dt"},
    "dd": {"marker": "dd"},
}


def _is_silent(element: html.HtmlElement, tag: str) -> bool:
    """Tell whether nobody reads what is in an element; the page's own title is told by its head."""
    if tag == "title":
        parent = element.getparent()
        return parent is not None and parent.tag == "head"
    return tag in _SILENT


def _hides(element: html.HtmlElement) -> int:
    style = element.get("style", "").replace(" ", "").lower()
    said = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return BIT["hidden"] if said or "display:none" in style else 0


def _address(address: str | None) -> str:
    address = (address or "").strip()
    if not address or address.startswith("#") or _SKIPPED_SCHEMES.match(address):
        return ""
    return address


def _first_number(element: html.HtmlElement) -> int:
    start = element.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 6 and start.isascii() else 1

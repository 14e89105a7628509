"""HTML -> blocks: every text of the page outside script and style, in order, with its markup.

One walk over the tree that lxml makes, without recursion (a page may nest a hundred thousand
elements). What no reader sees (templates, form controls, icons' names) is kept as blocks too,
with the reason why it is no article text, so that the account of a page is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree, html

from sitegen.intake.block import Block, Kind, Markup, Piece
from sitegen.intake.elements import (
    BLOCK_TAGS,
    CHANGES,
    COUNTED,
    MAY_BE_SILENT,
    PLAIN,
    REASONS,
    SHOWN,
    STYLES,
    WHOLE,
    Style,
    hides,
    is_silent,
    styled,
)
from sitegen.intake.flags import TAG_BITS, class_flags
from sitegen.intake.notes import Notes, footnotes
from sitegen.intake.pictures import embedded, picture_address
from sitegen.intake.rows import rowed

_POST = re.compile(r"tweet|instagram-media|fb-post|tiktok-embed|mastodon|bluesky|reddit-|embed", re.I)
_LANGUAGE = re.compile(
    r"(?:lang(?:uage)?|highlight-source|brush:?|hljs|sourceCode)[\s-]([A-Za-z][\w+#]{0,20})"
)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_SKIPPED_SCHEMES = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.I)
_new = tuple.__new__  # of a tuple with names from its values in order: thrice as fast as by their names


class _State(NamedTuple):
    """What the elements that are open mean for the text inside them."""

    flags: int = 0
    tag: str = "body"
    number: int = 0
    parents: tuple[int, int, int] = (0, 0, 0)
    style: Style = PLAIN
    kind: Kind = "paragraph"
    level: int = 0
    marker: str = ""
    item: int = 0
    reason: str | None = None
    pre: bool = False
    note: str = ""
    figure: int = 0
    is_caption: bool = False
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
        if self._silent or (tag in MAY_BE_SILENT and is_silent(element, tag)):
            self._silent += 1
            return
        if tag in BLOCK_TAGS:
            self._parted(tag)
            if tag in COUNTED:
                self._count(element, tag)
        elif not len(element) and not element.text and tag not in SHOWN:
            self._stack.append(self._stack[-1])  # an icon, say: there is no text for it to mean a thing for
            return
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
        if self._silent:
            self._silent -= 1
            return
        if tag in BLOCK_TAGS:
            self._parted(tag)
            if tag in COUNTED:
                self._end_count(tag)
        elif tag == "q":
            self.text("”", element)
        self._stack.pop()

    def _count(self, element: html.HtmlElement, tag: str) -> None:
        """Begin a list, whose items are counted, or a row, whose cells are."""
        if tag in ("ul", "ol"):
            self._items.append(_first_number(element) - 1)
        elif tag == "tr":
            self._rows.append((len(self.blocks), []))

    def _end_count(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            if self._items:
                self._items.pop()
        elif self._rows:
            if tag == "tr":
                self._end_row(*self._rows.pop())
            else:
                self._rows[-1][1].append(len(self.blocks))

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
        if self._silent or not text:
            return
        state = self._stack[-1]
        if not self._pieces:
            if not state.pre and text.isspace() and text.isascii():
                return
            self._state, self._line = state, element.sourceline or 0
        if not state.pre and ("  " in text or not text.isprintable()):
            text = _squeezed(text)
        self._pieces.append(_new(Piece, (text, *state.style)))

    def flush(self) -> None:
        """End the block that is open, if there is text in it."""
        pieces = self._pieces
        if not pieces:
            return
        self._pieces = []
        state = self._state
        raw = "".join([piece.text for piece in pieces])
        text = raw.strip("\n") if state.pre else " ".join(raw.split())
        if "\xad" in text:
            text = text.replace("\xad", "")
        if (not text or text.isspace()) and not any(piece.image for piece in pieces):
            return
        linked = sum([len(piece.text) for piece in pieces if piece.link])
        link = min(1.0, linked / (len(raw) or 1)) if linked else 0.0
        above = (state.tag, link, state.flags, state.parents, state.note, state.figure, state.is_caption)
        around = (state.item, state.quotes, state.embedded, (), (), state.language, self._breaks == 2)
        markup = _new(Markup, (tuple(pieces), *above, *around))
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
        place = (line, line, self._gap, 0, state.level)
        self.blocks.append(_new(Block, (text, kind, *place, marker, reason, markup)))
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
        if tag not in WHOLE and (keys := element.keys()):
            names = (element.get("class") if "class" in keys else "")[:200]
            if "id" in keys:
                names = f"{names} {element.get('id')}"[:200]
            flags |= class_flags(names) if names else 0
            if "style" in keys or "hidden" in keys or "aria-hidden" in keys:
                flags |= hides(element)
        if tag in BLOCK_TAGS and tag != "br":
            self._numbers += 1
            above = state.parents
            parents = (state.number, above[0], above[1])
            state = _new(_State, (flags, tag, self._numbers, parents, *state[4:]))
        elif tag == "a" or tag in STYLES:
            place, said = STYLES[tag] if tag != "a" else (3, _address(element.get("href")) or "#")
            state = _new(_State, (flags, *state[1:4], styled(state.style, place, said), *state[5:]))
        elif flags != state.flags:
            state = _new(_State, (flags, *state[1:]))
        if tag in REASONS and not state.reason:
            state = state._replace(reason=REASONS[tag])
        if self._notes.texts:
            state = self._noted(state, element)
        if tag in CHANGES:
            state = state._replace(**CHANGES[tag])
        return _SPECIAL[tag](self, state, element, names) if tag in _SPECIAL else state

    def _noted(self, state: _State, element: html.HtmlElement) -> _State:
        if element in self._notes.texts:
            state = state._replace(note=self._notes.texts[element])
        if element in self._notes.refs:
            state = state._replace(style=(*state.style[:6], self._notes.refs[element]))
        return state

    def _quotation(self, state: _State, _: html.HtmlElement, names: str) -> _State:
        is_post = bool(names) and bool(_POST.search(names))
        return state._replace(quotes=(*state.quotes[:5], self._numbers), embedded=is_post)

    def _item(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        item = ("list", len(self._items), self._marker(element), self._numbers)
        return _new(_State, (*state[:5], *item, *state[9:]))

    def _heading(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        return state._replace(kind="heading", level=int(element.tag[1]))

    def _figure(self, state: _State, *_: object) -> _State:
        return state._replace(figure=self._numbers)

    def _table(self, state: _State, element: html.HtmlElement, _: str) -> _State:
        has_heads = next(element.iter("th", "caption", "thead"), None) is not None
        nested = next(element.iterdescendants("table"), None) is not None
        return state._replace(table=self._numbers, is_data=has_heads and not nested)

    def _code(self, state: _State, _: html.HtmlElement, names: str) -> _State:
        found = _LANGUAGE.search(names) if names else None
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
    "blockquote": _Maker._quotation,
    "li": _Maker._item,
    "figure": _Maker._figure,
    "table": _Maker._table,
    "pre": _Maker._code,
    "code": _Maker._code,
    **{f"h{n}": _Maker._heading for n in range(1, 7)},
}


def _squeezed(text: str) -> str:
    """Return a text with one blank for each run of blanks and line breaks."""
    if not text.isascii():
        return _SPACE.sub(" ", text)
    core = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{core}{' ' * text[-1].isspace()}" if core else " "


def _address(address: str | None) -> str:
    address = (address or "").strip()
    if not address or address.startswith("#") or _SKIPPED_SCHEMES.match(address):
        return ""
    return address


def _first_number(element: html.HtmlElement) -> int:
    start = element.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 6 and start.isascii() else 1

"""The piece that flows through cleaning: a block of text with its place in the input."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["paragraph", "heading", "list", "quotation", "table", "verse", "code", "image", "rule", "note"]

SENTENCE_END = re.compile(r"[.!?…。！？؟।](?:\s?[\"'”’»)\]」』])*\s*$")


class Piece(NamedTuple):
    """A stretch of text in one style; `link` is an address or empty, `image` that of a picture.

    `raised` is "sup" or "sub"; `note` the footnote that the stretch refers to, "^" where it only
    leads back from one. A picture's `link` is what stands for it where it is not shown.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    image: str = ""
    raised: str = ""
    note: str = ""


class Markup(NamedTuple):
    """What HTML says of a block and plain text cannot.

    `pieces` is the block's text by style, `link` the share of its characters inside links, `flags`
    bits of `flags.FLAGS` for the elements above it and their classes, `parents` the numbers of the
    three nearest elements above it, nearest first. The rest is what a block is part of, 0, "" or ()
    where of none: the footnote that it is the text of, the numbers of its figure, of the item of
    a list and of the quotations (outermost first) around it; `embedded` says that the nearest of
    these is a post from elsewhere. `cells` are those of a table's row, `legend` is the caption of a
    picture, `language` that of code. `broken` says that but a line break parts it from the block before.
    """

    pieces: tuple[Piece, ...]
    tag: str
    link: float = 0.0
    flags: int = 0
    parents: tuple[int, int, int] = (0, 0, 0)
    note: str = ""
    figure: int = 0
    is_caption: bool = False
    item: int = 0
    quotes: tuple[int, ...] = ()
    embedded: bool = False
    cells: tuple[tuple[Piece, ...], ...] = ()
    legend: tuple[Piece, ...] = ()
    language: str = ""
    broken: bool = False


class Block(NamedTuple):
    """A paragraph, heading, item, row set or the like, from line `first` to line `last`.

    `text` is plain; lines within it are kept for verse and code, and cells are parted by tabs in
    tables. `gap` counts the empty lines above, `indent` its columns, `level` the depth of a list or
    a heading. `marker` is the item's own mark ("-", "3."). `reason` is set where reading already
    knows that the block belongs to no article (page headers and the like).
    """

    text: str
    kind: Kind
    first: int
    last: int
    gap: int = 0
    indent: int = 0
    level: int = 0
    marker: str = ""
    reason: str | None = None
    markup: Markup | None = None

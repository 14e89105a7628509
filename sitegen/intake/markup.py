"""Kept blocks -> the article's body, as Markdown and as plain text.

A page's own characters are text: whatever could be read as Markdown or HTML is escaped, in a way
that Python-Markdown and CommonMark both undo (backslashes where both know them, else entities).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from sitegen.intake.block import Block, Piece

_INLINE = re.compile(r"[\\`*\[\]{}]|(?<![^\W_])_|_(?![^\W_])|<|&(?=#?\w+;)|~(?=~)|(?<=~)~|!(?=\[)|=(?==\S)")
_START = re.compile(r"([#>+=:~!-]|\d{1,9}(?=[.)](?:\s|$))|\|)")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "|": "&#124;", "=": "&#61;", ":": "&#58;"}
_UNSAFE_ADDRESS = re.compile(r"[\s<>()\"'\\\x00-\x1f]")
_FENCE = re.compile("`{3,}")
_WEB = re.compile(r"(?:https?://|mailto:)", re.I)


def escaped(text: str) -> str:
    """Return one line of text as Markdown that shows exactly it."""
    text = _INLINE.sub(lambda m: _ENTITIES.get(m[0][0], "") or "\\" + m[0], text)
    return _START.sub(_escaped_start, text, count=1) if _START.match(text) else text


def _escaped_start(match: re.Match[str]) -> str:
    mark = match[0]
    if mark[0].isdigit():
        return mark + "\\"
    if mark[0] in _ENTITIES:
        return _ENTITIES[mark[0]] + mark[1:]
    return "\\" + mark


def as_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as plain text: a blank line between paragraphs, none within a list or table."""
    return "\n\n".join("\n".join(block.text for block in group) for _, group in _grouped(blocks)).strip()


def as_markdown(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown; lists, tables, quotations, verse and code keep their form."""
    return "\n\n".join(filter(None, (_RENDER[kind](group) for kind, group in _grouped(blocks)))).strip()


def _grouped(blocks: Sequence[Block]) -> Iterable[tuple[str, list[Block]]]:
    for key, run in groupby(_numbered(blocks), key=lambda pair: pair[0]):
        yield key[0], [block for _, block in run]


def _numbered(blocks: Sequence[Block]) -> Iterable[tuple[tuple[str, int], Block]]:
    """Yield each block with a key that is equal for the blocks that make one list, table or verse."""
    number = 0
    before: Block | None = None
    for block in blocks:
        if before is None or not _together(before, block):
            number += 1
        yield (block.kind, number), block
        before = block


def _together(before: Block, block: Block) -> bool:
    if before.kind != block.kind or block.kind in ("paragraph", "heading", "image", "code", "rule"):
        return False
    if block.kind == "table" and block.markup is None:
        return False
    if block.kind == "verse":
        return block.gap == 0
    return True


def _paragraphs(blocks: Sequence[Block]) -> str:
    return "\n\n".join(_line(block) for block in blocks)


def _line(block: Block) -> str:
    if block.markup is not None:
        return _inline(block.markup.pieces)
    return "\\\n".join(escaped(line) for line in block.text.split("\n") if line)


def _heading(blocks: Sequence[Block]) -> str:
    return "\n\n".join(f"{'#' * min(6, max(2, block.level or 2))} {_line(block)}" for block in blocks)


def _list(blocks: Sequence[Block]) -> str:
    levels = sorted({block.level or block.indent for block in blocks})
    lines = []
    for block in blocks:
        depth = min(levels.index(block.level or block.indent), 6)
        marker = "-"
        line = _line(block)
        if block.marker[:1].isdigit():
            marker = block.marker
            if block.markup is None:
                line = escaped(block.text[len(marker) :].strip())
            marker = f"{int(re.sub(r'[^0-9]', '', marker) or 1)}."
        lines.append("    " * depth + f"{marker} {line}")
    return "\n".join(lines)


def _quotation(blocks: Sequence[Block]) -> str:
    return "\n>\n".join("> " + _line(block).replace("\n", "\n> ") for block in blocks)


def _verse(blocks: Sequence[Block]) -> str:
    return "\\\n".join(_line(block) for block in blocks)


def _code(blocks: Sequence[Block]) -> str:
    made = []
    for block in blocks:
        longest = max((len(run) for run in _FENCE.findall(block.text)), default=2)
        fence = "`" * (longest + 1)
        made.append(f"{fence}\n{block.text}\n{fence}")
    return "\n\n".join(made)


def _table(blocks: Sequence[Block]) -> str:
    rows = [line.split("\t") for block in blocks for line in block.text.split("\n") if line.strip()]
    if not rows:
        return ""
    width = max(map(len, rows))
    cells = [
        [escaped(cell.strip()).replace("|", "&#124;") for cell in row] + [""] * (width - len(row))
        for row in rows
    ]
    head, *body = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([head, "|" + " --- |" * width, *body])


def _image(blocks: Sequence[Block]) -> str:
    return "\n\n".join(_line(block) for block in blocks)


_RENDER: dict[str, Callable[[Sequence[Block]], str]] = {
    "paragraph": _paragraphs,
    "heading": _heading,
    "list": _list,
    "quotation": _quotation,
    "verse": _verse,
    "code": _code,
    "table": _table,
    "image": _image,
    "rule": _paragraphs,
}


def _inline(pieces: Sequence[Piece]) -> str:
    """Return styled pieces as one line of Markdown, blanks squeezed and outside the marks."""
    made: list[str] = []
    for link, run in groupby(pieces, key=lambda piece: "" if piece.image else piece.link):
        group = list(run)
        text = "".join(_styled(style, list(same)) for style, same in groupby(group, key=lambda p: p[1:4]))
        address = safe_address(link)
        core = text.strip()
        if address and core and not group[0].image:
            text = text.replace(core, f"[{core}]({address})", 1)
        made.append(text)
    line = re.sub(r"\s+", " ", "".join(made)).strip()
    return (
        _START.sub(_escaped_start, line, count=1)
        if _START.match(line) and not line.startswith("![")
        else line
    )


def _styled(style: tuple[bool, bool, bool], pieces: Sequence[Piece]) -> str:
    pictures = "".join(_picture(piece) for piece in pieces if piece.image)
    text = "".join(piece.text for piece in pieces).replace("\xad", "")
    core = text.strip()
    if not core:
        return text + pictures
    bold, italic, code = style
    if code and "`" not in core:
        inner = f"`{' '.join(core.split())}`"
    else:
        inner = _INLINE.sub(lambda m: _ENTITIES.get(m[0][0], "") or "\\" + m[0], core)
    mark = "*" * (2 * bold + italic)
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{inner}{mark}{tail}{pictures}"


def _picture(piece: Piece) -> str:
    address = safe_address(piece.image)
    alt = _INLINE.sub(lambda m: _ENTITIES.get(m[0][0], "") or "\\" + m[0], " ".join(piece.link.split()))
    return f"![{alt}]({address})" if address else alt


def cut_head(block: Block, length: int) -> Block:
    """Return a block without the first `length` characters of its text, and without their markup."""
    text = block.text[length:].lstrip()
    if block.markup is None:
        return replace(block, text=text)
    left = sum(not c.isspace() and c != "\xad" for c in block.text[: len(block.text) - len(text)])
    pieces: list[Piece] = []
    for piece in block.markup.pieces:
        at = 0
        while left and at < len(piece.text):
            left -= not piece.text[at].isspace() and piece.text[at] != "\xad"
            at += 1
        if at < len(piece.text) or not piece.text:
            pieces.append(piece._replace(text=piece.text[at:]))
    return replace(block, text=text, markup=block.markup._replace(pieces=tuple(pieces)))


def safe_address(address: str) -> str:
    """Return an address as it may stand in Markdown, or nothing where it is not of the web or mail."""
    if not _WEB.match(address):
        return ""
    return _UNSAFE_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), address)

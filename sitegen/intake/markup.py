"""Kept blocks -> the article's body, as Markdown and as plain text.

A page's own characters are text: whatever could be read as Markdown or HTML is escaped, in a way
that Python-Markdown and CommonMark both undo (backslashes where both know them, else entities).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from sitegen.intake.block import Block, Piece
from sitegen.intake.elements import PLAIN

_INLINE = re.compile(r"[\\`*\[\]{}_<&~!=]")  # but some only beside certain others: `_is_mark`
_ENTITY = re.compile(r"#?\w+;")
_MARKED = re.compile(r"=\S")
_START = re.compile(r"([#>+=:~!-]|\d{1,9}(?=[.)](?:\s|$))|\|)")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "|": "&#124;", "=": "&#61;", ":": "&#58;"}
_UNSAFE_ADDRESS = re.compile(r"[\s<>()\"'\\\x00-\x1f]")
_FENCE = re.compile("`{3,}")
_BLANKS = re.compile(r"\n{3,}")
# digits and signs that have raised and lowered forms of their own
_SMALL = {
    "sup": dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)),
    "sub": dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}
_LOCAL = re.compile(r"(?![/.#?]*/|/|[a-z][a-z0-9+.-]*:|[#?])", re.I)
_WEB = re.compile(r"(?:https?://|mailto:)", re.I)


def escaped(text: str) -> str:
    """Return one line of text as Markdown that shows exactly it."""
    text = _plain(text)
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
    said = [block for block in blocks if block.text]
    return "\n\n".join("\n".join(block.text for block in group) for _, group in _grouped(said)).strip()


def as_markdown(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown; lists, tables, quotations, verse and code keep their form."""
    noted = frozenset(block.marker for block in blocks if block.kind == "note")
    return _rendered([_refined(block, noted) for block in blocks])


def _refined(block: Block, noted: frozenset[str]) -> Block:
    """Return a block without the references to footnotes that are not in the text."""
    markup = block.markup
    if markup is None or not any(p.note and p.note not in noted for p in (*markup.pieces, *markup.legend)):
        return block
    known = {*noted, "^"} if block.kind == "note" else noted - {"^"}

    def refined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        return tuple(p if p.note in known else p._replace(note="") for p in pieces)

    cells = tuple(map(refined, markup.cells))
    markup = markup._replace(pieces=refined(markup.pieces), cells=cells, legend=refined(markup.legend))
    return block._replace(markup=markup)


def _rendered(blocks: Sequence[Block], depth: int = 0) -> str:
    """Return blocks as Markdown; those inside one quotation become one, whatever they are."""
    parts = []
    for quote, run in groupby(blocks, key=lambda block: _quote(block, depth)):
        if quote:
            parts.append(
                "\n".join(f"> {line}".rstrip() for line in _rendered(list(run), depth + 1).split("\n"))
            )
        else:
            parts += [_RENDER[kind](group) for kind, group in _grouped(list(run))]
    return "\n\n".join(filter(None, parts)).strip("\n")


def _quote(block: Block, depth: int) -> int:
    """Return the number of the quotation at this depth that a page's block stands in, or 0."""
    quotes = block.markup.quotes if block.markup else ()
    return quotes[depth] if len(quotes) > depth and block.kind != "note" else 0


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
    if before.kind != block.kind or block.kind in ("heading", "image", "code", "rule"):
        return False
    if block.kind == "paragraph":
        # a definition list: its terms, each with what is said of it
        return block.marker == "dd" and before.marker in ("dt", "dd")
    if block.kind == "quotation":
        return block.markup is None
    if block.kind == "table":
        return block.markup is not None and block.level == before.level
    if block.kind == "verse":
        return block.gap == 0
    return True


def _paragraphs(blocks: Sequence[Block]) -> str:
    term, *said = blocks
    return "\n".join([_line(term), *(f":   {_line(block)}" for block in said)])


def _line(block: Block) -> str:
    if block.markup is not None:
        return _inline(block.markup.pieces)
    return "\\\n".join(escaped(line) for line in block.text.split("\n") if line)


def _heading(blocks: Sequence[Block]) -> str:
    return "\n\n".join(f"{'#' * min(6, max(2, block.level or 2))} {_line(block)}" for block in blocks)


def _list(blocks: Sequence[Block]) -> str:
    levels = sorted({block.level or block.indent for block in blocks})
    lines: list[str] = []
    kinds: dict[int, bool] = {}
    for block in blocks:
        depth = min(levels.index(block.level or block.indent), 6)
        numbered = block.marker[:1].isdigit()
        line = _line(block)
        if not block.marker and block.markup is None and lines:
            lines[-1] += f" {line}"  # the rest of an item of which a person dropped a line
            continue
        if not block.marker and block.markup is not None and lines:
            lines.append(f"\n{'    ' * (depth + 1)}{line}\n")
            continue
        if numbered and block.markup is None:
            line = escaped(block.text[len(block.marker) :].strip())
        marker = f"{int(re.sub(r'[^0-9]', '', block.marker) or 1)}." if numbered else "-"
        # a list that changes its marks is another list
        parted = kinds.get(depth, numbered) != numbered and bool(lines)
        kinds = {**{d: k for d, k in kinds.items() if d < depth}, depth: numbered}
        lines.append(("\n" if parted else "") + "    " * depth + f"{marker} {line}")
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")


def _quotation(blocks: Sequence[Block]) -> str:
    if blocks[0].markup is not None:  # the marks are those of the whole quotation
        return _paragraphs(blocks)
    return "\n>\n".join("> " + _line(block).replace("\n", "\n> ") for block in blocks)


def _verse(blocks: Sequence[Block]) -> str:
    return "\\\n".join(_line(block) for block in blocks)


def _code(blocks: Sequence[Block]) -> str:
    made = []
    for block in blocks:
        longest = max((len(run) for run in _FENCE.findall(block.text)), default=2)
        fence = "`" * (longest + 1)
        language = block.markup.language if block.markup else ""
        made.append(f"{fence}{language}\n{block.text}\n{fence}")
    return "\n\n".join(made)


def _table(blocks: Sequence[Block]) -> str:
    rows = [row for block in blocks for row in _cells(block)]
    if not rows:
        return ""
    width = max(map(len, rows))
    head, *body = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * width, *body])


def _cells(block: Block) -> Iterable[list[str]]:
    if block.markup and block.markup.cells:
        yield [_bars(_inline(cell)) for cell in block.markup.cells]
        return
    for line in block.text.split("\n"):
        if line.strip():
            yield [_bars(escaped(cell.strip())) for cell in line.split("\t")]


def _bars(cell: str) -> str:
    return cell.replace("|", "&#124;")


def _image(blocks: Sequence[Block]) -> str:
    made = []
    for block in blocks:
        pieces = block.markup.pieces if block.markup else ()
        shown = _embed(pieces[0]) if block.markup and block.markup.tag == "iframe" else _inline(pieces)
        legend = _inline(block.markup.legend) if block.markup else ""
        made.append("\\\n".join(filter(None, (shown, legend and _leaning(legend)))))
    return "\n\n".join(made)


def _leaning(text: str) -> str:
    """Return a caption in italics, unless it has marks of its own that would end them."""
    return text if "*" in text or text.startswith("_") else f"*{text}*"


def _embed(piece: Piece) -> str:
    address = safe_address(piece.image)
    return f"[{_plain(' '.join(piece.link.split()))}]({address})" if address else ""


def _notes(blocks: Sequence[Block]) -> str:
    """Return footnotes, each with its further paragraphs below it."""
    made = []
    for marker, run in groupby(blocks, key=lambda block: block.marker):
        lines = [_line(block) for block in run]
        made.append("\n\n    ".join([f"[^{marker}]: {lines[0]}", *lines[1:]]))
    return "\n\n".join(made)


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
    "note": _notes,
}


def _inline(pieces: Sequence[Piece]) -> str:
    """Return styled pieces as one line of Markdown, blanks squeezed and outside the marks."""
    if all(piece[1:] == PLAIN for piece in pieces):
        line = _plain(" ".join("".join([piece.text for piece in pieces]).replace("\xad", "").split()))
        return _START.sub(_escaped_start, line, count=1) if _START.match(line) else line
    made: list[str] = []
    for link, run in groupby(pieces, key=lambda piece: "" if piece.image else piece.link):
        group = list(run)
        text = "".join(_styled(style, list(same)) for style, same in groupby(group, key=_style))
        address = safe_address(link)
        core = text.strip()
        if address and core and not group[0].image:
            text = text.replace(core, f"[{core}]({address})", 1)
        made.append(text)
    line = re.sub(r"\s+", " ", "".join(made)).strip()
    is_mark = line.startswith(("![", "[^"))
    return _START.sub(_escaped_start, line, count=1) if _START.match(line) and not is_mark else line


def _style(piece: Piece) -> tuple[bool, bool, bool, str, str]:
    return piece.bold, piece.italic, piece.code, piece.raised, piece.note


def _styled(style: tuple[bool, bool, bool, str, str], pieces: Sequence[Piece]) -> str:
    pictures = "".join(_picture(piece) for piece in pieces if piece.image)
    text = "".join(piece.text for piece in pieces).replace("\xad", "")
    core = text.strip()
    bold, italic, code, raised, note = style
    if note:
        return "" if note == "^" or not core else f"[^{note}]"
    if not core:
        return text + pictures
    small = _SMALL.get(raised)
    if small and len(core) < 8 and all(c in small for c in core):
        return "".join(small[c] for c in core) + pictures
    inner = f"`{' '.join(core.split())}`" if code and "`" not in core else _plain(core)
    mark = "*" * (2 * bold + italic)
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{inner}{mark}{tail}{pictures}"


def _plain(text: str) -> str:
    return _INLINE.sub(_escaped_mark, text)


def _escaped_mark(match: re.Match[str]) -> str:
    mark = match[0]
    return (_ENTITIES.get(mark) or "\\" + mark) if _is_mark(mark, match.string, match.start()) else mark


def _is_mark(mark: str, text: str, at: int) -> bool:
    """Tell whether a character could be read as Markdown or HTML where it stands."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "_":
        return not (before.isalnum() and after.isalnum())
    if mark == "&":
        return _ENTITY.match(text, at + 1) is not None
    if mark == "~":
        return mark in (before, after)
    if mark == "!":
        return after == "["
    return mark != "=" or _MARKED.match(text, at + 1) is not None


def _picture(piece: Piece) -> str:
    address = safe_address(piece.image) or local_address(piece.image)
    alt = _plain(" ".join(piece.link.split()))
    return f"![{alt}]({address})" if address else alt


def cut_head(block: Block, length: int) -> Block:
    """Return a block without the first `length` characters of its text, and without their markup."""
    text = block.text[length:].lstrip()
    if block.markup is None:
        return block._replace(text=text)
    left = sum(not c.isspace() and c != "\xad" for c in block.text[: len(block.text) - len(text)])
    pieces: list[Piece] = []
    for piece in block.markup.pieces:
        at = 0
        while left and at < len(piece.text):
            left -= not piece.text[at].isspace() and piece.text[at] != "\xad"
            at += 1
        if at < len(piece.text) or not piece.text:
            pieces.append(piece._replace(text=piece.text[at:]))
    return block._replace(text=text, markup=block.markup._replace(pieces=tuple(pieces)))


def safe_address(address: str) -> str:
    """Return an address as it may stand in Markdown, or nothing where it is not of the web or mail."""
    if not _WEB.match(address):
        return ""
    return _UNSAFE_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), address)


def local_address(address: str) -> str:
    """Return the address of a file beside the page as it may stand in Markdown, or nothing."""
    address = address.removeprefix("./")
    if not address or not _LOCAL.match(address) or ".." in address.split("/") or "\\" in address:
        return ""
    return _UNSAFE_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), address)

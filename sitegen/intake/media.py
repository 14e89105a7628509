"""Where a page's links and pictures lead: addresses made absolute, and the pictures that came with it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from sitegen.intake.block import Block, Piece
from sitegen.intake.markup import local_address, safe_address
from sitegen.model import Picture

_ENDINGS = (
    (re.compile(rb"\x89PNG\r\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.S), ".webp"),
    (re.compile(rb"....ftypavi[fs]", re.S), ".avif"),
)
# an address that joining leaves as it is
_WHOLE = re.compile(r"https?://[\w.:-]+(?:/[\w./%~+,@!$&'()*=:-]*(?:\?[\w./%~+,@!$&'()*=:-]+)?)?", re.A)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


def ending(content: bytes) -> str:
    """Return the file name's ending for a picture of a kind that a site may show, else ""."""
    return next((name for sign, name in _ENDINGS if sign.match(content)), "")


def located(
    blocks: Sequence[Block], base: str, wanted: Sequence[bool]
) -> tuple[tuple[Block, ...], Mapping[str, Picture]]:
    """Return the blocks, the wanted ones with absolute links and pictures, as far as `base` is known.

    `base` is the page's address. The mapping gives the pictures whose bytes are in the page or may
    lie beside it, by the address that stands for them in the blocks.
    """
    pictures: dict[str, Picture] = {}

    def joined(piece: Piece) -> Piece:
        if piece.image:
            return piece._replace(image=_picture(piece.image, base, pictures))
        return (
            piece._replace(link=located_address(base, piece.link)) if piece.link not in ("", "#") else piece
        )

    pairs = zip(blocks, wanted, strict=True)
    return tuple([_changed(block, joined) if wish else block for block, wish in pairs]), pictures


def _changed(block: Block, change: Callable[[Piece], Piece]) -> Block:
    markup = block.markup
    if markup is None or not any(piece.link or piece.image for piece in (*markup.pieces, *markup.legend)):
        return block
    cells = tuple(tuple(map(change, cell)) for cell in markup.cells)
    pieces, legend = (tuple(map(change, own)) for own in (markup.pieces, markup.legend))
    return block._replace(markup=markup._replace(pieces=pieces, cells=cells, legend=legend))


def located_address(base: str, address: str) -> str:
    """Return an address of a page made absolute, "#" for what is none."""
    if _WHOLE.fullmatch(address):
        return address
    try:
        return str(urljoin(base, address))
    except ValueError:
        return "#"


def _picture(address: str, base: str, pictures: dict[str, Picture]) -> str:
    if address[:5].lower() == "data:":
        content = _content(address)
        kind = ending(content)
        if not kind:
            return ""
        name = f"media/{sha256(content).hexdigest()[:16]}{kind}"
        pictures[name] = Picture(name, None, content)
        return name
    whole = located_address(base, address) if base else address
    if not _ABSOLUTE.match(address) and not address.startswith(("/", "#", "?")):
        written = safe_address(whole) or local_address(whole)
        pictures[whole] = Picture(written, _path(address))
    return whole


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _content(address: str) -> bytes:
    """Return the bytes in a data: address, b"" where they are spoilt."""
    head, _, rest = address.partition(",")
    raw = unquote_to_bytes(rest)
    if not head.lower().rstrip().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()) + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""


def shown(body: Sequence[Block], pictures: Mapping[str, Picture]) -> tuple[Picture, ...]:
    """Return the pictures of a page that its body shows, in order, each once."""
    if not pictures:
        return ()
    found = (pictures.get(p.image) for b in body if b.markup for p in b.markup.pieces if p.image)
    return tuple(dict.fromkeys(picture for picture in found if picture))

"""What an input is if it is no text: told by its first bytes, else by the controls in it."""

from __future__ import annotations

import json
import re

_SIGNS = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"WARC/", "a WARC archive"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"OggS", "a sound"),
    (b"ID3", "a sound"),
)
_TAR = slice(257, 262)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_CONTROLS = bytes((*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_SAMPLE_BYTES = 100_000
_MOST_CONTROLS = 0.05  # of the bytes: a text that was spoilt in transit has a few


def foreign(content: bytes, form: str, encoding: str) -> str | None:
    """Return what an input is if it is no text of an article ("a ZIP archive"), else None.

    `form` and `encoding` are what the reader took it for.
    """
    for sign, what in _SIGNS:
        if content.startswith(sign):
            return what
    if content[_TAR] == b"ustar":
        return "a tar archive"
    if form == "text" and _XML.match(content):
        return "XML of an unknown kind"
    if form == "text" and content[:1] in (b"{", b"[") and _is_json(content):
        return "JSON"
    sample = content[:_SAMPLE_BYTES]
    wide = encoding.startswith(("utf-16", "utf-32"))
    controls = 0 if wide else len(sample) - len(sample.translate(None, _CONTROLS))
    return "no text" if controls > _MOST_CONTROLS * len(sample) else None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True

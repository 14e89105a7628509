r"""Bytes of an input -> its characters, the name of their encoding, and whether they are HTML.

The encoding is decided in this order: byte-order mark; what is valid UTF-8 is UTF-8, whatever a
page says of itself; the page's own declaration; detection, among the encodings that pages and
mail were written in. Control characters, override marks and private-use glyphs (icon fonts) go;
ligatures that OCR leaves become letters. Line breaks become "\n", one for one, so that line
numbers stay those of the input.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from html import unescape
from typing import Literal

from msgspec import Struct

Form = Literal["text", "html", "feed"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^<>]{0,300}?charset|\?xml\b[^<>]{0,200}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
# names that pages use for something wider, after the WHATWG encoding standard
_WIDER = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
_DETECTABLE = [
    "cp1252",
    "cp1250",
    "iso8859_2",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
]
_LATIN = {"cp1250", "iso8859_2", "cp1254", "cp1257"}
_WESTERN = set("éèêëàâáäåãæçîïíìñóôöòøœùúüßÉÈÀÁÄÅÆÇÓÖØÜÚ‘’“”„–—…«»¿¡\xa0°§©")
_ASCII = b"<meta charset> \\x41 \\u0041 &#65; a-b"
_SAMPLE_BYTES = 200_000
_WESTERN_SHARE = 0.04  # of bytes above 0x7f: more than that is hardly a Western European text

_REMOVED = dict.fromkeys((*range(32), 127, 65279, 8203, 8288, 8237, 8238, 65534, 65535))
_SPECIAL = {
    **_REMOVED,
    9: "\t",
    10: "\n",
    11: " ",  # Word's break within a paragraph
    12: "\f",
    0x85: " ",
    0x2028: " ",
    0x2029: " ",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202d\u202e\u2060\ud800-\uf8ff\ufb00-\ufb06\ufeff\ufffe\uffff"
    "\U000f0000-\U0010ffff]"
)
_PLAIN_BYTES = bytes((9, 10, *range(32, 127)))
_PRIVATE = re.compile("[\ud800-\uf8ff\U000f0000-\U0010ffff]+")

_COMMENTS = r"(?:<!--(?:(?!-->).){0,2000}-->\s*)*"
_HTML_START = re.compile(rf"\s*{_COMMENTS}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML_START = re.compile(rf"\s*(?:<\?xml[^<>]{{0,300}}\?>\s*)?{_COMMENTS}<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_XHTML_START = re.compile(r"\s*<\?xml[^<>]{0,300}\?>\s*(?:<!doctype\s+html|<html)\b", re.I)
_TAG = re.compile(
    r"</(?:p|div|span|a|h[1-6]|ul|ol|li|table|tr|td|article|section|main|blockquote|figure|em"
    r"|strong|b|i)\s*>|<br\s*/?>",
    re.I,
)
_BREAK = re.compile(r"[\n\f]")
_REFERENCE = re.compile(r"&(?:#(?:\d{1,8}|x[0-9a-f]{1,7});?|[a-z]\w{1,40};)", re.I)


class Characters(Struct, frozen=True):
    """The text of an input; `unreadable` counts the bytes that stand for no character in it."""

    text: str
    encoding: str
    form: Form
    unreadable: int = 0


def read(content: bytes, form: Literal["text", "html"] | None = None) -> Characters:
    """Return the characters of `content`, with the encoding's name and the form, if not given."""
    text, encoding = _decoded(content)
    text = cleaned(text)
    unreadable = text.count("\ufffd")
    return Characters(text, encoding, form or sniffed(text), unreadable)


def sniffed(text: str) -> Form:
    """Return the form of a text by what stands in it, never by a file's name."""
    head = text[:20_000]
    if _XML_START.match(head):
        return "feed"
    if _HTML_START.match(head) or _XHTML_START.match(head):
        return "html"
    tags = len(_TAG.findall(head))
    lines = [line for line in head.split("\n") if line.strip()]
    marked = sum(line.lstrip()[:1] == "<" for line in lines)
    is_page = tags >= 2 and tags * 400 >= len(head.strip()) and marked * 2 > len(lines)
    return "html" if is_page else "text"


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace"), name
    wide = _without_mark(content)
    if wide:
        return content.decode(wide, "replace"), wide
    if b"\x1b$" in content[:_SAMPLE_BYTES]:
        try:
            return content.decode("iso2022_jp"), "iso-2022-jp"
        except UnicodeDecodeError:
            pass
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(content):
        return content.decode("utf-8", "replace"), "utf-8"
    name = _declared(content) or _detected(content)
    return content.decode(name, "replace"), name


def _without_mark(content: bytes) -> str | None:
    """Return the UTF-16 that a text without a mark shows by its zero bytes, if it does."""
    sample = content[:4000]
    if len(sample) < 8 or sample.count(0) * 3 < len(sample):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 4 * even + 4:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd + 4 else None


def _nearly_utf8(content: bytes) -> bool:
    """Tell whether this is UTF-8 with a few bytes spoilt (cut off, or a stray byte of another)."""
    sample = content[:_SAMPLE_BYTES]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(c > "\x7f" for c in text) - bad > 10 * bad


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content, 0, 8192)
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    name = _WIDER.get(name, name)
    try:
        known = codecs.lookup(name)
        # what a page is written in holds ASCII as it is: no escapes, no domain names' codes
        if _ASCII.decode(name) != _ASCII.decode("ascii"):
            return None
        content[:_SAMPLE_BYTES].decode(name, "ignore")
    except (LookupError, UnicodeError, ValueError):
        return None
    # a page that says UTF-8 and is not (see _decoded) is told by its bytes alone
    return None if known.name.startswith("utf") or not known._is_text_encoding else name


def _detected(content: bytes) -> str:
    sample = content[:_SAMPLE_BYTES]
    high = sum(b > 0x7F for b in sample)
    if high <= _WESTERN_SHARE * len(sample):
        return _western(sample)
    for name in ("cp932", "euc_jp"):
        if _is_japanese(sample, name):
            return name
    # late: detection is rare, and the library costs a fifth of a second to load
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:20_000], cp_isolation=_DETECTABLE, preemptive_behaviour=False).best()
    if best is None or (best.encoding in _LATIN and _is_western(sample)):
        return _western(sample)
    return best.encoding


def _western(sample: bytes) -> str:
    """Return Windows-1252, or Mac Roman where only that puts capitals and signs where they can stand."""
    windows, mac = (_misplaced(sample[:20_000].decode(name, "replace")) for name in ("cp1252", "mac_roman"))
    return "mac_roman" if windows >= 2 and mac * 3 < windows else "cp1252"


def _misplaced(text: str) -> int:
    """Return how many characters outside ASCII stand where none of their kind does: "FermŽ", "gr¸n"."""
    around = zip(f" {text}", text, f"{text[1:]} ", f"{text[2:]}  ", strict=False)
    return sum(_is_misplaced(*four) for four in around if four[1] > "\x7f")


def _is_misplaced(before: str, char: str, after: str, next_but_one: str) -> bool:
    if char.isupper():
        alone = after.isupper() and next_but_one.islower() and not before.isalpha()
        return before.islower() or alone
    if char in "\xa8\xb4\xb8\u02c6\u02dc\ufffd":
        return True
    return not char.isalpha() and before.isalpha() and after.isalpha() and char not in "’·\xad–—"


def _is_japanese(sample: bytes, name: str) -> bool:
    """Tell whether a third of the wide characters that `name` gives are kana, which no other text shows."""
    text = sample.decode(name, "ignore")
    wide = sum(c > "\u2e7f" for c in text)
    return wide > 5 and sum("\u3041" <= c <= "\u30fe" for c in text) > wide / 3


def _is_western(sample: bytes) -> bool:
    """Tell whether nearly all bytes above 0x7f are letters and marks of Western European texts."""
    high = [c for c in sample.decode("cp1252", "replace") if c > "\x7f"]
    return sum(c in _WESTERN for c in high) > 0.9 * len(high)


def spelt(markup: str) -> str:
    """Return markup without what its parser would take for a character that `read` removes or replaces.

    A page can write such a character as a reference (`&#8238;`), which is told only in parsing.
    """
    markup = markup.replace("\f", " ")
    # nearly all pages have but a few different ones, again and again, all of which stay
    if all(_spelt(reference) == reference for reference in set(_REFERENCE.findall(markup))):
        return markup
    return _REFERENCE.sub(lambda m: _spelt(m[0]), markup)


@lru_cache(maxsize=4096)
def _spelt(reference: str) -> str:
    char = unescape(reference)
    plain = cleaned(char)
    # what stays as it is stays a reference: a "<" is one, and a line break is no new line of the source
    return reference if char and plain == char != "\f" else _BREAK.sub(" ", plain)


def cleaned(text: str) -> str:
    """Return text without controls, override marks and glyphs of no script, and with plain line breaks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # by bytes, without the plain ones: a third of the time that the expression takes
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_BYTES)
    if not rest or not _ODD.search(rest.decode("utf-8", "surrogatepass")):
        return text
    return _ODD.sub(lambda m: _plain(m[0]), text)


@lru_cache(maxsize=1024)
def _plain(char: str) -> str:
    """Return what stands for a character that `_ODD` finds, "" for most."""
    if "\x80" <= char <= "\x9f" and char != "\x85":
        # C1 controls are Windows-1252 bytes that went through Latin-1
        char = char.encode("latin-1").decode("cp1252", "ignore")
    return _PRIVATE.sub("", char.translate(_SPECIAL))

"""HTML -> its tree, as lenient as a browser where the parser would lose text."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree, html

from sitegen.intake.read import spelt

_ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
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
_TOO_DEEP = "xcessive depth"
_NO_HOLDERS = "html|head|body|title|script|style|iframe|noframes|textarea|xmp|meta|link|base|img|br|hr|p"
# tags that a page nests too deep; the second only where the first does not help
_HOLDERS = tuple(
    re.compile(rf"</?(?!(?:{kept})[\s/>])([a-z][\w:.-]{{0,40}})(?![\w:.-])[^<>]{{0,4000}}>", re.I)
    for kept in (f"{_NO_HOLDERS}|noscript|template|select|option|h[1-6]", _NO_HOLDERS)
)
_IN_LINES = re.compile(
    r"a|abbr|b|big|cite|code|em|font|i|ins|kbd|label|s|samp|small|span|strike|strong|su[bp]|tt|u", re.I
)
_CLOSED = re.compile(rb"</([a-z]+)")
_EARLY_END = re.compile(r"</(?:html|body)[ \t]*>", re.I)  # what follows one is text all the same
_PARAGRAPHS_OF_A_PAGE = 4  # in a form: more than any form explains itself with


def parsed(text: str) -> html.HtmlElement | None:
    """Return the tree of a page, or None where there is no element in it."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    # the parser of lxml.html asks Python for each element's class, each time that one is looked at
    parser.set_element_class_lookup(_ELEMENTS)
    text = _EARLY_END.sub("", spelt(text))
    content = text.encode("utf-8", "replace")
    source = content.lower()  # of bytes: a tenth of the time
    closed = {name.decode() for name in _CLOSED.findall(source)}
    for tag, start in _RAW.items():
        if tag not in closed and b"<" + tag.encode() in source:
            text = start.sub(lambda m: "\n" * m[0].count("\n"), text)
            content = text.encode("utf-8", "replace")
    try:
        root = html.document_fromstring(content, parser=parser)
        for holder in _HOLDERS:
            if any(_TOO_DEEP in entry.message for entry in parser.error_log):
                # what stands deeper is lost: lay the page flat
                flat = holder.sub(_laid_flat, text)
                root = html.document_fromstring(flat.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    _let_out(root, closed)
    return root


def _laid_flat(tag: re.Match[str]) -> str:
    return ("" if _IN_LINES.fullmatch(tag[1]) else "<br>") + "\n" * tag[0].count("\n")


def _let_out(root: html.HtmlElement, closed: Collection[str]) -> None:
    """Take away what stands around paragraphs and is no part of them: what was never closed, forms."""
    open_ones = [tag for tag in _NEVER_TEXT if tag not in closed]
    for element in tuple(root.iter(*_CLOSED_BY_BLOCKS, *open_ones)):
        if len(element) and next(element.iter(*_BLOCKS_OF_TEXT), None) is not None:
            element.drop_tag()
    for form in root.iter("form"):
        # some servers wrap the whole page in one form
        paragraphs = form.iter("p", "h1", "article", "main")
        if (
            sum(1 for _ in zip(range(_PARAGRAPHS_OF_A_PAGE), paragraphs, strict=False))
            == _PARAGRAPHS_OF_A_PAGE
        ):
            form.tag = "div"

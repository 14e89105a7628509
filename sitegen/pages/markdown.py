"""Markdown of any kind -> safe HTML: the only door to python-markdown and to nh3.

Python-markdown is the dialect that users know; of its extensions only those are on that articles
need (tables, footnotes, fenced code, sane lists, definition lists). Raw HTML is shown as text, and
what comes out goes through nh3 with a short list of allowed elements, after every extension.

Its time grows with the square of the text where one block has very many marks, and a tenth of a
second for each few hundred lists, rows and rules (measured over 80 kinds of repeated marks), so
a text with more of them than any article has is shown as plain text. Counts decide and never a
clock: the same text gives the same page everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape, unescape
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct

from sitegen.pages.body import OUTSIDE, Body, Heading
from sitegen.pages.links import host_of, web_url
from sitegen.pages.views import Media
from sitegen.text import printable, slug, squeeze

EXTENSIONS = ("tables", "footnotes", "fenced_code", "sane_lists", "def_list")
MAX_BRACKETS = 1000  # in one block
MAX_TURNS = 200  # in one block: lines of which each parts it anew
MAX_DEPTH = 60  # of block quotes and lists
MAX_BLOCKS = 10_000
MAX_ROWS = 10_000  # lines of lists, quotations and tables
MAX_FENCES = 1000
MAX_WORK = 500_000_000  # marks times characters, summed over the blocks: half a second
_BLANK = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"[\\`*_!<&]")
_TURN = re.compile(
    r"^[ \t]*(?:#|:[ \t]|[=-]+[ \t]*$|(?:[-*_][ \t]*){3,}$|(?:[-+*]|\d{1,9}[.)])[ \t]*$)", re.MULTILINE
)
_ROW = re.compile(r"^[ \t]*(?:[-+*>:|]|\d{1,9}[.)])|\|", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_DEEP = re.compile(rf"^(?:[ \t]*(?:[>*+-]|\d{{1,9}}[.)])){{{MAX_DEPTH}}}", re.MULTILINE)
_FOOTNOTE = re.compile(r"#?(fn|fnref)(\d*):(.*)", re.DOTALL)
_STASHED = re.compile("\x02wzxhzdk:(\\d+)\x03")  # where python-markdown has put a fenced block aside
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_HOLDERS = ("ul", "ol", "blockquote", "dl")
_ALIGNED = {"left": "", "center": "centre", "right": "right"}

_TAGS = (
    frozenset(
        {"blockquote", "dd", "div", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"}
    )
    | frozenset({"a", "br", "code", "del", "em", "img", "s", "span", "strong", "sub", "sup", "ul"})
    | frozenset({"table", "tbody", "td", "tfoot", "th", "thead", "tr"})
)
_ATTRIBUTES = {
    **{
        tag: {"id"}
        for tag in ("blockquote", "dl", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "sup", "table", "ul")
    },
    "a": {"href", "rel", "class", "role", "aria-label"},
    "div": {"id", "class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "li": {"id"},
    "ol": {"id", "start"},
    "td": {"class"},
    "th": {"class", "scope"},
}


class _Job(Struct, frozen=True):
    """What one text needs to find its way: its links and images, and what leads up to the root."""

    links: Mapping[str, str]
    media: Mapping[str, Media]
    root: str


def whole_body(text: str, *, links: Mapping[str, str], media: Mapping[str, Media], root: str) -> Body:
    """Return any Markdown as safe HTML; text that would cost too much is given as plain paragraphs."""
    if is_costly(text):
        return plain_body(text)
    try:
        return _engine().read(text, _Job(links, media, root))
    except RecursionError:
        return plain_body(text)


def is_costly(text: str) -> bool:
    """Return whether python-markdown would take more than a moment for this text."""
    blocks = _BLANK.split(text)
    return (
        len(blocks) > MAX_BLOCKS
        or _count(_FENCE, text) > MAX_FENCES
        or _count(_ROW, text) > MAX_ROWS
        or any(b.count("[") > MAX_BRACKETS for b in blocks)
        or any(_count(_TURN, b) > MAX_TURNS for b in blocks)
        or sum(len(b) * _count(_MARK, b) for b in blocks) > MAX_WORK
        or _DEEP.search(text) is not None
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def plain_body(text: str) -> Body:
    """Return a text as escaped paragraphs, with the same ids as the rendered one would have."""
    blocks = [b.strip("\n") for b in _BLANK.split(printable(text)) if b.strip()]
    html = "\n".join(f'<p id="p{n}">{escape(b, quote=False)}</p>' for n, b in enumerate(blocks, 1))
    return Body(html, blocks=tuple((f"p{n}", b) for n, b in enumerate(blocks, 1)), plain=True)


class _Engine:
    """python-markdown and nh3 set up once; `read` is a function of its arguments alone."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            extensions=list(EXTENSIONS),
            extension_configs={"tables": {"use_align_attribute": True}, "footnotes": {"BACKLINK_TEXT": "↑"}},
            output_format="html",
        )
        self._markdown.preprocessors.deregister("html_block")
        for name in ("html", "entity", "automail"):
            self._markdown.inlinePatterns.deregister(name)
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS),
            clean_content_tags=set(),
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            url_schemes={"http", "https"},
            link_rel=None,
        )
        self._last = _Last(self._markdown)
        self._markdown.treeprocessors.register(self._last, "sitegen", -10)

    def read(self, text: str, job: _Job) -> Body:
        self._last.job, self._last.tree = job, None
        html = self._markdown.reset().convert(text)
        tree = self._last.tree
        clean = self._cleaner.clean(html)
        if tree is None:  # an empty text never reaches the tree
            return Body(clean)
        return Body(clean, tuple(tree.headings), tuple(tree.blocks), tuple(tree.outside))


@cache
def _engine() -> _Engine:
    return _Engine()


class _Last(Treeprocessor):
    """The last step over the tree: it starts a fresh `_Tree` for each text."""

    job = _Job({}, {}, "")
    tree: _Tree | None = None

    def run(self, root: Element) -> None:
        self.tree = _Tree(self.job, self.md.htmlStash.rawHtmlBlocks)
        self.tree.finish(root)


class _Tree:
    """One text's tree on its way out: links checked, headings put in order, blocks numbered."""

    def __init__(self, job: _Job, code: Sequence[object]) -> None:
        self.headings: list[Heading] = []
        self.blocks: list[tuple[str, str]] = []
        self.outside: list[str] = []
        self._job, self._code = job, code
        self._notes: dict[str, int] = {}
        self._anchors: dict[str, str] = {}

    def finish(self, root: Element) -> None:
        levels = [_HEADINGS[e.tag] for e in root.iter() if e.tag in _HEADINGS]
        self._shift = 2 - min(levels) if levels else 0
        self._level = 1
        for element in root.iter():
            if element.tag in _HEADINGS:
                self._heading(element)
        self._number(root)
        self._walk(root, inside_link=False)

    def _heading(self, element: Element) -> None:
        level = min(_HEADINGS[element.tag] + self._shift, self._level + 1, 6)
        self._level = max(level, 2)
        element.tag = f"h{self._level}"
        element.attrib.clear()

    def _walk(self, element: Element, *, inside_link: bool) -> None:
        for child in element:
            note = _FOOTNOTE.fullmatch(child.get("id", ""))
            if note:
                child.set("id", self._note_id(note))
            if child.tag == "a":
                self._link(child)
            elif child.tag == "img":
                self._image(child, inside_link=inside_link)
            elif child.tag in ("td", "th"):
                self._cell(child)
            self._walk(child, inside_link=inside_link or child.tag == "a")

    def _link(self, element: Element) -> None:
        given = unescape(element.get("href", ""))
        note = _FOOTNOTE.fullmatch(given) if given.startswith("#") else None
        footnote_class = element.get("class", "")
        element.attrib.clear()
        if note:
            element.set("href", "#" + self._note_id(note))
            element.set("class", footnote_class)
        elif given in self._job.links:
            element.set("href", self._job.root + self._job.links[given])
        elif given.startswith("#") and slug(given[1:]) in self._anchors:
            element.set("href", f"#{self._anchors[slug(given[1:])]}")
        elif address := web_url(given):
            element.set("href", address)
            element.set("rel", OUTSIDE)
            self.outside.append(address)
        else:
            element.tag = "span"

    def _note_id(self, note: re.Match[str]) -> str:
        number = self._notes.setdefault(note.group(3), len(self._notes) + 1)
        return f"{note.group(1)}{note.group(2)}-{number}"

    def _image(self, element: Element, *, inside_link: bool) -> None:
        given, words = unescape(element.get("src", "")), element.get("alt", "")
        image = self._job.media.get(given)
        element.attrib.clear()
        if image:
            element.set("src", self._job.root + image.url)
            element.set("alt", words)
            if image.width and image.height:
                element.set("width", str(image.width))
                element.set("height", str(image.height))
            element.set("loading", "lazy")
            return
        element.tag, element.text = "span", words
        address = web_url(given)
        if address and not inside_link:
            # a picture that lies elsewhere would tell its host who reads this page
            element.tag, element.text = "a", words or host_of(address)
            element.set("href", address)
            element.set("rel", OUTSIDE)
            self.outside.append(address)

    def _cell(self, element: Element) -> None:
        side = _ALIGNED.get(element.attrib.pop("align", ""), "")
        if side:
            element.set("class", side)
        if element.tag == "th":
            element.set("scope", "col")

    def _number(self, root: Element) -> None:
        count = 0
        for child in root:
            if child.get("class") == "footnote":
                continue
            fenced = _STASHED.fullmatch(child.text or "") if not len(child) else None
            if fenced:
                count += str(self._code[int(fenced.group(1))]).count("\n\n") + 1
                continue
            if child.tag not in ("hr", "div"):
                self._name(child, f"p{count + 1}")
                for offset, inner in enumerate(_further_blocks(child)):
                    inner.set("id", f"p{count + 2 + offset}")
            count += 1 + len(_further_blocks(child))

    def _name(self, block: Element, name: str) -> None:
        text = squeeze("".join(block.itertext()))
        block.set("id", name)
        self.blocks.append((name, text))
        if block.tag in _HEADINGS:
            self.headings.append(Heading(_HEADINGS[block.tag], name, text))
            self._anchors.setdefault(slug(text), name)


def _further_blocks(element: Element) -> list[Element]:
    """Return the paragraphs inside an element that are blocks of their own, but for the first."""
    return [e for e in element.iter() if e.tag == "p"][1:] if element.tag in _HOLDERS else []

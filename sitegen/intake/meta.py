"""What the head of a page and its structured data say: title, dates, authors, publisher, address."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from sitegen.dates import parse_date
from sitegen.intake.fields import authors_in, same
from sitegen.model import Date, Found
from sitegen.text import squeeze

_ARTICLE_TYPES = re.compile(
    r"Article|BlogPosting|Report|LiveBlog|WebPage|SocialMediaPosting|Review|Recipe|HowTo"
)
_STRONG_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog")
_MAX_JSON = 2_000_000
_MAX_NODES = 5_000
_TAIL = re.compile(r"\s+(?:[|–—·•»:]|-{1,2}|::|//|~)\s+")
_NO_NAME = re.compile(
    r"https?:|www\.|@\w+$|\.com\b|^admin$|^editor$|^unknown$|^undefined$|^author$|^guest$|^null$|^none$", re.I
)
_NO_BYLINE = re.compile(
    r"says\b|\d|@|editorial|guideline|process|written by$|updated|subscribe|read more|about the|view all"
    r"|posts by|^by$|^von$",
    re.I,
)
_AND_NAMES = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*")
_ISO = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself; `metas` are its meta elements by name, the first of each kept."""

    metas: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    nodes: tuple[Mapping[str, Any], ...] = ()
    title: tuple[str, int] | None = None
    headings: tuple[tuple[str, int], ...] = ()
    canonical: str | None = None
    lang: str | None = None
    times: tuple[tuple[str, int], ...] = ()
    author_links: tuple[tuple[str, int], ...] = ()


def read_meta(root: HtmlElement) -> Meta:
    """Return what the page's head, structured data and marked-up dates and authors say."""
    metas: dict[str, tuple[str, int]] = {}
    for element in root.iter("meta"):
        key = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").lower().strip()
        )
        value = squeeze(element.get("content") or "")
        if key and value:
            metas.setdefault(key, (value, element.sourceline or 0))
    titles = [
        e for e in root.iter("title") if e.getparent() is not None and e.getparent().tag in ("head", "html")
    ]
    canonical = next(
        (e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower()), None
    )
    return Meta(
        metas=metas,
        nodes=tuple(_nodes(root)),
        title=_text_of(titles[0]) if titles else None,
        headings=tuple(filter(None, (_text_of(e) for e in root.iter("h1")))),
        canonical=(canonical or "").strip() or None,
        lang=(root.get("lang") or root.get("xml:lang") or "").strip() or None,
        times=tuple(_times(root)),
        author_links=tuple(_author_links(root)),
    )


def _text_of(element: HtmlElement) -> tuple[str, int] | None:
    text = squeeze("".join(element.itertext()))
    return (text, element.sourceline or 0) if text and len(text) < 1000 else None


def _times(root: HtmlElement) -> Iterator[tuple[str, int]]:
    for element in root.iter("time", "abbr", "span", "meta"):
        if element.tag == "time" or "datePublished" in (element.get("itemprop") or ""):
            value = (
                element.get("datetime") or element.get("content") or squeeze("".join(element.itertext()))[:60]
            )
            if value:
                yield value.strip(), element.sourceline or 0


def _author_links(root: HtmlElement) -> Iterator[tuple[str, int]]:
    for element in root.iter("a", "span", "div", "p", "address"):
        names = element.get("class") or ""
        marked = element.get("rel") == "author" or "author" in (element.get("itemprop") or "")
        if marked or (
            names
            and re.search(r"(?:^|[\s_-])(?:byline|author-?_?name|author)(?:[\s_-]|$)", names[:200], re.I)
        ):
            found = _text_of(element)
            if found and len(found[0]) < 120:
                yield found


def _nodes(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of the page's JSON-LD that describe an article, the strongest types first."""
    found: list[Mapping[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MAX_JSON:
            continue
        try:
            loaded = json.loads(script.text.strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        found += _objects(loaded)
    typed = [node for node in found if _ARTICLE_TYPES.search(str(node.get("@type")))]
    yield from sorted(typed, key=lambda node: not _STRONG_TYPES.search(str(node.get("@type"))))


def _objects(loaded: Any) -> list[Mapping[str, Any]]:
    waiting: list[Any] = [loaded]
    found: list[Mapping[str, Any]] = []
    while waiting and len(found) < _MAX_NODES:
        value = waiting.pop(0)
        if isinstance(value, dict):
            found.append(value)
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
        elif isinstance(value, list):
            waiting += value[:_MAX_NODES]
    return found


def _of_nodes(meta: Meta, *keys: str) -> str | None:
    for node in meta.nodes:
        for key in keys:
            value = node.get(key)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str) and value.strip():
                return squeeze(entities.unescape(value))
    return None


def page_title(meta: Meta, *, site: str | None) -> Found[str] | None:
    """Return the title: a heading that the head's title repeats, else the head's without its tail."""
    said = [
        (value, line, rule)
        for rule, (value, line) in (
            ("og:title", meta.metas.get("og:title", ("", 0))),
            ("twitter:title", meta.metas.get("twitter:title", ("", 0))),
            ("json-ld", (_of_nodes(meta, "headline", "name") or "", 0)),
            ("title", meta.title or ("", 0)),
        )
        if value
    ]
    for heading, line in meta.headings:
        for value, _, rule in said:
            if same(heading, value) or _starts(value, heading):
                return Found(heading, heading, line, f"h1-{rule}")
    if len(meta.headings) == 1 and 3 <= len(meta.headings[0][0].split()) <= 30:
        heading, line = meta.headings[0]
        if not site or not same(heading, site):
            return Found(heading, heading, line, "h1")
    for value, line, rule in said:
        cut = without_tail(value, site=site)
        return Found(cut, value, line or None, rule)
    return None


def _starts(value: str, heading: str) -> bool:
    return len(heading) > 12 and value.casefold().startswith(heading.casefold())


def without_tail(title: str, *, site: str | None = None, tail: str | None = None) -> str:
    """Return a title without the publisher's name at its end: "Headline | The Paper"."""
    if tail and title.endswith(tail):
        return title[: -len(tail)].rstrip(" |-–—·•")
    parts = _TAIL.split(title)
    if len(parts) < 2:
        return title
    marks = _TAIL.findall(title)
    if site and same(parts[-1], site):
        return title[: title.rfind(marks[-1])]
    last = parts[-1].split()
    if marks[-1].strip() in ("|", "·", "•", "»", "–", "—", "-") and len(last) <= 4:
        rest = title[: title.rfind(marks[-1])]
        return rest if len(rest.split()) >= 3 and len(rest) > len(parts[-1]) else title
    return title


def page_date(meta: Meta, *, lang: str | None, day_first: bool | None) -> Found[Date] | None:
    """Return the publication date from structured data, meta elements or marked-up times."""
    said: list[tuple[str, int, str]] = []
    published = _of_nodes(meta, "datePublished", "dateCreated", "uploadDate")
    if published:
        said.append((published, 0, "json-ld"))
    said += [(*meta.metas[key], key) for key in _DATE_METAS if key in meta.metas]
    said += [
        (value, line, "time") for value, line in meta.times[:3] if _ISO.match(value) or len(meta.times) == 1
    ]
    doubtful: Found[Date] | None = None
    for value, line, rule in said:
        date = parse_date(value, lang=lang, day_first=day_first)
        if date and len(date.date) == 10:
            found = Found(date, value, line or None, rule)
            if not date.ambiguous:
                return found
            doubtful = doubtful or found
    return doubtful


_DATES = """
article:published_time og:article:published_time datepublished date pubdate publishdate publish-date
publish_date dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created sailthru.date
parsely-pub-date citation_publication_date citation_date article.published og:published_time
published_time published article:published originalpublicationdate displaydate
cxenseparse:recs:publishtime weibo:article:create_at bt:pubdate dc.date.created created
"""
_DATE_METAS = tuple(_DATES.split())
_AUTHORS = """author article:author parsely-author sailthru.author dc.creator dcterms.creator citation_author
    byl     twitter:creator_name"""
_AUTHOR_METAS = tuple(_AUTHORS.split())


def page_authors(meta: Meta) -> Found[tuple[str, ...]] | None:
    """Return the authors from structured data, meta elements or marked-up bylines."""
    for node in meta.nodes:
        names = _person_names(node.get("author") or node.get("creator"))
        if names:
            return Found(names, ", ".join(names), None, "json-ld")
    for key in _AUTHOR_METAS:
        value, line = meta.metas.get(key, ("", 0))
        names = said_names(value)
        if names:
            return Found(names, value, line, key)
    for value, line in meta.author_links:
        names = () if _NO_NAME.search(value) or _NO_BYLINE.search(value) else authors_in(value)
        if names and len(value.split()) <= 12:
            return Found(names, value, line, "marked-author")
    return None


def said_names(value: str) -> tuple[str, ...]:
    """Return the names in a field that holds nothing but names, written as the page writes them."""
    plain = squeeze(entities.unescape(value))
    plain = re.sub(r"^(?:by|von|par|por)\s+", "", plain, flags=re.I)
    parts = [part for part in _AND_NAMES.split(plain) if part]
    several = len(parts) > 1 and all(len(part.split()) >= 2 for part in parts)
    names = parts if several else [plain]
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) < 80 and not _NO_NAME.search(name)))


def _person_names(value: Any) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    names: list[str] = []
    for person in people[:20]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, list) and name:
            name = name[0]
        if isinstance(name, str):
            names += said_names(name)
    return tuple(dict.fromkeys(names))


def page_site(meta: Meta) -> Found[str] | None:
    """Return the publisher's name."""
    if "og:site_name" in meta.metas:
        value, line = meta.metas["og:site_name"]
        return Found(value, value, line, "og:site_name")
    for node in meta.nodes:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return Found(squeeze(entities.unescape(name)), name, None, "json-ld")
    if "application-name" in meta.metas:
        value, line = meta.metas["application-name"]
        return Found(value, value, line, "application-name")
    return None


def page_address(meta: Meta) -> Found[str] | None:
    """Return the page's own address, where it gives an absolute one."""
    for value, rule in (
        (meta.canonical, "canonical"),
        (meta.metas.get("og:url", ("", 0))[0], "og:url"),
        (_of_nodes(meta, "url") or "", "json-ld"),
    ):
        if value and re.match(r"https?://[^\s<>\"]+\Z", value):
            return Found(value, value, None, rule)
    return None

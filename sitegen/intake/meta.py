"""What the head of a page and its structured data say: title, dates, authors, publisher, address."""

from __future__ import annotations

import html as entities
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement
from msgspec import Struct, field

from sitegen.dates import parse_date
from sitegen.intake.fields import same
from sitegen.intake.read import cleaned
from sitegen.model import Date, Found
from sitegen.text import squeeze

_ARTICLE_TYPES = re.compile(
    r"Article|BlogPosting|Report|LiveBlog|WebPage|SocialMediaPosting|Review|Recipe|HowTo"
)
_STRONG_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog")
_MAX_JSON = 2_000_000
_MAX_NODES = 5_000
_TAIL = re.compile(r"\s+(?:[|–—·•»:]|-{1,2}|::|//|~)\s+")
_ISO = re.compile(r"\d{4}-\d{2}")
_HOME = re.compile(r"(?:https?://[^/\s]+)?/?(?:index\.\w+)?|\.{1,2}/?", re.I)
_CERTAIN = ("date-line:", "published:")
_UPDATED = "updated:"
_DATED_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)/")


class Meta(Struct, frozen=True):
    """What a page says of itself; `metas` are its meta elements by name, the first of each kept."""

    metas: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    nodes: tuple[Mapping[str, Any], ...] = ()
    title: tuple[str, int] | None = None
    headings: tuple[tuple[str, int], ...] = ()
    canonical: str | None = None
    lang: str | None = None
    times: tuple[tuple[str, int], ...] = ()


def read_meta(root: HtmlElement) -> Meta:
    """Return what the page's head, structured data and marked-up dates say."""
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
        headings=tuple(filter(None, (_text_of(e) for e in root.iter("h1") if not _leads_home(e)))),
        canonical=(canonical or "").strip() or None,
        lang=(root.get("lang") or root.get("xml:lang") or "").strip() or None,
        times=tuple(_times(root)),
    )


def _text_of(element: HtmlElement) -> tuple[str, int] | None:
    text = squeeze("".join(element.itertext()))
    return (text, element.sourceline or 0) if text and len(text) < 1000 else None


def head_texts(root: HtmlElement) -> Iterator[tuple[int, str]]:
    """Yield the page's <title> texts with their lines: text outside script and style, but no block."""
    for element in root.iter("title"):
        parent = element.getparent()
        if element.text and parent is not None and parent.tag == "head":
            yield element.sourceline or 0, " ".join(element.text.split())


def _leads_home(heading: HtmlElement) -> bool:
    """Tell whether a heading is the site's name: it is a link to the site's first page."""
    link = next(heading.iter("a"), None)
    if link is None:
        above = heading.getparent()
        link = above if above is not None and above.tag == "a" else None
    return link is not None and bool(_HOME.fullmatch((link.get("href") or "").strip()))


def _times(root: HtmlElement) -> Iterator[tuple[str, int]]:
    for element in root.iter("time", "abbr", "span", "meta"):
        if element.tag == "time" or "datePublished" in (element.get("itemprop") or ""):
            value = (
                element.get("datetime") or element.get("content") or squeeze("".join(element.itertext()))[:60]
            )
            if value:
                yield value.strip(), element.sourceline or 0


def _nodes(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of the page's JSON-LD that describe an article, the strongest types first."""
    found: list[Mapping[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MAX_JSON:
            continue
        try:
            loaded = json.loads(script.text.strip(), strict=False, object_pairs_hook=_plain)
        except (ValueError, RecursionError):
            continue
        found += _objects(loaded)
    typed = [node for node in found if _ARTICLE_TYPES.search(str(node.get("@type")))]
    yield from sorted(typed, key=lambda node: not _STRONG_TYPES.search(str(node.get("@type"))))


def _plain(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON with its texts as `read` would have them: an escape may name any character."""
    return {key: [*map(_plain_text, v)] if isinstance(v, list) else _plain_text(v) for key, v in pairs}


def _plain_text(value: Any) -> Any:
    return cleaned(value) if isinstance(value, str) else value


def _objects(loaded: Any) -> list[Mapping[str, Any]]:
    waiting: deque[Any] = deque([loaded])
    found: list[Mapping[str, Any]] = []
    while waiting and len(found) < _MAX_NODES:
        value = waiting.popleft()
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
                return squeeze(cleaned(entities.unescape(value)))
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


def page_date(
    meta: Meta, printed: Found[Date] | None, *, lang: str | None, day_first: bool | None
) -> Found[Date] | None:
    """Return the publication date: what the page says of itself, or the line `printed` by its title.

    The earlier one, where the line surely says when the page came out: many publishers renew the
    former whenever they touch a page, and give it in UTC, which may be the next day. A line that
    says when a page was updated does not say when it came out.
    """
    said = _said_date(meta, lang=lang, day_first=day_first)
    if printed and printed.rule.startswith(_UPDATED):
        printed = None
    if said is None:
        return printed or _address_date(meta)
    sure = printed and printed.rule.startswith(_CERTAIN) and len(printed.value.date) == 10
    return printed if sure and printed and printed.value.date < said.value.date else said


def _address_date(meta: Meta) -> Found[Date] | None:
    """Return the day that the page's own address carries: ".../2018/02/07/name/"."""
    address = page_address(meta)
    found = _DATED_ADDRESS.search(address.value) if address else None
    date = parse_date("-".join(found.groups())) if found else None
    return Found(date, found[0], None, "address") if date and found else None


def _said_date(meta: Meta, *, lang: str | None, day_first: bool | None) -> Found[Date] | None:
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


def page_site(meta: Meta) -> Found[str] | None:
    """Return the publisher's name."""
    if "og:site_name" in meta.metas:
        value, line = meta.metas["og:site_name"]
        return Found(value, value, line, "og:site_name")
    for node in meta.nodes:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return Found(squeeze(cleaned(entities.unescape(name))), name, None, "json-ld")
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

"""Atom feeds: one of everything that arrives, one for each topic and each actor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from sitegen.archive.library import Entry
from sitegen.pages.links import root_of
from sitegen.pages.markdown import Body
from sitegen.pages.page import Context, Page, arrivals
from sitegen.pages.terms import SORTS
from sitegen.pages.views import FeedEntry, FeedView
from sitegen.pages.words import say

ENTRIES = 20
_NO_DATE = "1970-01-01T00:00:00Z"  # Atom wants a moment; there is none
_CLOCK = re.compile(r"(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_pages(context: Context) -> Iterator[Page]:
    """Yield the feed of all articles, and those of topics and actors."""
    library, title = context.library, context.config.title
    yield _page(context, title, "", library.entries)
    for sort in SORTS:
        if sort.feed:
            for identity, entries in sort.entries(library).items():
                term = sort.term(library, identity)
                yield _page(context, f"{term.name} · {title}", term.url, entries)


def _page(context: Context, title: str, url: str, entries: Sequence[Entry]) -> Page:
    newest = arrivals(entries, ENTRIES)
    full = context.config.feeds == "full"
    return Page(
        path=f"{url}feed.xml",
        kind="feed",
        template="",
        digest=context.digest(
            "feed",
            title,
            url,
            context.digest_entries(newest),
            [[context.library.topics[i].name for i in e.topics] for e in newest],
            [e.facts.digest for e in newest] if full else None,
        ),
        make=partial(_view, context, title, url, newest),
        bodies=tuple(e.key for e in newest) if full else (),
    )


def _view(context: Context, title: str, url: str, newest: Sequence[Entry]) -> FeedView:
    base = context.config.base_url
    found = tuple(_entry(context, e) for e in newest)
    return FeedView(
        id=f"{base}/{url}" if base else _urn(f"{context.config.title}/{url}"),
        title=title,
        url=f"{url}feed.xml",
        page=url,
        updated=max((e.updated for e in found), default=_NO_DATE),
        entries=found,
        full=context.config.feeds == "full",
    )


def _entry(context: Context, entry: Entry) -> FeedEntry:
    front, base = entry.facts.front, context.config.base_url
    published = moment(entry.date) if len(entry.date) >= 10 else ""
    return FeedEntry(
        id=f"{base}/{entry.key}/" if base else _urn(f"{context.config.title}/{entry.key}/"),
        card=entry.card,
        updated=moment(front.added or entry.date),
        published=published,
        authors=front.authors,
        topics=tuple(context.library.topics[i].name for i in entry.topics),
    )


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, name).urn


def moment(date: str) -> str:
    """Return ISO text of any precision as RFC 3339; what is unknown is midnight, the first, UTC."""
    if not date:
        return _NO_DATE
    day, _, time = date.partition("T")
    day = f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]
    clock = _CLOCK.match(time)
    if not clock:
        return f"{day}T00:00:00Z"
    return f"{day}T{clock.group(1)}{clock.group(2) or ':00'}{clock.group(3) or 'Z'}"


# --- writing ----------------------------------------------------------------------------------------


def atom(view: FeedView, bodies: Mapping[str, Body], *, base_url: str, author: str, site: str) -> str:
    """Return a feed's XML.

    Without a base address there is nothing to link to in full: entries then carry their text with
    a relative link in it, which readers resolve against the feed's own address.
    """
    root = root_of(view.url)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_text(view.id)}</id>",
        f"<title>{_text(view.title)}</title>",
        f"<updated>{view.updated}</updated>",
        f"<author><name>{_text(author or site)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_attribute(_full(base_url, view.url, root))}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(_full(base_url, view.page, root))}/>',
    ]
    for entry in view.entries:
        lines += _entry_lines(entry, bodies.get(entry.card.key), base_url, root, full=view.full)
    return "\n".join([*lines, "</feed>", ""])


def _full(base_url: str, url: str, root: str) -> str:
    return f"{base_url}/{url}" if base_url else f"{root}{url}"


def _entry_lines(entry: FeedEntry, body: Body | None, base_url: str, root: str, *, full: bool) -> list[str]:
    card = entry.card
    address = _full(base_url, f"{card.key}/", root)
    lines = [
        "<entry>",
        f"<id>{_text(entry.id)}</id>",
        f"<title>{_text(card.title)}</title>",
        f"<updated>{entry.updated}</updated>",
    ]
    if entry.published:
        lines.append(f"<published>{entry.published}</published>")
    if base_url:
        lines.append(f'<link rel="alternate" type="text/html" href={_attribute(address)}/>')
    lines += [f"<author><name>{_text(name)}</name></author>" for name in entry.authors]
    lines += [f"<category term={_attribute(name)}/>" for name in entry.topics]
    if full and body is not None:
        lines.append(f'<content type="html">{_text(_moved(body.html, card.key, base_url, root))}</content>')
    elif base_url:
        lines.append(f"<summary>{_text(card.summary)}</summary>")
    else:
        link = f"<p><a href={_attribute(address)}>{_text(say('article'))}</a></p>"
        lines.append(f'<content type="html">{_text(f"<p>{_text(card.summary)}</p>{link}")}</content>')
    return [*lines, "</entry>"]


def _moved(html: str, key: str, base_url: str, root: str) -> str:
    """Return an article's HTML with links that work from the feed instead of from its page."""
    there = f"{base_url}/" if base_url else root
    for name in ("href", "src"):
        html = html.replace(f'{name}="{root_of(key + "/")}', f'{name}="{there}')
    return html


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("�", words))


def _attribute(words: str) -> str:
    return quoteattr(_NOT_XML.sub("�", words))

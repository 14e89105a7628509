"""Atom feeds: one of everything that arrives, one for each topic and each actor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from uuid import NAMESPACE_URL, uuid5

from sitegen.archive.library import Entry
from sitegen.pages.body import Body
from sitegen.pages.links import root_of
from sitegen.pages.page import Context, Page, arrivals
from sitegen.pages.targets import NO_TARGETS, Targets
from sitegen.pages.terms import SORTS
from sitegen.pages.views import FeedEntry, FeedView
from sitegen.pages.words import say
from sitegen.text import printable

ENTRIES, TERM_ENTRIES = 20, 10
_NO_DATE = "1970-01-01T00:00:00Z"  # Atom wants a moment; there is none
_MOMENT = re.compile(
    r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])"
    r"(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)


def feed_pages(context: Context) -> Iterator[Page]:
    """Yield the feed of all articles, and those of topics and actors."""
    library, title = context.library, context.config.title
    yield _page(context, title, "", [library.entries[at] for at in arrivals(library.entries, ENTRIES)])
    for sort in SORTS:
        if sort.feed:
            for identity, entries in sort.entries(library).items():
                if not context.plans(sort.kind, identity):
                    continue
                term = sort.term(library, identity)
                last = partial(arrivals, entries, TERM_ENTRIES)
                newest = [entries[at] for at in context.recall("newest", sort.kind, identity, last)]
                yield _page(context, f"{term.name} · {title}", term.url, newest)


def _page(context: Context, title: str, url: str, newest: Sequence[Entry]) -> Page:
    full = context.config.feeds == "full"
    return Page(
        path=f"{url}feed.xml",
        kind="feed",
        template="",
        digest=context.digest(
            "feed",
            title,
            url,
            context.digest_cards(newest),
            [(e.added, e.authors) for e in newest],
            [[context.library.topics[i].name for i in e.topics] for e in newest],
            [(e.text, *_local(context, e).parts()) for e in newest] if full else None,
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
        root=f"{base}/" if base else root_of(f"{url}feed.xml"),
        updated=max((e.updated for e in found), default=_NO_DATE),
        entries=found,
        full=context.config.feeds == "full",
    )


def _local(context: Context, entry: Entry) -> Targets:
    return context.targets_of(entry.path, entry.key, entry.links)


def _entry(context: Context, entry: Entry) -> FeedEntry:
    base = context.config.base_url
    local = _local(context, entry) if context.config.feeds == "full" else NO_TARGETS
    published = moment(entry.date) if len(entry.date) >= 10 else ""
    return FeedEntry(
        id=f"{base}/{entry.key}/" if base else _urn(f"{context.config.title}/{entry.key}/"),
        card=entry.card,
        updated=moment(entry.added or entry.date),
        published=published,
        authors=entry.authors,
        topics=tuple(context.library.topics[i].name for i in entry.topics),
        links=local.links,
        media=local.media,
    )


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode()).urn


def moment(date: str) -> str:
    """Return ISO text of any precision as RFC 3339; what is unknown is midnight, the first, UTC.

    Text that is no date gives the beginning of 1970.
    """
    found = _MOMENT.fullmatch(date)
    if not found:
        return _NO_DATE
    year, month, day, clock, seconds, offset = found.groups()
    return f"{year}-{month or '01'}-{day or '01'}T{clock or '00:00'}{seconds or ':00'}{offset or 'Z'}"


# --- writing ----------------------------------------------------------------------------------------


def atom(view: FeedView, bodies: Mapping[str, Body], *, author: str) -> str:
    """Return a feed's XML; `bodies` by key, for whole texts.

    Without a base address there is nothing to link to in full: entries then carry a text with a
    relative link in it, which readers resolve against the feed's own address.
    """
    own, page = _attribute(view.root + view.url), _attribute(view.root + view.page)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_text(view.id)}</id>",
        f"<title>{_text(view.title)}</title>",
        f"<updated>{view.updated}</updated>",
        f"<author><name>{_text(author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={own}/>',
        f'<link rel="alternate" type="text/html" href={page}/>',
    ]
    for entry in view.entries:
        lines += _entry_lines(entry, bodies.get(entry.card.key) if view.full else None, view.root)
    return "\n".join([*lines, "</feed>", ""])


def _entry_lines(entry: FeedEntry, body: Body | None, root: str) -> list[str]:
    card = entry.card
    address, absolute = _attribute(f"{root}{card.key}/"), "://" in root
    lines = [
        "<entry>",
        f"<id>{_text(entry.id)}</id>",
        f"<title>{_text(card.title)}</title>",
        f"<updated>{entry.updated}</updated>",
    ]
    if entry.published:
        lines.append(f"<published>{entry.published}</published>")
    if absolute:
        lines.append(f'<link rel="alternate" type="text/html" href={address}/>')
    lines += [f"<author><name>{_text(name)}</name></author>" for name in entry.authors]
    lines += [f"<category term={_attribute(name)}/>" for name in entry.topics]
    if body is None and absolute:
        lines.append(f"<summary>{_text(card.summary)}</summary>")
    else:
        html = body.html if body else f"<p>{_text(card.summary)}</p>"
        link = "" if absolute else f"<p><a href={address}>{_text(say('article'))}</a></p>"
        lines.append(f'<content type="html">{_text(html + link)}</content>')
    return [*lines, "</entry>"]


def _text(words: str) -> str:
    return escape(printable(words), quote=False)


def _attribute(words: str) -> str:
    text = _text(words).replace('"', "&quot;")
    return '"' + text.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'

"""The pages that stand alone: home, timeline, search, free pages, the page for lost readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from sitegen.archive.library import Entry, Library
from sitegen.pages.life import time_url
from sitegen.pages.page import (
    AnyView,
    Context,
    Page,
    actor_term,
    arrivals,
    source_term,
    topic_term,
)
from sitegen.pages.targets import Targets
from sitegen.pages.views import (
    Bar,
    FreePage,
    FreeView,
    HomeView,
    Lane,
    NotFoundView,
    Rising,
    SearchView,
    Term,
    TimelineView,
)
from sitegen.pages.words import MONTHS, day_and_month, month_title, say
from sitegen.text import clip, digest_of, squeeze

NEWEST, ON_THIS_DAY, RISING, LANES = 8, 6, 6, 5
HOME_TOPICS, HOME_ACTORS, LOST_TERMS = 24, 40, 16
_SPANS, _SPAN_DAYS = 6, 30  # a rising term's line
_MONTH_BARS = 300  # a longer archive is drawn by years on the front page


def front_pages(context: Context, free: tuple[FreePage, ...]) -> Iterator[Page]:
    """Yield home, timeline, search, 404 and the free pages."""
    library = context.library
    links = tuple(Term(p.slug, p.title, f"{p.slug}/") for p in free)
    everything = (context.digest_entries(library.entries), _all_names(library))
    lost = [[(t.id, t.name, t.kind, t.count) for t in terms] for terms in _largest(library, LOST_TERMS)]

    def page(path: str, kind: str, make: Callable[[], AnyView], *parts: object) -> Page:
        template = f"{'404' if kind == 'notfound' else kind}.html"
        return Page(path, kind, template, context.digest(kind, *parts), make)

    yield page(
        "index.html", "home", partial(_home, context, links), everything, [(t.id, t.name) for t in links]
    )
    sizes = [[(i, len(found)) for i, found in by.items()] for by in (library.by_month, library.by_year)]
    lanes = [(t.id, t.name, _by_year(context, t.id)) for t in _largest(library, LANES)[0]]
    if context.edited:
        return  # the others show no cards
    yield page("timeline/index.html", "timeline", partial(_timeline, context), *sizes, lanes)
    listed = (library.by_topic, library.by_actor, library.by_source)
    counts = [[len(found) for found in by.values()] for by in listed]
    yield page("search/index.html", "search", partial(_search, context), *sizes, *counts, _all_names(library))
    yield page("404.html", "notfound", partial(_not_found, context), lost)
    for own in free:
        path = f"{own.slug}/index.html"
        local = context.targets_of(own.path, own.slug, own.links)
        shown = (own.slug, own.title, own.text, own.description, *local.parts())
        yield page(path, "page", partial(_free, context, own, local), *shown)


def _all_names(library: Library) -> str:
    return digest_of(
        [(i, a.name, a.kind) for i, a in library.actors.items()],
        [(i, t.name) for i, t in library.topics.items()],
        [(i, s.name) for i, s in library.sources.items()],
    )


# --- home -------------------------------------------------------------------------------------------


def _home(context: Context, links: tuple[Term, ...]) -> HomeView:
    library, config = context.library, context.config
    dated = [e for e in library.entries if e.date]
    newest = next((e.date[:10] for e in dated if len(e.date) >= 10), "")
    topics, actors = _largest(library, max(HOME_TOPICS, HOME_ACTORS))
    count = say("articles-lead", n=len(library.entries))
    return HomeView(
        url="",
        title=config.title,
        tab=config.title,
        description=squeeze(config.description) or f"{config.title}: {count}.",
        feed="feed.xml",
        count=len(library.entries),
        first_year=dated[-1].date[:4] if dated else "",
        last_year=dated[0].date[:4] if dated else "",
        bars=_all_bars(library),
        years=tuple(
            Term(y, y, f"{y}/", count=len(found)) for y, found in library.by_year.items() if y != "undated"
        ),
        newest=tuple(library.entries[at].card for at in arrivals(library.entries, NEWEST)),
        newest_date=newest,
        rising=_rising(library, dated, newest) if newest else (),
        on_this_day=tuple(e.card for e in _on_this_day(library, newest)),
        day=day_and_month(newest) if newest else "",
        topics=topics[:HOME_TOPICS],
        topic_count=len(library.topics),
        actors=actors[:HOME_ACTORS],
        actor_count=len(library.actors),
        pages=links,
    )


def _all_bars(library: Library) -> tuple[Bar, ...]:
    """Return a bar a month from the first to the last (a year, if they are many): every one a link."""
    months = {m: len(found) for m, found in library.by_month.items() if m[5:].isdecimal() and m[5:] != "00"}
    years = {y: len(found) for y, found in library.by_year.items() if y != "undated"}
    if not years:
        return ()
    first, last = int(min(years)), int(max(years))
    if (last - first + 1) * 12 > _MONTH_BARS or not months:
        labels, counts = [f"{y:04d}" for y in range(first, last + 1)], years
    else:
        labels = [f"{y:04d}-{m:02d}" for y in range(first, last + 1) for m in range(1, 13)]
        counts = {m.replace("/", "-"): n for m, n in months.items()}
    return tuple((x, counts.get(x, 0), time_url(x) if x in counts else "") for x in labels)


def _rising(library: Library, dated: Sequence[Entry], newest: str) -> tuple[Rising, ...]:
    """Return the topics and actors that grew most in the last 90 days before the newest full date."""
    last = date.fromisoformat(newest).toordinal()
    points: dict[tuple[str, str], list[int]] = {}
    for entry in dated:
        if len(entry.date) < 10:
            continue
        span = (last - date.fromisoformat(entry.date[:10]).toordinal()) // _SPAN_DAYS
        if span >= _SPANS:
            break
        for term in (*(("topic", i) for i in entry.topics), *(("actor", i) for i in entry.actors)):
            points.setdefault(term, [0] * _SPANS)[_SPANS - 1 - span] += 1
    half = _SPANS // 2
    grown = [(sum(p[half:]), sum(p[:half]), term, tuple(p)) for term, p in points.items()]
    grown = [g for g in grown if g[0] > 1 and g[0] > g[1]]
    grown.sort(key=lambda g: (-(g[0] - g[1]), -g[0], g[2]))
    return tuple(
        Rising((topic_term if kind == "topic" else actor_term)(library, i), now, before, line)
        for now, before, (kind, i), line in grown[:RISING]
    )


def _on_this_day(library: Library, newest: str) -> list[Entry]:
    """Return one article a year of the newest article's day, from other years."""
    by_year: dict[str, Entry] = {}
    months = sorted((m for m in library.by_month if m[5:] == newest[5:7] != ""), reverse=True)
    for entry in (e for month in months for e in library.by_month[month]):
        if entry.date[4:10] == newest[4:10] and entry.date[:4] != newest[:4]:
            by_year.setdefault(entry.date[:4], entry)
    return list(by_year.values())[:ON_THIS_DAY]


def _largest(library: Library, most: int) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    def largest(found: Mapping[str, Sequence[Entry]], term: Callable[..., Term]) -> tuple[Term, ...]:
        ids = sorted(found, key=lambda i: (-len(found[i]), i))[:most]
        return tuple(term(library, i, count=len(found[i])) for i in ids)

    return largest(library.by_topic, topic_term), largest(library.by_actor, actor_term)


# --- timeline, search and the others ----------------------------------------------------------------


def _timeline(context: Context) -> TimelineView:
    library = context.library
    years = sorted(y for y in library.by_year if y != "undated")
    span = [f"{y:04d}" for y in range(int(years[0]), int(years[-1]) + 1)] if years else []
    sizes = {m: len(found) for m, found in library.by_month.items()}
    topics, _ = _largest(library, LANES)
    return TimelineView(
        url="timeline/",
        title=say("timeline"),
        tab=f"{say('timeline')} · {context.config.title}",
        description=f"{say('timeline-caption')}: {say('articles-lead', n=len(library.entries))}.",
        rows=tuple(_rows(library, years, sizes)),
        most=max((n for m, n in sizes.items() if m != "undated"), default=0),
        months=tuple(name[:3] for name in MONTHS),
        years=tuple(span),
        lanes=tuple(_lane(context, t, span) for t in topics),
        undated=sizes.get("undated", 0),
    )


def _rows(
    library: Library, years: Sequence[str], sizes: Mapping[str, int]
) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """Yield the years with articles and their months, the newest first; years without are one row."""
    newer: int | None = None
    for year in reversed(years):
        last, first = (newer or 0) - 1, int(year) + 1
        if newer and first <= last:
            name = f"{first:04d}–{last:04d}" if first < last else f"{first:04d}"
            yield Term(name, name, ""), ()
        months = tuple(_cell(f"{year}/{m}", sizes) for m in (*(f"{n:02d}" for n in range(1, 13)), "00"))
        yield Term(year, year, f"{year}/", count=len(library.by_year[year])), months
        newer = int(year)


def _cell(month: str, sizes: Mapping[str, int]) -> Term:
    return Term(month, month_title(month), f"{month}/" if month in sizes else "", count=sizes.get(month, 0))


def _lane(context: Context, term: Term, span: Sequence[str]) -> Lane:
    counts = dict(_by_year(context, term.id))
    return Lane(term, tuple(counts.get(y, 0) for y in span))


def _by_year(context: Context, topic: str) -> tuple[tuple[str, int], ...]:
    """Return how many articles a topic has in each year in which it has some."""

    def counts() -> tuple[tuple[str, int], ...]:
        return tuple(sorted(Counter(e.date[:4] for e in context.library.by_topic[topic]).items()))

    return context.recall("years", "topic", topic, counts)


def _search(context: Context) -> SearchView:
    library = context.library

    def by_name(found: Mapping[str, Sequence[Entry]], term: Callable[..., Term]) -> tuple[Term, ...]:
        terms = [term(library, i, count=len(entries)) for i, entries in found.items()]
        return tuple(sorted(terms, key=lambda t: (t.name.casefold(), t.id)))

    months = sorted((m for m in library.by_month if m != "undated"), reverse=True)
    months += ["undated"] if "undated" in library.by_month else []
    title = say("search" if context.config.search else "browse")
    return SearchView(
        url="search/",
        title=title,
        tab=f"{title} · {context.config.title}",
        description=f"{say('search-hint')}: {say('articles-lead', n=len(library.entries))}.",
        count=len(library.entries),
        topics=by_name(library.by_topic, topic_term),
        actors=by_name(library.by_actor, actor_term),
        sources=by_name(library.by_source, source_term),
        months=tuple(Term(m, month_title(m), f"{m}/", count=len(library.by_month[m])) for m in months),
    )


def _free(context: Context, page: FreePage, local: Targets) -> FreeView:
    return FreeView(
        url=f"{page.slug}/",
        title=page.title,
        tab=f"{page.title} · {context.config.title}",
        description=clip(squeeze(page.description or page.title), 200),
        text=page.text,
        links=local.links,
        media=local.media,
    )


def _not_found(context: Context) -> NotFoundView:
    topics, actors = _largest(context.library, LOST_TERMS)
    return NotFoundView(
        url="404.html",
        title=say("404-title"),
        tab=f"{say('404-title')} · {context.config.title}",
        description=say("404-lead"),
        indexed=False,
        topics=topics,
        actors=actors,
    )

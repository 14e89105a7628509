"""Lists by time (all articles, years, months) and the indexes of topics, actors, tags, sources, places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from msgspec import Struct

from sitegen.archive.library import Entry, Library
from sitegen.pages.life import life_bars, time_url
from sitegen.pages.page import (
    Context,
    Page,
    actor_term,
    by_month,
    called,
    page_address,
    paged,
    pager,
    span,
)
from sitegen.pages.terms import SORTS, Sort
from sitegen.pages.views import Bar, Dot, Edge, Graph, Group, IndexRow, IndexView, ListView, Term
from sitegen.pages.words import day_and_month, month_title, say
from sitegen.text import digest_of

ROWS = 4  # an index shows this many times as many rows as a list shows articles
GRAPH_NODES, GRAPH_EDGES = 60, 140


def list_pages(context: Context) -> Iterator[Page]:
    """Yield the pages of /articles/, of each year and of each month, and of what has no date."""
    library = context.library
    years = tuple(sorted((y for y in library.by_year if y != "undated"), reverse=True))
    yield from _pages(context, "articles", library.entries, (*years, "undated"))
    for year, entries in library.by_year.items():
        at = years.index(year) if year in years else None
        beside = () if at is None else (years[at + 1 : at + 2], years[at - 1 : at] if at else ())
        yield from _pages(context, year, entries, *beside)
    months = tuple(m for m in library.by_month if m != "undated")
    for at, month in enumerate(months):
        beside = (months[at - 1 : at] if at else (), months[at + 1 : at + 2])
        yield from _pages(context, month, library.by_month[month], *beside)


def _pages(context: Context, name: str, entries: Sequence[Entry], *beside: tuple[str, ...]) -> Iterator[Page]:
    url = f"{name}/"
    if not context.plans("time", name):
        return
    years = _year_terms(context.library) if name == "articles" else ()
    for number, total, part in context.paged("time", name, entries):
        whole = _Whole()
        if number == 1:
            bars = life_bars([e.card.date for e in entries], time_url) if "/" not in name else ()
            whole = _Whole(len(entries), bars, years)
        yield Page(
            path=f"{page_address(url, number)}index.html",
            kind="list",
            template="list.html",
            digest=context.digest(
                "list", name, number, total, context.digest_cards(part), beside, whole.parts()
            ),
            make=partial(_list_view, context, name, whole, number, total, part, beside),
        )


class _Whole(Struct, frozen=True):
    """What the first page of a list shows of the whole; later ones do not: each article changes it."""

    count: int = 0
    bars: tuple[Bar, ...] = ()
    years: tuple[Term, ...] = ()

    def parts(self) -> tuple[object, ...]:
        """Return what a page's digest takes of it."""
        return self.count, self.bars, [(t.id, t.count) for t in self.years]


def _list_view(
    context: Context,
    name: str,
    whole: _Whole,
    number: int,
    total: int,
    part: Sequence[Entry],
    beside: tuple[tuple[str, ...], ...],
) -> ListView:
    url = f"{name}/"
    title = say("all-articles") if name == "articles" else month_title(name)
    page = f" · {say('page-of', number=number, total=total)}" if total > 1 else ""
    lead = f": {say('articles-lead', n=whole.count)}" if whole.count else ""
    month = "/" in name
    neighbours = [_list_term(n[0]) if n else None for n in beside] if name != "articles" else []
    return ListView(
        url=page_address(url, number),
        title=title,
        tab=f"{title}{page} · {context.config.title}",
        description=f"{title}{lead}{page}.",
        feed="feed.xml" if name == "articles" else "",
        kind="articles" if name == "articles" else "month" if month else "year",
        count=whole.count,
        bars=whole.bars,
        years=whole.years,
        groups=_by_day(part) if month else by_month(part),
        pager=pager(url, number, total, whole.count),
        up=_list_term(name[:4]) if month else None,
        previous=neighbours[0] if neighbours else None,
        next=neighbours[1] if neighbours else None,
    )


def _list_term(name: str) -> Term:
    return Term(name, month_title(name), f"{name}/")


def _year_terms(library: Library) -> tuple[Term, ...]:
    """Return a link to each year with its count, the newest first and the undated last."""
    years = sorted((y for y in library.by_year if y != "undated"), reverse=True)
    years += ["undated"] if "undated" in library.by_year else []
    return tuple(Term(y, month_title(y), f"{y}/", count=len(library.by_year[y])) for y in years)


def _by_day(entries: Sequence[Entry]) -> tuple[Group, ...]:
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.date[:10], []).append(entry)
    return tuple(
        Group(
            day_and_month(day) if len(day) == 10 else say("day-undated"),
            tuple(e.card for e in found),
            id=f"d-{day}",
        )
        for day, found in days.items()
    )


# --- indexes ----------------------------------------------------------------------------------------


def index_pages(context: Context) -> Iterator[Page]:
    """Yield the index of each sort of term: the largest first, then by name."""
    for sort in SORTS:
        yield from _index_pages(context, sort)


def _index_pages(context: Context, sort: Sort) -> Iterator[Page]:
    library, url = context.library, f"{sort.folder}/"
    found = sort.entries(library)
    terms = [sort.term(library, i, count=len(entries)) for i, entries in found.items()]
    terms.sort(key=lambda t: (-t.count, t.name.casefold(), t.id))
    most = max((t.count for t in terms), default=0)
    drawn: tuple[object, ...] = ()
    if sort.kind == "actor":
        nodes, edges = _tied(context)
        drawn = ([(called(library, i), len(library.by_actor[i])) for i in nodes], edges)
    elif sort.kind == "place":
        drawn = tuple(
            (d.term.id, d.term.name, d.term.count, d.latitude, d.longitude) for d in _dots(context, terms)
        )
    for number, total, part in paged(terms, context.config.per_page * ROWS):
        rows = [(t.id, t.name, t.kind, t.count, *_span(found[t.id])) for t in part]
        share = len(library.entries) if sort.kind == "source" else 0
        yield Page(
            path=f"{page_address(url, number)}index.html",
            kind="place" if sort.kind == "place" and number == 1 else "list",
            template="index.html",
            digest=context.digest(
                "index",
                sort.kind,
                number,
                total,
                len(terms),
                most,
                rows,
                share,
                drawn if number == 1 else (),
            ),
            make=partial(_index_view, context, sort, tuple(terms), most, number, total, tuple(part)),
        )


def _index_view(
    context: Context,
    sort: Sort,
    terms: tuple[Term, ...],
    most: int,
    number: int,
    total: int,
    part: tuple[Term, ...],
) -> IndexView:
    library, url = context.library, f"{sort.folder}/"
    title = say(sort.folder)
    page = f" · {say('page-of', number=number, total=total)}" if total > 1 else ""
    lead = say(f"{sort.folder}-lead", n=len(terms))
    return IndexView(
        url=page_address(url, number),
        title=title,
        tab=f"{title}{page} · {context.config.title}",
        description=f"{lead}{page}",
        kind=sort.kind,
        count=len(terms),
        most=most,
        rows=tuple(_row(library, sort, t) for t in part),
        pager=pager(url, number, total, len(terms)),
        graph=_graph(context) if sort.kind == "actor" and number == 1 else None,
        dots=_dots(context, terms) if sort.kind == "place" and number == 1 else (),
    )


def _row(library: Library, sort: Sort, term: Term) -> IndexRow:
    first, last = _span(sort.entries(library)[term.id])
    return IndexRow(
        term,
        first=first,
        last=last,
        share=round(1000 * term.count / len(library.entries)) if sort.kind == "source" else 0,
    )


def _span(entries: Sequence[Entry]) -> tuple[str, str]:
    first, last = span(entries)
    return (first.date if first else "", last.date if last else "")


def _dots(context: Context, terms: Sequence[Term]) -> tuple[Dot, ...]:
    known = context.coordinates
    return tuple(Dot(t, *known[t.id]) for t in terms if t.id in known)


def _graph(context: Context) -> Graph | None:
    """Return the largest actors and those ties that are stronger than chance would make them."""
    library = context.library
    nodes, edges = _tied(context)
    if len(nodes) < 3:
        return None
    terms = tuple(actor_term(library, i, count=len(library.by_actor[i])) for i in nodes)
    return Graph(terms, tuple(Edge(*edge) for edge in edges))


def _tied(context: Context) -> tuple[tuple[str, ...], tuple[tuple[int, int, int, float], ...]]:
    """Return the ids of the graph's nodes and its edges, worked out once for the same actors."""
    named = [e.actors for e in context.library.entries]
    return context.memory.recall(f"graph:{digest_of(named)}", partial(_strongest, context.library))


def _strongest(library: Library) -> tuple[tuple[str, ...], tuple[tuple[int, int, int, float], ...]]:
    sizes = {i: len(found) for i, found in library.by_actor.items()}
    chosen = sorted(sizes, key=lambda i: (-sizes[i], i))[:GRAPH_NODES]
    ties = _ties(library.entries, {i: n for n, i in enumerate(chosen)})
    edges = []
    for (a, b), count in ties.items():
        weight = count * len(library.entries) / (sizes[chosen[a]] * sizes[chosen[b]])
        if count > 1 and weight > 1:
            edges.append((a, b, count, round(weight, 2)))
    edges.sort(key=lambda e: (-e[2] * min(e[3], 8.0), e[0], e[1]))
    kept = sorted({n for e in edges[:GRAPH_EDGES] for n in e[:2]})
    at = {old: new for new, old in enumerate(kept)}
    return tuple(chosen[n] for n in kept), tuple((at[a], at[b], n, w) for a, b, n, w in edges[:GRAPH_EDGES])


def _ties(entries: Sequence[Entry], at: Mapping[str, int]) -> Counter[tuple[int, int]]:
    ties: Counter[tuple[int, int]] = Counter()
    for entry in entries:
        ties.update(combinations(sorted(at[i] for i in entry.actors if i in at), 2))
    return ties

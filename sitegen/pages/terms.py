"""Pages of topics, actors, tags, sources and places: shape over time, company, and the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from msgspec import Struct
from msgspec.structs import astuple

from sitegen.archive.library import Entry, Library
from sitegen.archive.roles import Role, roles
from sitegen.pages.life import Life, life
from sitegen.pages.page import (
    BUCKETS,
    Context,
    Page,
    actor_term,
    bucket,
    by_month,
    called,
    counted,
    page_address,
    pager,
    place_term,
    shares,
    source_term,
    tag_term,
    topic_term,
)
from sitegen.pages.views import Edge, Graph, Saying, Share, StoryView, Term
from sitegen.pages.words import say

WHO, TOPICS, WHERE, EGO = 12, 8, 8, 10
SAYINGS, ROLES = 10, 8
_LEAST, _LIFT = 3, 1.5  # what counts as more than elsewhere: articles, times the expected share

Counts = tuple[tuple[str, int], ...]
Counted = tuple[tuple[str, int, bool], ...]
Ties = tuple[tuple[int, int, int], ...]


class TermView(StoryView, frozen=True, kw_only=True):
    """The page of a topic, an actor, a tag, a source or a place."""

    kind: str
    id: str
    name: str
    label: str = ""
    about: str = ""
    aliases: tuple[str, ...] = ()
    parent: Term | None = None
    children: tuple[Term, ...] = ()
    graph: Graph | None = None
    sayings: tuple[Saying, ...] = ()
    pairs: tuple[Term, ...] = ()
    roles: tuple[Role, ...] = ()
    per_mille: int = 0


class Sort(Struct, frozen=True):
    """One sort of term: its folder, where its entries are, how it is linked, what its page holds."""

    kind: str
    folder: str
    entries: Callable[[Library], Mapping[str, Sequence[Entry]]]
    term: Callable[..., Term]
    company: bool = False
    feed: bool = False


SORTS = (
    Sort("topic", "topics", lambda x: x.by_topic, topic_term, company=True, feed=True),
    Sort("actor", "actors", lambda x: x.by_actor, actor_term, company=True, feed=True),
    Sort("tag", "tags", lambda x: x.by_tag, tag_term),
    Sort("source", "sources", lambda x: x.by_source, source_term),
    Sort("place", "places", lambda x: x.by_place, place_term),
)


class _Company(Struct, frozen=True):
    """What stands beside a term in its articles; all that its first page takes from elsewhere."""

    who: Counted = ()
    topics: Counted = ()
    where: Counted = ()


class _Beside(Struct, frozen=True):
    """What an actor's page shows that does not follow from its own articles' terms alone."""

    pairs: tuple[Term, ...] = ()
    roles: tuple[Role, ...] = ()


def term_pages(context: Context, pairs: Mapping[str, tuple[Term, ...]]) -> Iterator[Page]:
    """Yield every page of every term: the first with all that is known, later ones with the list.

    `pairs` are, by the id of an actor, the links to its pages with another one.
    """
    offices = roles(context.library, _with_offices(context))
    for sort in SORTS:
        for identity, entries in sort.entries(context.library).items():
            if not context.plans(sort.kind, identity):
                continue
            roles_of = _foremost(offices.get(identity, ())) if sort.kind == "actor" else ()
            beside = _Beside(pairs.get(identity, ()) if sort.kind == "actor" else (), roles_of)
            yield from _pages_of(context, sort, identity, entries, beside)


def _with_offices(context: Context) -> Iterator[Entry]:
    """Yield the articles that may give offices to the actors whose pages are planned, newest first."""
    speaking = (e for e in context.library.entries if e.speaks)
    return (e for e in speaking if any(context.plans("actor", i) for i in e.actors))


def _foremost(found: tuple[Role, ...]) -> tuple[Role, ...]:
    """Return the roles of most articles, in the order given."""
    kept = sorted(found, key=lambda r: -r.articles)[:ROLES]
    return tuple(r for r in found if r in kept)


def _pages_of(
    context: Context, sort: Sort, identity: str, entries: Sequence[Entry], beside: _Beside
) -> Iterator[Page]:
    term = sort.term(context.library, identity, count=len(entries))
    for number, total, part in context.paged(sort.kind, identity, entries):
        common = (sort.kind, identity, term.name, number, total, context.digest_cards(part))
        if number > 1:
            digest = context.digest(common)
            make = partial(_later_view, sort, term, number, total, part)
        else:
            whole = life(entries, term.url, context.config.per_page)
            company = _company(context, sort.kind, identity, entries) if sort.company else _Company()
            digest = context.digest(
                common,
                whole.parts(),
                _facts(context, sort, identity),
                [(n, more, called(context.library, i)) for i, n, more in company.who],
                [(i, n, context.library.topics[i].name) for i, n, _ in company.topics],
                [(i, n, context.library.places[i]) for i, n, _ in company.where],
                _ego_ties(context, identity, entries, company) if sort.kind == "actor" else (),
                [astuple(t) for t in beside.pairs],
                [astuple(r) for r in beside.roles],
            )
            make = partial(_first_view, context, sort, identity, term, entries, whole, company, beside)
        yield Page(
            path=f"{page_address(term.url, number)}index.html",
            kind=sort.kind,
            template="term.html",
            digest=digest,
            make=make,
        )


def _facts(context: Context, sort: Sort, identity: str) -> tuple[object, ...]:
    """Return the plain values of a term's own description that its page shows."""
    library = context.library
    if sort.kind == "source":
        return (_percent(len(library.by_source[identity]), len(library.entries)),)
    if not sort.company:
        return ()
    children, parent = _family(context, sort, identity)
    family = [[(t.id, t.name, t.kind) for t in part] for part in (children, (parent,) if parent else ())]
    if sort.kind == "topic":
        return (library.topics[identity].description, family)
    actor = library.actors[identity]
    said = said_in(context, identity, library.by_actor[identity], SAYINGS)
    return (actor.kind, actor.aliases, actor.description, family, shown_of(said))


def _family(context: Context, sort: Sort, identity: str) -> tuple[tuple[Term, ...], Term | None]:
    """Return the children and the parent of a topic or an actor, as far as they have pages."""
    terms = context.library.actors if sort.kind == "actor" else context.library.topics
    parent = getattr(terms[identity], "parent", None)
    up = sort.term(context.library, parent) if parent in terms else None
    children = context.children.get((sort.kind, identity), ())
    return tuple(sort.term(context.library, i) for i in children), up


def _company(context: Context, kind: str, identity: str, entries: Sequence[Entry]) -> _Company:
    who, topics, places = company_of(context, kind, identity, entries)
    everywhere = bucket(len(context.library.entries))
    return _Company(
        tuple((i, n, _more(n, len(entries), context.buckets[i], everywhere)) for i, n in who),
        tuple((i, n, False) for i, n in topics),
        tuple((i, n, False) for i, n in places),
    )


def company_of(
    context: Context, kind: str, identity: str, entries: Sequence[Entry]
) -> tuple[Counts, Counts, Counts]:
    """Return the actors, topics and places of a term's articles, the most frequent first."""
    return context.recall("company", kind, identity, partial(counts_of, context, entries, (identity,)))


def counts_of(
    context: Context, entries: Sequence[Entry], without: tuple[str, ...]
) -> tuple[Counts, Counts, Counts]:
    """Return the actors, topics and places that these articles have most, but for some actors or topics."""
    places = ((context.place_ids[p],) for e in entries if (p := e.place) is not None)
    return (
        counted((e.actors for e in entries), WHO, without=without),
        counted((e.topics for e in entries), TOPICS, without=without),
        counted(places, WHERE),
    )


def _more(count: int, here: int, elsewhere: int, everywhere: int) -> bool:
    expected = here * 2 ** ((elsewhere - everywhere) / BUCKETS)
    return count >= _LEAST and count >= _LIFT * expected


# --- views ------------------------------------------------------------------------------------------


def _later_view(sort: Sort, term: Term, number: int, total: int, part: Sequence[Entry]) -> TermView:
    page = say("page-of", number=number, total=total)
    return TermView(
        url=page_address(term.url, number),
        title=term.name,
        tab=f"{term.name} · {say(sort.kind)} · {page}",
        description=f"{say(sort.kind)}: {term.name}. {page}.",
        kind=sort.kind,
        id=term.id,
        name=term.name,
        count=0,
        first=None,
        last=None,
        pager=pager(term.url, number, total, 0),
        groups=by_month(part),
    )


def _first_view(
    context: Context,
    sort: Sort,
    identity: str,
    term: Term,
    entries: Sequence[Entry],
    whole: Life,
    company: _Company,
    beside: _Beside,
) -> TermView:
    library, per_page = context.library, context.config.per_page
    total = max(1, -(-len(entries) // per_page))
    actor = library.actors.get(identity) if sort.kind == "actor" else None
    topic = library.topics.get(identity) if sort.kind == "topic" else None
    family, parent = _family(context, sort, identity) if sort.company else ((), None)
    count, when = say("articles-lead", n=len(entries)), whole.words()
    who = shares(library, company.who, actor_term)
    return TermView(
        url=term.url,
        title=term.name,
        tab=f"{term.name} · {say(sort.kind)} · {context.config.title}",
        description=f"{say(sort.kind)}: {term.name}. {count}{', ' + when if when else ''}.",
        feed=f"{term.url}feed.xml" if sort.feed else "",
        kind=sort.kind,
        id=identity,
        name=term.name,
        pager=pager(term.url, 1, total, len(entries)),
        groups=by_month(entries[:per_page]),
        label=say(f"kind-{actor.kind}") if actor else "",
        about=(actor.description if actor else topic.description if topic else None) or "",
        aliases=actor.aliases if actor else (),
        parent=parent,
        children=family,
        who=who,
        where=shares(library, company.where, place_term),
        topics=shares(library, company.topics, topic_term),
        graph=_ego(term, who, _ego_ties(context, identity, entries, company))
        if actor and len(who) > 1
        else None,
        sayings=said_in(context, identity, entries, SAYINGS) if actor else (),
        pairs=beside.pairs,
        roles=beside.roles,
        per_mille=10 * _percent(len(entries), len(library.entries)) if sort.kind == "source" else 0,
        **whole.fields(),
    )


def _ego(term: Term, who: tuple[Share, ...], ties: Ties) -> Graph:
    edges = [Edge(0, n, share.count, 1.0) for n, share in enumerate(who[:EGO], 1)]
    edges += [Edge(a, b, n, 1.0) for a, b, n in ties]
    return Graph((term, *(s.term for s in who[:EGO])), tuple(edges))


def _ego_ties(context: Context, identity: str, entries: Sequence[Entry], company: _Company) -> Ties:
    """Return the ties among those most often beside an actor, by their place (from 1), and how often."""
    at = {i: n for n, (i, _, _) in enumerate(company.who[:EGO], 1)}

    def counts() -> Ties:
        ties: Counter[tuple[int, int]] = Counter()
        for entry in entries:
            ties.update(combinations(sorted(at[i] for i in entry.actors if i in at), 2))
        return tuple((a, b, n) for (a, b), n in sorted(ties.items()) if n > 1)

    return context.recall("ties", "actor", identity, counts) if len(at) > 1 else ()


def said_in(context: Context, identity: str, entries: Sequence[Entry], most: int) -> tuple[Saying, ...]:
    """Return an actor's quotations from the newest of these articles."""
    found: list[Saying] = []
    if not context.quotes:
        return ()
    ids = {identity, *context.library.actors[identity].was}  # an import knew it by the id of that day
    for entry in entries:
        for quote in context.quotes.get(entry.key, ()):
            if quote.actor in ids:
                found.append(Saying(quote.text, _named(quote.speaker), entry.card, quote.paragraph))
                if len(found) == most:
                    return tuple(found)
    return tuple(found)


def _named(speaker: str | None) -> str:
    """Return a speaker as printed, "" where that is no name ("he", "the minister") but small letters."""
    return speaker if speaker and speaker != speaker.lower() else ""


def shown_of(said: Iterable[Saying]) -> list[tuple[object, ...]]:
    """Return what a digest takes of quotations."""
    return [(s.text, s.speaker, s.card.digest, s.paragraph) for s in said]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0

"""Pages of two actors together: those that are named together beyond chance, and what lies between them.

There could be as many pairs as actors squared, so few have a page: named together in three articles
and more often than chance would have it (by the log-likelihood of Dunning, 1993, at one in a
hundred), at most eight of one actor, and one for eight articles in the whole archive, the strongest
first. An archive of 10,000 articles and 5,000 actors has 1,250 of them, not 40,000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import log

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.library import Entry, Library
from sitegen.pages.files import moved
from sitegen.pages.life import life
from sitegen.pages.page import (
    Context,
    Page,
    actor_term,
    by_month,
    called,
    page_address,
    paged,
    pager,
    place_term,
    shares,
    standing_of,
    term_url,
    topic_term,
)
from sitegen.pages.terms import company_of, counts_of, said_in, shown_of
from sitegen.pages.views import Saying, StoryView, Term
from sitegen.pages.words import say
from sitegen.text import slug

SHARED = 3  # articles
CHANCE = 6.63  # chi-squared with one degree of freedom: one in a hundred
OF_ONE = 8
ARTICLES_A_PAIR, AT_LEAST, AT_MOST = 8, 24, 2000
SAYINGS = 6


class Pair(Struct, frozen=True):
    """Two actors, the lesser id first, with the articles that name both, newest first."""

    one: str
    other: str
    entries: tuple[Entry, ...]

    @property
    def url(self) -> str:
        return pair_url(self.one, self.other)


class PairView(StoryView, frozen=True, kw_only=True):
    """The page of two actors; `voices` are what each of them says."""

    both: tuple[Term, Term]
    voices: tuple[tuple[Term, tuple[Saying, ...]], ...] = ()


def pair_url(one: str, other: str) -> str:
    """Return the address of a pair's page, whichever of the two is named first."""
    first, second = sorted((one, other))
    return f"{term_url('actors', first)}with/{term_url('actors', second).removeprefix('actors/')}"


def pairs(context: Context) -> tuple[Pair, ...]:
    """Return the pairs that have a page, by their ids."""
    library = context.library
    chosen = context.memory.recall(f"pairs:{library.shape}", partial(_chosen, context))
    return tuple(Pair(one, other, _of_both(library, one, other)) for one, other in chosen)


def _chosen(context: Context) -> tuple[tuple[str, str], ...]:
    most = min(max(AT_LEAST, len(context.library.entries) // ARTICLES_A_PAIR), AT_MOST)
    taken: dict[str, int] = defaultdict(int)
    chosen: list[tuple[str, str]] = []
    for _, one, other in sorted(_beyond_chance(context)):
        if len(chosen) < most and taken[one] < OF_ONE and taken[other] < OF_ONE:
            taken[one] += 1
            taken[other] += 1
            chosen.append((one, other))
    return tuple(sorted(chosen))


def _beyond_chance(context: Context) -> Iterator[tuple[float, str, str]]:
    """Yield (how far from chance, below nought; one; other) of those named together more than that."""
    library = context.library
    shared: dict[tuple[str, str], int] = {}
    for identity, entries in library.by_actor.items():
        if len(entries) >= SHARED:
            for other, count in company_of(context, "actor", identity, entries)[0]:
                if count >= SHARED:
                    shared[min(identity, other), max(identity, other)] = count
    for (one, other), count in shared.items():
        sizes = len(library.by_actor[one]), len(library.by_actor[other])
        strength = association(count, *sizes, len(library.entries))
        if strength >= CHANCE:
            yield -strength, one, other


def association(both: int, one: int, other: int, every: int) -> float:
    """Return Dunning's log-likelihood ratio of two that are together in `both` of `every` articles.

    It is below nought where they avoid each other; rounded, so that ties are ties on every machine.
    """
    table = (
        (both, one * other),
        (one - both, one * (every - other)),
        (other - both, (every - one) * other),
        (every - one - other + both, (every - one) * (every - other)),
    )
    ratio = 2 * sum(seen * log(seen * every / expected) for seen, expected in table if seen)
    return round(ratio if both * every > one * other else -ratio, 3)


def _of_both(library: Library, one: str, other: str) -> tuple[Entry, ...]:
    fewer, rest = sorted((one, other), key=lambda i: (len(library.by_actor[i]), i))
    return tuple(e for e in library.by_actor[fewer] if rest in e.actors)


def pair_links(context: Context, found: Sequence[Pair]) -> Mapping[str, tuple[Term, ...]]:
    """Return for each actor the links to its pages with others, the most articles first."""
    links: dict[str, list[Term]] = defaultdict(list)
    for pair in found:
        for mine, theirs in ((pair.one, pair.other), (pair.other, pair.one)):
            actor = context.library.actors[theirs]
            name = say("pair-with", name=actor.name)
            links[mine].append(Term(theirs, name, pair.url, actor.kind, len(pair.entries)))
    return {i: tuple(sorted(terms, key=lambda t: (-t.count, t.id))) for i, terms in links.items()}


def pair_pages(context: Context, found: Sequence[Pair]) -> Iterator[Page]:
    """Yield every page of every pair; all that they show follows from the articles that name both."""
    for pair in found:
        if context.plans("actor", pair.one) and context.plans("actor", pair.other):
            yield from _pages_of(context, pair)


def _pages_of(context: Context, pair: Pair) -> Iterator[Page]:
    names = [called(context.library, i) for i in (pair.one, pair.other)]
    for number, total, part in paged(pair.entries, context.config.per_page):
        parts: list[object] = ["pair", names, number, total, context.digest_cards(part)]
        if number == 1:
            parts += _first_parts(context, pair)
        yield Page(
            path=f"{page_address(pair.url, number)}index.html",
            kind="actor",
            template="pair.html",
            digest=context.digest(*parts),
            make=partial(_view, context, pair, number, total, part),
        )


def _first_parts(context: Context, pair: Pair) -> list[object]:
    """Return what the digest of a pair's first page takes beside its articles in the list."""
    library = context.library
    who, topics, places = _company(context, pair)
    return [
        life(pair.entries, pair.url, context.config.per_page).parts(),
        [(n, called(library, i)) for i, n in who],
        [(i, n, library.topics[i].name) for i, n in topics],
        [(i, n, library.places[i]) for i, n in places],
        [shown_of(said) for _, said in _voices(context, pair)],
    ]


def _company(
    context: Context, pair: Pair
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """Return the other actors of several of a pair's articles, and their topics and places."""
    key = f"company:pair:{pair.url}:{standing_of(pair.entries).hex()}"
    counts = partial(counts_of, context, pair.entries, (pair.one, pair.other))
    who, topics, places = context.memory.recall(key, counts)
    return tuple((i, n) for i, n in who if n > 1), topics, places


def _voices(context: Context, pair: Pair) -> tuple[tuple[Term, tuple[Saying, ...]], ...]:
    both = ((i, said_in(context, i, pair.entries, SAYINGS)) for i in (pair.one, pair.other))
    return tuple((actor_term(context.library, i), said) for i, said in both if said)


def _view(context: Context, pair: Pair, number: int, total: int, part: Sequence[Entry]) -> PairView:
    library = context.library
    one, other = (actor_term(library, i) for i in (pair.one, pair.other))
    name = say("pair", one=one.name, other=other.name)
    page = f" · {say('page-of', number=number, total=total)}" if total > 1 else ""
    view = PairView(
        url=page_address(pair.url, number),
        title=name,
        tab=f"{name}{page} · {context.config.title}",
        description=f"{say('pair-lead', name=name)}{page}",
        both=(one, other),
        count=0,
        pager=pager(pair.url, number, total, 0),
        groups=by_month(part),
    )
    return view if number > 1 else _first_view(context, pair, view)


def _first_view(context: Context, pair: Pair, view: PairView) -> PairView:
    library, whole = context.library, life(pair.entries, pair.url, context.config.per_page)
    who, topics, places = _company(context, pair)
    count, when = say("articles-lead", n=whole.count), whole.words()
    return replace(
        view,
        description=f"{say('pair-lead', name=view.title)} {count}{', ' + when if when else ''}.",
        who=shares(library, ((i, n, False) for i, n in who), actor_term),
        topics=shares(library, ((i, n, False) for i, n in topics), topic_term),
        where=shares(library, ((i, n, False) for i, n in places), place_term),
        voices=_voices(context, pair),
        **whole.fields(),
    )


# --- pairs that moved -----------------------------------------------------------------------------------


def moved_pairs(context: Context, found: Sequence[Pair]) -> Iterator[Page]:
    """Yield a page at each address that a pair may have had before one of the two was merged into another.

    It leads to the pair as it is now; where that has no page (and from two that have become one
    actor) to the actor's own.
    """
    library, now = context.library, {(p.one, p.other): p.url for p in found}
    for identity, entries in library.by_actor.items():
        was = [old for old in library.actors[identity].was if old not in library.actors]
        mine = actor_term(library, identity)
        for old in was:
            if _named_apart(entries, old, identity) >= SHARED:
                yield moved(context, pair_url(old, identity), mine.url, mine.name)
            for other in _partners(context, identity, entries, now):
                url = now.get((min(identity, other), max(identity, other)))
                both = say("pair", one=mine.name, other=library.actors[other].name)
                yield moved(context, pair_url(old, other), url or mine.url, both if url else mine.name)


def _partners(
    context: Context, identity: str, entries: Sequence[Entry], now: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """Return those with whom an actor could have had a page."""
    often = [i for i, n in company_of(context, "actor", identity, entries)[0] if n >= SHARED]
    have = [i for pair in now if identity in pair for i in pair if i != identity]
    return tuple(dict.fromkeys((*often, *have)))


def _named_apart(entries: Sequence[Entry], old: str, now: str) -> int:
    """Return in how many articles two ids of one actor stand beside each other."""
    return sum({old, now} <= {slug(name) for name in e.front.actors} for e in entries)

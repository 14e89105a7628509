"""One output file as planned, and what every planner of pages needs at hand."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from sitegen.archive.columns import column
from sitegen.archive.library import Entry, Library, calendar_month
from sitegen.config import Config
from sitegen.model import Actor, Card, Quote
from sitegen.pages.links import TERM_ID
from sitegen.pages.memory import Memory
from sitegen.pages.targets import NO_TARGETS, Targets, Wanted, targets, wanted
from sitegen.pages.views import (
    FeedView,
    FreePage,
    Group,
    Media,
    Pager,
    RedirectView,
    Share,
    Term,
    TextView,
    View,
)
from sitegen.pages.words import month_title, say, short_date
from sitegen.text import digest_of, slug

T = TypeVar("T")
AnyView = View | RedirectView | FeedView | TextView
BUCKETS = 4  # to the doubling: how finely totals of the whole archive enter a page


class Page(Struct, frozen=True):
    """One file of the site: where it goes, what makes it, and when it is stale.

    `digest` covers everything that the view is made from; the view itself is made on request,
    because most pages are not stale. `bodies` are the keys of the articles whose text the page
    shows. `template` is "" for files that are not made by a template.
    """

    path: str
    kind: str
    template: str
    digest: str
    make: Callable[[], AnyView]
    bodies: tuple[str, ...] = ()

    def view(self) -> AnyView:
        """Return what the template may see."""
        return self.make()


class Edited(Struct, frozen=True):
    """What a plan after a small edit is about: only titles and texts of these articles are new.

    `articles` are their places; `cards` those of them of which other pages show something new;
    `lists` are the terms and the lists by time that hold such a card, as (kind, id), with the numbers
    of those of their pages.
    """

    articles: frozenset[int]
    cards: frozenset[int]
    lists: Mapping[tuple[str, str], frozenset[int]]


class Context(Struct, frozen=True):
    """The library with what planning needs of it at every turn.

    `site` is the digest of all settings that templates see; `buckets` is the size class of each
    actor; `place_ids` leads from a place as written to its id; `keys` gives what leads from the file of
    an article or a free page to its address; `children` leads from ("actor" or "topic", id) to the ids
    below it; `terms` from (kind of term, id) to the digest of what is counted of its entries. `memory` is
    what earlier plans worked out. With `edited` only pages that the edit touches are planned.
    """

    library: Library
    config: Config
    site: str
    actor_digests: Mapping[str, str]
    buckets: Mapping[str, int]
    place_ids: Mapping[str, str]
    keys: Callable[[], Mapping[str, str]]
    children: Mapping[tuple[str, str], tuple[str, ...]]
    terms: Mapping[tuple[str, str], bytes]
    memory: Memory
    media: Mapping[str, Media]
    quotes: Mapping[str, tuple[Quote, ...]]
    coordinates: Mapping[str, tuple[float, float]]
    wanted: Wanted
    edited: Edited | None = None

    def plans(self, kind: str, identity: str) -> bool:
        """Return whether the pages of a term, or of a list by time, are to be planned."""
        return self.edited is None or (kind, identity) in self.edited.lists

    def paged(
        self, kind: str, identity: str, entries: Sequence[Entry]
    ) -> Iterator[tuple[int, int, Sequence[Entry]]]:
        """Yield (number, total, entries) for each page of a list, as far as it is to be planned."""
        holds = self.edited.lists[kind, identity] | {1} if self.edited else None
        return paged(entries, self.config.per_page, holds)

    def digest(self, *parts: object) -> str:
        """Return a page's digest of plain values (texts, numbers, tuples) and the settings."""
        return digest_of(self.site, *parts)

    def targets_of(self, path: str, key: str, links: Sequence[str]) -> Targets:
        """Return where the local links of a text lead."""
        return targets(path, key, links, self.library, self.keys(), self.media) if links else NO_TARGETS

    def digest_entries(self, entries: Sequence[Entry]) -> bytes:
        """Return one digest of what is shown of these entries, in their order."""
        return blake2b(b"".join(column(entries, "shown")), digest_size=16).digest()

    def digest_cards(self, entries: Sequence[Entry]) -> bytes:
        """Return one digest of the cards of these entries, in their order: what a list of them shows."""
        return blake2b("".join(column(entries, "card.digest")).encode(), digest_size=16).digest()

    def recall(self, what: str, kind: str, identity: str, make: Callable[[], T]) -> T:
        """Return what is counted of the entries of one term, worked out once for as long as these stand."""
        return self.memory.recall(f"{what}:{kind}:{identity}:{self.terms[kind, identity].hex()}", make)


def standing_of(entries: Sequence[Entry]) -> bytes:
    """Return one digest of all that is counted of these entries, in their order."""
    return blake2b(b"".join(column(entries, "standing")), digest_size=16).digest()


def context(
    library: Library,
    config: Config,
    free: Iterable[FreePage],
    *,
    memory: Memory,
    media: Mapping[str, Media],
    quotes: Mapping[str, tuple[Quote, ...]],
    coordinates: Mapping[str, tuple[float, float]],
    known: Wanted | None = None,
    edited: Edited | None = None,
) -> Context:
    """Return the context of one plan; walks the library once, or twice where `known` is not given."""
    lists = {
        "topic": library.by_topic,
        "actor": library.by_actor,
        "tag": library.by_tag,
        "source": library.by_source,
        "place": library.by_place,
    }
    return Context(
        library=library,
        config=config,
        site=_site_digest(config),
        actor_digests={i: _actor_digest(a) for i, a in library.actors.items()},
        buckets={i: bucket(len(found)) for i, found in library.by_actor.items()},
        place_ids=_PlaceIds(),
        keys=cache(partial(_keys, library, free)),
        children=_children(library),
        terms=_TermDigests(lists),
        memory=memory,
        media=media,
        quotes=quotes,
        coordinates=coordinates,
        wanted=known or wanted(library),
        edited=edited,
    )


def _keys(library: Library, free: Iterable[FreePage]) -> dict[str, str]:
    return {**{e.path: e.key for e in library.entries}, **{p.path: p.slug for p in free}}


class _PlaceIds(dict[str, str]):
    """The id of each place as it is written, made when it is asked for."""

    def __missing__(self, place: str) -> str:
        made = self[place] = slug(place)
        return made


class _TermDigests(dict[tuple[str, str], bytes]):
    """The digest of what is counted of each term's entries, made when it is asked for."""

    def __init__(self, lists: Mapping[str, Mapping[str, Sequence[Entry]]]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, term: tuple[str, str]) -> bytes:
        kind, identity = term
        made = self[term] = standing_of(self._lists[kind][identity])
        return made


def _children(library: Library) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    parents = [("actor", a.parent, i) for i, a in library.actors.items()]
    parents += [("topic", t.parent, i) for i, t in library.topics.items()]
    for kind, parent, identity in parents:
        if parent:
            found[kind, parent] = (*found.get((kind, parent), ()), identity)
    return found


def bucket(count: int) -> int:
    """Return the size class of a total, so that a page depends on it only coarsely."""
    return round(BUCKETS * math.log2(count)) if count else 0


def _site_digest(config: Config) -> str:
    seen = (config.title, config.description, config.base_url, config.lang, config.author, config.search)
    rest = (config.noindex, config.per_page, config.feeds)
    return digest_of(seen, rest, repr(dict(config.theme_options)))  # in their order, and each of its kind


def _actor_digest(actor: Actor) -> str:
    return digest_of(actor.id, actor.name, actor.kind, actor.aliases)


# --- links to terms -------------------------------------------------------------------------------


def called(library: Library, identity: str) -> tuple[str, str, str]:
    """Return what a link to an actor is made from: its id, name and kind."""
    actor = library.actors[identity]
    return identity, actor.name, actor.kind


def term_url(folder: str, identity: str) -> str:
    """Return the address of a term's page."""
    return f"{folder}/{identity if TERM_ID.fullmatch(identity) else slug(identity)}/"


def actor_term(library: Library, identity: str, *, count: int = 0) -> Term:
    """Return the link to an actor of the library."""
    actor = library.actors[identity]
    return Term(identity, actor.name, term_url("actors", identity), actor.kind, count)


def topic_term(library: Library, identity: str, *, count: int = 0) -> Term:
    """Return the link to a topic of the library."""
    return Term(identity, library.topics[identity].name, term_url("topics", identity), count=count)


def tag_term(library: Library, identity: str, *, count: int = 0) -> Term:
    """Return the link to a tag of the library."""
    return Term(identity, library.tags[identity], term_url("tags", identity), count=count)


def source_term(library: Library, identity: str, *, count: int = 0) -> Term:
    """Return the link to a source of the library."""
    return Term(identity, library.sources[identity].name, term_url("sources", identity), count=count)


def place_term(library: Library, identity: str, *, count: int = 0) -> Term:
    """Return the link to a place of the library."""
    return Term(identity, library.places[identity], term_url("places", identity), count=count)


# --- counting and paging --------------------------------------------------------------------------


def counted(
    terms: Iterable[tuple[str, ...]], most: int, *, without: Iterable[str] = ()
) -> tuple[tuple[str, int], ...]:
    """Return the `most` frequent ids of many tuples with their counts, ties by id."""
    counts = Counter(chain.from_iterable(terms))
    for identity in without:
        counts.pop(identity, None)
    if len(counts) > most:
        least = sorted(counts.values(), reverse=True)[most - 1]
        kept = [item for item in counts.items() if item[1] >= least]
    else:
        kept = list(counts.items())
    return tuple(sorted(kept, key=lambda item: (-item[1], item[0]))[:most])


def shares(
    library: Library, found: Iterable[tuple[str, int, bool]], term: Callable[[Library, str], Term]
) -> tuple[Share, ...]:
    """Return counted ids as shares; the third value says whether it is more than elsewhere."""
    return tuple(Share(term(library, identity), count, more) for identity, count, more in found)


def paged(
    items: Sequence[T], per_page: int, only: Collection[int] | None = None
) -> Iterator[tuple[int, int, Sequence[T]]]:
    """Yield (number, total, items) for each page of a list, or `only` some; an empty list has one page."""
    total = max(1, -(-len(items) // per_page))
    for number in range(1, total + 1) if only is None else sorted(only):
        yield number, total, items[(number - 1) * per_page : number * per_page]


def page_address(url: str, number: int) -> str:
    """Return the address of one page of a list."""
    return url if number == 1 else f"{url}page/{number}/"


def pager(url: str, number: int, total: int, items: int) -> Pager:
    """Return the neighbours of one page of a list."""
    return Pager(
        number=number,
        total=total,
        items=items,
        first=page_address(url, 1) if number > 1 else "",
        previous=page_address(url, number - 1) if number > 1 else "",
        next=page_address(url, number + 1) if number < total else "",
        last=page_address(url, total) if number < total else "",
    )


def arrivals(entries: Sequence[Entry], most: int) -> tuple[int, ...]:
    """Return where the last to come into the archive stand, by day; those of one day in the given order."""
    days = [e.added[:10] for e in entries]
    return tuple(heapq.nlargest(most, range(len(days)), key=days.__getitem__))


def by_month(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Return the cards of entries under one heading a month, in the order given."""
    groups: dict[str, list[Card]] = {}
    for entry in entries:
        groups.setdefault(calendar_month(entry.date), []).append(entry.card)
    return tuple(
        Group(
            month_title(month),
            tuple(cards),
            url=f"{month}/",
            id="m-" + month.replace("/", "-"),
        )
        for month, cards in groups.items()
    )


def span(entries: Sequence[Entry]) -> tuple[Card | None, Card | None]:
    """Return the cards of the first and the last dated entry, or None twice."""
    if not entries or not entries[0].date:
        return None, None
    first = next(e for e in reversed(entries) if e.date)
    return first.card, entries[0].card


def life_of(first: Card | None, last: Card | None) -> str:
    """Return from when to when: "7 Feb 2018 to 2 Mar 2018", or the one day; "" for no dates."""
    if not first or not last:
        return ""
    start, end = short_date(first.date), short_date(last.date)
    return start if start == end else say("span", first=start, last=end)

"""What one build was made from, kept for the next: after an edit of titles and texts little is planned."""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.columns import BLOCK, KeptEntries, packed, places_by_key, with_entries
from sitegen.archive.frame import Frame, frame, framed
from sitegen.archive.library import Entry, Library, natural_key, offered, with_text
from sitegen.config import Config
from sitegen.errors import Problem
from sitegen.model import Facts, Quote
from sitegen.pages.memory import Memory
from sitegen.pages.page import Context, Edited, Page, context
from sitegen.pages.plan import pages_of
from sitegen.pages.targets import Wanted
from sitegen.pages.theme import template_digests
from sitegen.pages.views import FreePage, Media
from sitegen.run.damage import damage
from sitegen.run.home import Home
from sitegen.run.look import Changes, Look
from sitegen.run.order import Options, kept_problems, knows_all_names
from sitegen.run.rendering import Task, task
from sitegen.run.scan import read_anew
from sitegen.run.state import Seen, State

_OWN = ("title", "dateline", "agency", "summary", "highlights")  # of these other pages show the card at most
FEW = 64  # articles that one edit changes


class Product(Struct, frozen=True):
    """One part of the site: its id, the digest of all that it is made from, and how to make it.

    `make` gives the part's files by path, and a note for whoever builds upon it. A page is made by
    a worker instead: `task` says what the worker needs.
    """

    id: str
    digest: str
    make: Callable[[], tuple[Mapping[str, bytes], bytes]] | None = None
    task: Callable[[], Task] | None = None


def page_product(page: Page, articles: Library, templates: Callable[[str], str]) -> Product:
    """Return a page as a part of the site."""
    made_from = f"{page.digest}{templates(page.template)}"
    return Product(page.path, made_from, task=partial(task, page, articles))


class Work(Struct, frozen=True):
    """What one build is given: `sources` are the templates, `call` is the digest of all but the articles.

    `changes` are those since the last build.
    """

    home: Home
    options: Options
    found: Look
    changes: Changes
    config: Config
    sources: Mapping[str, str]
    call: str


class Planned(Struct, frozen=True):
    """What is to be made; `keep` writes what the next build is to know into the state, and returns it.

    After an edit the products are those that it touches, and all others stay.
    """

    articles: Library
    products: Iterable[Product]
    problems: tuple[Problem, ...]
    memory: Memory
    keep: Callable[[State], Plan]


class Quotes(Mapping[str, tuple[Quote, ...]]):
    """The quotations of a library's articles by key, looked up when they are asked for."""

    def __init__(self, articles: Library) -> None:
        self._articles = articles

    def __getitem__(self, key: str) -> tuple[Quote, ...]:
        entry = self._articles.by_key[key]
        if not entry.speaks or not entry.facts.quotes:
            raise KeyError(key)
        return entry.facts.quotes

    def __iter__(self) -> Iterator[str]:
        return (e.key for e in self._articles.entries if e.speaks and e.facts.quotes)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return self._any

    @cached_property
    def _any(self) -> bool:
        return any(e.speaks for e in self._articles.entries)


class Outline(Struct, frozen=True):
    """What a plan was made from besides its entries: it holds for as long as no list has another order."""

    frame: Frame
    free: tuple[FreePage, ...]
    media: Mapping[str, Media]
    coordinates: Mapping[str, tuple[float, float]]
    wanted: Wanted


class Plan(Struct, frozen=True):
    """What the last build was made from; `call` is the digest of all that is not in the articles."""

    call: str
    outline: Outline
    entries: Sequence[Entry]


def plan_of(call: str, around: Context, free: tuple[FreePage, ...]) -> Plan:
    """Return what is kept of a plan of the whole site."""
    articles = around.library
    outline = Outline(frame(articles), free, around.media, around.coordinates, around.wanted)
    return Plan(call, outline, articles.entries)


def keep_plan(state: State, plan: Plan) -> None:
    """Keep a plan in the state, to be committed with what is made."""
    state.keep_outline(pickle.dumps(plan.outline))
    keep_entries(state, plan, range(len(plan.entries)))


def keep_entries(state: State, plan: Plan, changed: Iterable[int]) -> None:
    """Keep the entries at these places as they are now, to be committed with what is made."""
    blocks = sorted({place // BLOCK for place in changed})
    state.update_entries((n, *packed(plan.entries[n * BLOCK : (n + 1) * BLOCK])) for n in blocks)


def kept_plan(state: State) -> Plan | None:
    """Return the plan that the state keeps."""
    kept = state.outline()
    if not kept:
        return None
    outline: Outline = pickle.loads(kept)  # noqa: S301 - our own cache
    entries = KeptEntries.of(state.entries(), state.rest_of_entries, state.facts())
    if len(entries) != outline.frame.count:
        raise damage()
    return Plan(state.get("call"), outline, entries)


class Edit(Struct, frozen=True):
    """A plan with some articles' new titles and texts, and which these are."""

    plan: Plan
    edited: Edited

    def context(self, config: Config, memory: Memory) -> Context:
        """Return the context in which the pages are planned that show the edit."""
        outline = self.plan.outline
        articles = framed(outline.frame, self.plan.entries)
        return context(
            articles,
            config,
            outline.free,
            memory=memory,
            media=outline.media,
            quotes=Quotes(articles),
            coordinates=outline.coordinates,
            known=outline.wanted,
            edited=self.edited,
        )


def edit_of(plan: Plan, changed: Iterable[Seen], config: Config) -> Edit | None:
    """Return the plan with these articles as they are now, or None where more has changed than may be.

    That is titles, texts and what only the article's own page shows. Links lead to other files, an
    old address shows the title, "read more" lines find articles by it: such articles are planned anew.
    """
    now, cards = dict[int, Entry](), set[int]()
    at = places_by_key(plan.entries)
    for seen in changed:
        place = _place(seen.facts, plan.entries, at) if seen.facts else None
        if place is None or not seen.facts or seen.problems:
            return None
        before = plan.entries[place]
        after = now[place] = with_text(before, seen.facts)
        if not _same_but_text(before.facts, seen.facts):
            return None
        named = (before.card.title, after.card.title)
        if named[0] != named[1] and (after.front.aliases or any(map(plan.outline.wanted.names, named))):
            return None
        if before.shown != after.shown or config.feeds == "full":
            cards.add(place)
    shown = _edited(now, cards, plan.outline.frame, config.per_page)
    return Edit(replace(plan, entries=with_entries(plan.entries, now)), shown)


def _place(facts: Facts, entries: Sequence[Entry], at: Mapping[str, int]) -> int | None:
    """Return where an article's entry stands, or None: at the first of the addresses offered to it."""
    for key in offered(natural_key(facts)):
        place = at.get(key)
        if place is None or entries[place].path == facts.path:
            return place
    return None


def _same_but_text(before: Facts, now: Facts) -> bool:
    front = replace(now.front, **{name: getattr(before.front, name) for name in _OWN})
    return not now.links and before == replace(
        now,
        front=front,
        digest=before.digest,
        excerpt=before.excerpt,
        words=before.words,
        body_line=before.body_line,
        body_start=before.body_start,
    )


def _kind(index: str) -> str:
    """Return what sort of list an index of the library leads to."""
    return "time" if index in ("by_month", "by_year") else index.removeprefix("by_")


def _edited(places: Iterable[int], cards: set[int], bare: Frame, per_page: int) -> Edited:
    lists = {
        (_kind(name), identity): frozenset(
            bisect_left(holds, p) // per_page + 1 for p in cards.intersection(holds)
        )
        for name, index in bare.indexes.items()
        for identity, holds in index.items()
        if not cards.isdisjoint(holds)
    }
    return Edited(
        frozenset(places),
        frozenset(cards),
        {("time", "articles"): frozenset(p // per_page + 1 for p in cards), **lists},
    )


def edited(work: Work, state: State, plan: Callable[[], Plan | None]) -> Planned | None:
    """Return what an edit of few titles and texts makes stale; None where more has changed."""
    config, changes, problems = work.config, work.changes, kept_problems(state)
    if not knows_all_names(problems):
        return None
    if work.call != state.get("call") or len(changes.stale) > FEW or changes.has_new or changes.gone:
        return None
    read = read_anew(work.home, work.found, changes.stale, limit=config.limits.article_bytes)
    kept = plan()
    edit = edit_of(kept, (seen for seen, _ in read), config) if kept and kept.call == work.call else None
    if edit is None:
        return None
    memory = Memory(state.recollection())
    around = edit.context(config, memory)

    def keep(state: State) -> Plan:
        state.set_aside(row for _, row in read)
        state.update_files(changes)
        keep_entries(state, edit.plan, edit.edited.articles)
        state.update_memory(memory.made)
        return edit.plan

    templates = template_digests(work.sources)
    products = (page_product(p, around.library, templates) for p in pages_of(around, edit.plan.outline.free))
    return Planned(around.library, products, problems, memory, keep)

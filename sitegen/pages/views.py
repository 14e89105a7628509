"""What each template may see: one frozen value for each page, and the small values inside them.

Addresses in views are site-relative without the way up ("actors/nasa/"); a template puts `root`
before them. Bodies are not here: they are given when a page is rendered.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from sitegen.model import Card, Highlight

Bar = tuple[str, int, str]  # label ("2018-02" or "2018"), count, address or ""


class Term(Struct, frozen=True):
    """A link to the page of a topic, an actor, a tag, a source or a place."""

    id: str
    name: str
    url: str
    kind: str = ""
    count: int = 0


class Person(Struct, frozen=True):
    """An actor of one article with every name under which the text may mention it."""

    id: str
    name: str
    url: str
    kind: str
    names: tuple[str, ...]


class Share(Struct, frozen=True):
    """A term that occurs together with another: in how many articles, and if `more` than elsewhere."""

    term: Term
    count: int
    more: bool = False


class Closest(Struct, frozen=True):
    """An article near to another one, and why: shared actors' and topics' names, the same place."""

    card: Card
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    place: bool


class ReadMore(Struct, frozen=True):
    """A link that the page carried: to an article kept here (`key`), or out (`url`), or nowhere."""

    title: str
    key: str | None = None
    url: str | None = None


class Media(Struct, frozen=True):
    """A published image: where it lies below the root, and its size in pixels if known."""

    url: str
    width: int | None = None
    height: int | None = None


class Saying(Struct, frozen=True):
    """A quotation on its speaker's page, with the article and the paragraph that hold it."""

    text: str
    speaker: str
    card: Card
    paragraph: int


class Pager(Struct, frozen=True):
    """Where a page stands in a list of many: addresses of the neighbours, "" at the ends."""

    number: int = 1
    total: int = 1
    items: int = 0
    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""


class Group(Struct, frozen=True):
    """Cards under one heading, which may lead to a page of its own."""

    heading: str
    cards: tuple[Card, ...]
    url: str = ""
    id: str = ""

    def __reduce__(self) -> tuple[Callable[..., Group], tuple[object, ...]]:
        """Send the cards as plain tuples: lists have hundreds, and they take four times as long to pack."""
        return _group, (self.heading, tuple(map(tuple, self.cards)), self.url, self.id)


def _group(heading: str, cards: tuple[tuple[str, ...], ...], url: str, identity: str) -> Group:
    return Group(heading, tuple(map(Card._make, cards)), url, identity)


class FreePage(Struct, frozen=True):
    """A page from `content/pages/`: `slug` is its address, `text` its Markdown below the head.

    `path` is its file, `links` the local targets in its text as written.
    """

    slug: str
    title: str
    text: str
    description: str = ""
    path: str = ""
    links: tuple[str, ...] = ()


class View(Struct, frozen=True, kw_only=True):
    """What every page has. `url` is its own address; `feed` that of its Atom feed or "".

    `tab` is the text of the browser's tab, different on each page of the site.
    """

    url: str
    title: str
    tab: str
    description: str
    lang: str = ""
    feed: str = ""
    indexed: bool = True


class ArticleView(View, frozen=True, kw_only=True):
    """One article. `topic_cards` are its neighbours in the topic `line`, the newer ones first.

    `position` says how many of them are newer; `previous` is the next older one.
    """

    key: str
    path: str
    date: str
    dateline: str
    place: Term | None
    agency: str
    authors: tuple[str, ...]
    source: Term | None
    original_url: str | None
    topics: tuple[Term, ...]
    actors: tuple[Person, ...]
    tags: tuple[Term, ...]
    minutes: int
    stub: bool
    summary: str
    added: str
    original: str
    highlights: tuple[Highlight, ...]
    read_more: tuple[ReadMore, ...]
    line: Term | None
    topic_cards: tuple[Card, ...]
    position: int
    previous: Card | None
    next: Card | None
    same_day: tuple[Card, ...]
    closest: tuple[Closest, ...]
    links: tuple[tuple[str, str], ...]
    media: tuple[tuple[str, Media], ...]
    markdown_copy: bool


class ListView(View, frozen=True, kw_only=True):
    """A list of articles by time: all of them, a year, a month, those without a date."""

    kind: str
    count: int
    bars: tuple[Bar, ...] = ()
    years: tuple[Term, ...] = ()
    groups: tuple[Group, ...] = ()
    pager: Pager = field(default_factory=Pager)
    up: Term | None = None
    previous: Term | None = None
    next: Term | None = None


class IndexView(View, frozen=True, kw_only=True):
    """All terms of one sort: by size, each with its span and a bar for its share of the largest."""

    kind: str
    count: int
    most: int
    rows: tuple[IndexRow, ...]
    pager: Pager
    graph: Graph | None = None
    dots: tuple[Dot, ...] = ()


class IndexRow(Struct, frozen=True):
    """One term in an index: its span of days, what share of the archive (per mille), its group."""

    term: Term
    first: str
    last: str
    share: int = 0


class Edge(Struct, frozen=True):
    """Two nodes of a graph by their place in it, in how many articles, how far beyond chance."""

    a: int
    b: int
    count: int
    weight: float


class Graph(Struct, frozen=True):
    """Actors and their ties; the first node is the middle one where there is a middle."""

    nodes: tuple[Term, ...]
    edges: tuple[Edge, ...]


class Dot(Struct, frozen=True):
    """A place on the map: degrees north and east, and the number of reports from there."""

    term: Term
    latitude: float
    longitude: float


class StoryView(View, frozen=True, kw_only=True):
    """What articles have in common, over time; later pages carry the list alone."""

    count: int
    pager: Pager
    groups: tuple[Group, ...]
    life: str = ""
    first: Card | None = None
    last: Card | None = None
    bars: tuple[Bar, ...] = ()
    peak: Card | None = None
    peak_label: str = ""
    who: tuple[Share, ...] = ()
    where: tuple[Share, ...] = ()
    topics: tuple[Share, ...] = ()


class Rising(Struct, frozen=True):
    """A term that grows: articles in the last 90 days and in the 90 days before them."""

    term: Term
    now: int
    before: int
    points: tuple[int, ...]


class HomeView(View, frozen=True, kw_only=True):
    """The front page."""

    count: int
    first_year: str
    last_year: str
    bars: tuple[Bar, ...]
    years: tuple[Term, ...]
    newest: tuple[Card, ...]
    newest_date: str
    rising: tuple[Rising, ...]
    on_this_day: tuple[Card, ...]
    day: str
    topics: tuple[Term, ...]
    topic_count: int
    actors: tuple[Term, ...]
    actor_count: int
    pages: tuple[Term, ...]


class Lane(Struct, frozen=True):
    """One topic's articles by year, in the order of the years of the timeline."""

    term: Term
    counts: tuple[int, ...]


class TimelineView(View, frozen=True, kw_only=True):
    """Years as rows, each with its twelve months, the articles of unknown month, and the sum.

    Years without articles stand together in one row that has no months.
    """

    rows: tuple[tuple[Term, tuple[Term, ...]], ...]
    most: int
    months: tuple[str, ...]
    years: tuple[str, ...]
    lanes: tuple[Lane, ...]
    undated: int


class SearchView(View, frozen=True, kw_only=True):
    """What the search page offers without a script, and the names that its filters show."""

    count: int
    topics: tuple[Term, ...]
    actors: tuple[Term, ...]
    sources: tuple[Term, ...]
    months: tuple[Term, ...]


class FreeView(View, frozen=True, kw_only=True):
    """A free page; `links` and `media` lead from its local targets as written, as an article's do."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    media: tuple[tuple[str, Media], ...] = ()


class NotFoundView(View, frozen=True, kw_only=True):
    """The page for addresses that lead nowhere; its links start at the site's root."""

    topics: tuple[Term, ...]
    actors: tuple[Term, ...]


class RedirectView(Struct, frozen=True):
    """An old address: the title of what was there, where that is now: relative, and below the root."""

    title: str
    target: str
    url: str


class FeedView(Struct, frozen=True):
    """An Atom feed, newest arrivals first; `root` stands before every address in it.

    That is the site's base address, or the way up from the feed where there is none.
    """

    id: str
    title: str
    url: str
    page: str
    root: str
    updated: str
    entries: tuple[FeedEntry, ...]
    full: bool


class FeedEntry(Struct, frozen=True):
    """One article in a feed; dates are RFC 3339, `published` empty where the day is unknown."""

    id: str
    card: Card
    updated: str
    published: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    media: tuple[tuple[str, Media], ...] = ()


class TextView(Struct, frozen=True):
    """A file that is no page: its text as it is written."""

    text: str

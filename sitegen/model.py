"""The values that flow through the program; all frozen, none of them reads or writes.

    bytes -> intake -> Article -> archive -> text of a Markdown file
    Markdown files -> Facts -> Library (archive.library) -> views (pages) -> HTML

A guess carries its evidence (`Found`), a removed line its reason (`Dropped`), a fault its place
(`errors.Problem`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Literal, NamedTuple, TypeVar

from msgspec import Struct, field

from sitegen.errors import Problem

T = TypeVar("T")

ActorKind = Literal[
    "person",
    "state",
    "government-body",
    "military",
    "armed-group",
    "coalition",
    "party",
    "igo",
    "company",
    "media",
    "organisation",
]


class Date(Struct, frozen=True):
    """A publication date exactly as precise as its source, and no more.

    `date` is "2018-02-07", "2018-02" or "2018"; `time` "22:58" or "22:58:10"; `offset` "+03:00"
    ("+00:00" for UTC) or None where the source names no zone; `ambiguous` says that day and month
    could be the other way round.
    """

    date: str
    time: str | None = None
    offset: str | None = None
    ambiguous: bool = False

    def __str__(self) -> str:
        return self.date + (f"T{self.time}" if self.time else "") + (self.offset or "")

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def month(self) -> str | None:
        """Return "02", or None where only the year is known."""
        return self.date[5:7] or None

    @property
    def day(self) -> str | None:
        """Return "07", or None where only year or month is known."""
        return self.date[8:10] or None


class Dateline(Struct, frozen=True):
    """Where, when and by whom a report was filed, read off the head of its first paragraph.

    `end` is the number of characters of the paragraph that the dateline takes, dash included.
    """

    place: str | None
    date: Date | None
    agency: str | None
    end: int


class Found(Struct, Generic[T], frozen=True):
    """A value that was found in an input: the text it came from, the line, and the rule's name."""

    value: T
    text: str
    line: int | None
    rule: str


class Dropped(Struct, frozen=True):
    """A piece of the input that is not in the article: its line (from 1), its text, and why.

    `score` is the logit of its being text, where that decided: below 0, rather what surrounds a text.
    """

    line: int
    text: str
    reason: str
    score: float | None = None


class Related(Struct, frozen=True):
    """A "read more" link that the page carried."""

    title: str
    url: str | None = None


class Highlight(Struct, frozen=True):
    """A passage that the reader had marked, from an import that holds such."""

    quote: str
    note: str | None = None
    date: str | None = None


# --- who and what -------------------------------------------------------------------------------


class Actor(Struct, frozen=True):
    """One entry of the vocabulary of actors: shipped, or from `actors.toml`, or made from a name."""

    id: str
    name: str
    kind: ActorKind = "organisation"
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    country: str | None = None
    parent: str | None = None
    wikidata: str | None = None
    description: str | None = None
    was: tuple[str, ...] = ()
    hidden: bool = False


class Topic(Struct, frozen=True):
    """One entry of the vocabulary of topics; `iptc` is a Media Topics code such as "16000000"."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    words: tuple[str, ...] = ()
    iptc: str | None = None
    description: str | None = None
    was: tuple[str, ...] = ()
    hidden: bool = False


class SourceRules(Struct, frozen=True):
    """What a person has said about one publisher in `sources.toml`.

    `drop` and `keep` are patterns of whole lines (`vocabulary.patterns`); `title_tail` is cut from
    the end of titles; `byline` is a pattern with `{names}`, or the place where the names stand.
    """

    id: str
    name: str
    hosts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    title_tail: str | None = None
    day_first: bool | None = None
    byline: str | None = None


class ActorFound(Struct, frozen=True):
    """An actor in one text: the forms it took there, how often, and how much the text is about it.

    `role` is the office that the text gives to a person, as printed.
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    mentions: int
    salient: bool
    score: float
    rule: str
    role: str | None = None


class TopicFound(Struct, frozen=True):
    """A topic of one text with the words that decided; `score` is 0.0 to 1.0."""

    id: str
    name: str
    score: float
    iptc: str | None = None
    words: tuple[str, ...] = ()


class Quote(Struct, frozen=True):
    """A direct quotation: who said it (an actor's id, and the speaker as printed), and where.

    `paragraph` counts from 1 over the blocks of the text parted by blank lines.
    """

    actor: str | None
    text: str
    paragraph: int
    speaker: str | None = None


class Name(Struct, frozen=True):
    """A name in a text: characters `start` to `end`, and its type."""

    start: int
    end: int
    type: Literal["PER", "ORG", "LOC", "MISC"]


class Description(Struct, frozen=True):
    """Who and what a text is about; actors and topics the most important first."""

    actors: tuple[ActorFound, ...] = ()
    topics: tuple[TopicFound, ...] = ()
    tags: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    place: str | None = None


class Picture(Struct, frozen=True):
    """A picture in an article's Markdown that came with the input: its address as written there.

    `path` is where the page says that it lies, from the page's own folder; `content` is its bytes,
    where the page itself carries them.
    """

    address: str
    path: str | None
    content: bytes | None = None


# --- an article, from an input --------------------------------------------------------------------


class Article(Struct, frozen=True):
    """One article as intake found it in an input, with the account of every line.

    `markdown` is the cleaned body, `body` the same as plain text with a blank line between
    paragraphs; both are empty and `diagnostics` says why where no article could be read. `number`
    counts the articles of one input from 1. `evidence` has one entry for each field that was
    found, `sha256` is that of the whole input.
    """

    input: str
    number: int
    sha256: str
    encoding: str
    title: str = ""
    body: str = ""
    markdown: str = ""
    date: Date | None = None
    dateline: str | None = None
    place: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    summary: str | None = None
    tags: tuple[str, ...] = ()
    topics: tuple[TopicFound, ...] = ()
    actors: tuple[ActorFound, ...] = ()
    quotes: tuple[Quote, ...] = ()
    related: tuple[Related, ...] = ()
    pictures: tuple[Picture, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    evidence: Mapping[str, Found[str]] = field(default_factory=dict)
    diagnostics: tuple[Problem, ...] = ()


# --- an article, in the archive -------------------------------------------------------------------


class FrontMatter(Struct, frozen=True):
    """The head of an article's file, typed; the keys and their order are those of the archive.

    `topics` and `actors` are as written: ids, names or aliases. `pinned` and `removed` map a
    field's name to the values that a person has added or taken away for good.
    """

    title: str
    date: Date | None = None
    dateline: str | None = None
    place: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    summary: str | None = None
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    pinned: tuple[tuple[str, tuple[str, ...]], ...] = ()
    removed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    related: tuple[Related, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    slug: str | None = None
    aliases: tuple[str, ...] = ()
    draft: bool = False
    added: str | None = None
    original: str | None = None
    private: bool = False
    text: str | None = None


class Facts(Struct, frozen=True):
    """What the library keeps of one article's file; the body stays on disk.

    `path` is relative to the archive with forward slashes; `digest` is that of the whole file's
    bytes; `excerpt` is the summary or the head of the body as plain text; `words` counts the
    body's words; `body_line` is the line of the file on which the body starts, `body_start` its
    first character in the file's text; `links` are the local targets (images, other articles)
    that the body names, as written. `account` is the digest of what the import said of the article
    (dropped lines, evidence), "" where nothing is kept; `quotes` are the quotations it found; `own`
    are, by field, the tags and topics of an imported article that cleaning did not find there;
    `roles` are the offices that the text gives to people: (actor's id, role as printed).
    """

    path: str
    digest: str
    front: FrontMatter
    excerpt: str
    words: int
    body_line: int
    body_start: int
    links: tuple[str, ...] = ()
    account: str = ""
    quotes: tuple[Quote, ...] = ()
    own: tuple[tuple[str, tuple[str, ...]], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()


class Card(NamedTuple):
    """What other pages show of an article. `digest` stands for all of it in a view's digest.

    `key` is its address without the last slash ("2018/02/slug"); `date` is ISO text as precise as
    known, or "" (undated).
    """

    key: str
    title: str
    date: str
    source: str
    summary: str
    lang: str
    digest: str

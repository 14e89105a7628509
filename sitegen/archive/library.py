"""All articles of an archive as facts: addresses, indexes by term and time, and what clashes.

The library holds no bodies, so that a hundred thousand articles fit in memory with room.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from sitegen.archive.names import Names, Written
from sitegen.errors import Problem
from sitegen.model import Actor, Card, Facts, FrontMatter, SourceRules, Topic
from sitegen.text import digest, digest_of, is_device, slug
from sitegen.vocabulary import Vocabulary

_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}(?<!\.)")
INDEXES = ("by_actor", "by_topic", "by_tag", "by_source", "by_place", "by_month", "by_year")
_DATED_PATH = re.compile(r"content/articles/([0-9]{4}/[0-9]{2}|undated)/([^/]+)\.md$")


class Entry(NamedTuple):
    """One published article: its address, what other pages tell of it, its terms resolved to ids.

    `key` is the address without the last slash ("2018/02/slug"); `actors`, `topics` and `tags` are
    ids in the order of the front matter, pinned ones added and removed ones gone; `source` is the
    id of its source or ""; `text` is the digest of its file, `path`; `speaks` says whether its import
    found quotations or offices, `related` whether it has "read more" lines; `account` is the digest of
    what its import kept; `links` are the local links of its text; `standing` is a digest of all that is
    counted of the article: its date, its terms, its place, its arrival, its language; `shown` is one of
    all that lists and statistics use: its card, its authors and that. `told` has the facts of articles by
    path: all that is asked of most articles stands here, and theirs need not be read.
    """

    key: str
    card: Card
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    source: str
    place: str | None
    added: str
    authors: tuple[str, ...]
    path: str
    text: str
    account: str
    links: tuple[str, ...]
    related: bool
    speaks: bool
    standing: bytes
    shown: bytes
    told: Mapping[str, Facts]

    @property
    def facts(self) -> Facts:
        return self.told[self.path]

    @property
    def front(self) -> FrontMatter:
        return self.facts.front

    @property
    def date(self) -> str:
        """Return the ISO date as precise as known, or ""."""
        return self.card.date

    @property
    def lang(self) -> str:
        return self.card.lang

    @property
    def sources(self) -> tuple[str, ...]:
        """Return its source, or nothing."""
        return (self.source,) if self.source else ()

    @property
    def places(self) -> tuple[str, ...]:
        """Return its place, or nothing."""
        return (self.place,) if self.place else ()

    @property
    def month(self) -> str:
        """Return "2018/02" (its folder), "2018/00" with only a year known, or "undated"."""
        return self.key.rsplit("/", 1)[0]


def calendar_month(date: str) -> str:
    """Return "2018/02", "2018/00" where only the year is known, or "undated"."""
    return f"{date[:4]}/{date[5:7] or '00'}" if date else "undated"


class Library(Struct, frozen=True):
    """The published articles and every index over them.

    `entries` and each index's entries run from the newest to the oldest (date, then key: a total
    order); undated ones come last. Indexes by id: `by_actor`, `by_topic`, `by_tag`, `by_source`,
    `by_place`; by time: `by_month` ("2018/02"; calendar month of the date, "2018/00" where only the
    year is known, "undated"), `by_year`. `actors`, `topics`, `sources`, `tags`, `places` hold what
    each id is called; only terms that a published article names are there. `redirects` maps an old
    address (no slashes at the ends) to the key of an article or the address of a term's page.
    `shape` is a digest of who and what stands where in time: the date, actors, topics and place of
    each entry.
    """

    entries: Sequence[Entry]
    by_key: Mapping[str, Entry]
    by_actor: Mapping[str, Sequence[Entry]]
    by_topic: Mapping[str, Sequence[Entry]]
    by_tag: Mapping[str, Sequence[Entry]]
    by_source: Mapping[str, Sequence[Entry]]
    by_place: Mapping[str, Sequence[Entry]]
    by_month: Mapping[str, Sequence[Entry]]
    by_year: Mapping[str, Sequence[Entry]]
    actors: Mapping[str, Actor]
    topics: Mapping[str, Topic]
    sources: Mapping[str, SourceRules]
    tags: Mapping[str, str]
    places: Mapping[str, str]
    redirects: Mapping[str, str]
    problems: tuple[Problem, ...]
    shape: str


def library(
    facts: Iterable[Facts],
    vocabulary: Vocabulary,
    *,
    lang: str = "en",
    drafts: bool = False,
    told: Mapping[str, Facts] | None = None,
) -> Library:
    """Return the library of all facts that may be published: private ones never, drafts on request.

    The facts are gone through once, in any order. `told` has the same by path, where they are read
    again when asked for: the library then holds none. Two articles that want one address are both
    kept, the later (by `added`, then path) under the next free "-2", "-3"; a problem names both files.
    """
    names, written = Names(vocabulary), Written()
    held: dict[str, Facts] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    own_tags: dict[str, tuple[str, ...]] = {}
    entries, left_out = [], []
    for read in facts:
        front = read.front
        if front.private:
            continue
        if front.draft and not drafts:
            left_out.append(_left_out(read))
            continue
        entry = _entry(read, names, lang, held if told is None else told)
        written.add(entry.date, entry.key, front, entry.tags)
        entries.append(entry)
        if front.aliases:
            aliases[read.path] = front.aliases
        if read.account and (own := _own_tags(read)):
            own_tags[read.path] = own
        if told is None:
            held[read.path] = read
    problems = [*_addressed(entries), *sorted(left_out, key=lambda p: p.file or "")]
    _finish(entries, own_tags)
    entries.sort(key=lambda e: (e.card.date, e.key), reverse=True)
    return _indexed(tuple(entries), aliases, names, written, tuple(problems))


def _finish(entries: list[Entry], own_tags: Mapping[str, tuple[str, ...]]) -> None:
    """Put the digests into all entries, and take out tags that lead nowhere.

    A tag that cleaning found in one article only is such; what a person wrote, and the page's own
    keywords, stay.
    """
    tagged = Counter(tag for e in entries for tag in e.tags)
    for at, entry in enumerate(entries):
        if entry.account and any(tagged[t] == 1 for t in entry.tags):
            own = set(map(slug, own_tags.get(entry.path, ())))
            entry = entry._replace(tags=tuple(t for t in entry.tags if tagged[t] > 1 or t in own))
        entries[at] = _with_digests(entry)


def _own_tags(facts: Facts) -> tuple[str, ...]:
    """Return the tags that a person has written or the page itself gave as keywords."""
    return (*dict(facts.own).get("tags", ()), *dict(facts.front.pinned).get("tags", ()))


def natural_key(facts: Facts) -> str:
    """Return the address that an article asks for: its folder, or its date, and its slug.

    A file below `content/articles/YYYY/MM/` keeps that address whatever its date says later; any
    other file goes by date and `slug`, else by its name (a bundle's folder for `index.md`).
    """
    front = facts.front
    if placed := _DATED_PATH.match(facts.path):
        return f"{placed.group(1)}/{slug(front.slug or placed.group(2))}"
    path = PurePosixPath(facts.path)
    last = slug(front.slug or (path.parent.name if path.stem in ("index", "_index") else path.stem))
    if front.date is None:
        return f"undated/{last}"
    return f"{front.date.year}/{front.date.month or '00'}/{last}"


def offered(key: str) -> Iterator[str]:
    """Give the addresses that an article may have which asks for one, in order: the first free one is its."""
    yield key
    yield from (f"{key}-{number}" for number in count(2))


def _left_out(facts: Facts) -> Problem:
    return Problem("draft", "is a draft and left out; `--drafts` builds it", "note", file=facts.path)


def _addressed(entries: list[Entry]) -> Iterator[Problem]:
    """Give each entry an address of its own, and name those that wanted one that was taken."""
    by_key: dict[str, str] = {}
    waiting = []
    entries.sort(key=lambda e: (e.added, e.path))
    for at, entry in enumerate(entries):
        if by_key.setdefault(entry.key, entry.path) != entry.path:
            waiting.append(at)
    for at in waiting:
        entry = entries[at]
        key = next(key for key in offered(entry.key) if key not in by_key)
        yield Problem(
            "slug-clash",
            f"has the address /{entry.key}/ that {by_key[entry.key]} has already; it is published as /{key}/",
            file=entry.path,
            hint="give one of the two a `slug:` of its own",
        )
        by_key[key] = entry.path
        entries[at] = entry._replace(key=key, card=entry.card._replace(key=key))


def _entry(facts: Facts, names: Names, lang: str, told: Mapping[str, Facts]) -> Entry:
    """Return the entry of an article at the address that it asks for, still without digests."""
    front, key = facts.front, natural_key(facts)
    pinned, removed = dict(front.pinned), dict(front.removed)

    def ids(field: str, given: tuple[str, ...], identity: Callable[[str], str]) -> tuple[str, ...]:
        first = pinned.get(field, ())
        found = dict.fromkeys(map(identity, (*first, *given) if first else given))
        for name in removed.get(field, ()):
            found.pop(identity(name), None)
        return tuple(filter(None, found))

    source = names.source(front.source) if front.source else None
    date, publisher, language = str(front.date or ""), source.name if source else "", front.lang or lang
    return Entry(
        key=key,
        card=Card(key, front.title, date, publisher, facts.excerpt, language, ""),
        actors=ids("actors", front.actors, names.actor_id),
        topics=ids("topics", front.topics, names.topic_id),
        tags=ids("tags", front.tags, slug),
        source=source.id if source else "",
        place=front.place,
        added=front.added or "",
        authors=front.authors,
        path=facts.path,
        text=facts.digest,
        account=facts.account,
        links=facts.links,
        related=bool(front.related),
        speaks=bool(facts.quotes or facts.roles),
        standing=b"",
        shown=b"",
        told=told,
    )


def _with_digests(entry: Entry) -> Entry:
    """Return an entry with the digests of its card, of what is counted and of all that is shown of it."""
    *fields, _ = entry.card
    card = entry.card._replace(digest=digest("\0".join(fields).encode("utf-8", "surrogatepass")))
    terms = entry.actors, entry.topics, entry.tags, entry.source
    standing = digest_of(entry.date, terms, entry.place, entry.added, entry.lang)
    shown = digest_of(card.digest, standing, entry.authors)
    return entry._replace(card=card, standing=bytes.fromhex(standing), shown=bytes.fromhex(shown))


def with_text(entry: Entry, facts: Facts) -> Entry:
    """Return an entry whose file has another title or text by now, and all the rest as it was."""
    card = entry.card._replace(title=facts.front.title, summary=facts.excerpt)
    return _with_digests(entry._replace(card=card, text=facts.digest, told={facts.path: facts}))


def _indexed(
    entries: tuple[Entry, ...],
    aliases: Mapping[str, tuple[str, ...]],
    names: Names,
    written: Written,
    problems: tuple[Problem, ...],
) -> Library:
    by: dict[str, dict[str, list[Entry]]] = {name: defaultdict(list) for name in INDEXES}
    for entry in entries:
        for identity in entry.actors:
            by["by_actor"][identity].append(entry)
        for identity in entry.topics:
            by["by_topic"][identity].append(entry)
        for identity in entry.tags:
            by["by_tag"][identity].append(entry)
        if entry.source:
            by["by_source"][entry.source].append(entry)
        if entry.place:
            by["by_place"][slug(entry.place)].append(entry)
        month = calendar_month(entry.date)
        by["by_year"][month.split("/")[0]].append(entry)
        by["by_month"][month].append(entry)
    actors = written.newest("actors", names.actor)
    topics = written.newest("topics", names.topic)
    sources = written.newest("sources", names.source)
    tags, places = written.tags, written.places
    indexes = {
        name: MappingProxyType({identity: tuple(found) for identity, found in sorted(group.items())})
        for name, group in by.items()
    }
    by_key = MappingProxyType({e.key: e for e in entries})
    return Library(
        entries=entries,
        by_key=by_key,
        **indexes,
        actors=MappingProxyType({i: actors[i] for i in indexes["by_actor"]}),
        topics=MappingProxyType({i: topics[i] for i in indexes["by_topic"]}),
        sources=MappingProxyType({i: sources[i] for i in indexes["by_source"]}),
        tags=MappingProxyType({i: tags[i] for i in indexes["by_tag"]}),
        places=MappingProxyType({i: places[i] for i in indexes["by_place"]}),
        redirects=MappingProxyType(_redirects(aliases, by_key, actors, topics)),
        problems=problems,
        shape=_shape(entries),
    )


def _shape(entries: Iterable[Entry]) -> str:
    return digest_of([(e.date, e.actors, e.topics, e.place) for e in entries])


def _redirects(
    aliases: Mapping[str, tuple[str, ...]],
    by_key: Mapping[str, Entry],
    actors: Mapping[str, Actor],
    topics: Mapping[str, Topic],
) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, entry in by_key.items():
        for alias in aliases.get(entry.path, ()):
            found.setdefault(old_address(alias), key)
    for folder, terms in (("actors", actors), ("topics", topics)):
        for term in terms.values():
            for old in term.was:
                if old not in terms:
                    found.setdefault(f"{folder}/{old}", f"{folder}/{term.id}")
    return {old: new for old, new in sorted(found.items()) if old and old not in by_key and old != new}


def old_address(alias: str) -> str:
    """Return an address where the article once was: as given, where a file may be called so."""
    parts = alias.split("?")[0].split("#")[0].strip("/").removesuffix("index.html").strip("/").split("/")
    return "/".join(p if _PLAIN.fullmatch(p) and not is_device(p.lower()) else slug(p) for p in parts if p)

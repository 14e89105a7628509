"""All articles of an archive as facts: addresses, indexes by term and time, and what clashes.

The library holds no bodies, so that a hundred thousand articles fit in memory with room.
"""

from __future__ import annotations

import marshal
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from sitegen.errors import Problem
from sitegen.model import Actor, Card, Facts, FrontMatter, SourceRules, Topic
from sitegen.text import digest, is_device, slug
from sitegen.vocabulary import Vocabulary

_T = TypeVar("_T", Actor, Topic, SourceRules)
_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}(?<!\.)")
_DATED_PATH = re.compile(r"content/articles/([0-9]{4}/[0-9]{2}|undated)/([^/]+)\.md$")


class Entry(NamedTuple):
    """One published article: its address, what other pages tell of it, its terms resolved to ids.

    `key` is the address without the last slash ("2018/02/slug"); `actors`, `topics` and `tags` are
    ids in the order of the front matter, pinned ones added and removed ones gone; `source` is the
    id of its source or ""; `text` is the digest of its file, `path`; `speaks` says whether its import
    found quotations or offices; `shown` is a digest of all that lists and statistics use of the
    article: its card, its terms, its place, its arrival. `told` has the facts of articles by path:
    all that is asked of most articles stands here, and theirs need not be read.
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
    speaks: bool
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
    def month(self) -> str:
        """Return "2018/02" (its folder), "2018/00" with only a year known, or "undated"."""
        return self.key.rsplit("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Library:
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

    entries: tuple[Entry, ...]
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

    `told` has the same facts by path, where they are read again when asked for: the library then
    holds none. Two articles that want one address are both kept, the later (by `added`, then path) under the
    next free "-2", "-3"; a problem names both files.
    """
    allowed = [f for f in facts if not f.front.private]
    published = [f for f in allowed if drafts or not f.front.draft]
    keyed, problems = _addresses(published)
    problems += [_left_out(f) for f in allowed if f.front.draft and not drafts]
    names = _Names(vocabulary, Counter(tag for _, f in keyed for tag in _tags(f)))
    fronts = {key: f.front for key, f in keyed}
    told = {f.path: f for _, f in keyed} if told is None else told
    entries = sorted(
        (_entry(key, f, names, lang, told) for key, f in keyed),
        key=lambda e: (e.card.date, e.key),
        reverse=True,
    )
    return _indexed(tuple(entries), fronts, names, tuple(problems))


def _tags(facts: Facts) -> tuple[str, ...]:
    """Return the ids of an article's tags, pinned ones first and removed ones gone."""
    pinned, removed = dict(facts.front.pinned), dict(facts.front.removed)
    gone = set(map(slug, removed.get("tags", ())))
    given = map(slug, (*pinned.get("tags", ()), *facts.front.tags))
    return tuple(tag for tag in dict.fromkeys(given) if tag not in gone)


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


def _left_out(facts: Facts) -> Problem:
    return Problem("draft", "is a draft and left out; `--drafts` builds it", "note", file=facts.path)


def _addresses(published: Iterable[Facts]) -> tuple[list[tuple[str, Facts]], list[Problem]]:
    by_key: dict[str, Facts] = {}
    waiting: list[tuple[str, Facts]] = []
    for facts in sorted(published, key=lambda f: (f.front.added or "", f.path)):
        key = natural_key(facts)
        if key in by_key:
            waiting.append((key, facts))
        else:
            by_key[key] = facts
    problems = []
    for key, facts in waiting:
        number = 2
        while f"{key}-{number}" in by_key:
            number += 1
        problems.append(
            Problem(
                "slug-clash",
                f"has the address /{key}/ that {by_key[key].path} has already; "
                f"it is published as /{key}-{number}/",
                file=facts.path,
                hint="give one of the two a `slug:` of its own",
            )
        )
        by_key[f"{key}-{number}"] = facts
    return list(by_key.items()), problems


class _Names:
    """What names mean in one vocabulary, each looked up once: thousands of articles share hundreds.

    A hidden actor or topic is "". A tag that cleaning found in one article only leads nowhere and is
    left out; what a person wrote, and the page's own keywords, stay.
    """

    def __init__(self, vocabulary: Vocabulary, tagged: Mapping[str, int]) -> None:
        self._tagged = tagged
        self.actor, self.topic = cache(vocabulary.actor), cache(vocabulary.topic)
        self.source = cache(vocabulary.source)
        self.actor_id, self.topic_id = cache(self._actor_id), cache(self._topic_id)
        self._vocabulary = vocabulary

    def _actor_id(self, name: str) -> str:
        identity = self.actor(name).id
        known = self._vocabulary.actors.get(identity)
        return "" if known and known.hidden else identity

    def _topic_id(self, name: str) -> str:
        identity = self.topic(name).id
        known = self._vocabulary.topics.get(identity)
        return "" if known and known.hidden else identity

    def tags(self, facts: Facts) -> tuple[str, ...]:
        tags = _tags(facts)
        if not facts.account or all(self._tagged[t] > 1 for t in tags):
            return tags
        own = set(map(slug, _own_tags(facts)))
        return tuple(t for t in tags if self._tagged[t] > 1 or t in own)


def _entry(key: str, facts: Facts, names: _Names, lang: str, told: Mapping[str, Facts]) -> Entry:
    front = facts.front
    pinned, removed = dict(front.pinned), dict(front.removed)

    def ids(field: str, given: tuple[str, ...], identity: Callable[[str], str]) -> tuple[str, ...]:
        first = pinned.get(field, ())
        found = dict.fromkeys(map(identity, (*first, *given) if first else given))
        for name in removed.get(field, ()):
            found.pop(identity(name), None)
        return tuple(filter(None, found))

    source = names.source(front.source) if front.source else None
    date, publisher, language = str(front.date or ""), source.name if source else "", front.lang or lang
    return _with_digests(
        Entry(
            key=key,
            card=Card(key, front.title, date, publisher, facts.excerpt, language, ""),
            actors=ids("actors", front.actors, names.actor_id),
            topics=ids("topics", front.topics, names.topic_id),
            tags=names.tags(facts),
            source=source.id if source else "",
            place=front.place,
            added=front.added or "",
            authors=front.authors,
            path=facts.path,
            text=facts.digest,
            speaks=bool(facts.quotes or facts.roles),
            shown=b"",
            told=told,
        )
    )


def _with_digests(entry: Entry) -> Entry:
    """Return an entry with the digests of its card and of all that is shown of it."""
    *fields, _ = entry.card
    card = entry.card._replace(digest=digest("\0".join(fields).encode("utf-8", "surrogatepass")))
    terms = entry.actors, entry.topics, entry.tags, entry.source
    shown = marshal.dumps((card.digest, terms, entry.place, entry.added, entry.authors), 2)
    return entry._replace(card=card, shown=blake2b(shown, digest_size=16).digest())


def with_text(entry: Entry, facts: Facts) -> Entry:
    """Return an entry whose file has another title or text by now, and all the rest as it was."""
    card = entry.card._replace(title=facts.front.title, summary=facts.excerpt)
    return _with_digests(entry._replace(card=card, text=facts.digest, told={facts.path: facts}))


def _indexed(
    entries: tuple[Entry, ...],
    fronts: Mapping[str, FrontMatter],
    names: _Names,
    problems: tuple[Problem, ...],
) -> Library:
    groups: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    by_actor, by_topic, by_tag = groups["actor"], groups["topic"], groups["tag"]
    by_source, by_place, by_year, by_month = (groups[n] for n in ("source", "place", "year", "month"))
    actor_names: dict[str, None] = {}
    topic_names: dict[str, None] = {}
    source_names: dict[str, None] = {}
    tags: dict[str, str] = {}
    places: dict[str, str] = {}
    for entry in entries:
        front = fronts[entry.key]
        for identity in entry.actors:
            by_actor[identity].append(entry)
        for identity in entry.topics:
            by_topic[identity].append(entry)
        for identity in entry.tags:
            by_tag[identity].append(entry)
        if entry.source:
            by_source[entry.source].append(entry)
        if front.place:
            places[slug(front.place)] = front.place
            by_place[slug(front.place)].append(entry)
        year, month = _calendar(front)
        by_year[year].append(entry)
        by_month[month].append(entry)
        pinned = dict(front.pinned)
        for name in (*front.actors, *pinned.get("actors", ())):
            actor_names[name] = None
        for name in (*front.topics, *pinned.get("topics", ())):
            topic_names[name] = None
        for name in (*front.tags, *pinned.get("tags", ())):
            if slug(name) in entry.tags:
                tags[slug(name)] = name
        if front.source:
            source_names[front.source] = None
    actors = _first_of_each(map(names.actor, actor_names))
    topics = _first_of_each(map(names.topic, topic_names))
    sources = _first_of_each(map(names.source, source_names))
    frozen = {
        name: MappingProxyType({identity: tuple(found) for identity, found in sorted(group.items())})
        for name, group in groups.items()
    }
    by_key = {e.key: e for e in entries}
    empty: Mapping[str, Sequence[Entry]] = MappingProxyType({})
    return Library(
        entries=entries,
        by_key=MappingProxyType(by_key),
        by_actor=frozen.get("actor", empty),
        by_topic=frozen.get("topic", empty),
        by_tag=frozen.get("tag", empty),
        by_source=frozen.get("source", empty),
        by_place=frozen.get("place", empty),
        by_month=frozen.get("month", empty),
        by_year=frozen.get("year", empty),
        actors=MappingProxyType({i: actors[i] for i in sorted(frozen.get("actor", empty))}),
        topics=MappingProxyType({i: topics[i] for i in sorted(frozen.get("topic", empty))}),
        sources=MappingProxyType({i: sources[i] for i in sorted(frozen.get("source", empty))}),
        tags=MappingProxyType({i: tags[i] for i in sorted(frozen.get("tag", empty))}),
        places=MappingProxyType({i: places[i] for i in sorted(frozen.get("place", empty))}),
        redirects=MappingProxyType(_redirects(fronts, entries, actors, topics)),
        problems=problems,
        shape=_shape(entries),
    )


def _shape(entries: Iterable[Entry]) -> str:
    seen = [(e.date, e.actors, e.topics, e.place) for e in entries]
    return blake2b(marshal.dumps(seen, 2), digest_size=16).hexdigest()


def _first_of_each(terms: Iterable[_T]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for term in terms:
        found.setdefault(term.id, term)
    return found


def _calendar(front: FrontMatter) -> tuple[str, str]:
    """Return the year and the month ("2018", "2018/02") of an article's date, or "undated" twice."""
    date = front.date
    if date is None:
        return "undated", "undated"
    return date.year, f"{date.year}/{date.month or '00'}"


def _redirects(
    fronts: Mapping[str, FrontMatter],
    entries: Iterable[Entry],
    actors: Mapping[str, Actor],
    topics: Mapping[str, Topic],
) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for alias in fronts[entry.key].aliases:
            found.setdefault(_old_address(alias), entry.key)
    for folder, terms in (("actors", actors), ("topics", topics)):
        for term in terms.values():
            for old in term.was:
                if old not in terms:
                    found.setdefault(f"{folder}/{old}", f"{folder}/{term.id}")
    return {old: new for old, new in sorted(found.items()) if old and old not in fronts and old != new}


def _old_address(alias: str) -> str:
    """Return an address where the article once was: as given, where a file may be called so."""
    parts = alias.split("?")[0].split("#")[0].strip("/").removesuffix("index.html").strip("/").split("/")
    return "/".join(p if _PLAIN.fullmatch(p) and not is_device(p.lower()) else slug(p) for p in parts if p)

"""All articles of an archive as facts: addresses, indexes by term and time, and what clashes.

The library holds no bodies, so that a hundred thousand articles fit in memory with room.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType

from sitegen.errors import Problem
from sitegen.model import Actor, Card, Facts, FrontMatter, SourceRules, Topic
from sitegen.text import digest, is_device, slug
from sitegen.vocabulary import Vocabulary

_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}(?<!\.)")
_DATED_PATH = re.compile(r"content/articles/([0-9]{4}/[0-9]{2}|undated)/([^/]+)\.md$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One published article: its address, its facts, and its terms resolved to ids.

    `key` is the address without the last slash ("2018/02/slug"); `actors`, `topics` and `tags` are
    ids in the order of the front matter, pinned ones added and removed ones gone; `source` is the
    id of its source or "".
    """

    key: str
    facts: Facts
    card: Card
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    source: str

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

    `entries` and each index's tuples run from the newest to the oldest (date, then key: a total
    order); undated ones come last. Indexes by id: `by_actor`, `by_topic`, `by_tag`, `by_source`,
    `by_place`; by time: `by_month` ("2018/02"; calendar month of the date, "2018/00" where only the
    year is known, "undated"), `by_year`. `actors`, `topics`, `sources`, `tags`, `places` hold what
    each id is called; only terms that a published article names are there. `redirects` maps an old
    address (no slashes at the ends) to the key of an article or the address of a term's page.
    """

    entries: tuple[Entry, ...]
    by_key: Mapping[str, Entry]
    by_actor: Mapping[str, tuple[Entry, ...]]
    by_topic: Mapping[str, tuple[Entry, ...]]
    by_tag: Mapping[str, tuple[Entry, ...]]
    by_source: Mapping[str, tuple[Entry, ...]]
    by_place: Mapping[str, tuple[Entry, ...]]
    by_month: Mapping[str, tuple[Entry, ...]]
    by_year: Mapping[str, tuple[Entry, ...]]
    actors: Mapping[str, Actor]
    topics: Mapping[str, Topic]
    sources: Mapping[str, SourceRules]
    tags: Mapping[str, str]
    places: Mapping[str, str]
    redirects: Mapping[str, str]
    problems: tuple[Problem, ...]


def library(
    facts: Iterable[Facts], vocabulary: Vocabulary, *, lang: str = "en", drafts: bool = False
) -> Library:
    """Return the library of all facts that may be published: private ones never, drafts on request.

    Two articles that want one address are both kept, the later (by `added`, then path) under the
    next free "-2", "-3"; a problem names both files.
    """
    allowed = [f for f in facts if not f.front.private]
    published = [f for f in allowed if drafts or not f.front.draft]
    keyed, problems = _addresses(published)
    problems += [_left_out(f) for f in allowed if f.front.draft and not drafts]
    entries = sorted(
        (_entry(key, f, vocabulary, lang) for key, f in keyed),
        key=lambda e: (e.card.date, e.key),
        reverse=True,
    )
    return _indexed(_without_lone_tags(entries), vocabulary, tuple(problems))


def _without_lone_tags(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries without tags that cleaning found in one article only: they lead nowhere.

    What a person has written stays, and so does what the page itself gave as a keyword.
    """
    articles = Counter(tag for entry in entries for tag in entry.tags)

    def stays(entry: Entry, tag: str) -> bool:
        return articles[tag] > 1 or tag in map(slug, _own_tags(entry.facts))

    return tuple(
        entry
        if not entry.facts.account or all(articles[t] > 1 for t in entry.tags)
        else replace(entry, tags=tuple(t for t in entry.tags if stays(entry, t)))
        for entry in entries
    )


def _own_tags(facts: Facts) -> tuple[str, ...]:
    return (*dict(facts.own).get("tags", ()), *dict(facts.front.pinned).get("tags", ()))


def natural_key(facts: Facts) -> str:
    """Return the address that an article asks for: its folder, or its date, and its slug.

    A file below `content/articles/YYYY/MM/` keeps that address whatever its date says later; any
    other file goes by date and `slug`, else by its name (a bundle's folder for `index.md`).
    """
    front, path = facts.front, PurePosixPath(facts.path)
    placed = _DATED_PATH.match(facts.path)
    name = path.parent.name if path.stem in ("index", "_index") else path.stem
    last = slug(front.slug or (placed.group(2) if placed else name))
    if placed:
        return f"{placed.group(1)}/{last}"
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


def _entry(key: str, facts: Facts, vocabulary: Vocabulary, lang: str) -> Entry:
    front = facts.front
    pinned, removed = dict(front.pinned), dict(front.removed)

    def ids(field: str, given: tuple[str, ...], identity: Callable[[str], str]) -> tuple[str, ...]:
        gone = {identity(n) for n in removed.get(field, ())}
        found = dict.fromkeys(identity(n) for n in (*pinned.get(field, ()), *given))
        return tuple(i for i in found if i not in gone)

    actors = tuple(
        i
        for i in ids("actors", front.actors, lambda n: vocabulary.actor(n).id)
        if not _hidden_actor(vocabulary, i)
    )
    topics = tuple(
        i
        for i in ids("topics", front.topics, lambda n: vocabulary.topic(n).id)
        if not _hidden_topic(vocabulary, i)
    )
    source = vocabulary.source(front.source) if front.source else None
    fields = (
        key,
        front.title,
        str(front.date or ""),
        source.name if source else "",
        facts.excerpt,
        front.lang or lang,
    )
    card = Card(*fields, digest=digest("\0".join(fields).encode("utf-8", "surrogatepass")))
    return Entry(key, facts, card, actors, topics, ids("tags", front.tags, slug), source.id if source else "")


def _hidden_actor(vocabulary: Vocabulary, identity: str) -> bool:
    known = vocabulary.actors.get(identity)
    return known is not None and known.hidden


def _hidden_topic(vocabulary: Vocabulary, identity: str) -> bool:
    known = vocabulary.topics.get(identity)
    return known is not None and known.hidden


def _indexed(entries: tuple[Entry, ...], vocabulary: Vocabulary, problems: tuple[Problem, ...]) -> Library:
    groups: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    actors: dict[str, Actor] = {}
    topics: dict[str, Topic] = {}
    sources: dict[str, SourceRules] = {}
    tags: dict[str, str] = {}
    places: dict[str, str] = {}
    for entry in entries:
        front = entry.front
        for identity in entry.actors:
            groups["actor"][identity].append(entry)
        for identity in entry.topics:
            groups["topic"][identity].append(entry)
        for identity in entry.tags:
            groups["tag"][identity].append(entry)
        if entry.source:
            groups["source"][entry.source].append(entry)
        if front.place:
            groups["place"][slug(front.place)].append(entry)
        year, month = _calendar(entry)
        groups["year"][year].append(entry)
        groups["month"][month].append(entry)
        for name in (*front.actors, *dict(front.pinned).get("actors", ())):
            actor = vocabulary.actor(name)
            actors.setdefault(actor.id, actor)
        for name in (*front.topics, *dict(front.pinned).get("topics", ())):
            topic = vocabulary.topic(name)
            topics.setdefault(topic.id, topic)
        for name in (*front.tags, *dict(front.pinned).get("tags", ())):
            tags[slug(name)] = name
        if front.source:
            source = vocabulary.source(front.source)
            sources.setdefault(source.id, source)
        if front.place:
            places[slug(front.place)] = front.place
    frozen = {
        name: MappingProxyType({identity: tuple(found) for identity, found in sorted(group.items())})
        for name, group in groups.items()
    }
    by_key = {e.key: e for e in entries}
    empty: Mapping[str, tuple[Entry, ...]] = MappingProxyType({})
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
        redirects=MappingProxyType(_redirects(entries, actors, topics, by_key)),
        problems=problems,
    )


def _calendar(entry: Entry) -> tuple[str, str]:
    """Return the year and the month ("2018", "2018/02") of an entry's date, or "undated" twice."""
    date = entry.front.date
    if date is None:
        return "undated", "undated"
    return date.year, f"{date.year}/{date.month or '00'}"


def _redirects(
    entries: Iterable[Entry],
    actors: Mapping[str, Actor],
    topics: Mapping[str, Topic],
    by_key: Mapping[str, Entry],
) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for alias in entry.front.aliases:
            found.setdefault(_old_address(alias), entry.key)
    for folder, terms in (("actors", actors), ("topics", topics)):
        for term in terms.values():
            for old in term.was:
                if old not in terms:
                    found.setdefault(f"{folder}/{old}", f"{folder}/{term.id}")
    return {old: new for old, new in sorted(found.items()) if old and old not in by_key and old != new}


def _old_address(alias: str) -> str:
    """Return an address where the article once was: as given, where a file may be called so."""
    parts = alias.split("?")[0].split("#")[0].strip("/").removesuffix("index.html").strip("/").split("/")
    return "/".join(p if _PLAIN.fullmatch(p) and not is_device(p.lower()) else slug(p) for p in parts if p)

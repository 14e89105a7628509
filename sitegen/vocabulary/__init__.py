"""Who and what is known: actors, topics and sources, the user's files over the shipped tables.

Front matter, intake and pages all ask here what a name means, so that one name is one actor
everywhere. Values flow one way: texts of `actors.toml`, `topics.toml`, `sources.toml` and the
shipped tables -> `Vocabulary`; commands that take decisions give back the changed text of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from sitegen.model import Actor, SourceRules, Topic
from sitegen.text import fold, slug


class Centroids(Struct, frozen=True):
    """Labelled articles as one unit vector of word weights for each topic; `rarity` by word."""

    rarity: Mapping[str, float]
    topics: Mapping[str, Mapping[str, float]]


class Prior(Struct, frozen=True):
    """What an archive's own articles say before a new one is read.

    `actors` are the ids of those that several articles name, known from then on; `tags` the
    phrases that are tags already; `centroids` what articles labelled by a person say of topics.
    """

    actors: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    centroids: Centroids | None = None


class Vocabulary(Struct, frozen=True, eq=False):
    """The known actors, topics and sources by id, and every name that leads to one of them.

    `decided_actors` and `decided_topics` are the ids that come from the user's own files. Two
    vocabularies are equal only where they are the same value, so that what is derived from one
    (the index of its names) can be kept beside it.
    """

    actors: Mapping[str, Actor] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    sources: Mapping[str, SourceRules] = field(default_factory=dict)
    decided_actors: frozenset[str] = frozenset()
    decided_topics: frozenset[str] = frozenset()
    actor_names: Mapping[str, str] = field(default_factory=dict)
    topic_names: Mapping[str, str] = field(default_factory=dict)
    source_names: Mapping[str, str] = field(default_factory=dict)
    prior: Prior = field(default_factory=Prior)

    def actor(self, name: str) -> Actor:
        """Return the actor that an id, an older id, a name or an alias means.

        An unknown one becomes an actor of that name; metonyms do not count here.
        """
        known = self.actor_names.get(name) or self.actor_names.get(fold(name))
        return self.actors[known] if known else Actor(slug(name), name)

    def topic(self, name: str) -> Topic:
        """Return the topic that an id, an older id, a name or an alias means, or one of that name."""
        known = self.topic_names.get(name) or self.topic_names.get(fold(name))
        return self.topics[known] if known else Topic(slug(name), name)

    def source(self, name: str) -> SourceRules:
        """Return the source that an id, a name, an alias or a host means, or one of that name."""
        known = self.source_names.get(name) or self.source_names.get(fold(name))
        return self.sources[known] if known else SourceRules(slug(name), name)


def vocabulary(
    actors: Iterable[Actor],
    topics: Iterable[Topic],
    sources: Iterable[SourceRules] = (),
    *,
    decided_actors: Iterable[str] = (),
    decided_topics: Iterable[str] = (),
) -> Vocabulary:
    """Return the vocabulary of these entries; of two that claim one name, the earlier keeps it."""
    all_actors = {a.id: a for a in reversed(tuple(actors))}
    all_topics = {t.id: t for t in reversed(tuple(topics))}
    all_sources = {s.id: s for s in reversed(tuple(sources))}
    return Vocabulary(
        actors=all_actors,
        topics=all_topics,
        sources=all_sources,
        decided_actors=frozenset(decided_actors),
        decided_topics=frozenset(decided_topics),
        actor_names=_names((a.id, (*a.was, a.name, *a.aliases)) for a in reversed(all_actors.values())),
        topic_names=_names((t.id, (*t.was, t.name, *t.aliases)) for t in reversed(all_topics.values())),
        source_names=_names((s.id, (s.name, *s.aliases, *s.hosts)) for s in reversed(all_sources.values())),
    )


def _names(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    names: dict[str, str] = {}
    rows = tuple(entries)
    for identity, _ in rows:
        names.setdefault(identity, identity)
    for identity, spellings in rows:
        for spelling in spellings:
            names.setdefault(fold(spelling), identity)
    return names

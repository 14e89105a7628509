"""What articles call their terms, and what a vocabulary says that these names mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from sitegen.model import Actor, FrontMatter, SourceRules, Topic
from sitegen.text import slug
from sitegen.vocabulary import Vocabulary

T = TypeVar("T", Actor, Topic, SourceRules)
_When = tuple[str, str]  # an article's date and address


class Names:
    """What names mean in one vocabulary, each looked up once: thousands of articles share hundreds.

    A hidden actor or topic is "".
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
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


class Written:
    """The names of terms as articles write them, each with the time of those that do.

    Of several spellings of an actor, a topic or a source the newest article's is shown, of a tag or
    a place the oldest one's.
    """

    def __init__(self) -> None:
        self._newest: dict[str, dict[str, _When]] = {"actors": {}, "topics": {}, "sources": {}}
        self._tags: dict[str, tuple[_When, str]] = {}
        self._places: dict[str, tuple[_When, str]] = {}

    def add(self, date: str, key: str, front: FrontMatter, tags: tuple[str, ...]) -> None:
        """Take up what the article of this date and address writes; `tags` are the ids of its tags."""
        when, pinned = (date, key), dict(front.pinned)
        for kind, given in (("actors", front.actors), ("topics", front.topics)):
            known = self._newest[kind]
            for name in (*given, *pinned.get(kind, ())):
                known[name] = max(known.get(name, when), when)
        if front.source:
            sources = self._newest["sources"]
            sources[front.source] = max(sources.get(front.source, when), when)
        for name in (*front.tags, *pinned.get("tags", ())):
            tag = slug(name)
            if tag in tags:
                self._tags[tag] = min(self._tags.get(tag, (when, name)), (when, name))
        if front.place:
            place = slug(front.place)
            self._places[place] = min(self._places.get(place, (when, front.place)), (when, front.place))

    def newest(self, kind: str, meant: Callable[[str], T]) -> dict[str, T]:
        """Return the "actors", "topics" or "sources" that the names mean, by id."""
        oldest_first = sorted(self._newest[kind].items(), key=lambda item: (item[1], item[0]))
        return {term.id: term for term in (meant(name) for name, _ in oldest_first)}

    @property
    def tags(self) -> dict[str, str]:
        """Return what each tag is called, by id."""
        return {identity: name for identity, (_, name) in self._tags.items()}

    @property
    def places(self) -> dict[str, str]:
        """Return what each place is called, by id."""
        return {identity: name for identity, (_, name) in self._places.items()}

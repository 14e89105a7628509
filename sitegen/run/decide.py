"""A person's decisions about actors, topics, sources, written at once into their file, whole or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from sitegen.archive.library import Entry, Library
from sitegen.run.files import in_endings_of, read_bytes, read_text, write_atomic
from sitegen.run.home import Home
from sitegen.run.settings import load_vocabulary
from sitegen.run.sightings import sightings
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.proposals import Proposal, Sighting, proposals, topic_proposals
from sitegen.vocabulary.user import parse_actors, parse_rejected, parse_sources, parse_topics

Which = Literal["actors", "topics"]

_PARSERS: Final[Mapping[str, Callable[[str, str], object]]] = {
    "actors": parse_actors,
    "topics": parse_topics,
    "sources": parse_sources,
}


class Desk(Struct, frozen=True):
    """Where decisions about one sort of thing are taken: its file, and whether to write it."""

    home: Home
    which: Which | Literal["sources"]
    dry_run: bool = False

    @property
    def path(self) -> Path:
        return self.home.content / f"{self.which}.toml"

    @property
    def shown(self) -> str:
        return self.home.shown(self.path)

    def text(self) -> str:
        """Return the file's text as it is now, "" where there is none."""
        return read_text(self.path)

    def decide(self, change: Callable[[str], str]) -> str:
        """Change the file's text, and return what it was before.

        The text is read anew each time, so that an edit made meanwhile in an editor stays. Raises
        SitegenError, with the file untouched, where it would no longer be right.
        """
        before = self.text()
        after = change(before)
        _PARSERS[self.which](after, self.shown)
        if not self.dry_run and after != before:
            old = read_bytes(self.path) if self.path.exists() else b""
            write_atomic(self.path, in_endings_of(old, after).encode(), durable=True)
        return before


class Evidence(Struct, frozen=True):
    """What proposals are made from, gathered once: it does not change with decisions."""

    which: Which
    sightings: tuple[Sighting, ...]
    topics: tuple[tuple[str, tuple[str, ...]], ...]
    tags: tuple[tuple[str, tuple[str, ...]], ...]


def gathered(desk: Desk, articles: Library, vocabulary: Vocabulary) -> Evidence:
    """Return what all articles say of the actors, or of topics and tags."""
    if desk.which == "actors":
        return Evidence("actors", tuple(sightings(desk.home, articles.entries, vocabulary)), (), ())
    topics = tuple((articles.topics[i].name, _keys(found)) for i, found in articles.by_topic.items())
    tags = tuple((articles.tags[i], _keys(found)) for i, found in articles.by_tag.items())
    return Evidence("topics", (), topics, tags)


def _keys(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(e.key for e in entries)


def open_proposals(desk: Desk, evidence: Evidence) -> tuple[Proposal, ...]:
    """Return what is there to decide now, after all decisions in the files so far."""
    vocabulary = load_vocabulary(desk.home)
    rejected = parse_rejected(desk.text())
    if evidence.which == "actors":
        return proposals(evidence.sightings, vocabulary, rejected)
    return topic_proposals(_joined(evidence.topics, vocabulary), dict(evidence.tags), vocabulary, rejected)


def _joined(
    topics: tuple[tuple[str, tuple[str, ...]], ...], vocabulary: Vocabulary
) -> dict[str, tuple[str, ...]]:
    """Return the articles of each topic by its name today: two that were merged since are one."""
    joined: dict[str, dict[str, None]] = {}
    for name, keys in topics:
        joined.setdefault(vocabulary.topic(name).name, {}).update(dict.fromkeys(keys))
    return {name: tuple(keys) for name, keys in joined.items()}

"""The offices that an actor's articles give to it, with the time in which each was used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.library import Entry, Library
from sitegen.text import fold


class Role(Struct, frozen=True):
    """An office as first printed, the ISO dates of its first and latest use ("" undated), and how often.

    `first_key` and `last_key` are the articles of that use.
    """

    text: str
    first: str
    last: str
    articles: int
    first_key: str
    last_key: str


def roles(articles: Library, only: Iterable[Entry] | None = None) -> Mapping[str, tuple[Role, ...]]:
    """Return the roles of every actor that has some, by id, the latest first; walks the library once.

    `only` are the entries to look at, newest first, where not all of them. What was merged into an
    actor brings its own.
    """
    owners = {old: actor.id for actor in articles.actors.values() for old in actor.was}
    owners |= {identity: identity for identity in articles.actors}
    found: dict[str, dict[str, Role]] = defaultdict(dict)
    given = [e for e in (articles.entries if only is None else only) if e.speaks and e.facts.roles]
    for entry in reversed(given):  # from the oldest to the newest
        said = {(owners.get(actor, ""), fold(text)): text for actor, text in reversed(entry.facts.roles)}
        for (owner, folded), text in sorted(said.items()):
            if owner in entry.actors:
                found[owner][folded] = _used(found[owner].get(folded), text, entry)
    return {
        owner: tuple(sorted(by_text.values(), key=lambda r: (r.last, r.first, r.text), reverse=True))
        for owner, by_text in found.items()
    }


def roles_of(articles: Library, identity: str) -> tuple[Role, ...]:
    """Return the roles of one actor, the latest first."""
    return roles(articles, articles.by_actor[identity]).get(identity, ())


def _used(known: Role | None, text: str, entry: Entry) -> Role:
    """Return a role with one more article, which is not older than those before."""
    date = entry.date[:10]
    if known is None:
        return Role(text, date, date, 1, entry.key, entry.key)
    first = known if known.first else replace(known, first=date, first_key=entry.key)
    return replace(first, last=date or known.last, last_key=entry.key, articles=known.articles + 1)

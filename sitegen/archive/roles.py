"""The offices that an actor's articles give to it, with the time in which each was used."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sitegen.archive.library import Library
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Role:
    """An office as first printed, the ISO dates of its first and latest use ("" undated), and how often."""

    text: str
    first: str
    last: str
    articles: int


def roles_of(articles: Library, identity: str) -> tuple[Role, ...]:
    """Return the roles of an actor, the latest first; what was merged into it brings its own."""
    ids = {identity, *articles.actors[identity].was}
    found: dict[str, Role] = {}
    for entry in reversed(articles.by_actor[identity]):  # from the oldest to the newest
        for text in dict.fromkeys(role for actor, role in entry.facts.roles if actor in ids):
            date = entry.date[:10]
            known = found.get(fold(text), Role(text, date, date, 0))
            found[fold(text)] = replace(
                known, first=known.first or date, last=date or known.last, articles=known.articles + 1
            )
    return tuple(sorted(found.values(), key=lambda r: (r.last, r.first, r.text), reverse=True))

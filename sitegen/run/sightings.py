"""Who was found in which article: the front matter, and what the imports said of it.

The front matter says which pages name an actor; its forms and its kind come from the account that
is kept beside the original, where there is one, else the kind is guessed from the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.archive.library import Entry
from sitegen.intake.people import kind_of
from sitegen.model import ActorKind
from sitegen.run.account import read_actors
from sitegen.run.home import Home
from sitegen.text import fold
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.proposals import Sighting
from sitegen.vocabulary.words import given_names


def sightings(home: Home, entries: Iterable[Entry], vocabulary: Vocabulary) -> Iterator[Sighting]:
    """Give every actor of every article, as the article names it."""
    for entry in entries:
        front = entry.front
        told = read_actors(home, front) if entry.facts.account else ()
        by_id = {vocabulary.actor(a.name).id: a for a in told} | {a.id: a for a in told}
        for name in dict.fromkeys((*dict(front.pinned).get("actors", ()), *front.actors)):
            actor = vocabulary.actor(name)
            if actor.id not in entry.actors:
                continue  # hidden, or removed from this article
            found = by_id.get(actor.id)
            kind = found.kind if found else actor.kind if actor.id in vocabulary.actors else _guess(name)
            forms = (found.name, *found.aliases) if found else ()
            sure = found is not None or actor.id in vocabulary.actors
            yield Sighting(entry.key, actor.id, actor.name, kind, forms, sure)


def _guess(name: str) -> ActorKind:
    """Return the kind of a name of which nobody has told one: a person if it begins as people's do."""
    first, *rest = fold(name).split() or [""]
    kind = kind_of(name)
    return "person" if kind == "organisation" and rest and first in given_names() else kind

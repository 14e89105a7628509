"""What the archive's own articles add to the vocabulary, before a new article is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sitegen.archive.document import document, plain_text
from sitegen.errors import SitegenError
from sitegen.intake.topics import centroids
from sitegen.model import Facts
from sitegen.run.files import read_bytes
from sitegen.run.home import Home
from sitegen.vocabulary import Centroids, Prior, Vocabulary

FAMILIAR = 3  # articles that name an actor: from then on one mention is enough
LABELLED = 3  # articles that a person has given a topic: from then on the topic is learnt from them
ENOUGH = 15  # labelled articles, the newest, are read for a topic: more teach little and cost 4 ms each
Label = tuple[Facts, tuple[str, ...]]


def with_prior(home: Home, vocabulary: Vocabulary, facts: Sequence[Facts]) -> Vocabulary:
    """Return the vocabulary with what the archive says of actors, tags and topics.

    Only articles that a person has labelled teach topics: learning from our own guesses would
    repeat their faults. What is private, or a draft, teaches nothing: its words would be published.
    """
    facts = [f for f in facts if not (f.front.private or f.front.draft)]
    counted = Counter(
        identity for f in facts for identity in {vocabulary.actor(name).id for name in f.front.actors}
    )
    prior = Prior(
        frozenset(identity for identity, articles in counted.items() if articles >= FAMILIAR),
        frozenset(tag for f in facts for tag in f.front.tags),
        _learnt(home, labelled(facts, vocabulary)),
    )
    return replace(vocabulary, prior=prior)


def labelled(facts: Iterable[Facts], vocabulary: Vocabulary) -> tuple[Label, ...]:
    """Return the articles with topics that a person gave them, as far as these have enough articles.

    That is a topic which is pinned, which cleaning did not find, or any of an article that was
    not imported. Known topics are told by id, others by the name that the first article gives.
    """
    names: dict[str, str] = {}
    given = []
    for f in facts:
        topics = [(vocabulary.topic(name).id, name) for name in _given(f)]
        for identity, name in topics:
            names.setdefault(identity, identity if identity in vocabulary.topics else name)
        given.append((f, tuple({identity: None for identity, _ in topics})))
    often = Counter(identity for _, ids in given for identity in ids)
    taught: Counter[str] = Counter()
    found = []
    for f, ids in sorted(given, key=lambda row: (str(row[0].front.date or ""), row[0].path), reverse=True):
        kept = [i for i in ids if often[i] >= LABELLED]
        if any(taught[i] < ENOUGH for i in kept):
            taught.update(kept)
            found.append((f, tuple(names[i] for i in kept)))
    return tuple(found)


def _given(facts: Facts) -> Iterator[str]:
    front = facts.front
    yield from dict(front.pinned).get("topics", ())
    yield from dict(facts.own).get("topics", ()) if front.original else front.topics


def _learnt(home: Home, labels: Sequence[Label]) -> Centroids | None:
    if len({i for _, ids in labels for i in ids}) < 2:
        return None  # nearest of one is no choice
    return centroids(
        (f.front.title, text, ids) for f, ids in labels if (text := _text(home, f.path)) is not None
    )


def _text(home: Home, path: str) -> str | None:
    try:
        return plain_text(document(read_bytes(home.root / path, shown=path), file=path).body)
    except SitegenError:
        return None

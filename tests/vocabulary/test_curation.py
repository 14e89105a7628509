"""A reader answers what the archive proposes, and the archive comes in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from sitegen.archive.library import library
from sitegen.run.home import Home
from sitegen.run.sightings import sightings
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.edit import reject
from sitegen.vocabulary.proposals import Proposal, accepted, proposals
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.user import combined, parse_actors, parse_rejected
from tests.make import facts_of
from tests.vocabulary.cast import ARTICLES, CAST, appearances

OWNERS = {name: row[0] for row in CAST for name in row}
GOLD = appearances()


def test_the_gold_is_large_and_noisy_enough() -> None:
    assert len(CAST) >= 40
    assert ARTICLES >= 120
    assert len(OWNERS) == sum(map(len, CAST)), "no name means two actors"
    assert f1(shipped()) < 0.65


def f1(known: Vocabulary) -> float:
    """Return how well the articles' actors are told, each by its one id, over all articles.

    An actor's id is the one that most of its articles have; under another it is wrong and missing.
    """
    ids: dict[str, Counter[str]] = defaultdict(Counter)
    for names in GOLD.values():
        for actor, name in names.items():
            ids[actor][known.actor(name).id] += 1
    # an id that two actors share counts for the one that has it most often
    best = {actor: min(c, key=lambda i: (-c[i], i)) for actor, c in ids.items()}
    holder = {i: max(ids, key=lambda a: (best[a] == i, ids[a][i], a)) for i in best.values()}
    right = found = wanted = 0
    for names in GOLD.values():
        given = {known.actor(name).id for name in names.values()}
        right += sum(best[a] in given and holder[best[a]] == a for a in names)
        found += len(given)
        wanted += len(names)
    return 2 * right / (found + wanted)


def curated(most: int) -> Iterator[tuple[int, str, Vocabulary]]:
    """Give the text of `actors.toml` and what it makes of the archive after each decision."""
    facts = tuple(facts_of(f"content/articles/{k}.md", actors=tuple(n.values())) for k, n in GOLD.items())
    entries = library(facts, shipped()).entries
    seen = tuple(sightings(Home(Path()), entries, shipped()))
    text = ""
    for number in range(1, most + 1):
        known = combined(shipped(), parse_actors(text))
        open_ = [p for p in proposals(seen, known, parse_rejected(text)) if p.sort == "merge"]
        if not open_:
            return
        text = accepted(text, open_[0]) if right(open_[0]) else reject(text, open_[0].id)
        yield number, text, combined(shipped(), parse_actors(text))


def right(proposal: Proposal) -> bool:
    meant = [{OWNERS[n] for n in (t.name, *t.aliases) if n in OWNERS} for t in proposal.terms]
    return bool(set.intersection(*meant))


def test_forty_decisions_put_a_noisy_archive_in_order() -> None:
    curve = {number: f1(known) for number, _, known in curated(40)}
    assert curve[20] >= 0.78
    assert curve[40] >= 0.92


if __name__ == "__main__":
    print(0, round(f1(shipped()), 3))
    rejected = 0
    for number, text, known in curated(120):
        if number % 5 == 0:
            print(number, round(f1(known), 3), "rejected", len(parse_rejected(text)))
    print(number, round(f1(known), 3), "rejected", sorted(parse_rejected(text)))
    known_ids = {n: known.actor(n).id for n in OWNERS}
    print(
        [
            row[:1] + tuple(n for n in row if known_ids[n] != known_ids[row[0]])
            for row in CAST
            if len({known_ids[n] for n in row}) > 1
        ]
    )

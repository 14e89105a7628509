"""What the archive suggests about its actors and topics: merges, splits, entries; never applied unasked.

    sightings (what was found in which article, in which forms) -> Proposals -> a person
    -> text of actors.toml or topics.toml (`accepted`, or edit.reject), where every decision stands

A proposal's id is made of what it is about, in ids: `hpu=harbour-pilots-union` (are one),
`weller/jonas-brandt` (is not), `+lower-valley-bank` (is worth an entry). So it can be typed, it
stays true whatever else is decided, and a rejected one never returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from sitegen.model import Actor, ActorKind, Topic
from sitegen.text import counted, fold, slug
from sitegen.vocabulary import Vocabulary, edit
from sitegen.vocabulary.likeness import content_words, likeness, meetings
from sitegen.vocabulary.merging import Cluster, Seen, clusters, joined_id

# of an actor with many aliases, as many are compared
_NAMES = 8
# topics are words, not names: a part of one is another topic
_TOPICS_ALIKE = 0.79
_TAGGED = 3  # articles: a tag of so many may be a topic

_DOUBT = 0.5

Term = Actor | Topic


class Sighting(Struct, frozen=True):
    """An actor found in an article: its id and name there, its kind, and the forms that it took.

    `sure` is false where nobody has told the kind, so that it parts no two names.
    """

    article: str
    id: str
    name: str
    kind: ActorKind = "organisation"
    forms: tuple[str, ...] = ()
    sure: bool = True


class Proposal(Struct, frozen=True):
    """A decision for a person to take.

    `merge`: all `terms` are the last of them; `split`: `names` are not `terms[0]`; `new`:
    `terms[0]` is worth an entry. `articles` are the keys of the pages that it would change.
    """

    id: str
    sort: Literal["merge", "split", "new"]
    terms: tuple[Term, ...]
    names: tuple[str, ...]
    evidence: str
    score: float
    articles: tuple[str, ...]


def proposals(
    sightings: Iterable[Sighting], vocabulary: Vocabulary, rejected: Collection[str] = ()
) -> tuple[Proposal, ...]:
    """Return what the sightings suggest, the most worth deciding first; nothing that was turned down.

    That is by how sure it is, those that change several articles before those that change one.
    """
    seen = _gathered(sightings, vocabulary)
    gone = {current_id(r, vocabulary.actor_names) for r in rejected}
    made = [*map(_merge, clusters(seen, gone)), *_splits(seen), *_new(seen)]
    return _wanted(made, gone)


def topic_proposals(
    topics: Mapping[str, Collection[str]],
    tags: Mapping[str, Collection[str]],
    vocabulary: Vocabulary,
    rejected: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """Return what the articles of each topic and tag (keys by name) suggest: merges, and new topics.

    Topics with one name are merged; a tag that several articles share is worth a topic.
    """
    found = [(vocabulary.topic(name), tuple(sorted(keys))) for name, keys in sorted(topics.items())]
    pairs = meetings(_names(topic) for topic, _ in found)
    made = [m for a, b in pairs if (m := _topic_merge(found[a], found[b], vocabulary))]
    for tag, keys in sorted(tags.items()):
        if len(keys) >= _TAGGED and fold(tag) not in vocabulary.topic_names:
            topic = Topic(slug(tag), tag[:1].upper() + tag[1:], words=(tag,))
            evidence = f"a tag of {len(keys)} articles"
            made.append(Proposal(f"+{topic.id}", "new", (topic,), (), evidence, 0.3, tuple(sorted(keys))))
    return _wanted(made, {current_id(r, vocabulary.topic_names) for r in rejected})


def _topic_merge(
    one: tuple[Topic, tuple[str, ...]], other: tuple[Topic, tuple[str, ...]], vocabulary: Vocabulary
) -> Proposal | None:
    def known(topic: Topic) -> bool:
        return topic.id in vocabulary.topics

    if known(one[0]) and known(other[0]):
        return None
    likely = [
        f for a in _names(one[0]) for b in _names(other[0]) if (f := likeness(a, b)) and f[0] > _TOPICS_ALIKE
    ]
    if not likely or one[0].id == other[0].id:
        return None
    gone, into = sorted((one, other), key=lambda t: (known(t[0]), len(t[1]), t[0].id))
    score, evidence = max(likely)
    return Proposal(
        joined_id((gone[0].id, into[0].id)), "merge", (gone[0], into[0]), (), evidence, score, gone[1]
    )


def _names(topic: Topic) -> list[str]:
    return [_singular(name) for name in (topic.name, *topic.aliases[:_NAMES])]


def _singular(name: str) -> str:
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in fold(name).split())


def _wanted(made: Iterable[Proposal], rejected: Collection[str]) -> tuple[Proposal, ...]:
    wanted = {p.id: p for p in reversed(tuple(made)) if p.id not in rejected}
    doubted = {identity for r in rejected for identity in r.split("=")}
    worth = {p.id: _worth(p, doubted) for p in wanted.values()}
    return tuple(sorted(wanted.values(), key=lambda p: (-worth[p.id], -len(p.articles), p.id)))


def _worth(proposal: Proposal, doubted: Collection[str]) -> float:
    """Return how much a decision is worth: how sure, for how many articles, less where one was refused."""
    articles = len(proposal.articles)
    doubt = _DOUBT if any(t.id in doubted for t in proposal.terms) else 1
    return doubt * proposal.score * articles / (articles + 2)


def current_id(identity: str, names: Mapping[str, str]) -> str:
    """Return a proposal's id with the ids that its terms have now (`names` leads from old ones)."""
    if "=" in identity:
        return joined_id([names.get(part, part) for part in identity.split("=")])
    one, mark, other = identity.partition("/")
    return f"{names.get(one, one)}{mark}{other}"


def accepted(text: str, proposal: Proposal) -> str:
    """Return the text of `actors.toml` or `topics.toml` with a proposal taken up."""
    first = proposal.terms[0]
    if proposal.sort == "merge":
        *gone, into = proposal.terms
        for term in gone:
            text = edit.merge(text, term, into)
        return text
    if proposal.sort == "split" and isinstance(first, Actor):
        return edit.split(text, first, proposal.names[0], proposal.names[1:])
    return edit.add(text, first)


def _gathered(sightings: Iterable[Sighting], vocabulary: Vocabulary) -> list[Seen]:
    articles: dict[str, dict[str, None]] = defaultdict(dict)
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    actors: dict[str, Actor] = {}
    sure: set[str] = set()
    for sighting in sightings:
        identity = vocabulary.actor_names.get(sighting.id, sighting.id)
        known = vocabulary.actors.get(identity)
        if known or (sighting.sure and identity not in sure) or identity not in actors:
            actors[identity] = known or Actor(identity, sighting.name, sighting.kind)
        if known or sighting.sure:
            sure.add(identity)
        articles[identity][sighting.article] = None
        forms[identity].update(dict.fromkeys((sighting.name, *sighting.forms)))
    return [
        Seen(
            actors[i],
            i in vocabulary.actors and i not in vocabulary.decided_actors,
            i in vocabulary.decided_actors,
            i in sure,
            tuple(articles[i]),
            tuple(forms[i]),
        )
        for i in sorted(actors)
        if not actors[i].hidden
    ]


def _merge(cluster: Cluster) -> Proposal:
    whys = [why for _, why in cluster.why]
    evidence = whys[0]
    if len(whys) > 1:
        evidence = "; ".join(f"{s.actor.name}: {why}" for s, why in zip(cluster.gone, whys, strict=True))
    return Proposal(
        cluster.id,
        "merge",
        (*(s.actor for s in cluster.gone), cluster.into.actor),
        (),
        evidence,
        round(sum(score for score, _ in cluster.why) / len(whys), 3),
        tuple(sorted({key for s in cluster.gone for key in s.articles})),
    )


def _splits(seen: Sequence[Seen]) -> Iterator[Proposal]:
    """Yield the people under whose id two full names with different first names stand."""
    for one in seen:
        if one.actor.kind != "person":
            continue
        own = {content_words(n) for n in (one.actor.name, *one.actor.aliases)}
        apart = {content_words(n) for n in one.actor.never}
        firsts = {parts[0] for parts in own if len(parts) > 1}
        others = [
            f
            for f in one.forms
            if len(p := content_words(f)) > 1 and p not in own | apart and not _fits(p, firsts)
        ]
        if others and firsts:
            yield Proposal(
                f"{one.actor.id}/{slug(others[0])}",
                "split",
                (one.actor,),
                tuple(others),
                f"{others[0]} is another name than {one.actor.name}",
                0.7,
                one.articles,
            )


def _fits(parts: Sequence[str], firsts: Collection[str]) -> bool:
    return any(parts[0][0] == first[0] for first in firsts)


def _new(seen: Sequence[Seen]) -> Iterator[Proposal]:
    for one in seen:
        if not one.known and not one.decided and len(one.articles) > 1:
            aliases = tuple(f for f in one.forms if fold(f) != fold(one.actor.name))
            actor = Actor(one.actor.id, one.actor.name, one.actor.kind, aliases=aliases)
            share = min(0.4, 0.1 * len(one.articles))
            evidence = f"named in {len(one.articles)} articles"
            yield Proposal(f"+{actor.id}", "new", (actor,), (), evidence, share, one.articles)


def explained(proposal: Proposal) -> Mapping[str, str]:
    """Return a proposal as words for a person: what would be done, why, and to how many pages."""
    names = [t.name for t in proposal.terms]
    kind = getattr(proposal.terms[0], "kind", "topic")
    done = {
        "merge": f"{', '.join(names[:-1])} {'are' if len(names) > 2 else 'is'} {names[-1]}",
        "split": f"{', '.join(proposal.names)}: not {names[0]}",
        "new": f"{names[0]}: an entry of its own ({kind})",
    }
    return {
        "id": proposal.id,
        "what": done[proposal.sort],
        "why": proposal.evidence,
        "pages": counted(len(proposal.articles), "article"),
    }

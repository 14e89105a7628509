"""The actors of a text: the mentions gathered, weighed, and put in order of importance.

A known actor counts from its first mention, and so does one that several articles of the archive
name; an unknown person when named in full (in a long text: twice), an unknown body from its second
mention or in the title; nothing but demonyms is too little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sitegen.intake.mentions import Cast, Mention
from sitegen.model import Actor, ActorFound
from sitegen.text import fold
from sitegen.vocabulary import Vocabulary

TITLE_BONUS = 3.0
EARLY_BONUS = 1.0
_EARLY_SHARE = 0.2
# in a text of a few paragraphs a body named in full is there for a reason
_SHORT = 300


def weighed(cast: Cast, vocabulary: Vocabulary, *, title_end: int, size: int) -> tuple[ActorFound, ...]:
    """Return the actors of a text, the most important first.

    `title_end` is the first token of the body, `size` the number of tokens in all. The score is
    the weighted number of mentions, more for the title and the head of the text.
    """
    by_actor: dict[str, list[Mention]] = {}
    for mention in cast.mentions:
        by_actor.setdefault(mention.id, []).append(mention)
    found = []
    for identity, mentions in by_actor.items():
        actor = cast.actors[identity]
        if actor.hidden:
            continue
        made = _weighed(
            actor,
            mentions,
            identity in vocabulary.actors or identity in vocabulary.prior.actors,
            title_end,
            size,
        )
        if made:
            found.append(made)
    return tuple(sorted(found, key=lambda a: (-a.salient, -a.score, a.id)))


def _weighed(
    actor: Actor, mentions: Sequence[Mention], known: bool, title_end: int, size: int
) -> ActorFound | None:
    weight = sum(m.weight for m in mentions)
    title = any(m.start < title_end for m in mentions)
    early = any(m.start < title_end + _EARLY_SHARE * size for m in mentions)
    score = weight + TITLE_BONUS * title + EARLY_BONUS * early
    named = [m for m in mentions if m.form]
    body = [m for m in mentions if m.start >= title_end]
    if known:
        salient = weight >= 1 if actor.kind != "media" else len(named) > 1 or title
        if not named and weight < 1:
            return None
    elif actor.kind == "person":
        full = any(" " in m.form for m in mentions)
        salient = full and (title or len(body) > 1 or size < 500)
        if not full and len(body) < 2:
            return None
    else:
        salient = len(body) > 1 or (title and bool(body)) or (size < _SHORT and any(_long(m) for m in body))
        if not salient:
            return None
    return ActorFound(
        id=actor.id,
        name=actor.name,
        kind=actor.kind,
        aliases=_aliases(actor, named),
        mentions=len(mentions),
        salient=salient,
        score=round(score, 2),
        rule=Counter(m.rule for m in mentions).most_common(1)[0][0],
    )


def _long(mention: Mention) -> bool:
    return mention.form.count(" ") > 1


def _aliases(actor: Actor, named: Sequence[Mention]) -> tuple[str, ...]:
    """Return the forms that the text uses beside the actor's name, the most frequent first."""
    forms = Counter(m.form for m in named)
    seen = {fold(actor.name)}
    kept = []
    for form, _ in forms.most_common():
        if fold(form) not in seen:
            kept.append(form)
            seen.add(fold(form))
    return tuple(kept)

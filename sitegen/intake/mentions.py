"""Who is named where: the names of a text resolved to actors.

Known names lead to their actors, short forms to the long ones of the same text: acronyms given in
brackets, surnames, first words; capitals stand for states only where they act; "the coalition" is
the one that the text has named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from sitegen.intake.people import People, form_of, kind_of, name_keys, people_of, surnames
from sitegen.intake.reading import Reading, Typed
from sitegen.model import Actor
from sitegen.text import fold, slug
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import phrases, words


class Mention(Struct, frozen=True):
    """Tokens `start` to `end` name the actor `id`; `weight` says how much that counts.

    `form` is the name as written, "" where it is no name of its own (a demonym, "the coalition");
    `rule` says how it was found.
    """

    start: int
    end: int
    id: str
    form: str
    weight: float
    rule: str


class Cast(Struct, frozen=True):
    """The mentions of a text in order, and the actors that they lead to by id."""

    mentions: tuple[Mention, ...]
    actors: Mapping[str, Actor]


def find_mentions(reading: Reading, vocabulary: Vocabulary, year: str | None = None) -> Cast:
    """Return every mention of an actor in a text and the actors, known and new.

    `year` is that of publication, which decides whom "Moscow" stood for.
    """
    tokens = reading.tokens
    known = [m for n in reading.names if (m := _known(tokens, n, vocabulary))]
    named = Counter(m.id for m in known if m.rule == "name")
    known += _metonyms(reading, vocabulary, named, year)
    pairs = _acronyms(reading)
    actors: dict[str, Actor] = {m.id: vocabulary.actors[m.id] for m in known}
    people = people_of(reading, [(m.id, m.start, m.end) for m in known], vocabulary)
    fresh: list[Mention] = []
    for name in reading.names:
        if name.span.known:
            continue
        made = _resolved(reading, name, vocabulary, people, pairs)
        inner = _leading_demonym(reading, name) if made is None else None
        if inner:
            known.append(inner)
            actors.setdefault(inner.id, vocabulary.actors[inner.id])
        if made:
            mention, actor = made
            fresh.append(mention)
            actors.setdefault(actor.id, actor)
    known = [_explained(_reassigned(m, people), pairs, vocabulary, actors) for m in known]
    everything = [*known, *fresh]
    everything += _short_forms(tokens, everything, actors, vocabulary)
    for m in everything:
        if m.id in vocabulary.actors:
            actors.setdefault(m.id, vocabulary.actors[m.id])
    everything.sort(key=lambda m: (m.start, m.end))
    present = {m.id for m in everything}
    return Cast(tuple(everything), {i: a for i, a in actors.items() if i in present})


def _known(tokens: Sequence[Token], name: Typed, vocabulary: Vocabulary) -> Mention | None:
    match = name.span.known
    if match is None or not match.known.ids or match.known.sort == "metonym":
        return None
    start, end = match.start, match.end
    identity = match.known.ids[0]
    after = tokens[end] if end < len(tokens) else None
    if match.known.sort == "demonym":
        if after and after.gap == " " and after.key in words("state-organ"):
            return Mention(start, end + 1, identity, "", 1.0, "demonym of its government")
        if after and after.gap == " " and _official(tokens, end):
            return Mention(start, end, identity, "", 0.8, "demonym of its officials or forces")
        return Mention(start, end, identity, "", 0.5, "demonym")
    form = form_of(tokens, start, end)
    actor = vocabulary.actors[identity]
    if actor.kind in ("company", "media") and start and tokens[start - 1].key in ("on", "via", "told"):
        return Mention(start, end, identity, form, 0.3, "name")
    regime = _regime_of(tokens, end) if actor.kind == "person" and actor.country else 0
    state = _state_of(actor, vocabulary) if regime else None
    if state:
        return Mention(start, regime, state, form_of(tokens, start, regime), 1.0, "regime of its leader")
    if actor.kind == "state":
        before = tokens[start - 1] if start else None
        setting = bool(before and before.key in words("locative") and tokens[start].gap == " ")
        attribute = bool(
            after and (after.gap == "-" or (after.gap == " " and after.shape in ("cap", "mixed")))
        )
        return Mention(start, end, identity, form, 0.6 if setting or attribute else 1.0, "name")
    return Mention(start, end, identity, form, 1.0, "name")


def _official(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an office or a force stands at a token ("Foreign Minister", "air forces")."""
    for token in tokens[at : at + 4]:
        if token.key in words("role") or token.key in words("group-head"):
            return True
        if token.key not in words("role-modifier") and token.key not in ("and", "air", "special", "armed"):
            return False
    return False


def _regime_of(tokens: Sequence[Token], at: int) -> int:
    """Return where "'s brutal regime" after a leader's name ends, or 0."""
    ahead = at + 1 if at < len(tokens) and tokens[at].shape == "possessive" else at
    for end in range(ahead, min(ahead + 2, len(tokens))):
        if tokens[end].key in ("regime", "government", "dictatorship") and tokens[end].gap == " ":
            return end + 1
        if end == at:
            return 0
    return 0


def _state_of(actor: Actor, vocabulary: Vocabulary) -> str | None:
    return _states(vocabulary).get(actor.country or "")


@lru_cache(maxsize=8)
def _states(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the states by their country codes."""
    return {a.country: i for i, a in vocabulary.actors.items() if a.kind == "state" and a.country}


def _metonyms(
    reading: Reading, vocabulary: Vocabulary, named: Mapping[str, int], year: str | None
) -> list[Mention]:
    tokens = reading.tokens
    found = []
    for name in reading.names:
        match = name.span.known
        if match is None or match.known.sort != "metonym" or not _acts(tokens, match.start, match.end):
            continue
        ids = match.known.ids
        today = [i for i in ids if vocabulary.actors[i].country] or list(ids)
        past = [i for i in ids if not vocabulary.actors[i].country]
        default = past[0] if past and year and year < "1991" else today[0]
        identity = max(ids, key=lambda i: (named.get(i, 0), i == default))
        form = form_of(tokens, match.start, match.end)
        found.append(Mention(match.start, match.end, identity, form, 1.0, "capital that acts"))
    return found


def _acts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a capital stands for its state here: it does something, or something is done to it."""
    before = tokens[start - 1] if start else None
    after = tokens[end] if end < len(tokens) else None
    if before and before.key in words("locative") and tokens[start].gap == " ":
        return False
    if after is None or after.gap.startswith(","):
        return False
    if after.gap == "" and after.shape == "possessive":
        return True
    if after.gap == " " and after.shape == "lower":
        if after.key in words("verb") or (after.key.endswith("ed") and len(after.key) > 4):
            return True
        if before and before.key in words("act-on"):
            return True
        paired = after.key == "and" and end + 2 < len(tokens) and tokens[end + 1].shape == "cap"
        return bool(paired and tokens[end + 2].key in words("verb"))
    return bool(
        before and before.key in words("act-on") and tokens[start].gap == " " and after.shape == "lower"
    )


def _acronyms(reading: Reading) -> dict[str, str]:
    """Return the short forms that the text itself explains, folded: "Long Name (LN)" and the reverse."""
    tokens = reading.tokens
    pairs: dict[str, str] = {}
    for name in reading.names:
        start, end = name.span.start, name.span.end
        if end >= len(tokens) or "(" not in tokens[end].gap or len(tokens[end].gap) > 3:
            continue
        long, short = [t.text for t in tokens[start:end]], tokens[end]
        closed = (
            end + 1 >= len(tokens)
            or tokens[end + 1].gap[:1] in (")", ",", ";")
            or tokens[end + 1].key == "or"
        )
        if short.shape in ("upper", "mixed") and closed and _initials(long, short.text):
            pairs[fold(short.text)] = form_of(tokens, start, end)
    return pairs


def _initials(long: Sequence[str], short: str) -> bool:
    letters = [c for c in short.replace(".", "").casefold() if c.isalpha()]
    heads = [w[0].casefold() for w in long]
    big = [w[0].casefold() for w in long if w[0].isupper()]
    if len(letters) < 2 or len(long) < 2:
        return False
    most = sum(c in heads for c in letters) >= len(letters) - 1 and len(letters) <= len(heads) + 1
    return most and (letters[0] == heads[0] or letters[0] in big)


def _explained(
    mention: Mention, pairs: Mapping[str, str], vocabulary: Vocabulary, actors: dict[str, Actor]
) -> Mention:
    """Return a known acronym's mention as that of the long name which the text gives for it."""
    long = pairs.get(fold(mention.form))
    if long is None or vocabulary.actor(long).id == mention.id:
        return mention
    actor = vocabulary.actor(long)
    if actor.id not in vocabulary.actors:
        if any(c.islower() for c in mention.form) or actor.id not in {slug(p) for p in pairs.values()}:
            return mention
        actor = Actor(actor.id, long, kind_of(long))
    actors.setdefault(actor.id, actor)
    return Mention(mention.start, mention.end, actor.id, mention.form, 1.0, "acronym given in the text")


def _leading_demonym(reading: Reading, name: Typed) -> Mention | None:
    """Return the mention of a state in a name that is no actor's ("Syrian Websites")."""
    for match in reading.matches_from(name.span.start, name.span.end):
        if match.start == name.span.start and match.known.sort == "demonym":
            return Mention(match.start, match.end, match.known.ids[0], "", 0.5, "demonym")
    return None


def _reassigned(mention: Mention, people: People) -> Mention:
    """Return a known surname's mention as that of the stranger whom the text names in full."""
    word = fold(mention.form)
    stranger = people.strangers.get(word)
    if stranger is None or mention.id in people.in_full:
        return mention
    return Mention(mention.start, mention.end, stranger, mention.form, mention.weight, "surname")


def _resolved(
    reading: Reading, name: Typed, vocabulary: Vocabulary, people: People, pairs: Mapping[str, str]
) -> tuple[Mention, Actor] | None:
    tokens, (start, end) = reading.tokens, (name.span.start, name.span.end)
    form = form_of(tokens, start, end)
    known = vocabulary.actor_names.get(fold(pairs.get(fold(form), "")))
    if known:
        return Mention(start, end, known, form, 1.0, "acronym given in the text"), vocabulary.actors[known]
    if name.type == "PER":
        return _person(tokens, name, form, vocabulary, people)
    state = _state_named(reading, start, end, vocabulary)
    if state:
        return Mention(start, end, state, form, 1.0, "its government or people"), vocabulary.actors[state]
    if name.type == "ORG":
        if end - start == 1 and tokens[start].key in words("org-head"):
            return None
        if tokens[end - 1].key == "coalition" and _against(tokens, start, end, vocabulary):
            actor = vocabulary.actors["us-led-coalition"]
            return Mention(start, end, actor.id, form, 1.0, "coalition against it"), actor
        long = pairs.get(fold(form), form)
        if len(long.split()) == 1 and name.weight < 5:
            return None
        actor = vocabulary.actor(long)
        if actor.id not in vocabulary.actors:
            actor = Actor(actor.id, long, kind_of(long))
        rule = "acronym given in the text" if long != form else "capitalised name"
        return Mention(start, end, actor.id, form, 1.0, rule), actor
    return None


def _state_named(reading: Reading, start: int, end: int, vocabulary: Vocabulary) -> str | None:
    """Return the state of a name such as "Government of Iraq"."""
    tokens = reading.tokens
    if end - start < 3 or tokens[start + 1].key != "of" or tokens[start].key not in words("state-of"):
        return None
    match = next((m for m in reading.matches_from(start + 2, end) if m.end == end), None)
    if match and match.known.sort == "name" and vocabulary.actors[match.known.ids[0]].kind == "state":
        return match.known.ids[0]
    return None


def _against(tokens: Sequence[Token], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Say whether a coalition's name holds that of Islamic State ("Counter-ISIS Coalition")."""
    names = vocabulary.actor_names
    known = "us-led-coalition" in vocabulary.actors
    return known and any(names.get(t.key) == "islamic-state" for t in tokens[start:end])


def _person(
    tokens: Sequence[Token], name: Typed, form: str, vocabulary: Vocabulary, people: People
) -> tuple[Mention, Actor] | None:
    keys = name_keys(tokens, name.span.start, name.span.end)
    identity = people.find(keys)
    office = any(t.key in words("role") for t in tokens[name.role[0] : name.role[1]])
    rule = "name in full" if len(keys) > 1 else "surname"
    if identity is None and len(keys) == 1 and office:
        identity, rule = surnames(vocabulary).get(keys[0]), "office and surname"
    if identity is None and (len(keys) > 1 or name.role[0] < name.role[1]):
        identity, rule = slug(form), "name after a title"
    if identity is None:
        return None
    known = vocabulary.actors.get(identity)
    actor = known or Actor(identity, people.names.get(identity, form), "person")
    return Mention(name.span.start, name.span.end, identity, form, 1.0, rule), actor


def _short_forms(
    tokens: Sequence[Token], mentions: Sequence[Mention], actors: Mapping[str, Actor], vocabulary: Vocabulary
) -> Iterable[Mention]:
    taken = {n for m in mentions for n in range(m.start, m.end)}
    named = {m.id for m in mentions}
    meanings: dict[str, str] = {}
    coalitions = [i for i in actors if i in named and actors[i].kind == "coalition"]
    known = [i for i in coalitions if i in vocabulary.actors]
    if len(known) == 1:
        meanings["coalition"] = known[0]
    for line in phrases("short-form"):
        word, identity, company = line.split()
        if company in named and identity in vocabulary.actors and not (word == "coalition" and known):
            meanings.setdefault(word, identity)
    if len(coalitions) == 1:
        meanings.setdefault("coalition", coalitions[0])
    return [
        Mention(n, n + 1, meanings[t.key], "", 1.0, "short form")
        for n, t in enumerate(tokens)
        if n not in taken and t.key in meanings and not (n and tokens[n - 1].key in ("a", "an", "any", "new"))
    ]

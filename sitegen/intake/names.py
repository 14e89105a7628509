"""Names in a text with their types: persons, organisations, places, and the rest.

Evidence is weighed for each mention and then shared over the text: a surname is the person named
in full elsewhere, and all mentions of one spelling have one type.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sitegen.intake.spans import Span, places, spans
from sitegen.model import Name
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.match import Match, index
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.tokens import Token, tokens
from sitegen.vocabulary.words import common_words, given_names, words

Type = Literal["PER", "ORG", "LOC", "MISC"]
_BEFORE_PLACE = frozenset(["in", "at", "near", "from", "outside", "around", "across", "throughout", "inside"])


class Typed(NamedTuple):
    """A name in a text: its tokens, the tokens before it that are a title or role, and its type."""

    span: Span
    role: tuple[int, int]
    type: Type
    weight: int


class Reading(NamedTuple):
    """A text with its tokens and the names found in it."""

    text: str
    tokens: tuple[Token, ...]
    matches: tuple[Match, ...]
    names: tuple[Typed, ...]


def find_names(text: str, *, lang: str = "en") -> tuple[Name, ...]:
    """Return the names in a text in order, without articles, each with its type."""
    reading = read_names(text, lang, shipped())
    return tuple(
        Name(reading.tokens[n.span.start].start, reading.tokens[n.span.end - 1].end, n.type)
        for n in reading.names
    )


def read_names(text: str, lang: str, vocabulary: Vocabulary) -> Reading:
    """Return the text as tokens with its known names and all names, typed."""
    found = tokens(text)
    matches = index(vocabulary, lang).matches(found)
    raw = [_without_role(found, s) for s in spans(found, matches)]
    named = [(span, role) for span, role in raw if span is not None]
    types = _types(found, named, vocabulary)
    return Reading(
        text, found, matches, tuple(Typed(s, r, *t) for (s, r), t in zip(named, types, strict=True))
    )


def _without_role(tokens: Sequence[Token], span: Span) -> tuple[Span | None, tuple[int, int]]:
    """Part a title or role from the name after it; a role alone is no name."""
    if span.known:
        return span, _role_before(tokens, span.start)
    span = _without_tail(tokens, span)
    at = span.start
    last_role = at
    titles = words("honorific") | words("role")
    while at < span.end and (tokens[at].key in titles or tokens[at].key in words("role-modifier")):
        at += 1
        if tokens[at - 1].key in titles:
            last_role = at
    at = last_role
    while (
        last_role > span.start
        and at < span.end
        and (tokens[at].key in words("office") or tokens[at].key in ("of", "for"))
    ):
        at += 1
        last_role = at
    if last_role == span.start:
        return span, _role_before(tokens, span.start)
    if last_role == span.end:
        return None, (span.start, span.end)
    if tokens[last_role].shape == "lower":
        return (None, (span.start, span.end)) if _office(tokens, span) else (span, (span.start, span.start))
    return Span(last_role, span.end), (span.start, last_role)


def _without_tail(tokens: Sequence[Token], span: Span) -> Span:
    """Cut the role that ends a run ("Joint Task Force Commander"), unless it is all there is."""
    end = span.end
    while end - 1 > span.start and tokens[end - 1].key in words("role") and tokens[end - 1].shape == "cap":
        end -= 1
    kept = any(tokens[n].key not in words("role-modifier") for n in range(span.start, end))
    return Span(span.start, end) if end < span.end and kept else span


def _office(tokens: Sequence[Token], span: Span) -> bool:
    return tokens[span.start].key not in words("org-head") and tokens[span.end - 1].key not in words(
        "org-head"
    )


def _role_before(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    """Return the tokens just before a name that are a title or role ("chancellor Angela Merkel")."""
    at = start
    while at and tokens[at].gap in (" ", ". ") and (
        tokens[at - 1].key in words("role") or tokens[at - 1].key in words("role-modifier")
        or tokens[at - 1].key in words("honorific")
    ):  # fmt: skip
        at -= 1
    has_title = any(t.key in words("role") or t.key in words("honorific") for t in tokens[at:start])
    return (at, start) if has_title else (start, start)


def _types(
    tokens: Sequence[Token], named: Sequence[tuple[Span, tuple[int, int]]], vocabulary: Vocabulary
) -> list[tuple[Type, int]]:
    votes: dict[str, Counter[Type]] = defaultdict(Counter)
    keys = [" ".join(t.key for t in tokens[s.start : s.end]) for s, _ in named]
    for (span, role), key in zip(named, keys, strict=True):
        type_, weight = _evidence(tokens, span, role, vocabulary)
        votes[key][type_] += weight
    surnames = _surnames(keys, votes)
    types: list[tuple[Type, int]] = []
    for key in keys:
        (best, weight), *_ = votes[key].most_common(1)
        person = " " not in key and key in surnames and weight < 20
        types.append(("PER", 8) if person else (best, weight))
    return types


def _surnames(keys: Sequence[str], votes: dict[str, Counter[Type]]) -> set[str]:
    people = [k.split() for k in dict.fromkeys(keys) if votes[k].most_common(1)[0][0] == "PER"]
    return {word for parts in people if len(parts) > 1 for word in (parts[0], parts[-1]) if len(word) > 2}


def _evidence(
    tokens: Sequence[Token], span: Span, role: tuple[int, int], vocabulary: Vocabulary
) -> tuple[Type, int]:
    """Return the likeliest type of one mention and how much that is worth."""
    if span.known and span.known.known.ids:
        return _known_type(span.known, vocabulary), 20
    keys = [t.key for t in tokens[span.start : span.end]]
    first, last = keys[0], keys[-1]
    if role[0] < role[1]:
        return "PER", 10
    if " ".join(keys) in places() or (first in words("direction") and " ".join(keys[1:]) in places()):
        return "LOC", 15
    if first in ("operation", "project") and len(keys) > 1:
        return "MISC", 12
    head = keys[keys.index("of") - 1] if "of" in keys[1:] else last
    if len(keys) > 1:
        for name, type_ in _HEADS:
            if head in words(name) or (type_ == "LOC" and first in words(name) and head == last):
                return type_, 12
    if first in words("misc") and len(keys) == 1:
        return "MISC", 12
    if _like_person(tokens[span.start : span.end]):
        return "PER", 8
    return _by_neighbours(tokens, span)


_HEADS: tuple[tuple[str, Type], ...] = (("org-head", "ORG"), ("event-head", "MISC"), ("loc-head", "LOC"))


def _known_type(match: Match, vocabulary: Vocabulary) -> Type:
    if match.known.sort == "demonym":
        return "MISC"
    kind = vocabulary.actors[match.known.ids[0]].kind
    if kind == "person":
        return "PER"
    return "LOC" if kind == "state" or match.known.sort == "metonym" else "ORG"


def _like_person(run: Sequence[Token]) -> bool:
    if not 2 <= len(run) <= 5 or run[-1].shape in ("number", "upper"):
        return False
    if any(t.shape == "initial" for t in run[:-1]):
        return True
    return run[0].key in given_names() and run[0].shape == "cap"


def _by_neighbours(tokens: Sequence[Token], span: Span) -> tuple[Type, int]:
    size = span.end - span.start
    run = tokens[span.start : span.end]
    before = tokens[span.start - 1] if span.start else None
    after = tokens[span.end] if span.end < len(tokens) else None
    if run[-1].shape == "number":
        return "MISC", 6
    if before and before.key in _BEFORE_PLACE and run[0].gap == " " and size < 3 and run[0].shape != "upper":
        return "LOC", 4
    if after and after.gap == " " and after.key in words("speech") and size < 4:
        return "PER", 4
    if size == 1 and run[0].shape == "upper":
        return "ORG", 5
    if before and before.key == "the":
        return "ORG" if size < 4 else "MISC", 3
    if size in (2, 3) and all(t.shape in ("cap", "mixed") for t in run):
        return ("MISC", 2) if all(t.key in common_words() for t in run) else ("PER", 2)
    return ("ORG", 2) if size == 1 else ("MISC", 2)

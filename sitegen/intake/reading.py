"""Names in a text with their types: persons, organisations, places, and the rest.

Evidence is weighed for each mention and then shared over the text: a surname is the person named
in full elsewhere, and all mentions of one spelling have one type.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.intake.evidence import Type, evidence
from sitegen.intake.spans import Span, spans
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.match import Match, index
from sitegen.vocabulary.tokens import Token, tokens
from sitegen.vocabulary.words import given_names, words

_LONGEST_ROLE = 12  # tokens


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

    def matches_from(self, start: int, end: int) -> tuple[Match, ...]:
        """Return the known names that lie between two tokens."""
        first = bisect_left(self.matches, start, key=lambda m: m.start)
        last = bisect_left(self.matches, end, key=lambda m: m.start)
        return tuple(m for m in self.matches[first:last] if m.end <= end)


def read_names(text: str, lang: str, vocabulary: Vocabulary) -> Reading:
    """Return the text as tokens with its known names and all names, typed."""
    found = tokens(text)
    matches = index(vocabulary, lang).matches(found)
    raw = [_without_role(found, s) for s in _of_language(found, spans(found, matches), lang)]
    named = [(span, role) for span, role in raw if span is not None]
    types = _types(found, named, vocabulary)
    return Reading(
        text, found, matches, tuple(Typed(s, r, *t) for (s, r), t in zip(named, types, strict=True))
    )


def _of_language(tokens: Sequence[Token], found: Sequence[Span], lang: str) -> list[Span]:
    """Return the names that a language's capitals can show; in German only known names and people."""
    if lang != "de":
        return list(found)
    kept = []
    for span in found:
        given = [n for n in range(span.start, span.end - 1) if tokens[n].key in given_names()]
        if span.known:
            kept.append(span)
        elif given:
            kept.append(Span(given[0], min(span.end, given[0] + 3)))
    return kept


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
    while end - 1 > span.start and tokens[end - 1].key in words("role") - {"vice", "head"}:
        end -= 1
    kept = any(tokens[n].key not in words("role-modifier") for n in range(span.start, end))
    return Span(span.start, end) if end < span.end and kept else span


def _office(tokens: Sequence[Token], span: Span) -> bool:
    return tokens[span.start].key not in words("org-head") and tokens[span.end - 1].key not in words(
        "org-head"
    )


def _role_before(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    """Return the tokens just before a name that are a title or role ("chancellor Angela Merkel")."""
    at, first = start, max(0, start - _LONGEST_ROLE)
    while at > first and tokens[at].gap in (" ", ". ") and (
        tokens[at - 1].key in words("role") or tokens[at - 1].key in words("role-modifier")
        or tokens[at - 1].key in words("honorific")
    ):  # fmt: skip
        at -= 1
    has_title = any(t.key in words("role") or t.key in words("honorific") for t in tokens[at:start])
    return (at, start) if has_title else (start, start)


def _types(
    tokens: Sequence[Token], named: Sequence[tuple[Span, tuple[int, int]]], vocabulary: Vocabulary
) -> list[tuple[Type, int]]:
    """Return the type of each name and the weight of what speaks for it, shared over one spelling."""
    votes: dict[str, Counter[Type]] = defaultdict(Counter)
    sure: dict[str, int] = defaultdict(int)
    keys = [" ".join([t.key for t in tokens[s.start : s.end]]) for s, _ in named]
    for (span, role), key in zip(named, keys, strict=True):
        for type_, weight in evidence(tokens, span, role, vocabulary):
            votes[key][type_] += weight
            sure[key] = max(sure[key], weight)
    surnames = _parts(keys, votes, "PER")
    brands = _parts(keys, votes, "ORG")
    types: list[tuple[Type, int]] = []
    for key in keys:
        (best, weight), *_ = votes[key].most_common(1)
        if sure[key] < 12 and key in surnames:
            best, weight, sure[key] = "PER", 8, 8
        elif sure[key] < 6 and key in brands and best != "LOC":
            best, weight, sure[key] = "ORG", 5, 5
        types.append((best, min(weight, sure[key])))
    return types


def _parts(keys: Sequence[str], votes: dict[str, Counter[Type]], wanted: Type) -> set[str]:
    """Return the words that alone may stand for a longer name of that type in the text."""
    long = [k.split() for k in dict.fromkeys(keys) if " " in k and votes[k].most_common(1)[0][0] == wanted]
    ends = (words_[:1] if wanted == "ORG" else (words_[0], words_[-1]) for words_ in long)
    return {word for pair in ends for word in pair if len(word) > 2}

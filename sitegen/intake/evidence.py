"""What one mention of a name says of its type: a list of votes, each a type with its weight.

20: the vocabulary knows it; 12 and more: its own words say so; below: given names, and what stands
around it. The weights were set by hand on wikigold (tests/benchmarks/actors.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from sitegen.dates.places import cities
from sitegen.intake.spans import Span, places
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.match import Match
from sitegen.vocabulary.shipped import demonyms
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import common_words, given_names, words

Type = Literal["PER", "ORG", "LOC", "MISC"]
Vote = tuple[Type, int]
_HEADS: tuple[tuple[str, Type], ...] = (("org-head", "ORG"), ("event-head", "MISC"), ("loc-head", "LOC"))
_NUMERALS = frozenset(
    ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiv", "xv", "xvi")
)


def evidence(
    tokens: Sequence[Token], span: Span, role: tuple[int, int], vocabulary: Vocabulary
) -> tuple[Vote, ...]:
    """Return the votes of one mention; there is always one."""
    if span.known and span.known.known.ids:
        return ((_known_type(span.known, vocabulary), 20),)
    run = tokens[span.start : span.end]
    if len(run) > 1 and _in_quotes(tokens, span):
        return (("MISC", 10),)
    keys = [t.key for t in run]
    if role[0] < role[1]:
        return (("PER", 10),)
    own = _own_words(keys)
    if own:
        return (own,)
    if keys[0] in _demonyms() and len(run) > 1:
        return (("MISC", 3),)
    votes = [*_shape(run, keys), *_around(tokens, span, run)]
    return tuple(votes) or (_guess(run),)


def _in_quotes(tokens: Sequence[Token], span: Span) -> bool:
    after = tokens[span.end].gap if span.end < len(tokens) else ""
    return any(m in tokens[span.start].gap for m in '“"') and any(m in after for m in '”"')


def _known_type(match: Match, vocabulary: Vocabulary) -> Type:
    if match.known.sort == "demonym":
        return "MISC"
    kind = vocabulary.actors[match.known.ids[0]].kind
    if kind == "person":
        return "PER"
    return "LOC" if kind == "state" or match.known.sort == "metonym" else "ORG"


def _own_words(keys: Sequence[str]) -> Vote | None:
    name = " ".join(keys)
    first, last = keys[0], keys[-1]
    if name in places() or (first in words("direction") and " ".join(keys[1:]) in places()):
        return "LOC", 15
    if first in words("misc") and len(keys) == 1:
        return "MISC", 12
    if len(keys) == 1:
        return None
    if first in ("operation", "project"):
        return "MISC", 12
    head = keys[keys.index("of") - 1] if "of" in keys[1:] else last
    for list_, type_ in _HEADS:
        if head in words(list_):
            return type_, 12
    if first in ("lake", "mount", "river", "cape", "fort", "camp", "port", "isle", "gulf"):
        return "LOC", 12
    return None


def _shape(run: Sequence[Token], keys: Sequence[str]) -> Iterator[Vote]:
    """Yield what the words of a name say by their shape, and as given names or towns."""
    if len(run) > 1 and 2 <= len(run) <= 5:
        given = keys[0] in given_names() and run[0].shape == "cap"
        if run[-1].shape not in ("number", "upper") or keys[-1] in _NUMERALS:
            if any(t.shape == "initial" for t in run[:-1]):
                yield "PER", 9
            elif given:
                yield "PER", 8
    elif len(run) == 1 and keys[0] in given_names() and keys[0] not in common_words():
        yield "PER", 4
    if run[-1].shape == "number":
        yield "MISC", 6
    if len(run) == 1 and run[0].shape == "upper":
        yield "ORG", 4
    if len(run) < 4 and run[0].shape == "cap" and _town(" ".join(keys)):
        yield "LOC", 3 if len(run) == 1 else 9


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(d.lower() for d in demonyms())


@lru_cache(maxsize=4096)
def _town(name: str) -> bool:
    return bool(cities(name))


def _around(tokens: Sequence[Token], span: Span, run: Sequence[Token]) -> Iterator[Vote]:
    """Yield what stands before and after a name says of it."""
    before = tokens[span.start - 1] if span.start else None
    after = tokens[span.end] if span.end < len(tokens) else None
    size = len(run)
    quoted = run[0].gap.rstrip().endswith(('"', "“", "‘")) or run[0].gap.endswith('" ')
    if quoted and after and after.gap.lstrip()[:1] in ('"', "”", "’", ","):
        yield "MISC", 6
    if before and run[0].gap == " ":
        yield from _before(before, tokens[span.start - 2] if span.start > 1 else None, run, size)
    if after:
        yield from _after(tokens, span.end, after, run)


def _before(before: Token, earlier: Token | None, run: Sequence[Token], size: int) -> Iterator[Vote]:
    key = before.key
    if key == "in" and earlier and earlier.key in ("born", "died", "lives", "lived", "based", "located"):
        yield "LOC", 8
    elif key in ("in", "near", "at", "outside") and size < 4 and run[0].shape != "upper":
        yield "LOC", 4
    elif key in ("from", "to", "through", "around", "across", "towards", "toward") and size < 3:
        yield "LOC", 2
    if key in words("work-noun"):
        yield "MISC", 6
    if key in words("body-noun"):
        yield "ORG", 6
    if key in words("kin-noun") or (key == "of" and earlier and earlier.key in words("kin-noun")):
        yield "PER", 6
    if key == "the" and run[-1].shape != "number":
        yield "ORG", 2


def _after(tokens: Sequence[Token], end: int, after: Token, run: Sequence[Token]) -> Iterator[Vote]:
    size = len(run)
    if after.gap == ", " and size < 4 and after.shape in ("cap", "upper") and after.key in places():
        yield "LOC", 8
    if after.gap == " (" and (after.key == "born" or (after.shape == "number" and len(after.key) == 4)):
        yield "PER", 4
    if after.shape == "possessive" and end + 1 < len(tokens) and tokens[end + 1].key in words("kin-noun"):
        yield "PER", 6
    if after.gap == " " and after.shape == "lower":
        if after.key in words("speech") and size < 4:
            yield "PER", 3
        if (
            after.key in ("was", "is")
            and end + 1 < len(tokens)
            and tokens[end + 1].key in ("born", "married")
        ):
            yield "PER", 8
        if after.key in words("work-noun"):
            yield "MISC", 4
        if (
            size == 1
            and run[0].key.endswith(("ian", "ean", "ish", "ese", "ic"))
            and after.key not in words("verb")
        ):
            yield "MISC", 3


def _guess(run: Sequence[Token]) -> Vote:
    """Return the type that such a run mostly has, where nothing speaks for one."""
    size = len(run)
    if size in (2, 3) and all(t.shape in ("cap", "mixed") for t in run):
        return ("MISC", 1) if any(t.key in common_words() for t in run) else ("PER", 2)
    return ("ORG", 1) if size == 1 else ("MISC", 1)

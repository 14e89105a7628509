"""How far a name reaches when it is shown: with its title before and its head noun behind.

"Iraqi President Fuad Masum" and "US-led coalition", "Assad's brutal regime", "Syrian opposition
forces". What was measured on the two kinds of gold that differ in this: office and rank taken in
+.030 on re3d and -.006 on wikigold, heads behind +.034 and -.003 (tests/benchmarks/actors.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.intake.evidence import Type
from sitegen.intake.reading import Reading, Typed, read_names
from sitegen.model import Name
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

_DOTTED = frozenset(("inc", "ltd", "corp", "co", "jr", "sr", "bros"))
_REGIMES = frozenset(("regime", "dictatorship"))


def find_names(text: str, *, lang: str = "en") -> tuple[Name, ...]:
    """Return the names in a text in order, without articles, each with its type."""
    return extents(read_names(text, lang, shipped()))


def extents(reading: Reading) -> tuple[Name, ...]:
    """Return the names of a text in order, each from its title to its head noun."""
    tokens = reading.tokens
    found: list[tuple[int, int, Type]] = []
    for name in reading.names:
        start = _titled(tokens, name)
        office = any(t.key in words("role") for t in tokens[start : name.span.start])
        # the state or body whose office it is belongs to the title: "US Secretary of State John Kerry"
        if office and found and found[-1][1] == start and found[-1][2] != "PER" and tokens[start].gap == " ":
            start = found.pop()[0]
        end, type_ = _headed(tokens, name)
        found.append((start, end, type_))
    return tuple(Name(tokens[s].start, _full_stop(reading, s, e), t) for s, e, t in found)


def _titled(tokens: Sequence[Token], name: Typed) -> int:
    """Return where a person's name starts with the office or rank before it, if that has capitals."""
    first, start = name.role[0], name.span.start
    if name.type != "PER" or first >= name.role[1]:
        return start
    at = start
    while at > first and (tokens[at - 1].shape != "lower" or tokens[at - 1].key == "of"):
        at -= 1
    while at < start and tokens[at].shape == "lower":
        at += 1
    title = any(t.key in words("role") or t.key in words("extent-title") for t in tokens[at:start])
    return at if title else start


def _headed(tokens: Sequence[Token], name: Typed) -> tuple[int, Type]:
    """Return where a name ends with the common noun behind it, and the type of the whole."""
    end = name.span.end
    if name.type == "PER":
        regime = _regime(tokens, end) if name.span.known else 0
        return (regime, "ORG") if regime else (end, "PER")
    if name.span.known or name.type == "ORG":
        ahead = end + 1 if _lower(tokens, end, "extent-middle") else end
        if _lower(tokens, ahead, "extent-head"):
            return ahead + 1, "ORG"
    if name.type == "LOC" and _lower(tokens, end, "extent-region"):
        return end + 1, "LOC"
    return end, name.type


def _lower(tokens: Sequence[Token], at: int, list_: str) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    return token.gap == " " and token.shape == "lower" and token.key in words(list_)


def _regime(tokens: Sequence[Token], at: int) -> int:
    """Return where "'s brutal regime" after a leader's name ends, or 0."""
    if at < len(tokens) and tokens[at].shape == "possessive":
        at += 1
    for end in range(at, min(at + 2, len(tokens))):
        if tokens[end].key in _REGIMES and tokens[end].gap == " ":
            return end + 1
    return 0


def _full_stop(reading: Reading, start: int, end: int) -> int:
    """Return the character where a name ends, the full stop of "Ltd." taken in."""
    last = reading.tokens[end - 1]
    dotted = last.key in _DOTTED and end - start > 1 and reading.text[last.end : last.end + 1] == "."
    return last.end + dotted

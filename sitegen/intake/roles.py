"""The roles that a text gives to the people in it: "Russian Foreign Minister", "chairman of the board".

They stand before the name, or behind it after a comma.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sitegen.intake.mentions import Cast
from sitegen.intake.reading import Reading
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

_LONGEST = 8  # tokens
_SMALL = frozenset(("of", "for", "and", "to", "the"))
_LEADING = _SMALL | {"then"}
_PARTS = frozenset(("vice", "deputy"))  # of an office, not one


def find_roles(reading: Reading, cast: Cast) -> Mapping[str, str]:
    """Return for each person of the text whose role it gives that role, the most frequent one, as printed."""
    tokens = reading.tokens
    marked = frozenset(n for m in reading.matches if m.known.sort in ("demonym", "name") for n in (m.start,))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in cast.mentions:
        if cast.actors[mention.id].kind != "person" or not mention.form:
            continue
        said = _before(tokens, mention.start, marked) or _behind(tokens, mention.end, marked)
        if said:
            found[mention.id][said] += 1
    return {
        identity: min(counted, key=lambda r: (-counted[r], -len(r), r))
        for identity, counted in sorted(found.items())
    }


def _before(tokens: Sequence[Token], at: int, marked: frozenset[int]) -> str:
    """Return the office before a name with the state whose it is, "" for a mere form of address."""
    start = at
    while (
        start > max(0, at - _LONGEST)
        and tokens[start].gap in (" ", ". ", "-")
        and (
            start - 1 in marked
            or _official(tokens[start - 1])
            or (start < at and tokens[start - 1].key in _SMALL)
        )
    ):
        start -= 1
    while start < at and (tokens[start].key in _LEADING or tokens[start].key in words("honorific")):
        start += 1
    held = any(t.key in words("role") and t.key not in _PARTS for t in tokens[start:at])
    return _printed(tokens, start, at) if held else ""


def _official(token: Token) -> bool:
    return any(token.key in words(name) for name in ("role", "role-modifier", "office", "honorific"))


def _behind(tokens: Sequence[Token], at: int, marked: frozenset[int]) -> str:
    """Return the office in ", the Russian foreign minister," behind a name, or ""."""
    if at >= len(tokens) or tokens[at].gap.strip() != ",":
        return ""
    start = at + 1 if tokens[at].key in words("article") else at
    end, held = start, False
    while end < min(start + _LONGEST, len(tokens)) and (end == start or tokens[end].gap in (" ", "-")):
        if not (_official(tokens[end]) or end in marked or (held and tokens[end].key in _SMALL)):
            break
        held = held or (tokens[end].key in words("role") and tokens[end].key not in _PARTS)
        end += 1
    while end > start and tokens[end - 1].key in _SMALL:
        end -= 1
    closed = end >= len(tokens) or tokens[end].gap[:1] in ",.;)" or tokens[end].key == "of"
    return _printed(tokens, start, _with_body(tokens, end)) if held and closed else ""


def _with_body(tokens: Sequence[Token], end: int) -> int:
    """Return the end of an office with the body whose it is: "director of the Harbour Observatory"."""
    if end >= len(tokens) or tokens[end].key != "of":
        return end
    at = end + 1
    while at < min(end + _LONGEST, len(tokens)) and tokens[at].gap in (" ", "-"):
        if not (tokens[at].text[:1].isupper() or tokens[at].key in _SMALL):
            break
        at += 1
    while tokens[at - 1].key in _SMALL:
        at -= 1
    return max(at, end)


def _printed(tokens: Sequence[Token], start: int, end: int) -> str:
    return "".join(t.gap + t.text if n else t.text for n, t in enumerate(tokens[start:end]))

"""What the capitals of a text are worth: where they say nothing, and which words have them always."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

_CAPITALS = frozenset(("cap", "upper", "mixed", "initial"))
_ARABIC = frozenset(["al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ibn", "bin", "ben", "abu", "ul"])
_QUOTES = ('"', "“", "”")


def capital(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token has a capital, or is an Arabic article joined to one (al-Assad)."""
    token = tokens[at]
    if token.shape in _CAPITALS:
        return token.key != "i"
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return bool(
        following
        and token.key in _ARABIC
        and following.gap in ("-", "’", "'")
        and following.shape in _CAPITALS
    )


def shouted(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the tokens of lines in capitals or title case, in which a capital says nothing."""
    loud: set[int] = set()
    line: list[int] = []
    for number, token in enumerate((*tokens, None)):
        if token is None or "\n" in token.gap:
            long = [tokens[n] for n in line if len(tokens[n].text) > 3]
            low = sum(tokens[n].shape == "lower" and tokens[n].key not in words("small") for n in line)
            sentence = token is None or token.gap[:1] in (".", "!", "?", ",", ";")
            if sentence and sum(t.shape == "upper" for t in long) < 0.6 * len(long):
                low = len(line)
            if 4 <= len(long) <= 20 and low <= len(long) // 8:
                loud.update(line)
            line = []
        line.append(number)
    return frozenset(loud)


def seen(tokens: Sequence[Token], shouted: frozenset[int]) -> dict[str, int]:
    """Return how each word stands inside sentences: above 0 mostly as a name, below as a word."""
    seen: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.shape == "lower":
            seen[token.key] = seen.get(token.key, 0) - 1
        elif not token.first and number not in shouted:
            seen[token.key] = seen.get(token.key, 0) + 1
    return seen


def titles(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where quoted titles of works start and end: capitals throughout, but for small words."""
    found: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if not any(mark in token.gap for mark in _QUOTES) or not capital(tokens, at):
            continue
        end = at + 1
        while end < min(at + 9, len(tokens)) and not any(mark in tokens[end].gap for mark in _QUOTES):
            end += 1
        inner = tokens[at + 1 : end]
        closed = end < len(tokens) and any(mark in tokens[end].gap for mark in _QUOTES)
        plain = all(t.shape != "lower" or t.key in words("small") for t in inner)
        if closed and plain and inner and all(t.gap in (" ", "-", "", "'", ", ") for t in inner):
            found[at] = end
    return found


def foreign(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the words in another script than Latin of a text that is mostly Latin."""
    odd = [n for n, t in enumerate(tokens) if ord(t.text[0]) > 0x24F and t.shape != "number"]
    return frozenset(odd) if 2 * len(odd) < len(tokens) else frozenset()

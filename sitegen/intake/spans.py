"""Capitalised runs of words: where a name begins and ends.

A run grows over capitals, over the small words inside names ("University of Chicago", "Charles de
Gaulle"), over initials and numbers ("Apollo 11"); it is cut at the head where a sentence starts
with a common word, and known names win over runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.vocabulary.match import Match
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import common_words, given_names, phrases, words

_CAPITALS = frozenset(("cap", "upper", "mixed", "initial"))
_ARABIC = frozenset(["al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ibn", "bin", "ben", "abu", "ul"])
_SUFFIXES = frozenset(["inc", "ltd", "llc", "plc", "jr", "sr", "gmbh", "corp"])
_NUMERALS = frozenset(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi"])
_INNER = frozenset(("for", "on", "and", "in", "against", "to", "the"))


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` to `end` (exclusive) are one name; `known` is what the vocabulary says of it."""

    start: int
    end: int
    known: Match | None = None


def spans(tokens: Sequence[Token], matches: Sequence[Match]) -> tuple[Span, ...]:
    """Return the names of a text in order: the known ones, and the runs of capitals between them."""
    known = {m.start: m for m in matches if m.known.sort != "never"}
    inside = {n for m in matches for n in range(m.start, m.end)}
    shouted = _shouted(tokens)
    seen = _seen(tokens, shouted)
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        if (
            at in known
            and known[at].known.sort != "demonym"
            and (known[at].end - at > 1 or not _grows(tokens, known[at].end - 1))
        ):
            end = known[at].end
            if not _misread(tokens, known[at], seen):
                found.append(Span(at, end, known[at]))
            at = end
        elif _capital(tokens, at) and tokens[at].key not in words("month"):
            end = _run_end(tokens, at)
            # a known name that reaches beyond the run takes its share of it
            end = next((m for m in range(at + 1, end) if m in known and known[m].end > end), end)
            start = at if at in inside else _trimmed(tokens, at, end, seen)
            if at < start < end and start in known:
                end = start
            elif start < end and at not in shouted:
                found += _cut(tokens, start, end, known)
            elif start < end:
                found += [
                    Span(m.start, m.end, m)
                    for m in matches
                    if start <= m.start and m.end <= end and m.known.ids
                ]
            at = max(end, at + 1)
        else:
            at += 1
    return tuple(found)


def _capital(tokens: Sequence[Token], at: int) -> bool:
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


def _grows(tokens: Sequence[Token], last: int) -> bool:
    return _next(tokens, last) > last + 1


def _run_end(tokens: Sequence[Token], start: int) -> int:
    end = start + 1
    while True:
        grown = _next(tokens, end - 1, start)
        if grown == end:
            return end
        end = grown


def _next(tokens: Sequence[Token], last: int, start: int | None = None) -> int:
    """Return where the run that ends with token `last` ends when it takes in what follows."""
    at = last + 1
    start = last if start is None else start
    if at >= len(tokens):
        return at
    token, before = tokens[at], tokens[last]
    if token.shape == "possessive":
        owned = before.key in words("owner") and at + 1 < len(tokens) and _capital(tokens, at + 1)
        return at + 2 if owned and tokens[at + 1].gap == " " else at
    if not _joined(token, before):
        return at
    if _capital(tokens, at) and token.key not in words("month"):
        return at + 1
    if token.shape == "number" and token.gap in (" ", "-") and _numbered(token, before):
        return at + 1
    return _over_small_words(tokens, at, start)


def _joined(token: Token, before: Token) -> bool:
    gap = token.gap
    if gap in (" ", "-", "\u00a0", " & ", "&", "/"):
        return not token.first or gap in ("-", "&", " & ")
    if gap == ". ":
        return not token.first and (
            len(before.text) == 1 or before.key in words("honorific") or token.key in _SUFFIXES
        )
    return (gap == "." and len(before.text) == 1) or (gap == ", " and token.key in _SUFFIXES)


def _numbered(token: Token, before: Token) -> bool:
    year = len(token.text) == 4 and token.text[:2] in ("18", "19", "20")
    return len(token.text) <= 4 and not year and token.text.isdigit() and before.shape in ("cap", "mixed")


def _over_small_words(tokens: Sequence[Token], at: int, start: int) -> int:
    key = tokens[at].key
    after = at + 1
    if (
        after < len(tokens)
        and tokens[after].key in ("the", "la", "los", "las", "der")
        and tokens[after].shape == "lower"
    ):
        after += 1
    if after >= len(tokens) or not _capital(tokens, after) or tokens[after].gap not in (" ", "-"):
        return at
    if tokens[at].shape != "lower" or tokens[after].key in words("month"):
        return at
    run = [t.key for t in tokens[start:at]]
    if key == "of":
        return (
            after + 1
            if run[-1] in words("of-head") or (len(run) > 1 and run[-1] in words("org-head"))
            else at
        )
    if key in words("connector"):
        return after + 1
    headed = any(k in words("of-head") and k in words("org-head") for k in run)
    if (
        key in _INNER
        and headed
        and (key != "and" or "of" in run or "for" in run)
        and key not in ("the", "to", "in")
    ):
        return after + 1
    return at


def _shouted(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the tokens of lines in capitals or title case, in which a capital says nothing."""
    loud: set[int] = set()
    line: list[int] = []
    for number, token in enumerate((*tokens, None)):
        if token is None or "\n" in token.gap:
            long = [tokens[n] for n in line if len(tokens[n].text) > 3]
            low = sum(tokens[n].shape == "lower" and tokens[n].key not in words("small") for n in line)
            if 4 <= len(long) <= 20 and low <= len(long) // 8:
                loud.update(line)
            line = []
        line.append(number)
    return frozenset(loud)


def _seen(tokens: Sequence[Token], shouted: frozenset[int]) -> dict[str, int]:
    """Return how each word stands inside sentences: above 0 mostly as a name, below as a word."""
    seen: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.shape == "lower":
            seen[token.key] = seen.get(token.key, 0) - 1
        elif not token.first and number not in shouted:
            seen[token.key] = seen.get(token.key, 0) + 1
    return seen


def _trimmed(tokens: Sequence[Token], start: int, end: int, seen: dict[str, int]) -> int:
    """Return where the run starts without the common words of a sentence's head."""
    at = start
    while at < end:
        token = tokens[at]
        alone = end - at == 1
        if not token.first and at == start:
            # inside a sentence a capital is a name, but for the article of a title or a role alone
            return at + 1 if token.key == "the" and not alone else (end if _bare(token, alone) else at)
        if at > start and tokens[at].shape == "lower":
            at += 1
            continue
        if at > start and not _bare(token, alone):
            return at
        if at == start and _begins(tokens, at, end, seen):
            return at
        at += 1
    return end


def _bare(token: Token, alone: bool) -> bool:
    return alone and (
        token.key in words("honorific") or token.shape == "initial" or token.key in words("common")
    )


def _begins(tokens: Sequence[Token], at: int, end: int, seen: dict[str, int]) -> bool:
    """Say whether the first word of a sentence belongs to the name that it would begin."""
    token = tokens[at]
    key = token.key
    alone = end - at == 1
    if token.shape in ("mixed", "upper") and len(key) > 1:
        return True
    if seen.get(key, 0) > 0:
        return True
    if not alone and tokens[at + 1].gap == " " and (key in words("lead-head") or key in words("direction")):
        return True
    if key in words("common") or seen.get(key, 0) < 0:
        return not alone and key in given_names() and key not in words("common")
    if not alone and (key in given_names() or key in words("honorific") or key in words("role")):
        return True
    if not alone and (key in words("place") or key in words("role-modifier") or token.shape == "initial"):
        return True
    if key in common_words():
        return not alone and tokens[end - 1].key in words("org-head") and tokens[at + 1].gap == " "
    return not (alone and key.endswith(("ing", "ly"))) and len(key) > 2


def _misread(tokens: Sequence[Token], match: Match, seen: dict[str, int]) -> bool:
    """Say whether a known name of one common word is only a word at a sentence's head."""
    token = tokens[match.start]
    single = match.end - match.start == 1 and token.shape == "cap"
    return single and token.first and token.key in common_words() and seen.get(token.key, 0) <= 0


def _cut(tokens: Sequence[Token], start: int, end: int, known: dict[int, Match]) -> list[Span]:
    """Return the run as one name, or parted around the known names inside it."""
    whole = known.get(start)
    if whole and whole.end == end:
        return [Span(start, end, whole)]
    titled = _after_title(tokens, start, end, known)
    if titled:
        return [*_cut(tokens, start, titled.start, known), Span(titled.start, end, titled)]
    heads = words("org-head") | words("loc-head") | words("event-head")
    if tokens[end - 1].key in heads or any(tokens[n].key == "of" for n in range(start, end)):
        return [Span(start, end)]
    for at in range(start, end):
        match = known.get(at)
        if match and match.end <= end and (match.end - at > 1 or at == start):
            parts = [Span(start, at)] if at > start else []
            parts.append(Span(at, match.end, match))
            return [*parts, *(_cut(tokens, match.end, end, known) if match.end < end else [])]
    return [Span(start, end)]


def _after_title(tokens: Sequence[Token], start: int, end: int, known: dict[int, Match]) -> Match | None:
    """Return the known name that ends the run if a title or role stands before it."""
    titles = words("role") | words("honorific")
    for at in range(start + 1, end):
        match = known.get(at)
        if match and match.end == end and any(t.key in titles for t in tokens[start:at]):
            return match
    return None


def places() -> frozenset[str]:
    """Return names of places of one word and of several, in lower case."""
    return words("place") | {p.lower().replace(".", "").replace(",", "") for p in phrases("place")}

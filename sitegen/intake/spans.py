"""Capitalised runs of words: where a name begins and ends.

A run grows over capitals, over the small words inside names ("University of Chicago", "Charles de
Gaulle"), over initials and numbers ("Apollo 11"); it is cut at the head where a sentence starts
with a common word, and known names win over runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from sitegen.intake.capitals import capital, foreign, seen, shouted, titles
from sitegen.vocabulary.match import Match
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import common_words, given_names, phrases, words

_SUFFIXES = frozenset(["inc", "ltd", "llc", "plc", "jr", "sr", "gmbh", "corp"])
_NUMERALS = frozenset(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi"])
_OFTEN = 3
# longer runs of capitals are no names; the bound keeps hostile texts linear
_LONGEST = 25
_INNER = frozenset(("for", "on", "against"))


class Span(Struct, frozen=True):
    """Tokens `start` to `end` (exclusive) are one name; `known` is what the vocabulary says of it."""

    start: int
    end: int
    known: Match | None = None


class _Text(Struct, frozen=True):
    """What is known of a whole text before its names are cut."""

    tokens: Sequence[Token]
    known: Mapping[int, Match]
    inside: frozenset[int]
    shouted: frozenset[int]
    seen: Mapping[str, int]
    titles: Mapping[int, int]
    foreign: frozenset[int]


def spans(tokens: Sequence[Token], matches: Sequence[Match]) -> tuple[Span, ...]:
    """Return the names of a text in order: the known ones, and the runs of capitals between them."""
    loud = shouted(tokens)
    text = _Text(
        tokens,
        known={m.start: m for m in matches if m.known.sort != "never"},
        inside=frozenset(n for m in matches for n in range(m.start, m.end)),
        shouted=loud,
        seen=seen(tokens, loud),
        titles=titles(tokens),
        foreign=foreign(tokens),
    )
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        made, at = _names_at(text, at)
        found += made
    return tuple(_numbered_head(tokens, span) for span in found)


def _names_at(text: _Text, at: int) -> tuple[list[Span], int]:
    """Return the names that begin at a token, and where to go on."""
    tokens, known = text.tokens, text.known
    match = known.get(at)
    if match is None and at in text.titles:
        return [Span(at, text.titles[at])], text.titles[at]
    if match and match.known.sort != "demonym" and (match.end - at > 1 or not _grows(tokens, match.end - 1)):
        return [] if _misread(tokens, match, text.seen) else [Span(at, match.end, match)], match.end
    if (match is None and at in text.foreign) or not capital(tokens, at) or tokens[at].key in words("month"):
        return [], at + 1
    end = _run_end(tokens, at)
    # a known name that reaches beyond the run takes its share of it
    end = next((n for n in range(at + 1, end) if n in known and known[n].end > end), end)
    start = at if at in text.inside else _trimmed(tokens, at, end, text.seen)
    if at < start < end and start in known:
        return [], start
    if at in text.shouted:
        inner = (known[n] for n in range(start, end) if n in known)
        return [Span(m.start, m.end, m) for m in inner if m.end <= end], end
    return _cut(tokens, start, end, known) if start < end else [], end


def _numbered_head(tokens: Sequence[Token], span: Span) -> Span:
    """Take an ordinal into the name before which it stands ("38th Image Awards", "2nd Battalion")."""
    before = tokens[span.start - 1] if span.start else None
    ordinal = before and before.shape == "number" and before.key[-2:] in ("st", "nd", "rd", "th")
    last = tokens[span.end - 1].key
    if (
        ordinal
        and tokens[span.start].gap == " "
        and (last in words("event-head") or last in words("unit-head"))
    ):
        return Span(span.start - 1, span.end)
    return span


def _grows(tokens: Sequence[Token], last: int) -> bool:
    return _next(tokens, last) > last + 1


def _run_end(tokens: Sequence[Token], start: int) -> int:
    end = start + 1
    while end - start < _LONGEST:
        grown = _next(tokens, end - 1, start)
        if grown == end:
            break
        end = grown
    return end


def _next(tokens: Sequence[Token], last: int, start: int | None = None) -> int:
    """Return where the run that ends with token `last` ends when it takes in what follows."""
    at = last + 1
    start = last if start is None else start
    if at >= len(tokens):
        return at
    token, before = tokens[at], tokens[last]
    if token.shape == "possessive":
        owned = before.key in words("owner") and at + 1 < len(tokens) and capital(tokens, at + 1)
        return at + 2 if owned and tokens[at + 1].gap == " " else at
    if _nickname(tokens, at):
        return at + 2
    if not _joined(token, before):
        return at
    if capital(tokens, at) and token.key not in words("month"):
        return at + 1
    if token.shape == "number" and token.gap in (" ", "-") and _numbered(token, before):
        return at + 1
    return _over_small_words(tokens, at, start)


def _nickname(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a name in quotation marks stands inside another (Edwin "Buzz" Aldrin)."""
    if at + 1 >= len(tokens) or not capital(tokens, at) or not capital(tokens, at + 1):
        return False
    opens, closes = tokens[at].gap.strip(), tokens[at + 1].gap.strip()
    return opens in ('"', "“") and closes in ('"', "”") and len(tokens[at].gap + tokens[at + 1].gap) < 7


def _joined(token: Token, before: Token) -> bool:
    gap = token.gap
    if gap in (" ", "-", "\u00a0", " & ", "&", "/"):
        return not token.first or gap in ("-", "&", " & ")
    if gap == ". ":
        return not token.first and (
            len(before.text) == 1
            or before.key in words("honorific")
            or before.key in ("st", "mt", "ft")
            or token.key in _SUFFIXES
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
    if after >= len(tokens) or not capital(tokens, after) or tokens[after].gap not in (" ", "-"):
        return at
    if tokens[at].shape != "lower" or tokens[after].key in words("month"):
        return at
    run = [t.key for t in tokens[start:at]]
    if key == "and" and len(run) < 3 and _firm(tokens, after):
        return after + 1
    if key == "of":
        return (
            after + 1
            if run[-1] in words("of-head") or (len(run) > 1 and run[-1] in words("org-head"))
            else at
        )
    if key in words("connector"):
        return after + 1
    headed = any(k in words("of-head") and k in words("org-head") for k in run)
    if key == "and":
        return after + 1 if headed and after == at + 1 and ("of" in run or "for" in run) else at
    return after + 1 if headed and key in _INNER else at


def _firm(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the capitals from a token on end as firms do ("Alton Light Railway")."""
    end = at + 1
    while end < min(at + 6, len(tokens)) and tokens[end].gap == " " and capital(tokens, end):
        end += 1
    return tokens[end - 1].key in words("firm-tail")


def _trimmed(tokens: Sequence[Token], start: int, end: int, seen: Mapping[str, int]) -> int:
    """Return where the run starts without the common words of a sentence's head."""
    at = start
    while at < end:
        token = tokens[at]
        alone = end - at == 1
        if not token.first and at == start:
            # inside a sentence a capital is a name, but for the article of a title or a role alone
            return (
                at + 1
                if token.key in ("the", "a", "an") and not alone
                else (end if _bare(token, alone, seen) else at)
            )
        if at > start and token.shape in ("lower", "number", "possessive"):
            at += 1
            continue
        if at > start and not _bare(token, alone, seen):
            return at
        if at == start and _begins(tokens, at, end, seen):
            return at
        at += 1
    return end


def _bare(token: Token, alone: bool, seen: Mapping[str, int]) -> bool:
    """Say whether a run of this one word is a title, an initial or a word of every day."""
    if not alone:
        return False
    if token.key in words("honorific") or token.shape == "initial" or token.key in words("common"):
        return True
    if token.key in words("acronym-word"):
        return True
    everyday = token.shape == "cap" and token.key in common_words() and seen.get(token.key, 0) < _OFTEN
    return everyday and not any(token.key in words(name) for name in ("org-head", "place", "misc"))


def _begins(tokens: Sequence[Token], at: int, end: int, seen: Mapping[str, int]) -> bool:
    """Say whether the first word of a sentence belongs to the name that it would begin."""
    token = tokens[at]
    key = token.key
    alone = end - at == 1
    if token.shape in ("mixed", "upper") and len(key) > 1:
        return not (alone and key in words("acronym-word"))
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
    return len(key) > 2 and (not alone or _subject(tokens, at))


def _subject(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an unknown word at a sentence's head does something, as names do."""
    if tokens[at].key in given_names() or tokens[at].key in words("place"):
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.shape == "possessive":
        return after is not None
    return after.key in words("verb") or after.gap.startswith(" (")


def _misread(tokens: Sequence[Token], match: Match, seen: Mapping[str, int]) -> bool:
    """Say whether a known name of one common word is only a word at a sentence's head."""
    token = tokens[match.start]
    single = match.end - match.start == 1 and token.shape == "cap"
    return single and token.first and token.key in common_words() and seen.get(token.key, 0) <= 0


def _cut(tokens: Sequence[Token], start: int, end: int, known: Mapping[int, Match]) -> list[Span]:
    """Return the run as one name, or parted around the known names inside it."""
    whole = known.get(start)
    if whole and whole.end == end:
        return [Span(start, end, whole)]
    given = _given(tokens, start, end)
    if given and start not in known:
        match = known.get(given)
        return [Span(given, end, match if match and match.end == end else None)]
    titled = _after_title(tokens, start, end, known)
    if titled:
        return [*_cut(tokens, start, titled.start, known), Span(titled.start, end, titled)]
    heads = words("org-head") | words("loc-head") | words("event-head")
    if tokens[end - 1].key in heads or any(tokens[n].key == "of" for n in range(start, end)):
        return [Span(start, end)]
    for at in range(start, end):
        match = known.get(at)
        if match and match.end <= end and (match.end - at > 1 or (at == start and _parted(tokens, match))):
            parts = [Span(start, at)] if at > start else []
            parts.append(Span(at, match.end, match))
            return [*parts, *(_cut(tokens, match.end, end, known) if match.end < end else [])]
    return [Span(start, end)]


def _parted(tokens: Sequence[Token], match: Match) -> bool:
    """Say whether a known word at a run's head is a name of its own beside the rest."""
    if tokens[match.end].gap != " ":
        return True
    after = tokens[match.end].key
    if match.known.sort == "demonym":
        person = after in given_names() or after in words("honorific")
        return (
            person or after in words("role") or after in words("role-modifier") or match.end - match.start > 1
        )
    titled = after in words("role") or after in words("role-modifier") or after in words("honorific")
    return match.known.sort == "name" and titled


def _given(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a person's name starts after words of every day ("Coroner William McLaughlin"), or 0."""
    if tokens[end - 1].key in words("org-head") or tokens[start].key in given_names():
        return 0
    if not _occupation(tokens[start].key):
        return 0
    for at in range(start + 1, end - 1):
        if tokens[at].key in given_names() and tokens[at + 1].gap == " ":
            return at
        if at > start + 1 and not _occupation(tokens[at].key):
            break
    return 0


def _occupation(key: str) -> bool:
    if key in common_words() or key in words("role"):
        return True
    return len(key) > 5 and key.endswith(("man", "woman", "er", "or", "ist"))


def _after_title(tokens: Sequence[Token], start: int, end: int, known: Mapping[int, Match]) -> Match | None:
    """Return the known name that ends the run if a title or role stands before it."""
    titles = words("role") | words("honorific")
    for at in range(start + 1, end):
        match = known.get(at)
        if match and match.end == end and any(t.key in titles for t in tokens[start:at]):
            return match
    return None


@cache
def places() -> frozenset[str]:
    """Return names of places of one word and of several, in lower case."""
    return words("place") | {p.lower().replace(".", "").replace(",", "") for p in phrases("place")}

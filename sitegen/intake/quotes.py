"""Direct quotations: the words, who said them, and in which paragraph.

A quotation counts where a verb of speech stands beside it with a speaker, or "according to"; one
that opens a paragraph, or follows in the same one, goes on with the last speaker. Words in
quotation marks for their strangeness ("defensive" strikes) are not quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.intake.mentions import Cast, Mention
from sitegen.intake.reading import Reading
from sitegen.model import Quote
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

# a quotation that runs over several paragraphs opens in each and closes in the last
_MARKS = re.compile(
    r"“[^“”\n]{2,3000}(?:”|(?=\n|\Z))|\"[^\"\n]{2,3000}(?:\"|(?=\n|\Z))|«[^«»\n]{2,3000}»|„[^„“”\n]{2,3000}[“”]"
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_LEAST_WORDS = 4
_REACH = 16
_NOBODY = frozenset(("they", "it", "we", "i", "you"))
_BODIES = frozenset(("command", "ministry", "agency", "coalition", "company", "administration", "newspaper"))
_TURNS = frozenset(("but", "which", "that", "while", "because", "when", "after", "before", "if"))


@dataclass(frozen=True, slots=True)
class _Speaker:
    actor: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class _Stage:
    """A text's tokens, and its mentions and those of people in order, with where they start."""

    tokens: Sequence[Token]
    cast: Cast
    starts: Sequence[int]
    people: Sequence[Mention]
    people_starts: Sequence[int]

    def mentions(self, start: int, end: int) -> Sequence[Mention]:
        inside = self.cast.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [m for m in inside if m.end <= end]

    def people_before(self, at: int) -> Iterator[Mention]:
        """Yield the people named before a token, the last first, over the last fifty mentions."""
        last = bisect_left(self.people_starts, at)
        yield from reversed(self.people[max(0, last - 50) : last])


def find_quotes(reading: Reading, cast: Cast, offset: int) -> tuple[Quote, ...]:
    """Return the quotations of a text in order; the text begins at character `offset` of the reading."""
    people = [m for m in cast.mentions if cast.actors[m.id].kind == "person"]
    stage = _Stage(reading.tokens, cast, [m.start for m in cast.mentions], people, [m.start for m in people])
    starts = [t.start for t in reading.tokens]
    breaks = [m.end() for m in _PARAGRAPH.finditer(reading.text, offset)]
    found: list[Quote] = []
    last = 0
    speaker: _Speaker | None = None
    for match in _MARKS.finditer(reading.text, offset):
        paragraph = 1 + bisect_right(breaks, match.start())
        inner = match[0].strip('“”"«»„').strip()
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        own = _said_after(stage, after) or _said_before(stage, first)
        opens = reading.text[match.start() - 1 : match.start()] in ("", "\n")
        if own is None and not (speaker and _goes_on(stage, opens, after, last, paragraph)):
            speaker = None
            continue
        speaker = own or speaker
        last = paragraph
        if speaker and len(inner.split()) >= _LEAST_WORDS:
            found.append(Quote(speaker.actor, inner, paragraph, speaker.printed or None))
    return tuple(found)


def _goes_on(stage: _Stage, opens: bool, after: int, last: int, paragraph: int) -> bool:
    """Say whether a quotation without a speaker goes on with the words of the last one."""
    ends = after >= len(stage.tokens) or "\n" in stage.tokens[after].gap
    if paragraph == last:
        return ends
    return opens and ends and paragraph == last + 1


def _said_after(stage: _Stage, after: int) -> _Speaker | None:
    """Find the speaker in '…," Lavrov said', '…," said Lavrov' and '…," according to Lavrov'."""
    tokens = stage.tokens
    if after >= len(tokens) or "\n" in tokens[after].gap or _closed(tokens[after].gap):
        return None
    end = _clause_end(tokens, after)
    for at in range(after, end):
        key = tokens[at].key
        if key in words("speech") and tokens[at].shape == "lower":
            return _named(stage, after, at) if at > after else _named(stage, at + 1, end)
        if key == "according" and at == after:
            return _named(stage, at + 2, end)
        if key in _TURNS or (key in ("and", "as") and at == after):
            return None
    return None


def _closed(gap: str) -> bool:
    """Say whether a sentence ends between a quotation and the next word."""
    return gap.strip().strip('”"»“').strip()[:1] in (".", ";", "!", "?")


def _clause_end(tokens: Sequence[Token], start: int) -> int:
    """Return where the clause that starts at a token ends: at a full stop, a mark or a new line."""
    end = start + 1
    while end < min(start + _REACH, len(tokens)):
        gap = tokens[end].gap
        if any(c in gap for c in '\n“"«;:') or (tokens[end].first and gap[:1] in (".", "!", "?")):
            break
        end += 1
    return end


def _said_before(stage: _Stage, first: int) -> _Speaker | None:
    """Find the speaker in 'Lavrov said: "…' and 'Lavrov said that the "…'."""
    tokens = stage.tokens
    if not 0 < first < len(tokens) or ("\n" in tokens[first].gap and ":" not in tokens[first].gap):
        return None
    start = first - 1
    while start > max(0, first - 2 * _REACH) and not _opens_clause(tokens[start]):
        start -= 1
    verbs = [
        n for n in range(start, first) if tokens[n].key in words("speech") and tokens[n].shape == "lower"
    ]
    if not verbs:
        return None
    verb, gap = verbs[-1], tokens[first].gap
    near = first - verb == 1 and any(c in gap for c in '“"«,:')
    linked = (
        verb + 1 < first and tokens[verb + 1].key in ("that", "it", "there", "on", "in") and first - verb < 8
    )
    if near or linked or (":" in gap and first - verb < 12):
        return _named(stage, start, verb)
    return None


def _opens_clause(token: Token) -> bool:
    return "\n" in token.gap or "”" in token.gap or '"' in token.gap or (token.first and ":" not in token.gap)


def _named(stage: _Stage, start: int, end: int) -> _Speaker | None:
    """Return the speaker whom the tokens name: an actor, a pronoun's, a role's, or only as printed."""
    if start >= end:
        return None
    keys = [t.key for t in stage.tokens[start:end]]
    printed = "".join(t.gap + t.text if n else t.text for n, t in enumerate(stage.tokens[start:end]))
    inside = [m for m in stage.mentions(start, end) if m.form or m.rule == "short form"]
    people = [m for m in inside if stage.cast.actors[m.id].kind == "person"]
    role = next((k for k in keys if k in words("speaker")), None)
    if people:
        return _Speaker(people[0].id, printed)
    if inside and (role is None or role in _BODIES):
        return _Speaker(inside[-1 if role else 0].id, printed)
    if len(keys) <= 3 and ("he" in keys or "she" in keys):
        person = next(stage.people_before(start), None)
        return _Speaker(person.id, printed) if person else None
    if role and not _NOBODY & set(keys):
        return _Speaker(_bearer(stage, role, start) if keys[0] == "the" and len(keys) < 4 else None, printed)
    return None


def _bearer(stage: _Stage, role: str, before: int) -> str | None:
    """Return the person last named with a role ("Russian Foreign Minister Sergey Lavrov")."""
    tokens = stage.tokens
    for mention in stage.people_before(before):
        around = (*tokens[max(0, mention.start - 5) : mention.start], *tokens[mention.end : mention.end + 6])
        if any(t.key == role for t in around):
            return mention.id
    return None

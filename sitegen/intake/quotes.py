"""Direct quotations: the words, who said them, and in which paragraph.

A quotation counts where a verb of speech stands beside it with a speaker, or "according to"; one
that opens a paragraph, or follows in the same one, goes on with the last speaker. Words in
quotation marks for their strangeness ("defensive" strikes) are not quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sitegen.intake.mentions import Cast, Mention
from sitegen.intake.reading import Reading
from sitegen.model import Quote
from sitegen.text import fold
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

# a quotation that runs over several paragraphs opens in each and closes in the last
_MARKS = re.compile(
    r"“[^“”\n]{2,3000}(?:”|(?=\n|\Z))|\"[^\"\n]{2,3000}(?:\"|(?=\n|\Z))|«[^«»\n]{2,3000}»|„[^„“”\n]{2,3000}[“”]"
    # single marks, as the British have them: what stands before a letter is an apostrophe
    r"|(?<![\w’])‘[^‘’\n]{2,1000}(?:’(?=\w)[^‘’\n]{1,1000}){0,20}’"
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_LEAST_WORDS = 4
_REACH = 16
# "a déclaré", "a-t-elle dit", "hat erklärt"
_AUXILIARIES = frozenset(("a", "ont", "ha", "han", "hat", "haben"))
_PRONOUNS = {
    "he": "he", "she": "she", "elle": "she", "il": "he", "sie": "she", "er": "he", "ella": "she", "él": "he",
    "она": "she", "он": "he",
}  # fmt: skip
_NOBODY = frozenset(("they", "it", "we", "i", "you"))
# what "says" something without speaking
_DUMB = frozenset(
    ("sign", "plaque", "poster", "label", "motto", "banner", "inscription", "headline", "clock")
)
_VOICES = frozenset(("spokesman", "spokeswoman", "spokesperson", "statement", "spokesmen", "communique"))
_CLAUSES = frozenset(("who", "which", "whose", "when", "after", "as", "in", "at"))
# a person in such a place is not the one who speaks next
_OBLIQUE = frozenset(
    ("of", "to", "by", "with", "for", "after", "from", "about", "than", "against", "and", "asked", "told")
)
_FAR = 150
_TURNS = frozenset(("but", "which", "that", "while", "because", "when", "after", "before", "if"))


class _Speaker(Struct, frozen=True):
    actor: str | None
    printed: str


class _Stage(Struct, frozen=True):
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
        inner = match[0].strip('“”"«»„‘’').strip()
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        own = _said_after(stage, first, after) or _said_before(stage, first)
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


def _said_after(stage: _Stage, first: int, after: int) -> _Speaker | None:
    """Find the speaker in '…," Lavrov said', '…," said Lavrov' and '…," according to Lavrov'."""
    tokens = stage.tokens
    if after >= len(tokens) or "\n" in tokens[after].gap or _closed(tokens[after]):
        return None
    end = _clause_end(tokens, after)
    for at in range(after, end):
        key = tokens[at].key
        if key in words("speech") and tokens[at].shape == "lower":
            start = _past_auxiliary([t.key for t in tokens[after:at]]) + after
            return _named(stage, start, at, first) if at > start else _named(stage, at + 1, end, first)
        if key == "according" and at == after:
            return _named(stage, at + 2, end, first)
        if key in _TURNS or (key in ("and", "as") and at == after):
            return None
    return None


def _past_auxiliary(keys: Sequence[str]) -> int:
    """Return how many words before a verb of speech are only its auxiliary ("a déclaré", "a-t-elle dit")."""
    if keys[:2] == ["a", "t"]:
        return 2
    return len(keys) if _AUXILIARIES.issuperset(keys) else 0


def _closed(token: Token) -> bool:
    """Say whether a sentence ends between a quotation and the next word.

    A question or a cry may go on with a verb: '…?" asked the boy'.
    """
    plain = "".join(c for c in token.gap if c not in '”"»“')
    return "." in plain or ";" in plain or (any(c in plain for c in "!?") and token.shape != "lower")


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
    if len(verbs) > 1 and tokens[verb - 1].key == "who":
        # "said a member of the crew, who added that"
        return _named(stage, verbs[-2] + 1, verb - 1, first)
    near = first - verb == 1 and "." not in gap
    linked = verb + 1 < first and tokens[verb + 1].key in ("that", "it", "there", "only") and first - verb < 8
    if near or linked or (":" in gap and first - verb < 12):
        return _named(stage, start, verb, start)
    return None


def _opens_clause(token: Token) -> bool:
    return "\n" in token.gap or "”" in token.gap or '"' in token.gap or (token.first and ":" not in token.gap)


def _named(stage: _Stage, start: int, end: int, before: int) -> _Speaker | None:
    """Return the speaker whom the tokens name: an actor, a pronoun's, a role's, or only as printed.

    Whom a pronoun or role means is looked for before the token `before`, where the quotation starts.
    """
    start, end = _phrase(stage, start, end)
    if start >= end:
        return None
    keys = [t.key for t in stage.tokens[start:end]]
    if "(" in stage.tokens[end - 1].gap:
        end -= 1
    printed = "".join(t.gap + t.text if n else t.text for n, t in enumerate(stage.tokens[start:end]))
    inside = stage.mentions(start, end)
    person = next((m for m in inside if stage.cast.actors[m.id].kind == "person" and m.form), None)
    if person and keys[0] in words("article") and stage.tokens[person.start - 1].key == "of":
        person = None
    if person:
        return _Speaker(person.id, printed)
    if keys[0] in _PRONOUNS:
        return _Speaker(_antecedent(stage, before, _PRONOUNS[keys[0]]), printed)
    if _NOBODY & set(keys[:2]):
        return None
    if keys[0] in words("article"):
        actor = _unnamed(stage, keys, inside, before)
        return None if actor is None and _DUMB & set(keys) else _Speaker(actor, printed)
    named = next((m for m in inside if m.form), None)
    if named:
        return _Speaker(named.id, printed)
    return _Speaker(None, printed) if keys[-1] in words("speaker") else None


def _phrase(stage: _Stage, start: int, end: int) -> tuple[int, int]:
    """Cut a clause to the speaker: the person in it with his title, or its words up to a comma."""
    tokens = stage.tokens
    for mention in stage.mentions(start, end):
        if stage.cast.actors[mention.id].kind == "person" and mention.form:
            if mention.end < len(tokens) and tokens[mention.end].shape == "possessive":
                break  # "a member of Sir Bernard's staff" is not Sir Bernard
            first = mention.start
            while first > start and _is_title(tokens[first - 1]) and tokens[first].gap in (" ", ". "):
                first -= 1
            return first, mention.end
    # "At noon, over Africa, he": what stands before the last comma is when and where
    for at in range(end - 1, start, -1):
        if "," in tokens[at].gap and (tokens[at].key in _PRONOUNS or tokens[at].key in words("article")):
            start = at
            break
    for at in range(start + 1, end):
        if "," in tokens[at].gap or tokens[at].key in _CLAUSES:
            return start, at
    return start, end


def _is_title(token: Token) -> bool:
    lists = ("role", "role-modifier", "honorific", "office")
    return token.key == "of" or any(token.key in words(name) for name in lists)


def _unnamed(stage: _Stage, keys: Sequence[str], inside: Sequence[Mention], before: int) -> str | None:
    """Return for whom "the minister", "a spokesman for the ministry" or "the coalition" speaks."""
    voice = any(k in _VOICES for k in keys)
    body = next((m for m in inside if m.form or m.rule == "short form"), None)
    if body and (voice or (keys[0] == "the" and len(keys) - 1 <= body.end - body.start)):
        return body.id
    if keys[0] == "the" and len(keys) == 2 and not body and (named := _body_named(stage, keys[1], before)):
        return named
    role = next((k for k in keys if k in words("speaker")), None)
    return _bearer(stage, role, before) if role and keys[0] == "the" and len(keys) < 4 else None


def _body_named(stage: _Stage, head: str, before: int) -> str | None:
    """Return the one body named before a token with this word in its name ("the board")."""
    if head not in words("org-head"):
        return None
    ids = [
        m.id
        for m in stage.cast.mentions[
            max(0, bisect_left(stage.starts, before) - 50) : bisect_left(stage.starts, before)
        ]
        if stage.cast.actors[m.id].kind != "person" and head in fold(stage.cast.actors[m.id].name).split()
    ]
    return ids[-1] if len(set(ids)) == 1 else None


def _antecedent(stage: _Stage, before: int, pronoun: str) -> str | None:
    """Return the person whom "he" or "she" means, None where somebody without a name stands nearer.

    The last one who is the subject of a sentence, over this paragraph and the one before.
    """
    tokens = stage.tokens
    perhaps: str | None = None
    for mention in stage.people_before(before):
        if before - mention.end > _FAR:
            break
        between = tokens[mention.end : before]
        if sum("\n" in t.gap for t in between) > 2:
            break
        if any(t.key in words("speaker") or t.key in words("kin-noun") for t in _subjects(between)):
            break
        first = mention.start
        while first and _is_title(tokens[first - 1]) and tokens[first].gap in (" ", ". "):
            first -= 1
        woman = _woman(stage, mention, tokens[first : mention.end])
        oblique = bool(first and tokens[first].gap == " " and tokens[first - 1].key in _OBLIQUE)
        owned = mention.end < len(tokens) and tokens[mention.end].shape == "possessive"
        if oblique or owned:
            continue
        if woman == (pronoun == "she"):
            return mention.id
        if pronoun == "she" and perhaps is None and not _man(stage, mention, tokens[first : mention.end]):
            perhaps = mention.id
    return perhaps


def _man(stage: _Stage, mention: Mention, run: Sequence[Token]) -> bool:
    """Say whether a title or a given name shows a man."""
    titled = any(t.key in ("mr", "sir", "lord", "king", "prince", "father", "brother") for t in run)
    return titled or stage.cast.actors[mention.id].name.lower().split()[0] in words("given-male")


def _woman(stage: _Stage, mention: Mention, run: Sequence[Token]) -> bool:
    """Say whether a title, a given name or the ending of a Slavic surname shows a woman."""
    name = stage.cast.actors[mention.id].name.lower().split()
    titled = any(t.key in ("mrs", "miss", "ms", "queen", "lady", "princess", "madame") for t in run)
    return titled or name[0] in words("given-female") or name[-1].endswith(("ova", "eva", "skaya", "kova"))


def _subjects(between: Sequence[Token]) -> Iterator[Token]:
    """Yield the words of the noun phrases with which sentences begin."""
    reach = 0
    for token in between:
        if token.first and (token.key in words("article") or token.key in ("his", "her", "their")):
            reach = 5
        elif reach and token.gap == " ":
            reach -= 1
            yield token
        else:
            reach = 0


def _bearer(stage: _Stage, role: str, before: int) -> str | None:
    """Return the person last named with a role ("Russian Foreign Minister Sergey Lavrov")."""
    tokens = stage.tokens
    for mention in stage.people_before(before):
        if any(t.key == role for t in tokens[max(0, mention.start - 5) : mention.end + 6]):
            return mention.id
    return None

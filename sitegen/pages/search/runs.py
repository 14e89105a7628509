"""A block of articles -> its run: all its words, sorted, with where they stand.

A run is kept between builds under its block's digest. It holds three sorted lists, each as two
strings of lines: words with their hits, and the forms of words, read forwards and backwards, with
how many articles of the block use them (what repair of a mistyped word looks through).

A word's line of hits is two fields parted by a tab: the last article's number in the block and
then, for each article, 16 times the number of articles between it and the one before, plus the
weight; and the places, with a blank between articles. A place is two characters, the number of the
sentence and that in the sentence. Sentences make places local: an edit moves the words that follow
in its sentence, not those of the whole article. The title is sentence 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from sitegen.pages.search.codes import digits, number
from sitegen.pages.search.documents import Block, Named, SearchDoc
from sitegen.pages.search.words import keys, language_of, sentences, tokens, words
from sitegen.text import slug

LEVELS = 16
_SATURATION = 1.2
_LENGTH_SHARE = 0.6
_USUAL_LENGTH = 512
_SHORTEST = 32
_TITLE_WEIGHT = 4.0
_NAMES_WEIGHT = 1.5
_FIELD_LEVEL = 8
_STOP_LEVEL = 4
_MOST_PLACES = 4000
_MANY = 32
_SHORTEST_FORM, _LONGEST_FORM = 4, 24


@dataclass(slots=True)
class _Gathered:
    """The words of a block while it is read.

    `rows` has for each key, by turns, 16 times an article's number plus the weight, and its places;
    `tokens` counts the articles of each token as written, by language.
    """

    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    tokens: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def index_block(block: Block, texts: Mapping[str, str]) -> bytes:
    """Return the run of a block; `texts` maps each article's key to the plain text of its body."""
    gathered = _Gathered()
    for at, doc in enumerate(block.docs):
        _article(gathered, at, doc, texts[doc.key])
    return _run(gathered)


def _article(gathered: _Gathered, at: int, doc: SearchDoc, text: str) -> None:
    """Add one article's words, each with its weight and places."""
    language = language_of(doc.lang)
    used: set[str] = set()
    length, places = _places(language, (doc.title, *sentences(text)), used)
    beside = [t for name in _named(doc) for t in tokens(name)]
    used.update(beside)
    gathered.tokens[language].update(used)
    share = _share_of_length(length)
    special = _special(doc, beside, places, share, language)
    special.update((_key(t, language), _STOP_LEVEL) for t in sorted(used & keys(language).stop_tokens))
    special.update((key, _FIELD_LEVEL) for key in _fields(doc, language))
    for key in special:
        places.setdefault(key, "")
    levels = [at * LEVELS + _level(times / share) for times in range(_MANY)]
    rows = gathered.rows
    for key, found in places.items():
        level = special.get(key)
        if level is None:
            rows[key] += levels[min(len(found) >> 1, _MANY - 1)], found
        else:
            rows[key] += at * LEVELS + level, found


def _special(
    doc: SearchDoc, beside: list[str], places: Mapping[str, str], share: float, language: str
) -> dict[str, int]:
    """Return the weights of the words that stand in the title or in names beside the text."""
    titled = Counter(w[1] for t in tokens(doc.title) for w in words(t, language)[0])
    named = dict.fromkeys(w[1] for t in beside for w in words(t, language)[0])
    found = {}
    for key in {**titled, **named}:
        times = max(0, len(places.get(key, "")) // 2 - titled[key]) / share
        found[key] = _level(times + _TITLE_WEIGHT * titled[key] + _NAMES_WEIGHT * (key in named))
    return found


def _places(language: str, parts: Iterable[str], used: set[str]) -> tuple[int, dict[str, str]]:
    """Return the number of places in the title and the sentences, and each word's places there.

    Puts every token into `used`. A sentence too long for its places goes on as the next one.
    """
    key_of, code = keys(language).__getitem__, digits()
    places: dict[str, str] = defaultdict(str)
    length = sentence = 0
    for part in parts:
        found = tokens(part)
        used.update(found)
        while found:
            line, found = found[:_MOST_PLACES], found[_MOST_PLACES:]
            row = list(map(key_of, line))
            head = code[sentence] if sentence < _MOST_PLACES else code[_MOST_PLACES]
            if None in row:
                width = _mixed(language, line, head, places)
            else:
                width = len(row)
                for key, place in zip(row, map(head.__add__, code), strict=False):
                    places[key] += place  # type: ignore[index]
            length, sentence = length + width, sentence + 1
        sentence += not part
    places.pop("", None)
    return length, places


def _mixed(language: str, line: Iterable[str], head: str, places: dict[str, str]) -> int:
    """Add the places of a sentence with tokens that are more or less than one word."""
    place = 0
    for token in line:
        here, width = words(token, language)
        for step, key, _, stop in here:
            if not stop:
                places[key] += head + number(place + step)[-1]
        place += width
    return place


def _key(token: str, language: str) -> str:
    return words(token, language)[0][0][1]


def _share_of_length(length: int) -> float:
    """Return what a word's count is divided by: grows with the article's length, in half octaves.

    Steps, so that a word more or less does not change the weight of every word of the article.
    """
    octaves = round(2 * log2(max(length, _SHORTEST) / _USUAL_LENGTH)) / 2
    return 1 - _LENGTH_SHARE + _LENGTH_SHARE * float(2.0**octaves)


def _named(doc: SearchDoc) -> list[str]:
    """Return the names beside the text under which an article is found too."""
    terms: tuple[Named, ...] = (*doc.actors, *doc.topics, *doc.tags)
    names = [name for term in terms for name in (term.name, *term.aliases)]
    names += doc.authors
    names += [term.name for term in (doc.source, doc.place) if term]
    return names


def _fields(doc: SearchDoc, language: str) -> list[str]:
    """Return the keys for filters: ":A=id" for an exact actor, ":a=word" for a word of its names."""
    groups: list[tuple[str, tuple[Named, ...]]] = [
        ("a", doc.actors),
        ("t", doc.topics),
        ("g", doc.tags),
        ("s", (doc.source,) if doc.source else ()),
        ("p", (doc.place,) if doc.place else ()),
        ("u", tuple(Named(slug(name), name) for name in doc.authors)),
    ]
    found = [f":l={slug(doc.lang).split('-')[0]}"]
    for letter, terms in groups:
        found += [f":{letter.upper()}={term.id}" for term in terms]
        names = (name for term in terms for name in (term.name, *term.aliases))
        found += [f":{letter}={w[1]}" for name in names for t in tokens(name) for w in words(t, language)[0]]
    return list(dict.fromkeys(found))


def _level(weight: float) -> int:
    return min(LEVELS - 1, int(LEVELS * weight / (_SATURATION + weight)))


def _forms(gathered: _Gathered) -> dict[str, int]:
    """Return how many articles have each form that repair may offer."""
    counts: dict[str, int] = defaultdict(int)
    for language, counted in gathered.tokens.items():
        for token, count in counted.items():
            if token.isascii() and token.isalpha():
                if _SHORTEST_FORM <= len(token) <= _LONGEST_FORM:
                    counts[token.lower()] += count
                continue
            for _, _, form, _ in words(token, language)[0]:
                if _SHORTEST_FORM <= len(form) <= _LONGEST_FORM and form.isalpha():
                    counts[form] += count
    return counts


def _run(gathered: _Gathered) -> bytes:
    counts = _forms(gathered)
    found, forward, backward = sorted(gathered.rows), sorted(counts), sorted(f[::-1] for f in counts)
    parts = (
        found,
        (_line(gathered.rows[key]) for key in found),
        forward,
        (number(counts[f]) for f in forward),
        backward,
        (number(counts[f[::-1]]) for f in backward),
    )
    sections = ["\n".join(part).encode("utf-8", "replace") for part in parts]
    head = " ".join(str(len(s)) for s in sections).encode() + b"\n"
    return head + b"".join(sections)


def _line(row: list[Any]) -> str:
    code = digits()
    if len(row) == 2:
        return f"{code[row[0] // LEVELS]}{code[row[0]]}\t{row[1]}"
    after, made = 0, []
    for value in row[::2]:
        made.append(code[value - after])
        after = (value // LEVELS + 1) * LEVELS
    return f"{code[after // LEVELS - 1]}{''.join(made)}\t{' '.join(row[1::2])}"

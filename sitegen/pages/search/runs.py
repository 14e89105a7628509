"""A block of articles -> its run: all its words, sorted, with where they stand.

A run is kept between builds under its block's digest: a line with the lengths of two sections, then
the keys and their hits, one a line.

A key's hits are two fields parted by a tab: the last article's number in the block and then, for
each article, five times the number of articles between it and the one before, plus its grade; and the
places, article by article, after how many they are where the grade does not say that it is one.
A grade is rough on purpose: finer ones find the right article less often (tests/benchmarks/search),
and take more room. A place is two characters, the number of the sentence and that in
the sentence. Sentences make places local: an edit moves the words that follow in its sentence, not
those of the whole article. The title is sentence 0. Keys of filters have no places.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log2

from sitegen.pages.search.codes import digits, number
from sitegen.pages.search.documents import Block, Named, SearchDoc
from sitegen.pages.search.words import keys, language_of, sentences, tokens, words
from sitegen.text import slug

GRADES = (0.39, 0.56, 0.56, 0.69, 0.81)
"""What a hit counts for: one place (less and more of a short text), several, many, in the title."""
STEP = len(GRADES)
SINGLE_GRADES = 2
_SATURATION = 1.2
_LENGTH_SHARE = 0.6
_USUAL_LENGTH = 512
_SHORTEST = 32
_TITLE_WEIGHT = 4.0
_NAMES_WEIGHT = 1.5
_PLAIN_GRADE = 2
_MOST_PLACES = 4000
_USUAL_SENTENCE = 64
_MANY = 64
_LONG = 50_000
_MOST_OF_ONE = 20_000  # characters: two a place

Rows = dict[str, list[str]]
"""For each key, article by article: its number in the block, the grade, the places."""


def index_block(block: Block, texts: Mapping[str, str]) -> bytes:
    """Return the run of a block; `texts` maps each article's key to the plain text of its body."""
    rows: Rows = defaultdict(list)
    for at, doc in enumerate(block.docs):
        _article(rows, at, doc, texts[doc.key])
    found = sorted(rows)
    parts = found, [_line(key, rows[key]) for key in found]
    sections = ["\n".join(part).encode("utf-8", "replace") for part in parts]
    return " ".join(str(len(s)) for s in sections).encode() + b"\n" + b"".join(sections)


def _article(rows: Rows, at: int, doc: SearchDoc, text: str) -> None:
    """Add one article's words to the rows.

    Most words differ in nothing but their places; those are added in one go, for it is done some
    four hundred times an article.
    """
    language = language_of(doc.lang)
    places = _places(language, (doc.title, *sentences(text)))
    share = _share_of_length(sum(map(len, places.values())) >> 1)
    special = [(key, _row(at, grade, found)) for key, grade, found in _special(doc, places, share, language)]
    grades = [_grade(times / share, times) for times in range(_MANY)]
    once = chr(at * STEP + grades[1])
    given = [
        once + found if len(found) == 2 else _row(at, grades[min(len(found) >> 1, _MANY - 1)], found)
        for found in places.values()
    ]
    deque(map(list.append, map(rows.__getitem__, places), given), maxlen=0)
    for key, row in special:
        rows[key].append(row)


def _row(at: int, grade: int, places: str) -> str:
    """Return an article's row for one word: its number and grade in one, how many places (or not), places."""
    number_and_grade = chr(at * STEP + grade)
    if grade < SINGLE_GRADES:
        return number_and_grade + places
    count = digits()[min(len(places) >> 1, _MOST_PLACES)]
    return number_and_grade + count + places[: 2 * _MOST_PLACES]


def _special(
    doc: SearchDoc, places: dict[str, str], share: float, language: str
) -> Iterable[tuple[str, int, str]]:
    """Yield key, grade and places of words in the title or in names beside the text, of words without
    meaning of their own and of filters; takes them out of `places`.
    """
    for key in sorted(keys(language).stops & places.keys()):
        del places[key]
        yield key, _PLAIN_GRADE, ""
    titled = Counter(key for token in tokens(doc.title) for _, key in words(token, language)[0])
    named = dict.fromkeys(k for name in _named(doc) for t in tokens(name) for _, k in words(t, language)[0])
    for key in {**titled, **named}:
        if key in keys(language).stops:
            continue
        found = places.pop(key, "")
        times = max(0, len(found) // 2 - titled[key]) / share
        weight = times + _TITLE_WEIGHT * titled[key] + _NAMES_WEIGHT * (key in named)
        yield key, _grade(weight, len(found) >> 1), found
    for key in _fields(doc, language):
        yield key, _PLAIN_GRADE, ""


def _places(language: str, parts: Iterable[str]) -> dict[str, str]:
    """Return each key's places in the title, which is the first of `parts`, and in the sentences.

    A sentence too long for its places goes on as the next one. Behind the first `_LONG` tokens a
    word that has very many places gets no more: a book of one word would take minutes.
    """
    key_of, code = keys(language).__getitem__, digits()
    places: dict[str, str] = defaultdict(str)
    sentence = seen = 0
    for part in parts:
        found = tokens(part)
        seen += len(found)
        for start in range(0, max(len(found), 1), _MOST_PLACES):
            line = found[start : start + _MOST_PLACES]
            row = list(map(key_of, line))
            head = code[min(sentence, _MOST_PLACES)]
            if None in row:
                _mixed(language, line, head, places)
            else:
                cells = _cells(head) if len(line) <= _USUAL_SENTENCE else map(head.__add__, code)
                given: Iterable[tuple[str, str]] = zip(row, cells, strict=False)  # type: ignore[arg-type]
                if seen > _LONG:
                    given = ((k, p) for k, p in given if len(places[k]) < _MOST_OF_ONE)
                for key, place in given:
                    places[key] += place
            sentence += 1
    return places


@lru_cache(maxsize=256)
def _cells(head: str) -> tuple[str, ...]:
    """Return the places of a sentence of usual length."""
    return tuple(head + place for place in digits()[:_USUAL_SENTENCE])


def _mixed(language: str, line: Iterable[str], head: str, places: dict[str, str]) -> None:
    """Add the places of a sentence with tokens that are more or less than one word."""
    place = 0
    for token in line:
        found, width = words(token, language)
        for step, key in found:
            if len(places[key]) < _MOST_OF_ONE:
                places[key] += head + number(place + step)[-1]
        place += width


def _share_of_length(length: int) -> float:
    """Return what a word's count is divided by: grows with the article's length, in half octaves.

    Steps, so that a word more or less does not change the weight of every word of the article.
    """
    octaves = round(2 * log2(max(length, _SHORTEST) / _USUAL_LENGTH)) / 2
    return 1 - _LENGTH_SHARE + _LENGTH_SHARE * float(2.0**octaves)


def _grade(weight: float, times: int) -> int:
    """Return the grade of a word's weight in an article where it stands so many times."""
    share = weight / (_SATURATION + weight)
    if share >= 0.75:
        return 4
    if times == 1:
        return int(share >= 0.5)
    return 3 if share >= 0.625 else 2


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
        found += [f":{letter}={k}" for name in names for t in tokens(name) for _, k in words(t, language)[0]]
    return list(dict.fromkeys(found))


def _line(key: str, row: list[str]) -> str:
    """Return a key's hits and places from its rows."""
    code, start, made = digits(), 0, []
    if len(row) == 1:
        at = ord(row[0][0])
        return f"{code[at // STEP]}{code[at]}\t{'' if key[0] == ':' else row[0][1:]}"
    for hit in row:
        at = ord(hit[0])
        made.append(code[at - start])
        start = at - at % STEP + STEP
    places = "" if key[0] == ":" else "".join([hit[1:] for hit in row])
    return f"{code[start // STEP - 1]}{''.join(made)}\t{places}"

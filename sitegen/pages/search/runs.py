"""A block of articles -> its run: all its words, sorted, with where they stand.

A run is kept between builds under its block's digest: a line with the lengths of three sections,
then the keys, their hits and their places, one a line.

A key's hits are, for each article, five times the number of articles between it and the one before,
plus its grade; then the last article's number in the block. Its places stand article by article,
after how many they are where the grade does not say that it is one. A grade is rough on purpose:
finer ones find the right article less often (tests/benchmarks/search), and take more room. A place
is two characters, the number of the sentence and that in the sentence. Sentences make places local:
an edit moves the words that follow in its sentence, not those of the whole article; and their numbers
are of their first words, not of their order. The title is sentence 0. Keys of filters have no places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import log2
from zlib import crc32

from sitegen.pages.search.codes import number
from sitegen.pages.search.documents import Block, Named, SearchDoc
from sitegen.pages.search.rows import MOST_PLACES, bytes_of, columns, heads, row
from sitegen.pages.search.words import keys, language_of, tokens, tokens_by_sentence, words
from sitegen.text import slug

GRADES = (0.39, 0.56, 0.56, 0.69, 0.81)
"""What a hit counts for: one place (less and more of a short text), several, many, in the title."""
_SATURATION = 1.2
_LENGTH_SHARE = 0.6
_USUAL_LENGTH = 720
_SHORTEST = 32
_TITLE_WEIGHT = 4.0
_NAMES_WEIGHT = 1.5
_PLAIN_GRADE = 2
_USUAL_SENTENCE = 64
_MANY = 64
_TELLING = 3  # words
_LEAST_ROOM, _FULL = 16, 0.9
_BITS, _MASK, _STEP = 32, 0xFFFFFFFF, 1664525


def index_block(block: Block, texts: Mapping[str, str]) -> bytes:
    """Return the run of a block; `texts` maps each article's key to the plain text of its body."""
    rows: dict[str, bytes] = defaultdict(bytes)
    for at, doc in enumerate(block.docs):
        for key, found in _article(at, doc, texts[doc.key]).items():
            rows[key] += found
    found_keys = sorted(rows)
    hits, places = columns(map(rows.__getitem__, found_keys))
    sections = "\n".join(found_keys).encode("utf-8", "replace"), hits, places
    return " ".join(str(len(s)) for s in sections).encode() + b"\n" + b"".join(sections)


def _article(at: int, doc: SearchDoc, text: str) -> dict[str, bytes]:
    """Return the row of each key of an article.

    Most words stand there once and differ in nothing but their places; what is done for each of some
    six hundred is done without a step of Python.
    """
    language = language_of(doc.lang)
    stops, title = keys(language).stops, tokens(doc.title)
    found, cells = _placed(language, [title, *tokens_by_sentence(text)])
    last = dict(zip(found, cells, strict=True))
    share = _share_of_length(len(found))
    begin, grades = heads(at), _grades(share)
    rows = dict(zip(last, map(begin[grades[1]].__add__, last.values()), strict=True))
    rows.update(dict.fromkeys(stops & last.keys(), row(begin, _PLAIN_GRADE, ())))
    earlier: dict[str, list[bytes]] = defaultdict(list)
    for key, cell in [
        (k, c) for k, c in zip(found, cells, strict=True) if last[k] is not c and k not in stops
    ]:
        earlier[key].append(cell)
    for key, before in earlier.items():
        before.append(last[key])
        rows[key] = row(begin, grades[min(len(before), _MANY - 1)], before)
    titled = Counter([key for token in title for _, key in words(token, language)[0]])
    named = {key for name in _named(doc) for key in _keys_of(name, language)}
    for key in (titled.keys() | named) - stops:
        places = earlier.get(key) or ([last[key]] if key in last else [])
        times = max(0, len(places) - titled[key]) / share
        weight = times + _TITLE_WEIGHT * titled[key] + _NAMES_WEIGHT * (key in named)
        rows[key] = row(begin, _grade(weight, len(places)), places)
    rows.update(dict.fromkeys(_fields(doc, language), begin[_PLAIN_GRADE]))
    return rows


def _placed(language: str, sentences: Iterable[list[str]]) -> tuple[list[str], list[bytes]]:
    """Return the key of each word and its place, side by side; the title is the first of the sentences.

    A sentence too long for its places goes on as the next one.
    """
    lines = [*_short(sentences)]
    numbers = _numbers(lines)
    found = [*map(keys(language).__getitem__, chain.from_iterable(lines))]
    if all(found):
        return found, [*chain.from_iterable(map(_cells, numbers, map(len, lines)))]
    found = []
    places: list[bytes] = []
    for sentence, line in zip(numbers, lines, strict=True):
        known = [*map(keys(language).__getitem__, line)]
        if all(known):
            found += known
            places += _cells(sentence, len(line))
        else:
            for key, place in _mixed(language, line):
                found.append(key)
                places.append(_head(sentence) + number(place)[-1].encode())
    return found, places


def _numbers(sentences: Sequence[Sequence[str]]) -> list[int]:
    """Return the numbers of sentences by their first words; 0 is the title, which is the first of them.

    Each takes the place that its checksum says, or the first one free of those that follow from it, in
    the order of the checksums: one sentence more or less moves hardly any other.
    """
    room = _LEAST_ROOM
    while len(sentences) > room * _FULL:
        room *= 2
    sums = [crc32(" ".join(line[:_TELLING]).encode("utf-8", "replace")) for line in sentences]
    numbers, taken = [0] * len(sentences), set()
    for at in sorted(range(1, len(sentences)), key=sums.__getitem__):
        value = sums[at]
        while (place := value * room >> _BITS) in taken:
            value = (value * _STEP + 1) & _MASK
        taken.add(place)
        numbers[at] = place % MOST_PLACES + 1
    return numbers


def _short(sentences: Iterable[list[str]]) -> Iterable[list[str]]:
    for line in sentences:
        if len(line) <= MOST_PLACES:
            yield line
        else:
            for start in range(0, len(line), MOST_PLACES):
                yield line[start : start + MOST_PLACES]


def _cells(sentence: int, length: int) -> tuple[bytes, ...]:
    """Return the places in a sentence."""
    return _all_cells(sentence, length > _USUAL_SENTENCE)[:length]


@lru_cache(maxsize=512)
def _all_cells(sentence: int, is_long: bool) -> tuple[bytes, ...]:
    head = _head(sentence)
    return tuple(head + place for place in bytes_of()[: MOST_PLACES if is_long else _USUAL_SENTENCE])


def _head(sentence: int) -> bytes:
    return bytes_of()[sentence]


def _mixed(language: str, line: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield key and place of the words of a sentence with tokens that are more or less than one word."""
    place = 0
    for token in line:
        found, width = words(token, language)
        for step, key in found:
            yield key, place + step
        place += width


def _share_of_length(length: int) -> float:
    """Return what a word's count is divided by: grows with the article's length, in octaves.

    Steps, so that a word more or less does not change the weight of every word of the article.
    """
    octaves = round(log2(max(length, _SHORTEST) / _USUAL_LENGTH))
    return 1 - _LENGTH_SHARE + _LENGTH_SHARE * float(2.0**octaves)


@lru_cache(maxsize=64)
def _grades(share: float) -> tuple[int, ...]:
    """Return the grades of words by how often they stand in an article."""
    return tuple(_grade(times / share, times) for times in range(_MANY))


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


@lru_cache(maxsize=20_000)
def _keys_of(name: str, language: str) -> tuple[str, ...]:
    """Return the keys of a name's words."""
    return tuple(key for token in tokens(name) for _, key in words(token, language)[0])


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
        found += [f":{letter}={key}" for name in names for key in _keys_of(name, language)]
    return found

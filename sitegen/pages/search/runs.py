"""A block of articles -> its run: all its words, sorted, with where they stand.

A run is kept between builds under its block's digest: a line with the lengths of five sections,
then the keys, their hits and their places, one a line, which articles are short and long, and the
articles' digests, a line each; then the digest of all that, by which a damaged run is known.

A key's hits are, for each article, four times the number of articles between it and the one before,
plus its grade; then the last article's number in the block. Its places stand article by article,
after how many they are where the grade does not say that it is one. A grade says how often the word
stands there and nothing of the article's length, which the reader knows: an edit changes the grades
of its own words alone. A grade is rough on purpose: finer ones find the right article less often
(tests/benchmarks/search), and take more room. A place is two characters, the number of the sentence
and that in the sentence. Sentences make places local: an edit moves the words that follow in its
sentence, not those of the whole article; and their numbers are of their first words, not of their
order. The title is sentence 0. Keys of filters have no places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from zlib import crc32

from sitegen.pages.search.codes import number
from sitegen.pages.search.documents import Named, SearchDoc
from sitegen.pages.search.rows import MOST_PLACES, bytes_of, columns, heads, row
from sitegen.pages.search.words import keys, language_of, tokens, tokens_by_sentence, words
from sitegen.text import digest, slug

WEIGHTS = (1.0, 1.6, 2.2, 4.0)
"""What a word weighs in an article by its grade: once there, several times, many times, in the title."""
HALVES = (0.42, 0.6, 0.96)
"""The weight that counts for one half of what a word can count: in a short, a usual and a long article."""
_FROM = (1.2, 3.0, 4.5)
_LONGER = (510, 1020)  # words
_PLAIN_GRADE = 1
_TITLE_WEIGHT = 4.0
_NAMES_WEIGHT = 1.5
_MANY = 64
LONGEST_HEAD = 60
"""Bytes that a run's first line, which says where all else begins, may take."""
_SEAL = 32  # bytes
_TELLING = 2  # words
_SENTENCES, _APART = 88, 32
_USUAL_SENTENCE = 64


def index_block(docs: Sequence[SearchDoc], texts: Mapping[str, str]) -> bytes:
    """Return the run of a block's articles; `texts` maps each article's key to the plain text of its body."""
    rows: dict[str, bytes] = defaultdict(bytes)
    lengths = []
    for at, doc in enumerate(docs):
        found, length = index_article(at, doc, texts[doc.key])
        for key, cell in found.items():
            rows[key] += cell
        lengths.append(length)
    found_keys = sorted(rows)
    hits, places = columns(map(rows.__getitem__, found_keys))
    return joined(docs, "\n".join(found_keys).encode("utf-8", "replace"), hits, places, "".join(lengths))


def joined(docs: Iterable[SearchDoc], keys: bytes, hits: bytes, places: bytes, lengths: str) -> bytes:
    """Return a block's run from its sections."""
    digests = "\n".join([doc.digest for doc in docs])
    parts = keys, hits, places, lengths.encode(), digests.encode()
    run = " ".join(str(len(part)) for part in parts).encode() + b"\n" + b"".join(parts)
    return run + digest(run).encode()


def bounds(head: bytes) -> tuple[int, ...]:
    """Return where each section of a run begins, and where the last ends, from the run's first line."""
    line = head[: head.index(b"\n")]
    return (*accumulate(map(int, line.split()), initial=len(line) + 1),)


def is_whole(run: bytes) -> bool:
    """Tell whether a run is as it was made."""
    return run[-_SEAL:] == digest(run[:-_SEAL]).encode()


def sections(run: bytes) -> list[bytes]:
    """Return the sections of a run: keys, hits, places, lengths and digests."""
    return [run[low:high] for low, high in pairwise(bounds(run))]


def digests_of(run: bytes) -> list[str]:
    """Return the digests of the articles that a run was made of."""
    return sections(run)[-1].decode().split("\n")


def index_article(at: int, doc: SearchDoc, text: str) -> tuple[dict[str, bytes], str]:
    """Return the row of each key of a block's article, and whether it is short, usual or long.

    Most words stand there once and differ in nothing but their places; what is done for each of some
    six hundred is done without a step of Python.
    """
    language = language_of(doc.lang)
    stops, title = keys(language).stops, tokens(doc.title)
    found, cells = _placed(language, [title, *tokens_by_sentence(text)])
    last = dict(zip(found, cells, strict=True))
    begin, grades = heads(at), _grades()
    rows = dict(zip(last, map(begin[0].__add__, last.values()), strict=True))
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
        times = max(0, len(places) - titled[key])
        weight = times + _TITLE_WEIGHT * titled[key] + _NAMES_WEIGHT * (key in named)
        rows[key] = row(begin, _grade(weight), places)
    rows.update(dict.fromkeys(_fields(doc, language), begin[_PLAIN_GRADE]))
    return rows, number(bisect_right(_LONGER, len(found)))


def _placed(language: str, sentences: Iterable[list[str]]) -> tuple[list[str], list[bytes]]:
    """Return the key of each word and its place, side by side; the title is the first of the sentences.

    A sentence too long for its places goes on as the next one.
    """
    lines = [*_short(sentences)]
    found = [*map(keys(language).__getitem__, chain.from_iterable(lines))]
    if all(found):
        lengths = [*map(len, lines)]
        return found, [*chain.from_iterable(map(_cells, *_spots(lines, lengths), lengths))]
    mixed = [[*_mixed(language, line)] for line in lines]
    lengths = [1 + max((place for _, place in line), default=-1) for line in mixed]
    cells = [*map(_cells, *_spots(lines, lengths), lengths)]
    found = [key for line in mixed for key, _ in line]
    return found, [cells[at][place] for at, line in enumerate(mixed) for _, place in line]


def _spots(sentences: Sequence[Sequence[str]], lengths: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the number of each sentence and its first place; the title, the first of them, has 0 and 0.

    A sentence has its number from its first words; those of one number stand behind each other, a little
    apart. So one sentence more or less moves hardly any other. Where a number is full it begins anew:
    a text of a hundred thousand words may then seem to have a phrase that it has not.
    """
    numbers, starts, free = [0], [0], [0] * (_SENTENCES + 1)
    for line, length in zip(sentences[1:], lengths[1:], strict=True):
        sentence = crc32(" ".join(line[:_TELLING]).encode("utf-8", "replace")) % _SENTENCES + 1
        start = free[sentence] if free[sentence] + length <= MOST_PLACES else 0
        numbers.append(sentence)
        starts.append(start)
        free[sentence] = ((start + length) // _APART + 1) * _APART
    return numbers, starts


def _short(sentences: Iterable[list[str]]) -> Iterable[list[str]]:
    for line in sentences:
        if len(line) <= MOST_PLACES:
            yield line
        else:
            for start in range(0, len(line), MOST_PLACES):
                yield line[start : start + MOST_PLACES]


def _cells(sentence: int, start: int, length: int) -> tuple[bytes, ...]:
    """Return the places of a sentence that begins at `start`."""
    end = start + length
    size = _USUAL_SENTENCE if end <= _USUAL_SENTENCE else 1 << (end - 1).bit_length()
    return _all_cells(sentence, size)[start:end]


@lru_cache(maxsize=1024)
def _all_cells(sentence: int, size: int) -> tuple[bytes, ...]:
    head = bytes_of()[sentence]
    return tuple(head + place for place in bytes_of()[:size])


def _mixed(language: str, line: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield key and place of the words of a sentence with tokens that are more or less than one word."""
    place = 0
    for token in line:
        found, width = words(token, language)
        for step, key in found:
            yield key, (place + step) % MOST_PLACES
        place += width


@cache
def _grades() -> tuple[int, ...]:
    """Return the grades of words by how often they stand in an article."""
    return tuple(map(_grade, range(_MANY)))


def _grade(weight: float) -> int:
    """Return the grade of a word's weight in an article; the least is that of a single place."""
    return bisect_right(_FROM, weight)


def _named(doc: SearchDoc) -> list[str]:
    """Return the names beside the text under which an article is found too."""
    terms: tuple[Named, ...] = (*doc.actors, *doc.topics, *doc.tags)
    names = [name for term in terms for name in (term.name, *term.aliases)]
    names += doc.authors
    names += [term.name for term in (*doc.sources, *doc.places)]
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
        ("s", doc.sources),
        ("p", doc.places),
        ("u", tuple(Named(slug(name), name) for name in doc.authors)),
    ]
    found = [f":l={slug(doc.lang).split('-')[0]}"]
    for letter, terms in groups:
        found += [f":{letter.upper()}={term.id}" for term in terms]
        names = (name for term in terms for name in (term.name, *term.aliases))
        found += [f":{letter}={key}" for name in names for key in _keys_of(name, language)]
    return found

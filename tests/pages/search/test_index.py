import random
from bisect import bisect_right
from collections import Counter
from heapq import nsmallest
from itertools import accumulate
from zlib import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.pages.memory import Memory
from sitegen.pages.search import DIRECTORY, Block, Segment, index_block, segments
from sitegen.pages.search.codes import number, numbers, packed, read_numbers, read_script, script, unpacked
from sitegen.pages.search.query import search
from sitegen.pages.search.ranges import _rank, firsts, word_ranges
from sitegen.pages.search.reader import Index

from .small import ItsOwn, index, many

pytestmark = pytest.mark.quick


@given(st.lists(st.integers(0, 500_000_000)))
def test_numbers_read_back_as_written(values):
    assert read_numbers(numbers(values)) == values


@given(st.lists(st.integers(0, 39_999)))
def test_numbers_survive_the_script_and_never_part_entries(values):
    text = numbers(values)
    assert "!" not in text
    assert read_script(script("tabc", text)) == ["tabc", text]
    assert "\\" not in script("tabc", text).decode()


def test_small_numbers_take_one_byte():
    assert all(len(number(value).encode()) == 1 for value in range(90))


def test_index_does_not_depend_on_the_order_of_articles():
    docs, texts = many(300)
    shuffled = docs[:]
    random.Random(3).shuffle(shuffled)
    assert index(docs, texts) == index(shuffled, texts)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["edit", "add", "remove", "redate"]))
def test_index_after_a_change_equals_a_clean_one(seed, change):
    docs, texts = many(260)
    runs: dict[str, bytes] = {}
    old = index(docs, texts, runs=runs)
    at = seed % len(docs)
    if change == "edit":
        texts = {**texts, docs[at].key: texts[docs[at].key] + " Quite another ending."}
        docs[at] = replace(docs[at], digest=docs[at].digest[::-1])
    elif change == "add":
        extra = replace(docs[at], key=f"2020/01/extra-{seed}", digest=f"{seed:032}")
        docs, texts = [*docs, extra], {**texts, extra.key: "Something new was said."}
    elif change == "remove":
        del docs[at]
    else:
        docs[at] = replace(docs[at], date="2001-01-01", digest=docs[at].digest[::-1])
    assert index(docs, texts, runs=runs, old=old) == index(docs, texts)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aÄ '’._-1\u0300\u0360\u0489\u200d字한ไ\U0001f600\n"), max_size=40))
@example("He comes. \u0300\u0489 \u0321\u0353")
def test_no_text_is_too_strange_to_be_indexed(text):
    docs, _texts = many(1)
    assert index([replace(docs[0], title=text)], {docs[0].key: text})


def test_ranges_follow_from_the_number_of_blocks_too():
    chance = random.Random(1)
    docs, _ = many(220)
    words = ["".join(chance.choices("abcdefghij", k=10)) for _ in range(20_000)]
    texts = {doc.key: " ".join(chance.sample(words, 300)) for doc in docs}
    blocks = [Block(str(at), docs[at].key, range(at, at + 22)) for at in range(0, 220, 22)]
    sampled = nsmallest(6, blocks, key=_rank)
    at = next(at for at, block in enumerate(blocks) if block not in sampled)
    low, middle, high = 22 * at, 22 * at + 11, 22 * at + 22
    first = Block("a", docs[low].key, range(low, middle))
    last = Block("b", docs[middle].key, range(middle, high))
    parted = [*blocks[:at], first, last, *blocks[at + 1 :]]
    runs = {b.digest: index_block([docs[at] for at in b.places], texts) for b in (*blocks, first, last)}

    def read(name: str, low: int, high: int) -> bytes:
        return runs[name][low:high]

    memory = Memory()
    before = word_ranges(Segment("main", "", tuple(blocks)), read, memory)
    now = Segment("main", "", tuple(parted))
    assert before != word_ranges(now, read, Memory())
    assert word_ranges(now, read, Memory(memory.used)) == word_ranges(now, read, Memory())


def test_a_word_that_is_a_heavy_one_no_more_leaves_no_file_that_still_says_so():
    chance = random.Random(1)

    def made(first: str, count: int) -> list[str]:
        syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
        return [first + "".join(chance.choices(syllables, k=chance.choice((2, 3, 4)))) for _ in range(count)]

    words, late = made("", 3000), made("y", 400)
    docs = [replace(doc, title="A title") for doc in many(60)[0]]
    docs = [doc for doc in docs if crc32(doc.key.encode()) % 16][:24]  # none closes the fresh segment

    def text(at: int) -> str:
        own = random.Random(at)
        told = [own.choice(late if own.random() < 0.145 else words) for _ in range(1000)]
        for _ in range(228):
            told.insert(own.randrange(len(told)), "zzheavyword")
        return ". ".join(" ".join(told[low : low + 12]) for low in range(0, len(told), 12))

    texts = {doc.key: text(at) for at, doc in enumerate(docs)}
    old = index(docs, texts)
    longer = {**texts, docs[3].key: texts[docs[3].key] + ". " + " ".join(words[:1200])}
    docs[3] = replace(docs[3], digest="0" * 32)
    clean = index(docs, longer)
    assert any(path.startswith("search/p-") for path in old)
    assert not any(path.startswith("search/p-") for path in clean)
    assert index(docs, longer, old=old) == clean


def test_an_added_article_leaves_most_files_as_they_are():
    docs, texts = many(1500)
    before = index(docs, texts)
    new = replace(docs[0], key="2020/01/new-2", added="2024-06-01T00:00:00Z", digest="0" * 32)
    after = index([*docs, new], {**texts, new.key: "A wholly new sentence."})
    changed = [p for p in after if before.get(p) != after[p]]
    assert DIRECTORY in changed
    assert len(changed) <= 12


def test_an_edited_sentence_leaves_most_files_as_they_are():
    docs, texts = many(1500)
    before = index(docs, texts)
    key = docs[10].key
    first, rest = texts[key].split(". ", 1)
    texts[key] = f"{first} indeed. {rest}"
    docs[10] = replace(docs[10], digest="1" * 32)
    after = index(docs, texts)
    changed = [p for p in after if before.get(p) != after[p]]
    assert len(changed) <= 24


def test_a_longer_article_changes_the_postings_of_its_new_words_alone():
    docs, texts = many(1500)
    texts[docs[10].key] = " ".join([texts[docs[10].key]] * 10)  # 500 words
    before = index(docs, texts)
    texts[docs[10].key] += " Something new was said, word for word, so often that it is longer than most."
    docs[10] = replace(docs[10], digest="1" * 32)
    after = index(docs, texts)
    changed = [p for p in after if before.get(p) != after[p]]
    lengths = [read_script(files[DIRECTORY])[1]["segments"][0]["lengths"] for files in (before, after)]
    assert lengths[0] != lengths[1]
    assert len(changed) <= 16


def test_an_added_sentence_moves_its_own_words_alone():
    docs, texts = many(1500)
    before = index(docs, texts)
    texts[docs[10].key] = "Something new was said. " + texts[docs[10].key]
    docs[10] = replace(docs[10], digest="1" * 32)
    after = index(docs, texts)
    changed = [p for p in after if before.get(p) != after[p]]
    assert len(changed) <= 8


@given(
    st.dictionaries(st.text("abc\u00e9", min_size=1, max_size=9), st.integers(1, 90), min_size=1, max_size=99)
)
def test_ranges_begin_where_words_part_and_none_is_small(sizes):
    words = [word.encode() for word in sorted(sizes)]
    found = firsts(words, [*accumulate(sizes[w.decode()] for w in words)], 200)
    assert found == sorted({*found})
    assert found[0] == b""
    held = Counter(
        found[bisect_right(found, word) - 1] for word in words for _ in range(sizes[word.decode()])
    )
    assert len(found) == 1 or min(held[first] for first in found) >= 0.6 * 200
    assert {*held} == {*found}


def test_a_larger_word_moves_no_range_far_from_it():
    chance = random.Random(4)
    words = sorted({"".join(chance.choices("abcdefgh", k=6)).encode() for _ in range(4000)})
    sizes = [chance.randrange(10, 200) for _ in words]
    before = {*firsts(words, [*accumulate(sizes)], 5000)}
    assert 60 < len(before) < 110
    for at in chance.sample(range(len(words)), 40):
        larger = [*sizes[:at], sizes[at] + 40, *sizes[at + 1 :]]
        assert len(before ^ {*firsts(words, [*accumulate(larger)], 5000)}) <= 2


def test_every_article_is_in_one_segment_by_date():
    docs, _ = many(700)
    found = segments(ItsOwn(docs))
    assert sorted(place for s in found for place in s.places) == [*range(700)]
    for segment in found:
        dates = [docs[place].date for place in segment.places]
        assert dates == sorted(dates)


def test_each_facet_of_a_large_segment_has_files_of_its_own():
    docs, texts = many(2300)
    files = index(docs, texts)
    parts = [read_script(content)[1:] for path, content in files.items() if path.startswith("search/f-")]
    alone = [[at // 2 for at in range(0, 8, 2) if part[at]] for part in parts]
    assert sorted(alone) == [[2], [2, 3], [3]]  # topics, actors; the fresh ones together
    topics = next(part for part, used in zip(parts, alone, strict=True) if used == [2])
    codes = read_numbers(topics[5])
    main = segments(ItsOwn(docs))[0].places
    assert [topics[4][code // 2 - 1] for code in codes] == [docs[at].topics[0].name for at in main]
    assert all(code % 2 for code in codes)


def test_a_long_text_without_blanks_is_indexed_and_found():
    docs, texts = many(3)
    texts[docs[0].key] = "漢字" * 6000 + " needle"
    opened = Index(index(docs, texts).__getitem__)
    for query in ('"漢字漢字"', "needle"):
        assert [r.card.key for r in search(query, opened).results] == [docs[0].key]


@given(st.lists(st.integers(0, 2)))
def test_lengths_read_back_as_packed(values):
    assert unpacked(packed(values), len(values)) == values


def test_names_of_files_are_plain_and_short():
    for path in index(*many(300)):
        folder, name = path.split("/")
        assert folder == "search"
        assert name.removesuffix(".js").replace("-", "").isalnum()
        assert name.isascii()
        assert name == name.lower()


def test_hostile_texts_are_indexed_and_found():
    docs, texts = many(3)
    hostile = (
        "\x00\ud800 \u202eabc "
        + "a" * 100_000
        + " "
        + "'" * 5000
        + ' "quoted\\ back" </script> needle '
        + "." * 5000
    )
    texts[docs[0].key] = hostile
    docs[0] = replace(docs[0], title="\ud800 </script> \u2028 title", summary=hostile[:300])
    opened = Index(index(docs, texts).__getitem__)
    assert search("needle ", opened).results[0].card.key == docs[0].key

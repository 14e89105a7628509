import tomllib

import pytest

from sitegen.pages.search.query import search
from sitegen.pages.search.reader import Index

from .small import HERE, archive, index

pytestmark = pytest.mark.quick

CASES = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def small() -> Index:
    return Index(index(*archive()).__getitem__)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_query_finds_what_the_table_says(case, small):
    answer = search(case["q"], small, filters=case.get("filters"), sort=case.get("sort", "best"))
    found = [result.card.key.rpartition("/")[2] for result in answer.results]
    assert (sorted(found) if case.get("any_order") else found) == (
        sorted(case["finds"]) if case.get("any_order") else case["finds"]
    )
    assert [list(pair) for pair in answer.instead] == case.get("instead", [])
    assert bool(answer.almost) == case.get("almost", False)


def test_what_follows_five_hundred_letters_is_not_read(small):
    (result,) = search("timetable" + " " * 500 + "zeppelin", small).results
    assert result.card.title == "Harbour ferry returns"


def test_marks_cover_the_words_that_matched(small):
    (result,) = search("closing school ", small).results
    marked = [result.card.title[start:end] for start, end in result.title_marks]
    assert marked == ["closes", "schools"]


def test_every_word_of_every_body_is_found(small):
    docs, texts = archive()
    for doc in docs:
        for word in texts[doc.key].split():
            keys = {r.card.key for r in search(f"{word} ", small, limit=100).results}
            assert doc.key in keys, (doc.key, word)

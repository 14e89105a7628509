"""Rows of a block parted into columns, and texts parted into tokens, all at once and one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.pages.search import words
from sitegen.pages.search.codes import digits, number
from sitegen.pages.search.rows import (
    MOST_ARTICLES,
    MOST_PLACES,
    STEP,
    bytes_of,
    columns,
    heads,
    row,
)

pytestmark = pytest.mark.quick

PLACES = st.lists(st.tuples(st.integers(0, MOST_PLACES), st.integers(0, MOST_PLACES)), min_size=1, max_size=4)
ARTICLES = st.dictionaries(
    st.integers(0, MOST_ARTICLES - 1), st.tuples(st.integers(0, STEP - 1), PLACES), min_size=1, max_size=9
)


@given(st.lists(ARTICLES, min_size=1, max_size=6))
def test_columns_of_a_block_hold_what_its_rows_say(listed):
    rows, hits, places = [], [], []
    for articles in listed:
        row_bytes, gaps, cells, start = b"", "", "", 0
        for article, (grade, found) in sorted(articles.items()):
            kept = [bytes_of()[sentence] + bytes_of()[at] for sentence, at in found]
            row_bytes += row(heads(article), grade, kept)
            gaps += number((article - start) * STEP + grade)
            shown = found if grade else found[:1]
            cells += number(len(found)) if grade else ""
            cells += "".join(number(sentence) + number(at) for sentence, at in shown)
            start = article + 1
        rows.append(row_bytes)
        hits.append(gaps + digits()[start - 1])
        places.append(cells)
    parted = columns(rows)
    assert parted == ("\n".join(hits).encode(), "\n".join(places).encode())


TEXTS = st.lists(
    st.sampled_from(
        [
            "word",
            "Word",
            "don't",
            "dogs’",
            "''",
            "'",
            " ",
            "\n",
            ". ",
            "U.S.",
            "“",
            "é",
            "_",
            "-",
            "ü",
            "漢字",
            "ended. ",
        ]
    ),
    max_size=14,
).map("".join)


@given(TEXTS)
def test_a_text_parted_at_once_has_the_words_of_its_sentences(text):
    def found(lines):
        return [[key for token in line for _, key in words.words(token, "english")[0]] for line in lines]

    one_by_one = [words._token().findall(part) for part in words._SENTENCE.split(text)]
    assert found(words.tokens_by_sentence(text)) == found(one_by_one)

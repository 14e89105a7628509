import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake.tally import CAPITALS, DATES, FIGURES, FURNITURE, MASK, inner_sentences, known
from sitegen.intake.words import category, furniture, letter_runs, runs_of_each, stop_words

pytestmark = pytest.mark.quick

_TEXTS = st.text(st.sampled_from("abÉßİ’“–·\xa0| _9'-.Z\t\n一日²Ⅷ٣\ud800\0"), max_size=20)


@given(_TEXTS)
def test_runs_of_letters_are_those_that_an_expression_finds(text: str) -> None:
    assert letter_runs(text) == re.findall(r"[^\W\d_]+", text.lower())


@given(st.lists(_TEXTS, max_size=5))
def test_runs_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert runs_of_each(texts) == list(map(letter_runs, texts))


def test_a_lines_words_add_up_to_its_counts() -> None:
    line = 'The Council met on 2018-02-07. "It is late," said Ann (twice). Subscribe!'
    words = line.split()
    worths = known("en")
    total = sum(map(worths.__getitem__, words))
    assert total & MASK == sum(word in stop_words()["en"] for word in line.lower().split())
    assert total >> CAPITALS & MASK == sum(word[0].isupper() for word in words)
    assert (total >> FIGURES & MASK, total >> DATES & MASK) == (8, 1)
    assert total >> FURNITURE == 1
    assert inner_sentences(total, words, worths) == 2


def test_a_lines_last_words_end_is_no_inner_one() -> None:
    worths = known("en")
    for line, count in (("One. Two. Three.", 2), ("One", 0), ("一。二。", 2), ("One。", 1)):
        words = line.split()
        assert inner_sentences(sum(map(worths.__getitem__, words)), words, worths) == count


@pytest.mark.parametrize("line", ["Advertisement", "» Advertisement »", "ADVERTISEMENT 2"])
def test_a_phrase_of_furniture_is_known_whatever_marks_stand_around_it(line: str) -> None:
    assert furniture(line) == category(line) == "advertisement"


@pytest.mark.parametrize("line", ["", "— 12 —", "The council met on Tuesday"])
def test_a_line_without_a_phrase_is_no_furniture(line: str) -> None:
    assert furniture(line) is None
    assert category(line) is None

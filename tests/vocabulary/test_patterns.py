"""A person's patterns: plain text with `*`, read in one pass whatever is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.vocabulary.patterns import fits, names_in, pattern_fault

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("Advertisement", "  ADVERTISEMENT "),
        ("Join our readers*", "Join our readers and get the news"),
        ("*Page * of *", "The Sound Courier   Page 3 of 12"),
        ("*rights reserved*", "All rights reserved."),
        ("Lesen Sie *weiter", "Lesen Sie hier WEITER"),
    ],
)
def test_a_pattern_fits_its_lines(pattern: str, line: str) -> None:
    assert fits(pattern, line)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("Advertisement", "Advertisement rates rose"),
        ("Join our readers*", "Please join our readers"),
        ("aba*aba", "aba"),
        ("(a+)+$", "aaaa"),
    ],
)
def test_a_pattern_fits_no_other_line(pattern: str, line: str) -> None:
    assert not fits(pattern, line)


@given(st.text("ab ", max_size=20), st.text("ab ", max_size=20))
def test_a_text_fits_itself_and_its_beginning(one: str, other: str) -> None:
    assert fits(one, one)
    if one.strip():
        assert fits(f"{one}*", one + other)
        assert fits(f"*{one}", other + one)


def test_many_stars_and_a_long_line_end() -> None:
    # a regular expression would try for ever
    assert not fits("a*" * 500 + "b", "a" * 200_000)


def test_names_stand_where_the_pattern_says() -> None:
    assert names_in("Words: {names}", "words: Marit Solheim") == "Marit Solheim"
    assert names_in("Text: {names} / *", "Text: Marit Solheim / Foto: Jan Berg") == "Marit Solheim"
    assert names_in("* von {names}", "Ein Bericht von Marit Solheim") == "Marit Solheim"
    assert names_in("Words: {names}", "Photo: Marit Solheim") is None


def test_faults_are_told_with_a_way_out() -> None:
    assert pattern_fault("Join*") is None
    assert pattern_fault("below title", byline=True) is None
    assert "'Join our readers*'" in str(pattern_fault("^Join our readers"))
    assert "'Advertisement'" in str(pattern_fault("^Advertisement$"))
    assert pattern_fault("**") is not None
    assert pattern_fault("Words: *", byline=True) is not None

"""Known names in a text: whole words, right capitals, the longest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Actor
from sitegen.vocabulary import vocabulary
from sitegen.vocabulary.match import index
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.tokens import tokens

pytestmark = pytest.mark.quick


def found(text: str, lang: str = "en") -> list[tuple[str, str]]:
    words = tokens(text)
    return [
        (text[words[m.start].start : words[m.end - 1].end], m.known.ids[0])
        for m in index(shipped(), lang).matches(words)
        if m.known.ids
    ]


def test_the_longest_name_wins() -> None:
    assert found("al-Qaeda in Iraq fought") == [("al-Qaeda in Iraq", "al-qaeda-in-iraq")]


def test_an_acronym_counts_only_as_written() -> None:
    assert found("This IS the one who told us") == [("IS", "islamic-state")]
    assert found("it is what WHO said") == [("WHO", "world-health-organization")]


def test_dots_and_hyphens_do_not_matter() -> None:
    assert found("the U.S.-led coalition")[0][1] == "us-led-coalition"
    assert found("U.N. envoys") == [("U.N.", "united-nations")]


def test_a_possessive_is_no_part_of_a_name() -> None:
    assert found("Syria’s air force") == [("Syria", "syria")]


def test_an_actor_is_never_what_its_entry_says_that_it_is_not() -> None:
    assert found("Gulf of Mexico") == []
    assert found("New Mexico") == []


def test_states_are_known_by_their_names_in_other_languages() -> None:
    assert found("Die Türkei und Frankreich", "de") == [("Türkei", "turkey"), ("Frankreich", "france")]
    assert found("Сирия", "ru") == [("Сирия", "syria")]
    assert found("叙利亚政府", "zh") == [("叙利亚", "syria")]


@given(st.text())
def test_tokens_cover_the_text_in_order(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert text[last : token.start] == token.gap
        assert text[token.start : token.end] == token.text
        last = token.end


def test_of_two_actors_with_one_name_the_first_has_it() -> None:
    known = vocabulary([Actor("a", "Alpha", aliases=("XY",)), Actor("b", "Beta", aliases=("XY",))], [])
    (match,) = index(known, "en").matches(tokens("XY"))
    assert match.known.ids == ("a",)

"""Names become address parts by one rule, whichever way is the quicker."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from sitegen.text import MAX_SLUG, is_device, slug

pytestmark = pytest.mark.quick

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=100)
NAMES = st.lists(st.text("abzABZ019", min_size=1, max_size=12), min_size=1, max_size=9).map(" ".join)


@given(NAMES | ASCII)
@example("x" * 79)
@example("A b-C")
@example("1,000 men")
def test_an_address_is_what_slugify_makes_of_a_name(name: str) -> None:
    made = slugify(name, max_length=MAX_SLUG, word_boundary=True, save_order=True)
    if made and not is_device(made):
        assert slug(name) == made


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "aux"])
def test_no_address_is_the_name_of_a_device(name: str) -> None:
    assert slug(name) == f"{name.lower()}-untitled"

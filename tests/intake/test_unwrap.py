import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake.unwrap import unwrapped

pytestmark = pytest.mark.quick
STORY = (
    "The island council voted late on Tuesday to keep the winter ferry running until the end of March, "
    "ending a dispute that had divided the harbour towns since October, when the operator gave notice."
)
OTHER = (
    "Seven of the eleven members backed the plan, which sets aside a third of the reserve fund for fuel; "
    "the mayor had argued that without the morning crossing the school would lose a third of its pupils."
)


@pytest.mark.parametrize("width", [40, 60, 72, 80])
@pytest.mark.parametrize("indent", ["", "   "])
def test_hard_wraps_are_undone(width: int, indent: str) -> None:
    pieces = [
        textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent) for p in (STORY, OTHER) * 2
    ]
    assert [block.text for block in unwrapped("\n\n".join(pieces))] == [STORY, OTHER] * 2


def test_lines_of_an_unwrapped_text_stay_apart() -> None:
    blocks = unwrapped(f"Home\nNews\n{STORY}\n{OTHER}")
    assert [(b.text, b.first) for b in blocks] == [("Home", 1), ("News", 2), (STORY, 3), (OTHER, 4)]


def test_hard_wraps_are_undone_among_many_long_titles_that_stand_together() -> None:
    titles = [f"Ferry number {n} runs to the island until March" for n in range(60)]
    prose = "\n\n".join(textwrap.fill(p, 72) for p in (STORY, OTHER) * 4)
    texts = [block.text for block in unwrapped("\n".join([*titles, "", prose]))]
    assert texts == [*titles, *(STORY, OTHER) * 4]


def test_list_items_keep_their_own_block() -> None:
    text = "* one thing that is\n  long enough\n* another\n"
    assert [(b.kind, b.marker) for b in unwrapped(text) if b.kind == "list"] == [("list", "*"), ("list", "*")]


def test_rows_with_tabs_are_a_table() -> None:
    (block,) = unwrapped("Shelf\tSaved\nMaps\t12\nLaw\t3")
    assert (block.kind, block.text) == ("table", "Shelf\tSaved\nMaps\t12\nLaw\t3")


def test_mail_quoting_is_taken_off_where_most_lines_have_it() -> None:
    quoted = "\n".join(f"> {line}" for line in textwrap.wrap(STORY, 60))
    assert [block.text for block in unwrapped(f"See below.\n\n{quoted}\n")] == ["See below.", STORY]


@given(st.lists(st.text(alphabet="ab cé-\t>*1.\xad", max_size=30), max_size=25))
def test_no_word_is_lost_and_lines_are_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = unwrapped(text)
    letters = [c for c in text if c.isalpha()]
    assert [c for block in blocks for c in block.text if c.isalpha()] == letters
    assert [b.first for b in blocks] == sorted(b.first for b in blocks)


def test_words_parted_at_the_ends_of_many_lines_are_whole() -> None:
    lines = [
        "The council has agreed on a re-",
        "port about the ferry that the may\xad",
        "or asked for last year in a well-",
        "known speech to the members of it",
    ]
    text = "\n".join([*lines, "who hold that a well-known mayor", "has the right to it in all cases."] * 3)
    (block,) = unwrapped(text)
    assert block.text.startswith(
        "The council has agreed on a report about the ferry that the mayor asked for"
    )
    assert "in a well-known speech to the members of it who hold" in block.text

"""What a text browser writes for pictures, buttons and fields."""

import pytest

from sitegen.intake import convert
from sitegen.intake.browser import is_control, is_pictures

pytestmark = pytest.mark.quick

DUMP = """\
   (BUTTON) Menu
   Search ____________________ (BUTTON) Go

The ferry runs until March

   The council voted late on Tuesday to keep the ferry running until the end
   of March, the mayor said after a meeting that had gone on for five hours.

   [ferry-at-the-pier-scaled.jpg?w=1200]

   Seven of the eleven members backed the plan, which sets aside some of the
   money for the ferry from the reserve that is meant for repairs of roads.

   [harbour.png] [harbour-2.png]

   The ferry carries some four hundred people a day, and the council had once
   meant to close the pier when the new bridge opens in the coming summer.

   (BUTTON) Show all pictures

   Work on a study for the bridge is due to begin in April, and then the first
   ferry of each day is to leave at six, half an hour earlier than at present.
"""


def test_pictures_and_buttons_part_no_paragraph_and_are_no_text() -> None:
    (article,) = convert(DUMP.encode(), name="dump.txt")
    assert len(article.body.split("\n\n")) == 4
    assert not any(mark in article.body for mark in (".jpg", ".png", "BUTTON", "___"))
    reasons = {dropped.text: dropped.reason for dropped in article.dropped}
    assert reasons["[harbour.png] [harbour-2.png]"] == "picture"
    assert reasons["(BUTTON) Show all pictures"] == reasons["(BUTTON) Menu"] == "form"


@pytest.mark.parametrize("line", ["[hero.jpg]", "[a.png] [b.svg?x=1]", "[svg%3E]"])
def test_a_line_of_pictures_names_is_known(line: str) -> None:
    assert is_pictures(line)


@pytest.mark.parametrize(
    "line", ["[Photo: Ann Lee]", "[1] See notes.pdf", "[hero.jpg] The ferry", "hero.jpg"]
)
def test_a_line_that_says_more_is_none(line: str) -> None:
    assert not is_pictures(line)


def test_a_sentence_with_a_gap_to_fill_in_is_no_control() -> None:
    assert is_control("Your email ____________________")
    assert not is_control("The old form read: name ________, " + "and so on and so forth, " * 4)

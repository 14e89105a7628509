"""Which blocks of a text are the article: the first look, the second, and the words that recur."""

import pytest

from sitegen.intake import context, judge, recurring
from sitegen.intake.block import Block
from sitegen.intake.features import measure, names_for
from sitegen.intake.unwrap import unwrapped

pytestmark = pytest.mark.quick

MENU = "\n".join(("Home", "News", "Sport", "Opinion", "Weather", "Jobs", "Contact us", "Log in")) * 4
STORY = "\n\n".join(
    [
        "The council voted late on Tuesday to keep the ferry running until the end of March, the mayor said.",
        "Seven of the eleven members backed the plan, which sets aside money for the ferry from the reserve.",
        "The ferry carries some four hundred people a day, and the council had meant to close the pier.",
        "Work on a study for the bridge is due to begin in April, and the first ferry leaves at six.",
    ]
)
DUMP = f"{MENU}\n\nFerry runs until March\n\n{STORY}\n\n{MENU}\n"


def lines(*texts: str) -> list[Block]:
    return [Block(text, "paragraph", at, at) for at, text in enumerate(texts, 1)]


def test_the_text_scores_above_the_menus_around_it() -> None:
    blocks = unwrapped(DUMP)
    scored = judge.scores(blocks)
    story = [score for block, score in zip(blocks, scored, strict=True) if block.text in STORY]
    others = [score for block, score in zip(blocks, scored, strict=True) if block.text in MENU]
    assert min(story) > max(others)


def test_a_second_look_is_not_taken_far_from_any_text() -> None:
    assert context.places_in_doubt([-5.0, 2.0, -3.0, -5.0]) == [1, 2]
    assert context.places_in_doubt([*[-3.0] * 20, 2.0]) == list(range(15, 21))
    assert context.places_in_doubt([-3.0] * 20) == []
    assert context.places_in_doubt([]) == []


def test_each_block_has_a_number_for_each_name() -> None:
    blocks = unwrapped(DUMP)
    rows = measure(blocks)
    places = [0, len(blocks) // 2, len(blocks) - 1]
    again = context.measure_again(blocks, rows, [0.0] * len(blocks), places)
    assert {len(row) for row in rows} == {len(names_for("text"))}
    assert [len(row) for row in again] == [len(context.NAMES)] * 3


def test_words_of_the_subject_are_known_and_those_of_another_are_not() -> None:
    blocks = lines("Ferry runs until March", *STORY.split("\n\n"), "Museum shows glass from Venice")
    chances = [0.5, 0.9, 0.9, 0.9, 0.9, 0.5]
    rows = recurring.measure(blocks, chances, range(6))
    known = recurring.NAMES.index("known")
    assert rows[0][known] > 0.4
    assert rows[5][known] < 0.25
    assert rows[0][recurring.NAMES.index("is-title")] == 1


def test_a_models_steps_and_lengths_add_to_its_weights() -> None:
    table = {
        "bias": 1.0,
        "weights": {"a": 2.0},
        "steps": {"b": [[0.5, 1.5], [10.0, 20.0, 30.0]]},
        "sized": {"short": {"a": 100.0}, "long": {}},
    }
    model = judge.model_of(table, ("a", "b"))
    assert model.score([1.0, 0.0]) == 13.0
    assert model.score([1.0, 1.0], "short") == 123.0
    assert model.score([1.0, 2.0], "long") == 33.0

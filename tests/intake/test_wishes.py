"""A person's decisions about single lines: by number or by text, in dumps, pages and feeds."""

import pytest

from sitegen.intake import convert
from sitegen.intake.wishes import Lines
from sitegen.model import Article
from tests.intake.account import missing_words
from tests.intake.shapes.dumps import browser, several, wrapped
from tests.intake.shapes.pages import feed, page
from tests.intake.shapes.texts import Case, texts

pytestmark = pytest.mark.quick
DISH, SUIT, CLOCK = texts()[:3]


def read(case: Case, **lines: tuple[str, ...]) -> tuple[Article, ...]:
    return convert(case.content, name=case.file, lines=Lines(**lines))


def number(case: Case, part: str) -> str:
    lines = case.content.decode().split("\n")
    return str(next(n for n, line in enumerate(lines, 1) if part in line))


def test_a_line_of_a_dump_goes_and_nothing_else_does() -> None:
    case = browser(DISH)
    at = number(case, "We were told to scrap it")
    (before,), (after,) = read(case), read(case, drop=(at,))
    assert [p for p in before.body.split("\n\n") if "told to scrap" not in p] == after.body.split("\n\n")
    (gone,) = [d for d in after.dropped if d.reason == "your-decision"]
    assert str(gone.line) == at
    assert missing_words(case.content, (after,)) == []


def test_furniture_comes_back_where_it_stood() -> None:
    case = browser(DISH)
    (after,) = read(case, keep=(number(case, "READ MORE"),))
    assert "READ MORE: Fishing quota talks" in after.body
    assert after.body.index("Built in 1964") < after.body.index("READ MORE")


def test_a_range_of_the_menu_comes_back() -> None:
    (after,) = read(browser(DISH), keep=("2-4",))
    assert after.body.startswith("Home\nNews\nHarbours") or after.body.startswith("Home\n\nNews\n\nHarbours")


def test_a_part_of_a_wrapped_paragraph_goes() -> None:
    case = wrapped(DISH)
    assert case is not None
    lines = case.content.decode().split("\n")
    at = next(n for n, line in enumerate(lines, 1) if "Built in 1964" in line)
    (after,) = read(case, drop=(str(at),))
    assert "Built in 1964" not in after.body
    assert lines[at].split()[-1] in after.body
    assert missing_words(case.content, (after,)) == []


@pytest.mark.parametrize("case", [browser(DISH), page(DISH), feed((DISH, SUIT))], ids=lambda c: c.shape)
def test_a_text_names_its_lines_in_every_form(case: Case) -> None:
    (after, *_) = read(case, drop=("Built in 1964*",))
    assert "Built in 1964" not in after.body
    assert "We were told to scrap it" in after.body
    assert missing_words(case.content, read(case, drop=("Built in 1964*",))) == []


def test_a_number_of_a_line_is_that_of_the_whole_dump() -> None:
    case = several(DISH, CLOCK)
    at = number(case, "A clock is not a tradition")
    first, second = read(case, drop=(at,))
    assert first.body == read(case)[0].body
    assert "A clock is not a tradition" not in second.body


def test_what_is_kept_by_number_outlives_a_pattern_that_drops() -> None:
    case = browser(DISH)
    (after,) = read(case, keep=(number(case, "Built in 1964"),), drop=("Built*",))
    assert "Built in 1964" in after.body

"""A person's decisions about single lines: by number or by text, in dumps, pages and feeds."""

import textwrap

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


ITEMS = """1. The first of the reasons is the long win-
   ter, in which nobody can cross the sound
   by any other boat than by this old ferry.
2. The second of the reasons is the school."""


def item_after(text: str, *drop: str) -> list[str]:
    story = "\n\n".join(textwrap.fill(block, 42) for block in DISH.plain)
    raw = f"{DISH.title}\n\n{story}\n\n{text}\n\n{textwrap.fill(DISH.plain[0], 42)}\n".encode()
    first = raw.decode().split("\n").index(text.split("\n")[0])
    numbers = {str(first + int(n)) for n in drop}
    kept = tuple(str(n) for n in range(first + 1, first + 5) if str(n) not in numbers)
    (article,) = convert(raw, name="dump.txt", lines=Lines(keep=kept, drop=tuple(numbers)))
    assert missing_words(raw, (article,)) == []
    return [line for line in article.markdown.split("\n") if line.startswith(("1.", "2.", "- "))]


@pytest.mark.parametrize("mark", ["1.", "•", "o", "(1)"])
def test_an_item_without_one_of_its_lines_is_the_rest_of_it(mark: str) -> None:
    text = ITEMS.replace("1.", mark).replace("2.", "-" if mark != "1." else "2.")
    shown = {"1.": "1. ", "(1)": "- (1) "}.get(mark, "- ")
    assert (
        item_after(text, "1")[0]
        == f"{shown}ter, in which nobody can cross the sound by any other boat than by this old ferry."
    )
    assert (
        item_after(text, "2")[0]
        == f"{shown}The first of the reasons is the long win by any other boat than by this old ferry."
    )
    assert (
        item_after(text, "3")[0]
        == f"{shown}The first of the reasons is the long winter, in which nobody can cross the sound"
    )

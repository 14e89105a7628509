"""Which line of a page gives its date, and which lines are nothing but dates."""

from __future__ import annotations

import pytest

from sitegen.dates import find_date, is_date_line, learn_order

pytestmark = pytest.mark.quick


def lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.strip().splitlines(), 1))


def test_published_beats_bare_beats_updated_over_all_lines() -> None:
    page = "Updated 5 May 2016\n4 May 2016\nPublished 3 May 2016, 10:00\nThe text of 1 May 2016."
    found = find_date(lines(page))
    assert found is not None
    assert (str(found.value), found.line, found.text) == (
        "2016-05-03T10:00",
        3,
        "Published 3 May 2016, 10:00",
    )
    assert found.rule == "published:day-month-year"
    found = find_date(lines(page)[:2])
    assert found is not None
    assert (found.value.date, found.rule) == ("2016-05-04", "date-line:day-month-year")
    found = find_date(lines(page)[:1])
    assert found is not None
    assert (found.value.date, found.rule) == ("2016-05-05", "updated:day-month-year")


def test_a_line_with_few_words_beside_the_date_beats_one_with_many() -> None:
    page = "Seen in the long dark hall of the old grey ministry, 2 May 2016\n3 May 2016 by Jane Doe"
    found = find_date(lines(page))
    assert found is not None
    assert found.line == 2


def test_behind_published_on_any_words_may_follow() -> None:
    line = "Posted on 3 May 2016 by Jane Doe in News, World, Politics, Cities, Rivers - 5 comments on it"
    found = find_date([(1, line)])
    assert found is not None
    assert found.value.date == "2016-05-03"


def test_a_fuller_date_beats_a_month() -> None:
    found = find_date(lines("May 2016\n3 May 2016"))
    assert found is not None
    assert found.value.date == "2016-05-03"


def test_the_first_of_equals_is_taken() -> None:
    found = find_date(lines("3 May 2016\n4 May 2016"))
    assert found is not None
    assert found.line == 1


def test_sentences_and_long_lines_give_no_date() -> None:
    sentence = "The minister said on 3 May 2016 that he would not go before the summer was over."
    assert find_date([(1, sentence)]) is None
    assert find_date([(1, "x " * 100 + "3 May 2016")]) is None


def test_a_day_after_the_reference_is_not_the_day_of_publication() -> None:
    page = lines("9 May 2016\n3 May 2016")
    found = find_date(page, reference="2016-05-04")
    assert found is not None
    assert found.value.date == "2016-05-03"


def test_relative_lines_need_a_reference() -> None:
    assert find_date([(1, "3 hours ago")]) is None
    found = find_date([(1, "3 hours ago")], reference="2016-05-04T12:00:00+00:00")
    assert found is not None
    assert str(found.value) == "2016-05-04T09:00"


def test_a_page_without_dates_has_none() -> None:
    assert find_date([]) is None
    assert find_date(lines("Home\nWorld\nSport")) is None


@pytest.mark.parametrize(
    "line",
    [
        "3 May 2016",
        "Tuesday, May 3, 2016 at 10:00 am EST",
        "Published: 3 May, 2016 10:00",
        "Published 3 May 2016 | Updated 4 May 2016",
        "3 May",
        "3 hours ago",
        "Yesterday",
        "Вторник, 3 мая 2016 г., 10:00",
        "Publié le 3 mai 2016 à 10h00 - Mis à jour le 4 mai 2016",
        "2016年5月3日 10:00",
        "(3 May 2016)",
        "2016-05-03T10:00:00Z",
    ],
)
def test_a_line_of_date_time_and_markers_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Home",
        "By Jane Doe 3 May 2016",
        "The 3 May 2016 protocol",
        "10:00",
        "Page 3",
        "12 comments",
        "May",
        "3 May 2016 " * 40,
    ],
)
def test_a_line_with_anything_else_is_not(line: str) -> None:
    assert not is_date_line(line)


def test_order_is_learned_from_dates_that_show_it() -> None:
    assert learn_order(["03/04/2016", "25/04/2016", "Home"]) is True
    assert learn_order(["03/04/2016", "04/25/2016"]) is False
    assert learn_order(["03/04/2016", "04/04/2016", "3 May 2016"]) is None
    assert learn_order(["25/04/2016", "04/25/2016"]) is None

"""What stands near an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive.library import Library
from sitegen.pages.related import CLOSEST, REACH, surroundings
from tests.pages.sites import article, site

pytestmark = pytest.mark.quick


def near(kept: Library, key: str) -> tuple[list[str], list[str], list[str]]:
    for entry, around in zip(kept.entries, surroundings(kept), strict=True):
        if entry.key == key:
            return tuple(  # type: ignore[return-value]
                [kept.entries[at].key.rpartition("/")[2] for at in found]
                for found in (around.closest, around.same_day, around.older)
            )
    raise AssertionError(key)


def test_shared_actors_count_more_than_a_shared_topic() -> None:
    kept = site(
        article(1, date="1961-01-05", topics=("probes",), actors=("ada-quill", "northland")),
        article(2, date="1961-01-09", topics=("probes",), actors=()),
        article(3, date="1961-02-09", topics=(), actors=("ada-quill", "northland")),
        article(4, date="1961-03-09", topics=(), actors=("ada-quill",)),
    ).library
    closest, _, _ = near(kept, "1961/01/probe-1")
    assert closest == ["probe-3", "probe-4"]


def test_the_same_day_is_named_and_has_no_hour() -> None:
    kept = site(
        article(1, date="1961-01-05"), article(2, date="1961-01-05"), article(3, date="1961-01-06")
    ).library
    assert near(kept, "1961/01/probe-1")[1] == ["probe-2"]


def test_undated_articles_are_neither_before_nor_after() -> None:
    kept = site(article(1, date="1961-01-05"), article(2, date="none")).library
    assert near(kept, "1961/01/probe-1")[2] == []
    assert near(kept, "undated/probe-2")[1:] == ([], [])


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 5)), min_size=1, max_size=30))
def test_an_article_is_never_near_itself(days: list[tuple[int, int]]) -> None:
    made = [article(n, date=f"1961-05-{day:02d}") for n, (day, _) in enumerate(days)]
    kept = site(*made).library
    for at, around in enumerate(surroundings(kept)):
        everything = (*around.closest, *around.same_day, *around.newer, *around.older)
        assert at not in everything
        assert len(around.closest) <= CLOSEST
        assert len(around.older) <= REACH
        assert not {*around.newer[:1], *around.older[:1]} & {*around.closest}


def test_the_line_beside_an_article_is_of_the_topic_that_it_names() -> None:
    kept = site(article(1, topics=("crewed-flight", "probes")), article(2, topics=("probes",))).library
    assert [s.topic for s in surroundings(kept)] == ["probes", "probes"]


def test_an_article_of_a_month_or_a_year_is_of_no_day() -> None:
    kept = site(article(1, date="1961-01-01"), article(2, date="1961-01"), article(3, date="1961")).library
    assert near(kept, "1961/01/probe-1")[1] == []

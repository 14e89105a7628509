"""The keywords that a page gives to itself."""

from __future__ import annotations

import pytest

from sitegen.intake.convert import convert

pytestmark = pytest.mark.quick
TEXT = (
    "The tide gate at the mouth of the river was opened on Monday for the first time since the flood. "
    "Pilots of the harbour had asked for it, and the ferry to the islands can sail again at low water."
)


def tags(head: str) -> tuple[str, ...]:
    page = f"<html><head><title>The gate is open</title>{head}</head><body><article><h1>The gate is open</h1>"
    (article,) = convert(f"{page}<p>{TEXT}</p><p>{TEXT[::-1]}</p></article></body></html>".encode(), name="x")
    return article.tags


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="keywords" content="Tide gate, breaking news, ferry; Tide Gate">',
        '<meta name="news_keywords" content="Tide gate, ferry">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The gate is open",'
        ' "keywords": ["Tide gate", "ferry", "weather today"]}</script>',
    ],
)
def test_keywords_that_the_text_uses_are_tags(head: str) -> None:
    assert tags(head)[:2] == ("Tide gate", "ferry")
    assert not {"breaking news", "weather today"} & set(tags(head))


def test_a_page_without_keywords_has_none() -> None:
    assert "Tide gate" not in tags("")


@pytest.mark.parametrize("content", ["," * 100_000, "a, " * 100_000, "x" * 100_000])
def test_endless_keywords_are_bounded(content: str) -> None:
    assert len(tags(f'<meta name="keywords" content="{content}">')) <= 16

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sitegen.intake.block import Block
from sitegen.intake.dom import page_blocks
from sitegen.intake.tree import parsed
from sitegen.intake.vote import doubt, page_choice

pytestmark = pytest.mark.quick

SHORTEST = 60
SAID = (
    "The council decided late on Tuesday to keep the ferry running until the end of March, the mayor said. "
)
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(12)) + "</ul>"
ARTICLE = f"<article><h1>Ferry stays</h1>{''.join(f'<p>{SAID * 3}</p>' for _ in range(6))}</article>"


def blocks_of(inner: str) -> tuple[Block, ...]:
    root = parsed(f"<html><body>{inner}</body></html>")
    assert root is not None
    return page_blocks(root)


def never(_: Sequence[Block]) -> list[float]:
    pytest.fail("the referee was asked")


def kept_of(blocks: Sequence[Block], kept: Sequence[bool]) -> list[str]:
    return [block.text for block, keep in zip(blocks, kept, strict=True) if keep]


def test_a_plain_article_needs_no_referee() -> None:
    blocks = blocks_of(MENU + ARTICLE)
    _, kept = page_choice(blocks, never, SHORTEST)
    assert kept_of(blocks, kept).count((SAID * 3).strip()) == 6


def test_a_page_on_which_the_model_sees_no_article_is_what_the_referee_takes_for_one() -> None:
    asked: list[int] = []

    def referee(seen: Sequence[Block]) -> list[float]:
        asked.append(len(seen))
        return [float("ferry" in block.text) for block in seen]

    blocks = blocks_of(MENU + "<p>a ferry by the pier</p>" + MENU)
    _, kept = page_choice(blocks, referee, SHORTEST)
    assert asked == [len(blocks)]
    assert kept_of(blocks, kept) == ["a ferry by the pier"]


def test_doubt_grows_with_the_text_that_is_as_likely_as_not() -> None:
    blocks = blocks_of(ARTICLE)
    kept = [True] * len(blocks)
    sure = doubt(blocks, [6.0] * len(blocks), kept)
    even = doubt(blocks, [0.0] * len(blocks), kept)
    assert 0.0 < sure < 0.01 < 0.3 < even


def test_code_between_paragraphs_of_the_text_stays() -> None:
    code = "<div class='code'><pre>select 1;\nselect 2;</pre></div>"
    blocks = blocks_of(MENU + ARTICLE.replace("</p><p>", f"</p>{code}<p>", 2))
    _, kept = page_choice(blocks, never, SHORTEST)
    assert kept_of(blocks, kept).count("select 1;\nselect 2;") == 2


def test_a_table_of_which_most_rows_are_text_stays_whole() -> None:
    rows = "".join(f"<tr><td>Pier {n}</td><td>{n} boats</td></tr>" for n in range(6))
    blocks = blocks_of(ARTICLE.replace("</article>", f"<table>{rows}</table></article>"))

    def score(seen: Sequence[Block], _: Sequence[Sequence[float]], __: str) -> list[float]:
        return [-6.0 if block.text.startswith(("Pier 4", "Pier 5")) else 6.0 for block in seen]

    _, kept = page_choice(blocks, None, SHORTEST, score)
    assert kept_of(blocks, kept)[-1] == "Pier 5\t5 boats"

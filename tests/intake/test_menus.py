from __future__ import annotations

import pytest

from sitegen.intake import convert
from sitegen.intake.dom import page_blocks
from sitegen.intake.menus import with_menus
from sitegen.intake.tree import parsed

pytestmark = pytest.mark.quick

LINKS = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(5))
SAID = (
    "The council decided late on Tuesday to keep the ferry running until the end of March, the mayor said. "
)


def reasons_of(inner: str) -> list[str | None]:
    root = parsed(f"<html><body>{inner}</body></html>")
    assert root is not None
    blocks = page_blocks(root)
    return with_menus(blocks, [block.reason for block in blocks])


def test_a_menu_is_set_aside_but_for_its_ends() -> None:
    assert reasons_of(f"<nav><ul>{LINKS}</ul></nav>") == [None, "menu", "menu", "menu", None]


def test_a_list_of_links_in_a_text_is_no_menu() -> None:
    assert reasons_of(f"<article><ul>{LINKS}</ul></article>") == [None] * 5


def test_a_line_without_a_link_parts_two_menus() -> None:
    two = "".join(f"<p><a href='/{n}'>Section {n}</a></p>" for n in range(2))
    assert reasons_of(f"<footer>{two}<p>About us</p>{two}</footer>") == [None] * 5


def test_what_is_set_aside_is_accounted_for() -> None:
    page = (
        f"<html><body><nav><ul>{LINKS}</ul></nav><article>{f'<p>{SAID * 3}</p>' * 4}</article></body></html>"
    )
    dropped = convert(page.encode(), name="a.html", form="html")[0].dropped
    assert [d.reason for d in dropped if d.text.startswith("Section")].count("menu") == 3

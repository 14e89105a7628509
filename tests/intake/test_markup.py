import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake.block import Block, Piece
from sitegen.intake.markup import as_markdown, escaped, safe_address

pytestmark = pytest.mark.quick
TROUBLE = st.text(alphabet="aB1 #*_`[]()<>&;!|~=+-.:\\{}^$\"'éж", max_size=40)


def shown(source: str) -> str:
    page = markdown.markdown(source, extensions=["extra", "sane_lists", "admonition"])
    return html.unescape(re.sub(r"^<p>|</p>$", "", page))


@given(TROUBLE)
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    line = " ".join(text.split())
    assert shown(escaped(line)) == line


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//host/x", "vbscript:x", ""])
def test_only_web_and_mail_addresses_become_links(address: str) -> None:
    assert safe_address(address) == ""


def test_address_cannot_break_out_of_a_link() -> None:
    assert safe_address('https://x.example/a b)"<') == "https://x.example/a%20b%29%22%3C"


def test_code_fence_is_longer_than_any_in_the_code() -> None:
    assert as_markdown([Block("```\nx", "code", 1, 2)]) == "````\n```\nx\n````"


def test_marks_do_not_enclose_blanks() -> None:
    from sitegen.intake.block import Markup

    pieces = (Piece("say "), Piece(" this ", bold=True), Piece("now", link="https://x.example/"))
    block = Block("say this now", "paragraph", 1, 1, markup=Markup(pieces, "p"))
    assert as_markdown([block]) == "say **this** [now](https://x.example/)"


def test_a_cell_or_a_caption_names_no_footnote_that_is_not_there() -> None:
    from sitegen.intake.block import Markup

    cell = (Piece("Aby"), Piece("[1]", note="1"))
    row = Block("Aby[1]", "table", 1, 1, markup=Markup(cell, "td", cells=(cell,)))
    picture = Block("", "image", 2, 2, markup=Markup((), "img", legend=cell))
    note = Block("The old one.", "note", 3, 3, marker="1", markup=Markup((Piece("The old one."),), "p"))
    assert "| Aby\\[1\\] |" in as_markdown([row])
    assert "Aby\\[1\\]" in as_markdown([picture])
    assert "| Aby[^1] |" in as_markdown([row, note])

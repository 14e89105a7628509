"""Plain prose read by itself is what python-markdown and nh3 make of it, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.archive.document import document
from sitegen.errors import SitegenError
from sitegen.pages.body import Body
from sitegen.pages.markdown import whole_body
from sitegen.pages.prose import prose
from sitegen.text import printable, squeeze

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = sorted((*ROOT.glob("content/articles/**/*.md"), *ROOT.glob("tests/golden/**/*.md")))

WORDS = st.sampled_from(
    [
        *"*_[]()#>-+.:!&\"'`~|=\\<1",
        "**",
        "***",
        "the ",
        "word",
        "Rome",
        " ",
        ", ",
        "a_b",
        "1.",
        "12. ",
        "é",
        "“so”",
        "[a](https://a.example/b?c=1&d=2)",
        "[x y](http://b.example)",
        "[sic]",
        "*so*",
        "**very much**",
        "&copy;",
        "https://c.example/_d",
        "AT&T",
        "\xa0",
        "—",
        "\u2028",
        "[é*](https://a.example)",
        "(*",
        "*)",
        "\t",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=8).map("".join)
HEADS = st.sampled_from(
    ["", "", "", "# ", "## ", "### ", "- ", "* ", "1. ", "2. ", "> ", ">", "    ", ": ", "---", "+"]
)
LINES = st.builds("{}{}".format, HEADS, LINE)
TEXTS = st.lists(
    st.builds("{}{}".format, LINES, st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n", " \n"]))
).map("".join)
PLAIN_LINE = st.lists(
    st.sampled_from(
        [
            "the sea",
            "Rome, ",
            " and ",
            "*so*",
            " *so it is*",
            "**very**",
            " [sic] ",
            "a_b",
            "é & o",
            "“x”",
            ">",
            "[a](https://a.example/b?c=1&d=2)",
            " (see [x y](http://b.example))",
            ". ",
            "\xa0",
            "3.5",
            "-",
            "1",
        ]
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: squeeze("".join(parts)))
PLAIN_HEADS = st.sampled_from(["", "", "", "# ", "## ", "#### ", "- ", "* ", "1. ", "> "])
PLAIN = st.lists(
    st.builds(
        "{}{}{}".format, PLAIN_HEADS, PLAIN_LINE, st.sampled_from(["\n", "\n\n", "\n\n", "\n\n---\n\n"])
    )
).map("".join)


def whole(text: str) -> Body:
    return whole_body(text, links={}, media={}, root="")


@pytest.mark.quick
@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_left_alone_or_read_as_markdown_reads_it(text: str) -> None:
    text = printable(text)
    read = prose(text)
    assert read is None or read == whole(text)


@pytest.mark.quick
@given(PLAIN)
@settings(max_examples=400, deadline=None)
def test_plain_text_is_read_as_markdown_reads_it(text: str) -> None:
    read = prose(text)
    assert read is None or read == whole(text)


@pytest.mark.quick
def test_what_articles_are_made_of_is_plain() -> None:
    text = (
        "The *sea* was **high** [today](https://a.example/x?y=1&z=2), said [the] mayor & “others”.\n\n"
        "## Ferries\n\n> One.\n>\n> Two.\n\n- one\n- [two](http://b.example)\n\n1. a\n2. second\n\n---\n\nEnd"
    )
    read = prose(text)
    assert read == whole(text)
    assert read.outside == ("https://a.example/x?y=1&z=2", "http://b.example")
    assert [h.text for h in read.headings] == ["Ferries"]


@pytest.mark.quick
@pytest.mark.parametrize(
    "text",
    [
        "> a\n\n> b\n> c\n\nd\n\n> e",
        "- a\n- b\n\n- c\n- d\n\n- e\n\n- f\n\nz",
        "1. a\n\n2. b\n3. [c](http://a.example)\n\n- x\n\n- *y*\n\n1. z",
    ],
)
def test_what_goes_on_after_a_blank_line_is_plain(text: str) -> None:
    assert prose(text) == whole(text)


@pytest.mark.quick
@pytest.mark.parametrize(
    "text",
    [
        "a `b`",
        "a <b>",
        "a\\*",
        "[a](b.md)",
        "[a][b]",
        "a\n===",
        "term\n: meaning",
        "    code",
        "| a |\n|---|",
        "```\na\n```",
        "a  \nb",
        "![a](https://b.example)",
        "_a_",
        "***a***",
        "1986. A",
        "[^1]",
        "&copy;",
        "[a](https://xn--a.example)",
        "[a](https://a.example:99999)",
        "a*b*",
        "- - a",
        "a\n- b",
    ],
)
def test_what_is_more_than_prose_is_left_to_markdown(text: str) -> None:
    assert prose(text) is None


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_articles_are_read_as_markdown_reads_them(path: Path) -> None:
    try:
        text = printable(document(path.read_bytes(), file=path.name).body)
    except SitegenError:
        pytest.skip("is broken on purpose")
    read = prose(text)
    assert read is None or read == whole(text)

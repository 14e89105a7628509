"""The dialect, and that nothing but text comes through it."""

from __future__ import annotations

import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.pages.bodies import render_body
from sitegen.pages.markdown import MAX_BRACKETS, is_costly, plain_body
from sitegen.pages.views import Media

pytestmark = pytest.mark.quick


def html(text: str, **places: object) -> str:
    return render_body(text, **places).html  # type: ignore[arg-type]


def test_raw_html_is_shown_as_text() -> None:
    assert "&lt;b&gt;" in html("a <b>bold</b> <!-- c --> <?php ?>")
    assert "<b>" not in html("<b>bold</b>\n\n<div>block</div>")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/x",
        "file:///etc/passwd",
        "mailto:a@b.c",
        "http://",
        "relative.md",
        "/absolute",
        "?x",
    ],
)
def test_only_web_addresses_and_known_files_become_links(address: str) -> None:
    assert "href" not in html(f"[x]({address}) [x](<{address}>) ![y]({address})\n\n[x][z]\n\n[z]: {address}")


def test_links_out_of_the_site_are_marked_and_listed() -> None:
    body = render_body("[a](https://a.example/?x=1&y=2) and <http://b.example/>")
    assert '<a href="https://a.example/?x=1&amp;y=2" rel="noopener nofollow ugc">a</a>' in body.html
    assert body.outside == ("https://a.example/?x=1&y=2", "http://b.example/")


def test_links_to_other_articles_are_resolved() -> None:
    made = html(
        "[x](../02/other.md) [y](gone.md)", links={"../02/other.md": "1961/02/other/"}, root="../../../"
    )
    assert '<a href="../../../1961/02/other/">x</a>' in made
    assert "gone.md" not in made


def test_images_of_the_archive_have_their_size() -> None:
    made = html("![A probe](probe.png)", media={"probe.png": Media("media/probe.png", 640, 480)}, root="../")
    assert '<img alt="A probe" height="480" loading="lazy" src="../media/probe.png" width="640">' in made


def test_images_elsewhere_become_links() -> None:
    made = html("![A probe](https://a.example/p.png) [![In](https://a.example/q.png)](https://b.example/)")
    assert "<img" not in made
    assert 'href="https://a.example/p.png"' in made
    assert '<a href="https://b.example/" rel="noopener nofollow ugc"><span>In</span></a>' in made


def test_headings_start_below_the_title_and_skip_no_level() -> None:
    body = render_body("# One\n\n#### Deep\n\n## Two\n\n# One")
    assert [(h.level, h.id) for h in body.headings] == [
        (2, "p1"),
        (3, "p2"),
        (3, "p3"),
        (2, "p4"),
    ]


def test_links_to_headings_follow_their_ids() -> None:
    assert '<a href="#p1">x</a>' in html("# One\n\n[x](#one) [y](#search)")
    assert "#search" not in html("# One\n\n[y](#search)")


def test_blocks_are_numbered_as_the_text_has_them() -> None:
    text = "First.\n\n## Head\n\n- a\n- b\n\n1. x\n\n2. y\n\n> q\n>\n> r\n\nLast."
    body = render_body(text)
    # first 1, head 2, tight list 3, loose list 4 and 5, quotation 6 and 7, last 8
    assert dict(body.blocks)["p8"] == "Last."
    assert '<p id="p8">Last.</p>' in body.html


def test_a_fenced_block_counts_its_blank_lines() -> None:
    body = render_body("One.\n\n```\na\n\nb\n```\n\nLast.")
    assert body.blocks[-1] == ("p4", "Last.")
    assert "<pre><code>a\n\nb\n</code></pre>" in body.html


def test_tables_footnotes_and_definitions_are_read() -> None:
    made = html("| a | b |\n|---|--:|\n| 1 | 2 |\n\nText[^n].\n\n[^n]: Note.\n\nTerm\n:   What it is")
    assert '<td class="right">2</td>' in made
    assert '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>' in made
    assert '<li id="fn-1">' in made
    assert "<dt>Term</dt>" in made


def test_marks_that_would_take_seconds_are_shown_as_they_are() -> None:
    for text in ("[" * 8000, "![" * 8000, "> " * 500 + "x", "* " * 3000 + "x"):
        started = time.process_time()
        assert render_body(text).plain
        assert time.process_time() - started < 5  # a guard against the square, not a measure


def test_many_brackets_in_many_blocks_are_not_costly() -> None:
    assert not is_costly("\n\n".join("[a](https://a.example/)" for _ in range(2 * MAX_BRACKETS)))


def test_plain_text_is_escaped_and_numbered() -> None:
    body = plain_body("a <b>\n\n\n\nc & d")
    assert body.html == '<p id="p1">a &lt;b&gt;</p>\n<p id="p2">c &amp; d</p>'


MARKS = st.lists(
    st.sampled_from(
        [*"ab \n[]()<>!*_`#|-:\"'&;^~=+1.\\/\x00\ud800\u202e", "javascript:", "http://x.y", "](", "<a href="]
    ),
    max_size=80,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKS)
def test_no_text_makes_anything_but_allowed_elements(text: str) -> None:
    body = render_body(text)
    for element in html5lib.parseFragment(body.html).iter():
        tag = str(element.tag).rpartition("}")[2]
        assert tag not in ("script", "style", "iframe", "b", "i", "form", "input", "svg"), body.html
        for name, value in element.attrib.items():
            assert not str(name).startswith("on")
            assert name not in ("href", "src") or str(value).startswith(("http://", "https://", "#fn"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc de", min_size=1, max_size=20).filter(str.strip), max_size=8))
def test_plain_paragraphs_have_the_number_of_their_block(paragraphs: list[str]) -> None:
    body = render_body("\n\n".join(f"x{p}" for p in paragraphs))
    assert [name for name, _ in body.blocks] == [f"p{n}" for n in range(1, len(paragraphs) + 1)]

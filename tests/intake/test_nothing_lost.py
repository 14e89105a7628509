"""Each word of an input stands in a field, in the body or in `dropped`: over texts, pages and feeds.

Every word that counts is written once, so that losing it cannot be hidden by another of its kind.
"""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.intake import convert
from tests.intake.account import held

pytestmark = pytest.mark.quick
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PROSE = "The council ? voted late on ? Tuesday to keep the ? ferry running until the end of March."


def worded(parts: list[str]) -> tuple[str, list[str]]:
    """Return the parts as one text with a word of its own for each "?", and these words."""
    words = ("q" + "".join(letters) + "z" for letters in product(ascii_lowercase, repeat=3))
    made: list[str] = []
    used: list[str] = []
    for char in "".join(parts):
        if char == "?":
            used.append(next(words))
        made.append(used[-1] if char == "?" else char)
    return "".join(made), used


def lost(text: str, words: list[str], name: str) -> list[str]:
    said = "".join(held(convert(text.encode(), name=name)).replace("\xad", "").split()).casefold()
    return [word for word in words if word not in said]


# --- texts ------------------------------------------------------------------------------------------

LINES = [
    PROSE,
    f"{PROSE} {PROSE}",
    *("? ?", "?", "- ? ?", "* ?", "1. ? ?", "2) ?", "> ? said ?", ">> ?", "| ? | ? |", "?\t?\t?"),
    *("?   ?   ?", "By ? ?", "? ? | ?", "READ MORE: ? ?", "https://a.example/2024/?", "? = foo(?);"),
    *("URL: https://a.example/?", "12 March 2024 ?", "Published 12 March 2024", "© 2024 ?", "From: ?"),
    *("Subject: ? ?", "To: ?", "-- ", "?-", "BERLIN, March 12 (Reuters) - ? ?", "Page 3", "12", "* * *"),
    *("----------", "=" * 20, "", "", "", "\f?", "    ?\t?", "# ?", "?:", "“? ?”", "?\xad?", "Share"),
    *("Comments (3)", "Subscribe to ? now", "?: ?", "\t?", "?\x0b?", "?\u2028?", "<b>?</b>", "[?](?)"),
    *("&? ? &amp;", "① ?", "Already a subscriber? Log in."),
]


@EXAMPLES
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_no_word_of_a_text_is_lost(lines: list[str]) -> None:
    text, words = worded(["\n".join(lines)])
    assert lost(text, words, "dump.txt") == []


# --- pages ------------------------------------------------------------------------------------------

SHAPES = """
p p div span li ul ol td tr th table caption thead blockquote pre code a b em sup figure figcaption form
dl dt dd h1 h2 q object noscript svg text title template embed button select option textarea label video
audio canvas details summary fieldset legend math mi ruby rt center nav header footer aside main article
section address noframes xmp iframe x-box ins head body html font param source track picture map area
menu dialog output progress meter time mark bdo big small s u tt strike abbr wbr hgroup col colgroup
tbody tfoot optgroup datalist keygen menuitem applet frameset dir marquee nobr desc g
"""
TAGS = st.sampled_from(SHAPES.split())
TEXTS = st.sampled_from(
    [
        *("?", " ? ", PROSE, f"<p>{PROSE}", "?&nbsp;?", "?&amp;?", "&lt;?&gt;", "?&#8238;?", "&#1;?"),
        *("?&foo;?", "\n", "<br>?", "<hr>?", "<img src=a.jpg>?", "? < ?", "& ?", "<!-- x -->?", "?\f?"),
        *("<input value=x>?", "</p>"),
    ]
)
TRAITS = st.sampled_from(
    ["", "", "", " class=byline", " hidden", " class=comment", " id=n1", " href=#n1", " style='display:none'"]
)
MARKUP = st.one_of(
    TEXTS,
    st.tuples(TAGS, TRAITS).map(lambda pair: f"<{pair[0]}{pair[1]}>"),
    st.tuples(TAGS, TEXTS).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
)


@EXAMPLES
@given(st.lists(MARKUP, max_size=30), st.booleans())
def test_no_word_of_a_page_is_lost(parts: list[str], has_text: bool) -> None:
    head = "<!doctype html><html><head><title>The ferry stays</title></head><body><h1>The ferry stays</h1>"
    story = f"<p>{PROSE}</p>" * 4 if has_text else ""
    text, words = worded([head, story, *parts, story])
    assert lost(text, words, "page.html") == []


# --- feeds ------------------------------------------------------------------------------------------

FIELDS = """
title description content:encoded media:title media:description media:content link guid pubDate author name
dc:creator dc:date category summary content updated comments source itunes:summary image url
"""
SPACES = (
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
SAID = st.sampled_from(
    [
        *("?", PROSE, "? & ?", "?&nbsp;?", "&foo;?", "<!-- x -->?", "&lt;p&gt;?&lt;/p&gt;?", "&amp;#8238;?"),
        *(f"<![CDATA[<p>{PROSE}</p>?]]>", "<![CDATA[? & ?]]>", "? <b>?</b> ?", "", "12 March 2024"),
        *("https://a.example/?", "<name>? ?</name><uri>?</uri>", "?@a.example (? ?)", "By ? and ?, for ?"),
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>?</p>?</div>?',
        *("? < ?", "? <b ? ?", "<b>?", "? </p> ?", "<![CDATA[?]]> ? ]]> ?", "<1> ?", "? <?x ?", "</item> ?"),
    ]
)
CHILD = st.one_of(
    st.tuples(st.sampled_from(FIELDS.split()), SAID).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
    st.sampled_from(
        ["?", "<!-- x -->", "<media:content url='a.jpg'/>", "<link href='https://a.example/1'/>"]
    ),
)


@EXAMPLES
@given(
    st.lists(CHILD, max_size=4), st.lists(st.lists(CHILD, max_size=8), min_size=1, max_size=3), st.booleans()
)
def test_no_word_of_a_feed_is_lost(own: list[str], items: list[list[str]], is_atom: bool) -> None:
    root, item = ("feed", "entry") if is_atom else ("rss", "item")
    space = ' xmlns="http://www.w3.org/2005/Atom"' if is_atom else ""
    inside = [f"<{item}>{''.join(children)}</{item}>" for children in items]
    text, words = worded([f"<{root}{space}{SPACES}>", *own, *inside, f"</{root}>"])
    assert lost(text, words, "feed.xml") == []

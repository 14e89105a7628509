"""Hostile inputs: what is imported can be read in the site, what is no text is named and refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.intake import convert
from sitegen.pages.bodies import render_body
from tests.hostile.site import build, dangers, lay, run

PAGE = (
    "<!doctype html><html><head><meta charset={charset}><title>A day at the lake</title></head>"
    "<body><article>"
    "<h1>A day at the lake</h1>{inside}<p>The ferry crossed the water at noon, said the captain, and a "
    "second boat was set for the evening, with both of them full of people.</p>"
    "<p>The last line is this.</p></article>"
)
INSIDES = {
    "handler": "<p onfocusin=go(1) tabindex=1>x</p>",
    "frame": "<iframe srcdoc='<script>go(2)</script>'></iframe>",
    "open drawing": "<svg onload=go(3)>",
    "open formula": "<math><mtext>",
    "open frame": "<iframe src='data:text/html,x'>",
    "open menu": "<select autofocus onfocus=go(4)>",
    "address": "<p><a href='jav&#x09;ascript:go(5)'>x</a></p>",
    "refresh": "<meta http-equiv=refresh content='0;url=javascript:go(6)'><base href=//a.example/>",
    "markdown in text": "<p>[x](javascript:go(7)) ![y](//a.example/z.png) &lt;script&gt;</p>",
    "deep": "<div>" * 150 + "</div>" * 150,
    "shadow": "<div><template shadowrootmode=open><script>go(8)</script></template></div>",
}


@pytest.mark.parametrize("name", list(INSIDES))
def test_a_saved_page_is_read_and_acts_nowhere(tmp_path: Path, name: str) -> None:
    page = PAGE.format(charset="utf-8", inside=INSIDES[name])
    made = build(tmp_path, {"content/inbox/page.html": page})
    assert made.code == 0, made.said
    assert made.shows("The last line is this.")
    assert dangers(made) == []


@pytest.mark.parametrize("charset", ["utf-7", "punycode", "unicode_escape", "cp037", "rot13", "nonsense"])
def test_a_page_cannot_choose_an_encoding_that_hides_what_it_says(charset: str) -> None:
    page = PAGE.format(charset=charset, inside="<p>+ADw-b+AD4- \\x3cb\\x3e</p>")
    (article,) = convert(page.encode() + b"\xe9", name="page.html")
    assert "The last line is this." in article.markdown


FOREIGN = {
    "a.zip": b"PK\x03\x04" + bytes(range(256)),
    "short.zip": b"PK\x03\x04x",
    "a.gz": b"\x1f\x8b\x08" + bytes(50),
    "a.warc": b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nx",
    "a.tar": b"../../x".ljust(257, b"\0") + b"ustar\x0000" + bytes(512),
    "a.pdf": b"%PDF-1.7\nlines that could be read as a text of some length, one would think\n",
    "a.bin": bytes(range(32)) * 100,
    "a.xml": b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><r>&x;</r>",
}


@pytest.mark.parametrize("name", list(FOREIGN))
def test_what_is_no_text_is_named_and_refused(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"content/good.md": "# Good\n\nCalm.\n"})
    (tmp_path / name).write_bytes(FOREIGN[name])
    added = run(tmp_path, "add", str(tmp_path / name))
    assert name in added.said
    assert "skipped" in added.said
    assert not list(tmp_path.glob("content/articles/**/*.md"))


@pytest.mark.parametrize("marks", ["A and ", "U.S. ", "[^", "Mr. A ", "1. ", "<![CDATA[", "=\n", "a: b\n"])
def test_ten_thousand_marks_are_read_to_the_end(marks: str) -> None:
    """Each of these once took time that grew with its square, or a call for each of them."""
    text = "A day at the lake\n\n" + marks * 10_000 + "\n\nThe last line of it is this one, and it is whole."
    (article,) = convert(text.encode(), name="x.txt")
    assert article.title
    assert "it is whole" in render_body(text).html

import pytest

from sitegen.intake.read import read, sniffed, spelt

pytestmark = pytest.mark.quick
RUSSIAN = "Городской совет решил не сносить старую каланчу, а открыть в ней музей. " * 5
JAPANESE = "町議会は火曜日の夜、使われなくなった灯台を残す計画を可決した。" * 5


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        ("“Größe” – naïve cafés, à la carte. " * 20, "cp1252"),
        ("Zażółć gęślą jaźń, wszyscy ludzie rodzą się wolni. " * 10, "cp1250"),
    ],
)
def test_encoding_is_found_without_a_mark(text: str, encoding: str) -> None:
    characters = read(text.encode(encoding))
    assert (characters.text, characters.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides(encoding: str) -> None:
    assert read(RUSSIAN.encode(encoding)).text == RUSSIAN


def test_utf16_without_a_mark_is_seen_by_its_zero_bytes() -> None:
    assert read("A plain English line of text.\n".encode("utf-16-le") * 4).encoding == "utf-16-le"


def test_valid_utf8_beats_what_the_page_says() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Größe</p></body></html>'.encode()
    assert read(page).encoding == "utf-8"
    assert "Größe" in read(page).text


def test_what_the_page_says_beats_detection() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Да</p></body></html>'.encode("cp1251")
    assert (read(page).encoding, "Да" in read(page).text) == ("windows-1251", True)


def test_a_page_cannot_name_a_codec_that_is_no_encoding() -> None:
    page = b'<html><head><meta charset="rot13"></head><body>caf\xe9</body></html>'
    assert "café" in read(page).text


def test_one_bad_byte_does_not_turn_utf8_into_something_else() -> None:
    characters = read(RUSSIAN.encode() + b"\xd0")
    assert (characters.encoding, characters.unreadable) == ("utf-8", 1)


def test_control_characters_and_overrides_go_and_line_breaks_stay() -> None:
    assert read("a\x00b\r\nc\u202ed\re\u200bf ﬁn".encode()).text == "ab\ncd\nef fin"


def test_the_break_of_a_word_processor_parts_words_and_counts_as_no_line() -> None:
    assert read(b"one\x0btwo\nthree").text == "one two\nthree"


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("a&#1;b", "ab"),
        ("a&#8238;b&#x202E;c", "abc"),
        ("a&#xE001;b&#8203;c&ZeroWidthSpace;d", "abcd"),
        ("&#xFB01;n", "fin"),
        ("a&#12;b\fc", "a b c"),
        ("a&#128;b&#x85;", "a&#128;b&#x85;"),
        (
            "&#60;b&#62; &lt; &nbsp; &#160; &#10; &unknown; & &#",
            "&#60;b&#62; &lt; &nbsp; &#160; &#10; &unknown; & &#",
        ),
    ],
)
def test_no_reference_brings_in_what_reading_removes(markup: str, plain: str) -> None:
    assert spelt(markup) == plain


def test_a_page_that_begins_with_many_comments_is_told_at_once() -> None:
    remarks = "<!-- a -->\n" * 1000
    assert sniffed(f"{remarks}<!doctype html><p>x") == "html"
    assert sniffed(f"{remarks}<rss>") == "feed"
    assert sniffed(f"{remarks}Then a text.") == "text"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("\n<!-- saved --><html><body>", "html"),
        ("<p>One.</p><p>Two.</p>", "html"),
        ("In HTML, <p> and </p> make a paragraph. " * 30, "text"),
        ("7 Feb, 2018\n\nText.", "text"),
        ('<?xml version="1.0"?><rss version="2.0">', "feed"),
        ("", "text"),
    ],
)
def test_form_is_told_by_content(text: str, form: str) -> None:
    assert sniffed(text) == form

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake import convert
from tests.intake.account import missing_words

pytestmark = pytest.mark.quick
PARAGRAPHS = [
    f"<p>The council of the town met on day {n} and decided, after a long debate, to keep the old bridge.</p>"
    for n in range(8)
]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def page(inside: str, *, head: str = "") -> bytes:
    above, below = "".join(PARAGRAPHS[:4]), "".join(PARAGRAPHS[4:])
    return (
        f"<html lang=en><head><title>The bridge stays</title>{head}</head>"
        f"<body><article><h1>The bridge stays</h1>{above}{inside}{below}</article></body></html>"
    ).encode()


def markdown(inside: str) -> str:
    return convert(page(inside), name="page.html")[0].markdown


def test_footnote_survives_with_its_reference() -> None:
    note = '<ol><li id="n1">See the minutes of the year. <a href="#r1">back ↩</a></li></ol>'
    text = markdown(f'<p>It was built twice, the mayor said.<a id="r1" href="#n1"><sup>1</sup></a></p>{note}')
    assert "the mayor said.[^1]" in text
    assert "[^1]: See the minutes of the year." in text


def test_number_that_leads_to_a_section_is_no_footnote() -> None:
    assert "[^" not in markdown(
        '<p><a href="#s">1</a> The first section of it.</p><div id="s"><h2>One</h2></div>'
    )


def test_item_of_a_list_keeps_its_second_paragraph() -> None:
    text = markdown(
        "<ol start=4><li><p>Dry the clay first.</p><p>It takes a week.</p></li><li>Burn it.</li></ol>"
    )
    assert "4. Dry the clay first.\n\n    It takes a week.\n\n5. Burn it." in text


def test_lines_of_code_stay_one_piece_with_their_language() -> None:
    code = '<pre class="language-c"><div>int main() {</div><div>    return 0;</div>}</pre>'
    assert "```c\nint main() {\n    return 0;\n}\n```" in markdown(code)


def test_marks_in_a_cell_stay() -> None:
    rows = '<tr><th>Town<th>Bridge<tr><td><a href="https://a.example/">Aby</a></td><td>a | b</td></tr>'
    assert "| [Aby](https://a.example/) | a &#124; b |" in markdown(f"<table>{rows}</table>")


def test_list_in_a_quotation_stays_in_it() -> None:
    quote = "<blockquote><p>We want from the town:</p><ul><li>a bridge</li><li>a boat</li></ul></blockquote>"
    assert "> We want from the town:\n>\n> - a bridge\n> - a boat" in markdown(quote)


def test_film_from_elsewhere_becomes_a_link() -> None:
    frame = '<iframe src="//film.example/7" title="The bridge at night"></iframe>'
    assert "[The bridge at night](https://film.example/7)" in markdown(frame)


def test_frame_of_an_advertisement_does_not() -> None:
    assert "shop.example" not in markdown(
        '<iframe src="https://shop.example/" title="Advertisement"></iframe>'
    )


def test_raised_and_lowered_figures_stay_so() -> None:
    assert "12 m² of CO₂" in markdown(
        "<p>It takes 12 m<sup>2</sup> of CO<sub>2</sub> and the like of it.</p>"
    )


def test_caption_stands_with_its_picture_and_not_in_the_text() -> None:
    figure = '<figure><img src="https://a.example/b.jpg"><figcaption>The old bridge</figcaption></figure>'
    article = convert(page(figure), name="page.html")[0]
    assert "![](https://a.example/b.jpg)\\\n*The old bridge*" in article.markdown
    assert "The old bridge\n" not in article.body
    assert "The old bridge" not in [dropped.text for dropped in article.dropped]


def test_picture_in_the_page_comes_with_its_bytes() -> None:
    source = "data:image/png;base64," + base64.b64encode(PNG).decode()
    article = convert(page(f'<img src="{source}" alt="A bridge">'), name="page.html")[0]
    assert [picture.content for picture in article.pictures] == [PNG]
    assert f"![A bridge]({article.pictures[0].address})" in article.markdown


def test_picture_beside_the_page_is_named_as_the_page_does() -> None:
    article = convert(page('<img src="./p_files/a%20b.jpg">'), name="page.html")[0]
    assert [(p.address, p.path) for p in article.pictures] == [("p_files/a%20b.jpg", "./p_files/a b.jpg")]


@pytest.mark.parametrize("attributes", ['width="32"', 'height="1"', 'class="emoji" width="20"'])
def test_icons_are_no_pictures(attributes: str) -> None:
    assert "i.png" not in markdown(f'<img src="https://a.example/i.png" {attributes}>')


def test_form_around_the_whole_page_does_not_take_its_text() -> None:
    raw = page("").replace(b"<body>", b"<body><form>").replace(b"</body>", b"</form></body>")
    assert "decided, after a long debate" in convert(raw, name="page.html")[0].body


@pytest.mark.parametrize("depth", [300, 3000])
def test_text_in_a_deep_nest_is_not_lost(depth: int) -> None:
    raw = page("").replace(b"<article>", b"<div>" * depth)
    assert "to keep the old bridge" in convert(raw, name="page.html")[0].body


@pytest.mark.parametrize("tag", ["sup", "ins", "label", "header", "code", "x-box", "button", "section", "h3"])
def test_a_tag_that_each_paragraph_leaves_open_loses_none(tag: str) -> None:
    words = "".join(f"<p>The council met on day number{n} of the year, <{tag}>and went." for n in range(1200))
    raw = f"<html><body>{words}".encode()
    assert missing_words(raw, convert(raw, name="page.html")) == []


@pytest.mark.parametrize(
    "aside",
    [
        "<object data=x><param name=y><p>Fallback words</p></object>",
        "<p>one<object data=x>two</object>three</p>",
        "<p>before the film<embed src=x>behind it</p>",
    ],
)
def test_what_stands_in_for_an_object_is_accounted_for(aside: str) -> None:
    raw = page(aside)
    assert missing_words(raw, convert(raw, name="page.html")) == []


def test_text_behind_the_end_of_the_page_is_text() -> None:
    raw = page("</article></body></html>")
    assert convert(raw, name="page.html")[0].body.count("to keep the old bridge") == 8


def test_text_after_an_embedded_film_is_text() -> None:
    assert "It was shown to the council twice" in markdown(
        '<p>There is a film of it. <embed src="a.mp4">It was shown to the council twice, in May and June.</p>'
    )


def test_what_the_head_says_without_scripts_is_accounted_for() -> None:
    raw = page("", head="<noscript>Turn scripts on</noscript>")
    (article,) = convert(raw, name="page.html")
    assert ("Turn scripts on", "no-script") in [(d.text, d.reason) for d in article.dropped]
    assert [d.text for d in article.dropped if d.reason == "page-title"] in ([], ["The bridge stays"])


def test_a_button_in_a_row_does_not_take_the_row_with_it() -> None:
    rows = "<tr><th>Sort<th>Bridge<tr><td><button>Press</button></td><td>The old one of the town</td></tr>"
    article = convert(page(f"<table>{rows}</table>"), name="page.html")[0]
    assert "|  | The old one of the town |" in article.markdown
    assert ("Press", "form") in [(d.text, d.reason) for d in article.dropped]


@pytest.mark.parametrize("depth", [1, 300])
def test_first_sentence_is_no_title_where_the_page_has_one(depth: int) -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    raw = f"<html><head><title>Ferry opens</title></head><body>{'<div>' * depth}{text}</body></html>"
    article = convert(raw.encode(), name="page.html")[0]
    assert (article.title, article.body) == ("Ferry opens", "\n\n".join(SENTENCES))


SENTENCES = (
    "The ferry of district nine opened again on Tuesday after three months of repairs, the council said.",
    "Engineers replaced forty of its beams, the district said in a letter to all of the residents.",
    "Some ninety residents came to see the ferry, five of them until dusk, and the band played on.",
)
SHAPES = """p div span li ul ol td tr table blockquote pre a b em sup figure figcaption form dl dt dd br h2
    iframe q object noscript svg embed button select video template label"""
TAGS = st.sampled_from(SHAPES.split())
WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=12)


@given(st.lists(st.tuples(TAGS, WORDS, st.booleans()), max_size=25))
def test_every_word_of_a_page_is_accounted_for(parts: list[tuple[str, str, bool]]) -> None:
    inside = "".join(
        f"<{tag}>{text}" + (f"</{tag}>" if closed or tag == "iframe" else "") for tag, text, closed in parts
    )
    raw = page(inside)
    assert missing_words(raw, convert(raw, name="page.html")) == []

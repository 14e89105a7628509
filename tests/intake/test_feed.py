"""Feeds as they are met: with remarks, pictures' descriptions, entities and mixed text."""

import pytest

from sitegen.intake import convert
from sitegen.intake.wishes import Lines
from sitegen.model import Article

pytestmark = pytest.mark.quick
TEXT = "The council voted late on Tuesday to keep the ferry running until the end of March. " * 3
NAMESPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def rss(item: str, channel: str = "<title>The Courier</title>") -> tuple[Article, ...]:
    made = f'<?xml version="1.0"?>\n<rss version="2.0" {NAMESPACES}><channel>{channel}{item}</channel></rss>'
    return convert(made.encode(), name="feed.xml")


def said(article: Article) -> list[str]:
    return [dropped.text for dropped in article.dropped]


@pytest.mark.parametrize("remark", ["<!-- made by hand -->", "<?made by hand?>"])
def test_a_remark_in_a_feed_is_passed_over(remark: str) -> None:
    item = f"<item>{remark}<title>Ferry stays</title><description>{remark}{TEXT}</description></item>"
    (article,) = rss(item, f"{remark}<title>The Courier</title>{remark}")
    assert (article.title, article.body) == ("Ferry stays", TEXT.strip())


def test_entities_of_html_and_bare_signs_stay_in_a_feeds_text() -> None:
    item = f"<title>Caf&eacute; &amp; bar</title><description>{TEXT} AT&T&nbsp;and &what; else.</description>"
    (article,) = rss(f"<item>{item}</item>")
    assert article.title == "Café & bar"
    assert article.body.endswith("AT&T and &what; else.")


@pytest.mark.parametrize(
    "beside",
    [
        '<media:content url="https://courier.example/a.jpg"/>',
        '<media:content url="a.jpg"><media:description>A boat</media:description></media:content>',
        "<media:title>A boat</media:title>",
        "<content:encoded/>",
        "<content:encoded> </content:encoded>",
    ],
)
def test_what_describes_a_picture_does_not_stand_for_the_text(beside: str) -> None:
    item = f"{beside}<title>Ferry stays</title><description>{TEXT}</description>"
    (article,) = rss(f"<item>{item}</item>")
    assert (article.title, article.body) == ("Ferry stays", TEXT.strip())
    assert ("A boat" in said(article)) == ("A boat" in beside)


def test_text_before_an_element_is_part_of_an_entry() -> None:
    (article,) = rss(
        f"<item><title>A</title><description>Words before <b>bold</b> &lt; {TEXT}</description></item>"
    )
    assert article.body.startswith("Words before bold < The council")


def test_text_before_the_first_element_of_an_atom_entry_stays() -> None:
    inside = f'Words before <div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div>'
    entry = f'<entry><title>A</title><content type="xhtml">{inside}</content></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{entry}</feed>'
    assert "Words before" in convert(feed.encode(), name="feed.xml")[0].body


def test_what_a_feed_says_and_no_field_takes_is_accounted_for() -> None:
    item = (
        "loose words<title>A</title><pubDate>one of these days</pubDate><date>2024-03-01</date>"
        f"<link>https://a.example/1</link><link>https://a.example/2</link><description>{TEXT}</description>"
    )
    (article,) = rss(
        f"<item>{item}</item>", "<title>The Courier</title><image><title>Boat</title></image>more"
    )
    assert str(article.date) == "2024-03-01"
    assert article.url == "https://a.example/1"
    assert sorted(said(article)) == [
        "Boat",
        "https://a.example/2",
        "loose words",
        "more",
        "one of these days",
    ]


def test_lines_of_an_entry_are_those_of_the_feed() -> None:
    inside = f"<p>{TEXT}</p>\n<p>Read more: The last lighthouse</p>\n<p>{TEXT.replace('ferry', 'boat')}</p>"
    item = f"\n<item><title>A</title>\n<description><![CDATA[{inside}]]></description></item>"
    made = f'<rss version="2.0"><channel><title>F</title>{item}{item}</channel></rss>'
    lines = made.split("\n")
    first, second = convert(made.encode(), name="feed.xml")
    for article, at in ((first, 4), (second, 8)):
        assert [d.line for d in article.dropped if "lighthouse" in d.text] == [at]
        assert "lighthouse" in lines[at - 1]
        assert article.evidence["body"].value == f"{at - 1}, {at + 1}"
    _, after = convert(made.encode(), name="feed.xml", lines=Lines(drop=("9",)))
    assert "boat" not in after.body


def test_characters_that_steer_the_line_do_not_come_in_by_reference() -> None:
    item = f"<title>Ferry &#8238;stays</title><description>{TEXT}&amp;#8238;&amp;#1;x</description>"
    (article,) = rss(f"<item>{item}</item>")
    assert article.title == "Ferry stays"
    assert article.markdown == f"{TEXT}x"


def test_an_entry_without_text_keeps_its_fields() -> None:
    (article,) = rss(
        "<item><title>A</title><link>https://a.example/1</link><pubDate>2024-03-01</pubDate>"
        "<author>Ann Weaver on the ferry</author></item>"
    )
    assert (article.url, str(article.date), article.source) == (
        "https://a.example/1",
        "2024-03-01",
        "The Courier",
    )
    assert article.authors == ("Ann Weaver",)
    assert said(article) == ["Ann Weaver on the ferry"]
    assert [problem.code for problem in article.diagnostics] == ["no-article"]

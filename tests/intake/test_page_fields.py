import pytest

from sitegen.intake import convert

pytestmark = pytest.mark.quick
TEXT = "".join(
    f"<p>The council of the town met on day {n} and decided, after a long debate, to keep the old bridge.</p>"
    for n in range(12)
)


def page(head: str, above: str = "", below: str = "") -> bytes:
    return (
        f"<html lang=en><head><title>The bridge stays - The Paper</title>{head}</head><body>"
        f"<main><article><h1>The bridge stays</h1>{above}{TEXT}{below}</article></main></body></html>"
    ).encode()


def authors(raw: bytes) -> tuple[str, ...]:
    return convert(raw, name="page.html")[0].authors


def date(raw: bytes) -> str | None:
    found = convert(raw, name="page.html")[0].date
    return str(found) if found else None


@pytest.mark.parametrize(
    "byline",
    [
        '<aside class="post-author">Ann Weaver</aside>',
        '<p>7 May</p><a href="/news/authors/ann-weaver">Ann Weaver</a>',
        '<p>Written by</p><p>Ann Weaver</p>',
        '<div class="author"><span>Author</span><span>Ann Weaver</span></div>',
        '<div class="author-box"><h4 class="author-name">Ann Weaver</h4><p>She writes.</p></div>',
    ],
)  # fmt: skip
def test_author_is_found_where_pages_put_it(byline: str) -> None:
    assert authors(page("", byline)) == ("Ann Weaver",)


def test_person_on_the_page_beats_the_organisation_in_its_data() -> None:
    data = '{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "The Paper"}}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert authors(page(head)) == ("The Paper",)
    assert authors(page(head, '<a rel="author">Ann Weaver</a>')) == ("Ann Weaver",)


@pytest.mark.parametrize("given", ["page.head.author", "content: A, design: B", "admin"])
def test_template_remains_are_no_author(given: str) -> None:
    assert authors(page(f'<meta name="author" content="{given}">')) == ()


def test_mail_address_beside_a_name_is_no_name() -> None:
    assert authors(page('<meta name="author" content="Ann Weaver, ann@paper.example">')) == ("Ann Weaver",)


def test_printed_date_beats_a_later_one_in_the_data() -> None:
    head = '<meta property="article:published_time" content="2020-03-02T01:00:00Z">'
    assert date(page(head, "<p>March 1, 2020</p>")) == "2020-03-01"
    assert date(page(head, "<p>June 9, 2021</p>")) == "2020-03-02T01:00+00:00"


def test_date_of_an_update_is_no_date_of_publication() -> None:
    assert date(page("", "<p>Updated on March 1, 2020</p>")) is None


def test_address_with_a_day_dates_a_page_that_says_nothing_else() -> None:
    assert (
        date(page('<link rel="canonical" href="https://paper.example/2020/03/01/bridge/">')) == "2020-03-01"
    )


def test_site_name_in_the_first_heading_is_no_title() -> None:
    raw = page("").replace(b"<main>", b'<h1><a href="/">The Paper</a></h1><main>')
    assert convert(raw, name="page.html")[0].title == "The bridge stays"


def test_lines_that_a_plan_repeats_stay() -> None:
    days = "".join(
        f"<h3>Day {n}</h3><p>Eat one hour before the training begins.</p><p>Day {n} is for the legs, and"
        " you should take your time with every single exercise of it.</p>"
        for n in range(9)
    )
    body = convert(page("", days), name="page.html")[0].body
    assert body.count("Eat one hour before") == 9


def test_a_base_that_is_no_address_is_passed_over() -> None:
    text = "<p>" + "The council voted late on Tuesday to keep the ferry running until the end of March. " * 6
    page = f'<link rel="canonical" href="http://x.example/a"><base href="//[x"><h1>Ferry stays</h1>{text}'
    assert "the council voted" in convert(page.encode(), name="a.html", form="html")[0].body.lower()


def test_characters_that_steer_the_line_come_in_by_no_door() -> None:
    data = r'{"@type": "NewsArticle", "author": "Ann\u202e &#8238;Weaver", "keywords": ["old\u202e bridge"]}'
    head = f'<script type="application/ld+json">{data}</script>'
    raw = page(
        head,
        "<p>It was a fi&#1;ne day &#x202E;in the town, &#xE001;where all met.</p><svg>t<p>b</p></svg>",
    )
    (article,) = convert(raw.replace(b"The bridge", b"The&#8238; bridge"), name="page.html")
    assert (article.title, article.authors) == ("The bridge stays", ("Ann Weaver",))
    assert article.evidence["keywords"].value == "old bridge"
    assert "It was a fine day in the town, where all" in article.markdown


def test_data_nested_by_the_hundred_thousand_is_read() -> None:
    data = "[" + ",".join(["[" + ",".join(["[1]"] * 5000) + "]"] * 40) + "]"
    assert authors(page(f'<script type="application/ld+json">{data}</script>')) == ()


@pytest.mark.parametrize("value", ["a" * 40_000, "@" * 1600, "a@" * 20_000])
def test_an_author_of_many_thousand_letters_is_none(value: str) -> None:
    assert authors(page(f'<meta name="author" content="{value}">')) == ()

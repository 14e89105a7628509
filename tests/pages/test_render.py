"""Templates: their errors name a place, their digests cover what they use, their links are relative."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest
from msgspec.structs import replace

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.pages.render import Renderer
from sitegen.pages.theme import template_digest
from sitegen.pages.words import ENGLISH
from tests.pages.sites import TEMPLATES, article, site, sources

pytestmark = pytest.mark.quick


def rendered(templates: dict[str, str]) -> bytes:
    page = site().plan()["index.html"]
    made = Renderer({**sources(), **templates}, Config())
    return made.render(page.path, page.kind, page.template, page.view())


def test_a_syntax_error_names_template_and_line() -> None:
    with pytest.raises(SitegenError) as caught:
        Renderer({**sources(), "home.html": "<p>\n{% if %}\n"}, Config()).check()
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.excerpt) == ("templates/home.html", 2, "{% if %}")


def test_a_name_that_does_not_exist_names_template_and_line() -> None:
    with pytest.raises(SitegenError) as caught:
        rendered({"home.html": "<p>\n\n{{ view.titel }}\n"})
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("templates/home.html", 3)
    assert "titel" in problem.message


def test_an_error_in_an_included_part_names_the_part() -> None:
    with pytest.raises(SitegenError) as caught:
        rendered({"parts/searchbox.html": "\n{{ 1 / 0 }}"})
    assert caught.value.problems[0].file == "templates/parts/searchbox.html"
    assert caught.value.problems[0].line == 2


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(SitegenError, match=r"nowhere\.html"):
        rendered({"home.html": '{% extends "nowhere.html" %}'})


def test_a_change_reaches_what_extends_or_includes_it_and_nothing_else() -> None:
    after = {**sources(), "parts/searchbox.html": "other"}
    assert template_digest("home.html", sources()) != template_digest("home.html", after)
    assert template_digest("redirect.html", sources()) == template_digest("redirect.html", after)


def test_a_computed_reference_depends_on_every_template() -> None:
    own = {**sources(), "home.html": "{% include part %}"}
    assert template_digest("home.html", own) != template_digest("home.html", {**own, "page.html": "other"})


def test_a_users_template_may_override_one_block() -> None:
    own = '{% extends "base.html" %}{% block main %}<h1>{{ view.count }}</h1>{% endblock %}'
    assert b"<h1>12</h1>" in rendered({"home.html": own})


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "xlink:href") and value:
                self.found.append(value)
            if name == "id" and value:
                assert value not in self.ids, value
                self.ids.add(value)


def test_every_link_is_relative_and_leads_to_a_file() -> None:
    made = site(*(article(n) for n in range(25)), article(30, date="none"), per_page=10)
    files = made.files()
    read = {}
    for path, text in files.items():
        if path.endswith(".html"):
            read[path] = _Links()
            read[path].feed(text)
    for path, links in read.items():
        for link in links.found:
            if link.startswith(("http://", "https://")) or path == "404.html":
                continue
            assert not link.startswith("/"), (path, link)
            target, _, fragment = link.partition("#")
            there = normpath(join(dirname(path), target)) if target else path
            there = f"{there}/index.html".removeprefix("./") if target.endswith("/") else there
            made_elsewhere = there.startswith(("assets/", "search/directory"))
            assert there in files or made_elsewhere, (path, link)
            if fragment and not fragment.startswith(":~:"):
                assert fragment in read[there].ids, (path, link)


def test_the_page_for_lost_readers_starts_its_links_at_the_root() -> None:
    text = site(base_url="https://a.example/archive").render("404.html")
    links = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    assert all(link.startswith(("/archive/", "#")) for link in links)


def test_full_addresses_appear_only_with_a_base_address() -> None:
    assert "canonical" not in site().render("index.html")
    made = site(base_url="https://a.example/archive").render("1961/01/probe-0/index.html")
    assert '<link rel="canonical" href="https://a.example/archive/1961/01/probe-0/">' in made


def test_the_text_is_alone_before_what_is_said_about_it() -> None:
    text = site().render("1961/02/probe-1/index.html")
    assert text.index('<p id="p1">') < text.index("</main>") < text.index('class="after"')
    assert 'data-kind="article"' in text


def test_the_margin_names_an_actor_where_it_is_first_named() -> None:
    text = site().render("1961/02/probe-1/index.html")
    note = text.index('<a class="note" href="../../../actors/ada-quill/">')
    assert note < text.index('<p id="p1">')
    assert "<small>×2</small>" in text  # by full name and by surname


def test_an_article_in_another_language_says_so() -> None:
    made = site(article(0, lang="ar"), article(1, lang="en"))
    assert '<article lang="ar" dir="rtl">' in made.render("1961/01/probe-0/index.html")
    assert "<article>" in made.render("1961/02/probe-1/index.html")


def test_a_stub_says_that_it_is_one() -> None:
    made = site(article(0, text="", summary="S"))
    stub = replace(made.articles[0][0], front=replace(made.articles[0][0].front, text="missing"))
    assert "A stub:" in replace(made, articles=((stub, ""),)).render("1961/01/probe-0/index.html")


def test_citations_come_in_three_forms() -> None:
    text = site().render("1961/02/probe-1/index.html")
    assert "“Probe number 1 leaves”, The Harbour Gazette, 2 February 1961, https://news.example/1." in text
    assert "@article{probe-1," in text
    assert "TY  - NEWS" in text


def test_titles_of_pages_differ() -> None:
    files = site(*(article(n) for n in range(25)), per_page=10).files()
    titles = [re.search("<title>(.*?)</title>", t, re.S) for p, t in files.items() if p.endswith(".html")]
    texts = [t.group(1) for t in titles if t]
    assert len(texts) == len(set(texts))


def test_every_message_of_the_templates_is_in_the_table() -> None:
    used = set()
    for text in sources().values():
        used |= set(re.findall(r"\bt\('([a-z0-9-]+)'[,)]", text))
    assert used <= ENGLISH.keys()


def test_style_and_script_stay_small() -> None:
    import gzip

    style = b"".join((TEMPLATES / "assets" / n).read_bytes() for n in ("tokens.css", "site.css"))
    assert len(gzip.compress(style)) < 9_000
    assert len(gzip.compress((TEMPLATES / "assets" / "site.js").read_bytes())) < 2_000


@pytest.mark.parametrize(
    "reference",
    [
        "{% include 'parts/a.html' if x else 'parts/b.html' %}",
        "{%+ include x %}",
        "{% extends x %}",
        "{% include('parts/b.html') %}",
        "{% include'parts/b.html' %}",
        r"{% include 'parts/\x62.html' %}",
    ],
)
def test_a_reference_that_could_be_any_template_stands_for_all(reference: str) -> None:
    own = {"home.html": reference, "parts/a.html": "a", "parts/b.html": "b"}
    assert template_digest("home.html", own) != template_digest("home.html", {**own, "parts/b.html": "c"})


def test_a_template_of_ones_own_can_extend_the_default_one() -> None:
    own = {**sources(), "default/page.html": sources()["page.html"]}
    own["page.html"] = "{% extends 'default/page.html' %}{% block main %}mine{% endblock %}"
    Renderer(own, Config()).check()
    assert template_digest("page.html", own) != template_digest("page.html", sources())

"""Staleness: which pages change when something changes, and that nothing that changed is missed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.model import Actor, Quote
from sitegen.pages.views import FreePage
from sitegen.vocabulary import vocabulary
from tests.pages.sites import ACTORS, TOPICS, MadeSite, article, site

pytestmark = pytest.mark.quick


def changed(before: MadeSite, after: MadeSite) -> set[str]:
    old, new = before.digests(), after.digests()
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def articles_in(paths: set[str]) -> set[str]:
    return {p for p in paths if p[:4].isdecimal() and p.count("/") == 3 and "page/" not in p}


def test_planning_twice_gives_the_same_digests() -> None:
    assert site().digests() == site().digests()


def test_an_edited_body_makes_its_own_page_stale_and_no_other_article() -> None:
    made = [article(n) for n in range(40)]
    after = list(made)
    after[20] = (replace(made[20][0], digest="other"), made[20][1] + "\n\nMore.")
    assert changed(site(*made), site(*after)) == {"1961/09/probe-20/index.html"}


def test_a_new_title_reaches_the_lists_and_only_near_articles() -> None:
    made = [article(n, date=f"19{60 + n // 12}-{n % 12 + 1:02d}-03") for n in range(96)]
    after = list(made)
    after[48] = article(48, date="1964-01-03", title="Another title")
    stale = changed(site(*made), site(*after))
    assert "index.html" not in articles_in(stale)
    assert {"articles/index.html", "1964/index.html", "1964/01/index.html"} <= stale
    assert "1964/01/probe-48/index.html" in stale
    assert len(articles_in(stale)) < 14


def test_an_article_added_far_away_leaves_an_article_page_alone() -> None:
    made = [article(n, date=f"19{60 + n // 12}-{n % 12 + 1:02d}-03") for n in range(96)]
    stale = changed(site(*made), site(*made, article(500, date="1975-05-05")))
    assert "1975/05/probe-500/index.html" in stale
    assert len(articles_in(stale)) < 14
    assert "1960/02/probe-1/index.html" not in stale


def test_a_renamed_actor_reaches_every_page_that_names_it() -> None:
    before = site()
    renamed = tuple(replace(a, name="Countess Quill") if a.id == "ada-quill" else a for a in ACTORS)
    after = replace(before, words=vocabulary(renamed, TOPICS))
    stale, files, old = changed(before, after), after.files(), before.files()
    assert {p for p in files if files[p] != old.get(p)} <= stale


def test_settings_that_templates_see_make_every_page_stale() -> None:
    before, after = site(), site(author="Somebody")
    pages = {p for p in before.plan() if p.endswith(".html")}
    assert pages <= changed(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"accent": "red", "dark": "no"}, {"dark": "no", "accent": "red"}),
        ({"menu": {"a": 1, "b": 2}}, {"menu": {"b": 2, "a": 1}}),
        ({"since": datetime.date(2018, 2, 7)}, {"since": "2018-02-07"}),
    ],
)
def test_theme_options_in_another_order_or_of_another_kind_make_every_page_stale(
    before: dict[str, object], after: dict[str, object]
) -> None:
    pages = {p for p in site().plan() if p.endswith(".html")}
    assert pages <= changed(site(theme_options=before), site(theme_options=after))


@settings(max_examples=12, deadline=None)
@given(
    st.integers(0, 5),
    st.sampled_from(["title", "source", "place", "agency", "summary", "lang", "added", "original", "url"]),
    st.sampled_from(["Other", "fr", "Zed & Sons"]),
)
def test_no_file_changes_without_its_digest(number: int, field: str, value: str) -> None:
    made = [article(n) for n in range(6)]
    after = list(made)
    after[number] = article(number, **{field: value})
    before_site, after_site = site(*made), site(*after)
    old, new = before_site.files(), after_site.files()
    different = {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)}
    assert different <= changed(before_site, after_site)


@settings(max_examples=12, deadline=None)
@given(
    st.integers(0, 5),
    st.sampled_from(["topics", "actors", "tags", "authors", "aliases"]),
    st.lists(st.sampled_from(["ada-quill", "probes", "New one", "northland"]), max_size=3, unique=True),
)
def test_no_file_changes_without_its_digest_when_terms_change(
    number: int, field: str, values: list[str]
) -> None:
    made = [article(n) for n in range(6)]
    after = list(made)
    after[number] = article(number, **{field: tuple(values)})
    before_site, after_site = site(*made), site(*after)
    old, new = before_site.files(), after_site.files()
    different = {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)}
    assert different <= changed(before_site, after_site)


def test_a_removed_article_takes_its_pages_with_it() -> None:
    made = [article(n) for n in range(12)]
    before, after = site(*made), site(*made[:-1])
    assert "1961/12/probe-11/index.html" in before.plan()
    assert "1961/12/probe-11/index.html" not in after.plan()


def test_a_quotation_reaches_its_speakers_page_alone() -> None:
    before = site()
    key = "1961/02/probe-1"
    after = replace(before, quotes=((key, (Quote("ada-quill", "We waited.", 2),)),))
    assert changed(before, after) == {"actors/ada-quill/index.html"}
    assert f'href="../../{key}/#p2"' in after.render("actors/ada-quill/index.html")


def test_every_address_of_the_contract_is_there() -> None:
    plan = site(article(0), article(1), article(2, date="1961"), article(3, date="none")).plan()
    wanted = (
        "index.html 404.html articles/index.html 1961/index.html 1961/00/index.html undated/index.html "
        "1961/01/index.html 1961/01/probe-0/index.html undated/probe-3/index.html topics/index.html "
        "topics/probes/index.html topics/probes/feed.xml actors/index.html actors/ada-quill/index.html "
        "actors/ada-quill/feed.xml tags/index.html tags/telemetry/index.html sources/index.html "
        "sources/the-harbour-gazette/index.html places/index.html timeline/index.html search/index.html "
        "feed.xml sitemap.xml robots.txt .nojekyll _headers"
    )
    assert set(wanted.split()) <= plan.keys()


def test_an_archive_without_articles_has_its_pages_all_the_same() -> None:
    empty = replace(site(), articles=())
    files = empty.files()
    assert {"index.html", "articles/index.html", "topics/index.html", "search/index.html"} <= files.keys()
    assert all(text for path, text in files.items() if path.endswith(".html"))


def test_lists_are_paged() -> None:
    made = site(*(article(n) for n in range(25)), per_page=10)
    plan = made.plan()
    assert {"articles/index.html", "articles/page/2/index.html", "articles/page/3/index.html"} <= plan.keys()
    assert "articles/page/4/index.html" not in plan
    second = made.render("articles/page/2/index.html")
    assert 'href="../../../articles/"' in second
    assert 'href="../../../articles/page/3/"' in second
    assert "Page 2 of 3" in second


def test_a_page_that_exists_is_never_replaced_by_a_redirect() -> None:
    made = site(article(0, aliases=("articles", "old/place", "topics/probes")), article(1))
    plan = made.plan()
    assert plan["articles/index.html"].kind == "list"
    assert plan["topics/probes/index.html"].kind == "topic"
    assert plan["old/place/index.html"].kind == "redirect"
    moved = made.render("old/place/index.html")
    assert 'content="0; url=../../1961/01/probe-0/"' in moved


def test_a_markdown_copy_is_never_in_the_way_of_a_redirect() -> None:
    copy = "1961/01/probe-0/article.md"
    aliases = (copy, f"{copy.upper()}/old", "old/article.md")
    without = site(article(0, aliases=aliases), article(1)).plan()
    assert {f"{copy}/index.html", "old/article.md/index.html"} <= without.keys()
    plan = site(article(0, aliases=aliases), article(1), theme_options={"markdown": True}).plan()
    assert plan[copy].kind == "markdown"
    assert [p for p in plan if plan[p].kind == "redirect"] == ["old/article.md/index.html"]


def test_free_pages_stand_at_their_own_address() -> None:
    made = replace(site(), free=(FreePage("about", "About this", "Made by *hand*."),))
    assert "<em>hand</em>" in made.render("about/index.html")
    assert 'href="./about/"' in made.render("index.html")


def test_a_hidden_parent_is_no_link() -> None:
    actors = (*ACTORS, Actor("crew", "The crew", parent="nobody-known"))
    made = replace(site(article(0, actors=("crew",))), words=vocabulary(actors, TOPICS))
    assert "nobody-known" not in made.render("actors/crew/index.html")


def test_parent_and_child_that_change_places_are_another_family() -> None:
    def family(parent: dict[str, str]) -> MadeSite:
        words = vocabulary([replace(a, parent=parent.get(a.id)) for a in ACTORS], TOPICS)
        return replace(site(*(article(n) for n in range(8))), words=words)

    before = family({"ada-quill": "luna-bureau"})
    after = family({"luna-bureau": "ada-quill"})
    assert {"actors/luna-bureau/index.html", "actors/ada-quill/index.html"} <= changed(before, after)


def test_a_front_page_has_bars_and_news_whatever_dates_there_are() -> None:
    made = site(article(1, date="2019"), article(2, date="0001-01-01"), article(3, date="none"), article(4))
    assert "1961" in made.render("index.html")

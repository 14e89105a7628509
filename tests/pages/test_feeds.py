"""Feeds, sitemap and the other files that programs read."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import feedparser
import pytest
from msgspec.structs import replace

from sitegen.pages import files
from sitegen.pages.feeds import moment
from tests.pages.sites import article, site

pytestmark = pytest.mark.quick
BASE = "https://a.example/archive"


def test_a_feed_gives_the_newest_arrivals_with_full_addresses() -> None:
    made = site(*(article(n, added=f"2026-01-{n + 1:02d}") for n in range(25)), base_url=BASE)
    feed = feedparser.parse(made.render("feed.xml"))
    assert not feed.bozo
    assert feed.feed.title == "Dispatches"
    assert len(feed.entries) == 20
    assert feed.entries[0].link == f"{BASE}/1961/01/probe-24/"
    assert feed.entries[0].updated == "2026-01-25T00:00:00Z"
    assert feed.entries[0].summary.startswith("Ada Quill spoke")


def test_topics_and_actors_have_feeds_of_their_own() -> None:
    made = site(base_url=BASE)
    feed = feedparser.parse(made.render("actors/ada-quill/feed.xml"))
    assert feed.feed.title == "Ada Quill · Dispatches"
    assert feed.feed.id == f"{BASE}/actors/ada-quill/"
    assert len(feed.entries) == 6


def test_whole_texts_have_addresses_that_work_in_a_reader() -> None:
    other = article(1)
    linking, text = article(0, text="See [the other](../02/probe-1.md).")
    made = site((replace(linking, links=("../02/probe-1.md",)), text), other, base_url=BASE, feeds="full")
    feed = feedparser.parse(made.render("feed.xml"))
    content = next(e.content[0].value for e in feed.entries if e.link.endswith("probe-0/"))
    assert f'href="{BASE}/1961/02/probe-1/"' in content


def test_without_an_address_a_feed_names_its_articles_all_the_same() -> None:
    feed = feedparser.parse(site().render("feed.xml"))
    assert not feed.bozo
    assert all(e.id.startswith("urn:uuid:") for e in feed.entries)
    assert len({e.id for e in feed.entries}) == len(feed.entries)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", "1970-01-01T00:00:00Z"),
        ("1961", "1961-01-01T00:00:00Z"),
        ("1961-04", "1961-04-01T00:00:00Z"),
        ("1961-04-12", "1961-04-12T00:00:00Z"),
        ("1961-04-12T09:07", "1961-04-12T09:07:00Z"),
        ("1961-04-12T09:07:10+03:00", "1961-04-12T09:07:10+03:00"),
    ],
)
def test_a_moment_is_rfc_3339_whatever_is_known(date: str, expected: str) -> None:
    assert moment(date) == expected


def test_the_sitemap_lists_every_page_once() -> None:
    made = site(base_url=BASE)
    tree = ET.fromstring(made.render("sitemap.xml"))
    listed = [e.text or "" for e in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = [p for p in made.plan() if p.endswith("index.html")]
    assert sorted(listed) == sorted(f"{BASE}/{p.removesuffix('index.html')}" for p in pages)


def test_a_large_sitemap_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SITEMAP_SIZE", 10)
    made = site(base_url=BASE)
    assert f"<loc>{BASE}/sitemap-2.xml</loc>" in made.render("sitemap.xml")
    assert made.render("sitemap-2.xml").count("<loc>") == 10


def test_robots_follow_the_setting() -> None:
    assert "Disallow: /" in site().render("robots.txt")
    assert "Allow: /" in site(noindex=False).render("robots.txt")
    assert '<meta name="robots" content="noindex">' in site().render("index.html")
    assert "noindex" not in site(noindex=False).render("index.html")


def test_hosts_are_told_the_policy() -> None:
    assert "Content-Security-Policy: default-src 'self'" in site().render("_headers")

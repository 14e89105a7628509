"""A picture of an import is kept under its own name, found again, and linked from where its article lies."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from sitegen.run.home import Home
from tests.cli.inputs import page
from tests.make import write
from tests.run.adding import added, taken

BELL, GATE, QUAY = (b"\x89PNG\r\n\x1a\n" + bytes([n]) * 99 for n in range(3))
SHOWN = re.compile(r"!\[(\w+)\]\(([^)]+)\)")
LAST = "<p>Nobody in the district had believed that it would ever open again, said the mayor.</p>"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "archive/content").mkdir(parents=True)
    return Home(tmp_path / "archive")


def shown(home: Home) -> dict[str, bytes]:
    """Return the bytes of each picture that the articles link, by its words."""
    found = {}
    for path in (home.content / "articles").rglob("*.md"):
        for words, address in SHOWN.findall(path.read_text("utf-8")):
            file = path.parent / address
            found[words] = file.read_bytes() if file.is_file() else b""
    return found


def pictures(**addresses: str) -> str:
    return "".join(f'<p><img src="{a}" alt="{words}"></p>' for words, a in addresses.items()) + LAST


def feed(*texts: str) -> str:
    items = "".join(
        f"<item><title>Council number {n}</title><link>https://post.example/{n}</link>"
        f"<content:encoded><![CDATA[{page(n).split('</h1>')[1].split('</article>')[0]}{text}]]></content:encoded></item>"
        for n, text in enumerate(texts)
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    return f"<?xml version='1.0'?>{head}<title>The Harbour Post</title>{items}</channel></rss>"


def test_pictures_of_one_name_in_two_articles_of_a_feed_are_both_kept(home: Home, tmp_path: Path) -> None:
    texts = pictures(Bell="a/top.png"), pictures(Gate="b/top.png")
    write(tmp_path / "feeds", {"feed.xml": feed(*texts), "a/top.png": BELL, "b/top.png": GATE})
    assert [row.outcome for row in added(home, tmp_path / "feeds/feed.xml")] == ["new", "new"]
    assert shown(home) == {"Bell": BELL, "Gate": GATE}


def test_a_picture_is_found_again_when_one_before_it_is_dropped(home: Home, tmp_path: Path) -> None:
    html = page(0, extra=pictures(Bell="a/top.png", Gate="b/top.png").replace("</p>", "</p>\n"))
    write(tmp_path / "saved", {"p.html": html, "a/top.png": BELL, "b/top.png": GATE})
    added(home, tmp_path / "saved/p.html")
    row = next(n for n, line in enumerate(html.splitlines(), 1) if "Bell" in line)
    (path,) = (home.content / "articles").rglob("*.md")
    text = path.read_text("utf-8").replace("added:", f'removed: {{lines: ["{row}"]}}\nadded:')
    path.write_text(text, "utf-8")
    assert [row.outcome for row in added(home, again=True)] == ["merged"]
    assert shown(home) == {"Gate": GATE}


def test_a_picture_with_the_name_of_an_older_version_is_found(home: Home, tmp_path: Path) -> None:
    html = page(0, extra=pictures(Bell="a/top.png", Gate="b/top.png", Quay="quay.png"))
    write(tmp_path / "saved", {"p.html": html, "a/top.png": BELL, "b/top.png": GATE, "quay.png": QUAY})
    added(home, tmp_path / "saved/p.html")
    older = {BELL: "top.png", GATE: "top-2.png", QUAY: "quay.png"}
    files = [*(home.content / "articles").rglob("*.md"), *home.originals.rglob("*.md")]
    for kept in tuple((home.content / "media").rglob("*.png")):
        name = older[kept.read_bytes()]
        for file in files:
            file.write_text(file.read_text("utf-8").replace(kept.name, name), "utf-8")
        kept.rename(kept.with_name(name))
    assert [row.outcome for row in added(home, again=True)] == ["duplicate"]
    assert [row.outcome for row in added(home, tmp_path / "saved/p.html", again=True)] == ["duplicate"]
    assert shown(home) == {"Bell": BELL, "Gate": GATE, "Quay": QUAY}


def test_pictures_are_linked_from_where_the_article_lies_whatever_its_date(
    home: Home, tmp_path: Path
) -> None:
    write(tmp_path / "saved", {"p.html": page(0, extra=pictures(Bell="top.png")), "top.png": BELL})
    added(home, tmp_path / "saved/p.html")
    (path,) = (home.content / "articles").rglob("*.md")
    (home.content / "articles/undated").mkdir()
    path.rename(home.content / "articles/undated/p.md")  # as if it had got its date later
    added(home, again=True)
    assert shown(home) == {"Bell": BELL}


@pytest.mark.parametrize("name", ["Seite.HTML", "Seite.xhtml", "Seite.Htm"])
def test_pictures_of_a_page_stay_with_its_original(home: Home, name: str) -> None:
    html = page(0, extra=pictures(Bell="Seite-Dateien/top.png"))
    write(home.inbox, {name: html, "Seite-Dateien/top.png": BELL, "Seite-Dateien/frame.html": page(1)})
    assert [row.outcome for row in taken(home)] == ["new"]
    for kept in (home.content / "media").rglob("*.png"):
        kept.unlink()
    added(home, again=True)
    assert list(home.inbox.iterdir()) == []
    (kept,) = (home.content / "media").rglob("*.png")
    assert kept.read_bytes() == BELL


def test_a_picture_inside_a_page_is_named_by_its_bytes(home: Home, tmp_path: Path) -> None:
    large = BELL * 60  # a small one is a placeholder
    inside = "data:image/png;base64," + base64.b64encode(large).decode()
    write(tmp_path / "saved", {"p.html": page(0, extra=pictures(Bell=inside))})
    added(home, tmp_path / "saved/p.html")
    assert shown(home) == {"Bell": large}
    assert [row.outcome for row in added(home, again=True)] == ["duplicate"]

"""Reading in a real browser: by keyboard, without scripts, in the dark, on a phone, on paper."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

import pytest

from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options
from sitegen.run.serve import Events, Server, serve
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ARTICLE = "2018/02/first-crossing/"
KINDS = (
    "", ARTICLE, "2018/03/fahre/", "2016/05/arabic/", "articles/", "2018/", "2018/02/", "topics/", "actors/",
    "topics/ferries/", "actors/ann-bell/", "tags/winter/", "sources/harbour-post/", "places/", "timeline/",
    "search/", "about/",
)  # fmt: skip


def test_every_kind_of_page_is_clean(visit: Visit) -> None:
    for path in KINDS:
        page = visit.to(path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").count() == 1, path


def test_every_link_of_every_kind_of_page_leads_to_a_page(visit: Visit, public: Path) -> None:
    for path in KINDS:
        page = visit.to(path)
        for target in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            if not target.startswith(visit.home):
                continue
            inside = re.sub(r"[?#].*", "", target.removeprefix(visit.home))
            file = public / inside
            assert (file / "index.html").is_file() or file.is_file(), f"{path}: {target}"


def test_a_reader_goes_from_home_to_article_and_back(visit: Visit) -> None:
    page = visit.to("")
    page.locator("main a", has_text="First crossing of the winter ferry").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "First crossing of the winter ferry"
    page.locator("main a", has_text="Ann Bell").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Ann Bell"
    page.go_back()
    assert "First crossing" in page.title()


def test_all_can_be_read_without_scripts(chromium: object, home: str) -> None:
    visit = Visit(chromium, home, java_script_enabled=False)
    page = visit.to(ARTICLE)
    for words in (
        "left the north quay at dawn",
        "Forty passengers",
        "A quotation with",
        "Vesterby",
        "came back",
    ):
        assert page.get_by_text(words).first.is_visible(), words
    page = visit.to("search/")
    assert page.get_by_role("link", name="Ferries").first.is_visible()
    visit.context.close()
    assert visit.faults == []


def test_the_keyboard_finds_the_text_and_the_search(visit: Visit) -> None:
    page = visit.to(ARTICLE)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == "#main", "the first stop skips to the text"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.evaluate("document.activeElement.value") == ""
    page.wait_for_function("document.querySelector('script[src$=\"search.js\"]') !== null")
    page.keyboard.type("passengers")
    page.get_by_role("link", name=re.compile("First crossing of the winter")).first.wait_for(timeout=15_000)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.value") == ""
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") != "search"


def test_focus_is_seen(visit: Visit) -> None:
    page = visit.to("")
    for _ in range(3):
        page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{style}.outlineStyle") != "none"
    assert page.evaluate(f"{style}.outlineWidth") != "0px"


def test_search_finds_an_article(visit: Visit) -> None:
    page = visit.to("search/")
    page.locator("main input[type=search]").fill("passengers")
    page.get_by_role("link", name=re.compile("First crossing of the winter")).first.wait_for(timeout=15_000)


def _brightness(page: object, selector: str, name: str) -> float:
    colour = page.eval_on_selector(selector, f"e => getComputedStyle(e).{name}")  # type: ignore[attr-defined]
    return sum(float(n) for n in re.findall(r"[\d.]+", colour)[:3]) / 3


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_system_s_colours(
    chromium: object, served: str, scheme: str, dark: bool
) -> None:
    visit = Visit(chromium, served, color_scheme=scheme)
    page = visit.to(ARTICLE)
    paper, ink = _brightness(page, "html", "backgroundColor"), _brightness(page, "main p", "color")
    if page.eval_on_selector("html", "e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)":
        paper = _brightness(page, "body", "backgroundColor")
    assert (paper < ink) == dark
    assert abs(paper - ink) > 100
    visit.context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(chromium: object, served: str, width: int) -> None:
    visit = Visit(chromium, served, viewport={"width": width, "height": 800})
    for path in KINDS:
        page = visit.to(path)
        scroll, client = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert scroll <= client, f"{path} is {scroll} wide"
    visit.context.close()


def test_paper_gets_the_article_alone(visit: Visit) -> None:
    page = visit.to(ARTICLE)
    page.emulate_media(media="print")
    words = page.locator("main p", has_text="left the north quay at dawn").last
    assert words.is_visible()
    for gone in ("header.mast", "footer.foot", "form", "a.skip"):
        for element in page.locator(gone).all():
            assert not element.is_visible(), gone
    assert words.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    address = page.eval_on_selector("a.origin", "e => getComputedStyle(e, '::after').content")
    assert "attr(href)" in address or "post.example/2018/02/07/first" in address
    assert page.locator("a.origin").is_visible()


def test_text_in_another_language_says_so(visit: Visit) -> None:
    assert visit.to("2018/03/fahre/").locator("[lang=de]").count() > 0
    page = visit.to("2016/05/arabic/")
    assert page.eval_on_selector("[lang=ar] p, [lang=ar]", "e => getComputedStyle(e).direction") == "rtl"


def test_an_old_address_leads_on(visit: Visit) -> None:
    page = visit.to("old/first-crossing/")
    page.wait_for_url("**/2018/02/first-crossing/**", timeout=10_000)


def test_a_lost_reader_is_told_and_shown_the_way(chromium: object, public: Path, tmp_path: Path) -> None:
    root = tmp_path / "small"
    shutil.copytree(public.parent, root, ignore=shutil.ignore_patterns("public", ".sitegen"))
    build(Home(root), Options(jobs=1, settings={"base_url": ""}))
    server = Server(root / "public", 0, Events(), watching=False)
    threading.Thread(target=serve, args=(server,)).start()
    visit = Visit(chromium, server.url)
    page = visit.to("no/such/page/")
    assert page.get_by_role("link", name="Ferries").first.is_visible()
    page.get_by_role("link", name="Ferries").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Ferries"
    visit.context.close()
    server.shutdown()
    assert [f for f in visit.faults if "404" not in f] == []

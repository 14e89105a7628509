"""The reader and the search page in a real browser, from a server and from disk."""

import re
import tomllib
from collections import Counter

import pytest

from sitegen.pages.search import words as py

from .conftest import lay
from .small import HERE, index, many

pytestmark = pytest.mark.browser

CASES = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))["case"]
ANSWER = """async (cases) => {
  const S = window.sitegenSearch;
  while (!S.days || !S.days().length) await new Promise((done) => setTimeout(done, 20));
  const found = [];
  for (const c of cases) {
    const filters = c.filters || {};
    const question = { q: c.q, filters, after: "", before: "", sort: c.sort || "best", limit: 10 };
    const answer = await S.whole(() => S.answer(question));
    const cards = await S.whole(() => answer.order.map(S.card));
    const finds = cards.map((card) => card.key.split("/").pop());
    found.push({ finds, instead: answer.instead, almost: answer.almost > 0 });
  }
  return found;
}"""
TRICKY = """Müller's Größe ŁÓDŹ naïve co-operate U.S. e.g. O'Neill l’homme d'État 東京タワーへ 漢 한국어
ภาษาไทย й ёлка Ўзбек їжак وَالْكِتَابُ أحمد ﷺ ﬁancée ΣΊΣΥΦΟΣ İstanbul ısı Straße æon __x_y_ 3rd ²³ Ⅷ عـــربي
שָׁלוֹם हिन्दी A.B.C.D x.y ̀҉""".split()  # noqa: SIM905
WORDS = """running agreed nationally generously happiness churches häuser gegangen élections chantaient
hablando corriendo mangiavano книгами бегущая lopende huizen flickornas husene kitaplardan házakban
economies""".split()  # noqa: SIM905


def shown(page):
    links = page.query_selector_all("#results > li > a")
    addresses = [link.get_attribute("href").split("#")[0].removesuffix("index.html") for link in links]
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def ask(page, text):
    page.fill("input[type=search]", "")
    page.fill("input[type=search]", text)
    page.wait_for_function("() => document.querySelector('[role=status]').textContent !== ''")
    page.wait_for_timeout(300)


def test_browser_answers_as_python_does(page):
    got = page.evaluate(ANSWER, CASES)
    for case, answer in zip(CASES, got, strict=True):
        finds = sorted if case.get("any_order") else list
        assert finds(answer["finds"]) == finds(case["finds"]), case["why"]
        assert answer["instead"] == case.get("instead", []), case["why"]
        assert answer["almost"] == case.get("almost", False), case["why"]


def test_browser_reads_as_much_of_a_query_as_python(page):
    page.wait_for_function("() => !!(window.sitegenSearch && window.sitegenSearch.parse)")
    long = "timetable" + " " * 500 + "zeppelin"
    assert page.evaluate("(q) => sitegenSearch.parse(q).map((n) => n.leaf.text)", long) == ["timetable"]


def test_browser_parts_and_folds_words_as_python_does(page):
    text = " ".join(TRICKY)
    page.wait_for_function("() => !!(window.sitegenSearch && window.sitegenSearch.words)")
    assert page.evaluate("(t) => sitegenSearch.words(t)", text) == [
        p for t in py.tokens(text) for p in py.pieces(t)
    ]
    assert page.evaluate("(t) => t.map(sitegenSearch.twins)", TRICKY) == [py.twins(t) for t in TRICKY]


def test_browser_stems_as_python_does(page):
    languages = sorted({*py._LANGUAGES.values()})
    listed = sorted({*WORDS, *(form for token in TRICKY for form in py.pieces(token))})
    listed = [py.fold(form) for form in listed]
    for name in languages:
        page.evaluate("(n) => sitegenSearch.load(`../assets/vendor/snowball/${n}-stemmer.js`)", name)
        got = page.evaluate("([w, n]) => w.map((x) => sitegenSearch.stem(x, n))", [listed, name])
        assert got == [py.stem(form, name) for form in listed], name


def test_same_answers_for_many_articles(chromium, serve, tmp_path):
    from sitegen.pages.search.query import search
    from sitegen.pages.search.reader import Index

    docs, texts = many(400)
    files = index(docs, texts)
    folder = lay(tmp_path, files)
    opened = Index(files.__getitem__)
    asked = [
        f"{a} {b}"
        for a, b in zip(texts[docs[3].key].split()[:12], texts[docs[77].key].split()[:12], strict=True)
    ]
    asked += [f'"{" ".join(texts[d.key].split()[2:4])}"' for d in docs[:10]] + [
        "bado",
        "gata kili ",
        "-bado",
        "title:bado ",
    ]
    page = chromium.new_page()
    page.goto(serve(folder) + "search/")
    got = page.evaluate(ANSWER, [{"q": q} for q in asked])
    for query, answer in zip(asked, got, strict=True):
        expected = [r.card.key.rpartition("/")[2] for r in search(query, opened).results]
        assert answer["finds"] == expected, query
    page.close()


def test_results_come_as_one_types_and_are_counted_aloud(page):
    page.focus("#q")
    page.keyboard.type("harbour", delay=30)
    page.wait_for_selector("#results > li")
    page.wait_for_timeout(400)
    assert sorted(shown(page)) == ["harbour-ferry-returns", "lighthouse-keeper-retires"]
    assert page.inner_text("[role=status]").startswith("2 results")


def test_hits_are_marked_in_title_and_summary(page):
    ask(page, "sailing ferry ")
    page.wait_for_selector(".found-excerpt mark")
    assert page.inner_text("#results > li > a mark") == "ferry"
    assert page.inner_text(".found-excerpt mark") == "sails"


def test_a_hit_in_the_sources_name_is_marked_there(page):
    ask(page, "gazette ")
    page.wait_for_selector(".found-line mark")
    lines = page.locator("#results > li").all_inner_texts()
    assert all("Island Gazette ·" in line and "in the article" not in line for line in lines)


def test_a_hit_that_a_result_does_not_show_is_named(page):
    ask(page, "railings ")
    page.wait_for_selector(".found-excerpt mark")
    assert page.inner_text(".found-excerpt").endswith("Monday. · in the article: railings")


def test_a_repaired_word_is_told(page):
    ask(page, "timetbale ")
    assert "searched for “timetable” instead of “timetbale”" in page.inner_text("[role=status]")


@pytest.mark.parametrize(
    "text", ["harbour \ud800", "harbour \x00\u202e", "harbour <img src=x onerror=alert(1)>"]
)
def test_strange_letters_in_the_box_do_no_harm(chromium, serve, site, text):
    page = chromium.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("dialog", lambda d: (faults.append(d.message), d.dismiss()))
    page.goto(serve(site) + "search/")
    page.evaluate(
        "(t) => { const q = document.querySelector('#q'); q.value = t; q.dispatchEvent(new Event('input')) }",
        text,
    )
    page.wait_for_function("() => document.querySelector('[role=status]').textContent !== ''")
    page.wait_for_timeout(300)
    assert page.locator("main img").count() == 0
    assert faults == []
    page.close()


def test_nothing_found_suggests_a_word(page):
    ask(page, '"timetbale printed"')
    page.wait_for_selector("[role=status] button")
    page.click("[role=status] button")
    page.wait_for_selector("#results > li")
    assert shown(page) == ["harbour-ferry-returns"]


def test_arrows_walk_and_escape_returns(page):
    ask(page, "harbour ")
    page.focus("#q")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"


def test_facets_count_what_the_query_finds_and_narrow_it(page):
    ask(page, "harbour ")
    page.wait_for_selector(".found-groups fieldset")
    actor = page.locator("fieldset[data-kind=actor] button").first
    assert actor.inner_text() == "Northport Port Authority 2"
    page.locator("fieldset[data-kind=source] button", has_text="Island Gazette").click()
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 1")
    assert "source=island-gazette" in page.url
    assert shown(page) == ["lighthouse-keeper-retires"]
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 2")


def test_counts_of_a_larger_archive_are_those_of_its_articles(chromium, serve, tmp_path):
    docs, texts = many(3100)
    page = chromium.new_page()
    page.goto(serve(lay(tmp_path, index(docs, texts))) + "search/?topic=topic-3&sort=newest")
    page.wait_for_selector("fieldset[data-kind=topic]")
    topic = page.locator("fieldset[data-kind=topic] button")
    assert topic.all_inner_texts() == [f"Topic 3 {sum(d.topics[0].id == 'topic-3' for d in docs)}"]
    assert page.locator("fieldset[data-kind=actor] li").count() == 0
    page.click("text=Show actors")
    page.wait_for_selector("fieldset[data-kind=actor] li")
    counts = Counter(d.actors[0].name for d in docs if d.topics[0].id == "topic-3")
    listed = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    shown_counts = page.locator("fieldset[data-kind=actor] button").all_text_contents()
    assert shown_counts == [f"{name} {count}" for name, count in listed]
    assert page.evaluate("document.activeElement.dataset.value") == f"actor=actor-{listed[0][0][6:]}"
    page.close()


def test_a_chosen_value_can_be_unchosen_where_nothing_is_found(page):
    page.goto(page.url.split("?")[0] + "?q=harbour&topic=Sea&tag=no-such&actor=Gone Board")
    page.wait_for_selector("fieldset[data-kind=tag] button")
    pressed = page.locator("fieldset [aria-pressed=true]")
    assert pressed.all_inner_texts() == ["Sea 0", "Gone Board 0", "no such"]
    for kind in ("tag", "actor", "topic"):
        page.click(f"fieldset[data-kind={kind}] [aria-pressed=true]")
        page.wait_for_function("(k) => !location.search.includes(k)", arg=f"{kind}=")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 2")


def test_the_keyboard_stays_on_a_chosen_value(page):
    ask(page, "harbour ")
    page.focus("fieldset[data-kind=source] button >> nth=1")
    chosen = page.evaluate("document.activeElement.dataset.value")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-value='{chosen}'][aria-pressed=true]")
    assert page.evaluate("document.activeElement.dataset.value") == chosen


def test_a_range_of_dates_is_typed_or_dragged(page):
    ask(page, "harbour ")
    page.wait_for_selector(".found-years rect")
    page.fill("input[name=after]", "2019")
    page.press("input[name=after]", "Enter")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 1")
    assert shown(page) == ["harbour-ferry-returns"]
    page.fill("input[name=after]", "")
    page.press("input[name=after]", "Enter")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 2")
    page.wait_for_function("() => document.querySelectorAll('.found-years rect').length === 2")  # drawn after
    box = page.locator(".found-years").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.up()
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 1")
    assert shown(page) == ["lighthouse-keeper-retires"]
    assert re.search(r"after=2018&before=2019", page.url)


def test_order_is_chosen_and_kept_in_the_address(page):
    ask(page, "harbour ")
    page.select_option("select", "oldest")
    page.wait_for_function("() => location.search.includes('sort=oldest')")
    page.wait_for_timeout(200)
    assert shown(page) == ["lighthouse-keeper-retires", "harbour-ferry-returns"]


def test_an_address_opens_its_results(page):
    page.goto(
        page.url.split("?")[0] + "?q=harbour&topic=sea&actor=northport-port-authority&after=2019&sort=newest"
    )
    page.wait_for_selector("#results > li")
    assert shown(page) == ["harbour-ferry-returns"]
    assert page.input_value("#q") == "harbour"


def test_names_of_actors_are_offered_and_lead_to_their_pages(page):
    ask(page, "port auth")
    page.wait_for_selector(".found-names a")
    link = page.locator(".found-names a").first
    assert link.inner_text() == "Northport Port Authority"
    ending = "index.html" if page.url.startswith("file:") else ""
    assert link.get_attribute("href") == f"../actors/northport-port-authority/{ending}"


def test_nothing_is_stored(page):
    ask(page, "harbour ")
    assert (
        page.evaluate(
            "(() => { try { return localStorage.length + sessionStorage.length } catch { return 0 } })()"
        )
        == 0
    )
    assert page.context.cookies() == []


@pytest.mark.parametrize("served", [True, False], ids=["served", "from disk"])
def test_the_box_of_any_page_opens_results_in_place(chromium, site, serve, served):
    page = chromium.new_page()
    page.goto(serve(site) if served else f"file://{site}/index.html")
    page.fill("input[type=search]", "harbour ")
    page.wait_for_selector("#results > li")
    assert len(shown(page)) == 2
    page.focus("input[type=search]")
    page.keyboard.press("Escape")
    page.wait_for_selector("section.found", state="hidden")
    page.close()


def test_at_most_a_hundred_results_stand_on_the_page(chromium, serve, tmp_path):
    docs, texts = many(400)
    texts = {key: f"{text} everywhere" for key, text in texts.items()}
    page = chromium.new_page()
    page.goto(serve(lay(tmp_path, index(docs, texts))) + "search/")
    page.fill("#q", "everywhere ")
    page.wait_for_selector("#results > li")
    for _ in range(20):
        if not page.is_visible(".found-more"):
            break
        before = page.locator("#results > li").count()
        page.click(".found-more")
        page.wait_for_function(f"() => document.querySelectorAll('#results > li').length > {before}")
    assert page.locator("#results > li").count() == 100
    assert page.inner_text("[role=status]").startswith("400 results")
    page.close()


def test_only_results_in_view_are_asked_for(chromium, serve, tmp_path):
    docs, texts = many(400)
    texts = {key: f"{text} everywhere" for key, text in texts.items()}
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto(serve(lay(tmp_path, index(docs, texts))) + "search/")
    page.fill("#q", "everywhere ")
    page.wait_for_selector("#results > li")
    page.wait_for_timeout(400)
    assert 3 <= page.locator("#results > li").count() < 10
    page.mouse.wheel(0, 3000)
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 10")
    page.focus("#results > li:last-child > a")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 20")
    assert page.evaluate("document.activeElement === document.querySelectorAll('#results a')[10]")
    page.close()


def test_a_result_does_not_wait_for_those_after_it(chromium, serve, tmp_path):
    docs, texts = many(400)
    one, other = docs[0], docs[200]
    texts |= {one.key: "twice here, twice there", other.key: f"{texts[other.key]} twice"}
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    asked, held = [], []

    def hold_all_but_the_first(route):
        if asked:
            held.append(route)
        else:
            asked.append(route.request.url)
            route.continue_()

    page.route("**/search/d-*.js", hold_all_but_the_first)
    page.goto(serve(lay(tmp_path, index(docs, texts))) + "search/")
    page.fill("#q", "twice ")
    page.wait_for_selector("#results > li")
    page.wait_for_timeout(200)
    assert (len(held), len(shown(page))) == (1, 1)
    assert page.inner_text("[role=status]") == "2 results"
    assert "q=twice" not in page.url
    held[0].continue_()
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 2")
    page.wait_for_function("() => location.search.includes('q=twice')")
    page.close()


def test_without_script_the_lists_stay(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/search/index.html")
    assert page.is_visible(".browse")
    context.close()

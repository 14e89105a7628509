"""Pages of two actors: which pairs have one, what stands on it, and where old addresses lead."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.model import Actor, Quote
from sitegen.pages import pairs
from sitegen.pages.page import life_of
from sitegen.pages.pairs import association, pair_url
from sitegen.vocabulary import vocabulary
from tests.pages.sites import ACTORS, TOPICS, MadeSite, article, site
from tests.pages.test_plan import changed

pytestmark = pytest.mark.quick

PAIR = "actors/ada-quill/with/northland/index.html"


def company(together: int, apart: int, alone: int = 0) -> MadeSite:
    """Return a site of articles with Quill and Northland, with the bureau, and with nobody."""
    named = [("northland", "ada-quill")] * together + [("luna-bureau",)] * apart + [()] * alone
    return site(*(article(n, actors=actors) for n, actors in enumerate(named)))


def pair_files(made: MadeSite) -> set[str]:
    return {path for path in made.plan() if "/with/" in path}


def test_two_that_come_together_beyond_chance_have_a_page_that_both_link_to() -> None:
    made = company(together=4, apart=8)
    assert pair_files(made) == {PAIR}
    for actor in ("ada-quill", "northland"):
        text = made.render(f"actors/{actor}/index.html")
        assert 'href="../../actors/ada-quill/with/northland/"' in text
    text = made.render(PAIR)
    assert "<h1>Ada Quill and Northland</h1>" in text
    assert text.count("<li><small>") == 4
    assert 'href="../../../../actors/ada-quill/"' in text


def test_two_in_two_articles_or_in_every_article_have_none() -> None:
    assert pair_files(company(together=2, apart=8)) == set()
    assert pair_files(company(together=9, apart=0)) == set()


def test_who_avoid_each_other_are_not_together_beyond_chance() -> None:
    assert association(3, 50, 50, 100) < 0 < association(40, 50, 50, 100)
    assert association(25, 50, 50, 100) == 0
    # worked by hand: 2 (4 ln 3 + 8 ln 1.5)
    assert association(4, 4, 4, 12) == pytest.approx(2 * (4 * 1.0986123 + 8 * 0.4054651), abs=0.001)


def test_one_actor_has_few_pairs_and_so_has_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    named = [("northland", f"minister-{n % 12}") for n in range(60)]
    others = [(f"poet-{n % 12}", f"singer-{n % 12}") for n in range(60)]
    made = site(*(article(n, actors=actors) for n, actors in enumerate((*named, *others))))
    mine = {p for p in pair_files(made) if "northland" in p}
    assert len(mine) == pairs.OF_ONE
    monkeypatch.setattr(pairs, "AT_LEAST", 5)
    monkeypatch.setattr(pairs, "ARTICLES_A_PAIR", 16)
    assert len(pair_files(made)) == 120 // 16


def test_a_pair_has_one_address_whoever_is_named_first() -> None:
    assert pair_url("b", "a") == pair_url("a", "b") == "actors/a/with/b/"


def test_each_of_the_two_speaks_on_their_page_in_the_articles_of_both() -> None:
    made = company(together=4, apart=8)
    keys = {n: f"1961/{n + 1:02d}/probe-{n}" for n in range(5)}
    quotes = (
        (keys[1], (Quote("ada-quill", "We waited.", 2, "Quill"), Quote("northland", "So did we.", 3))),
        (keys[4], (Quote("ada-quill", "Elsewhere.", 1),)),
    )
    text = replace(made, quotes=quotes).render(PAIR)
    assert "Ada Quill in these articles" in text
    assert "Northland in these articles" in text
    assert f'href="../../../../{keys[1]}/#p2"' in text
    assert "Elsewhere" not in text


def test_an_article_with_one_of_the_two_leaves_their_page_alone() -> None:
    before, more = company(together=4, apart=8), article(30, actors=("ada-quill", "luna-bureau"))
    after = site(*before.articles, more)
    assert PAIR in after.plan()
    assert PAIR not in changed(before, after)


def test_a_long_list_of_both_goes_on_over_pages() -> None:
    made = replace(company(together=5, apart=9), config=site(per_page=2).config)
    assert pair_files(made) == {PAIR, *(PAIR.replace("index", f"page/{n}/index") for n in (2, 3))}
    assert 'href="../../../../actors/ada-quill/with/northland/page/2/"' in made.render(PAIR)


def test_a_pair_is_found_at_its_old_address_when_one_of_the_two_is_merged() -> None:
    made = company(together=4, apart=8)
    merged = (*(a for a in ACTORS if a.id != "northland"), Actor("north", "North", was=("northland",)))
    after = replace(made, words=vocabulary(merged, TOPICS))
    # the articles say the old id, which is now one of the new actor
    assert "actors/ada-quill/with/north/index.html" in after.plan()
    assert 'url=../../../../actors/ada-quill/with/north/"' in after.render(PAIR)


def test_a_pair_that_became_one_actor_leads_to_it() -> None:
    made = company(together=4, apart=8)
    one = (*ACTORS[:1], Actor("ada-quill", "Ada Quill", "person", was=("northland",)))
    after = replace(made, words=vocabulary(one, TOPICS))
    assert 'url=../../../../actors/ada-quill/"' in after.render(PAIR)


def test_an_actors_page_tells_its_roles_with_the_articles_of_their_use() -> None:
    made = [article(n, actors=("ada-quill",), date=f"19{60 + n}-02-03") for n in range(4)]
    said = ("Flight Minister", "Flight Minister", "chair of the board", "")
    given = [
        (replace(facts, roles=(("ada-quill", role),) if role else ()), text)
        for (facts, text), role in zip(made, said, strict=True)
    ]
    text = site(*given).render("actors/ada-quill/index.html")
    assert "Flight Minister" in text
    for key in ("1960/02/probe-0", "1961/02/probe-1", "1962/02/probe-2"):
        assert f'<td class="when"><a href="../../{key}/">' in text
    assert changed(site(*made), site(*given)) == {"actors/ada-quill/index.html"}


def test_the_fullest_actors_page_has_less_than_a_thousand_elements() -> None:
    given = []
    for n in range(120):
        day = f"{1960 + n % 48 // 12}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        company = ("ada-quill", *(f"person-{n * k % 13}" for k in (1, 2, 3, 5)))
        topics = tuple(f"topic-{n * k % 9}" for k in (1, 2))
        facts, text = article(n, date=day, actors=company, topics=topics, place=f"Port {n % 9}")
        given.append((replace(facts, roles=(("ada-quill", f"Minister {n % 10}"),)), text))
    made = site(*given)
    said = (Quote("ada-quill", "We waited.", 2, "Quill"),)
    quotes = tuple((e.key, said) for e in made.library.entries)
    text = replace(made, quotes=quotes).render("actors/ada-quill/index.html")
    assert text.count("<blockquote>") == 10
    assert 700 < sum(text.count(f"<{letter}") for letter in "abcdefghijklmnoprstu") < 1000


def test_a_life_of_one_day_names_it_once() -> None:
    made = site(article(0, date="2018-02-07"), article(1, date="2018-03-02"))
    other, one = (entry.card for entry in made.library.entries)
    assert life_of(one, one) == "7 Feb 2018"
    assert life_of(one, other) == "7 Feb 2018 to 2 Mar 2018"
    assert life_of(None, None) == ""

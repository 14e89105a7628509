"""The library: every article has one address, no two the same, and every index agrees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive.library import library, natural_key
from sitegen.archive.links import dead_link_problem, dead_links
from sitegen.model import Actor, Topic
from sitegen.vocabulary import Vocabulary, vocabulary
from tests.make import facts_of

pytestmark = pytest.mark.quick
NOTHING = Vocabulary()


@pytest.mark.parametrize(
    ("path", "fields", "key"),
    [
        ("content/articles/2018/02/x.md", {"date": "2020-01-01"}, "2018/02/x"),
        ("content/articles/undated/x.md", {"date": "2020-01-01"}, "undated/x"),
        ("content/notes/My Note.md", {"date": "2018-02-07"}, "2018/02/my-note"),
        ("content/notes/bundle/index.md", {"date": "2018-02-07"}, "2018/02/bundle"),
        ("content/notes/x.md", {"date": "2018"}, "2018/00/x"),
        ("content/notes/x.md", {"date": ""}, "undated/x"),
        ("content/notes/x.md", {"date": "2018-02-07", "slug": "Über Y"}, "2018/02/uber-y"),
    ],
)
def test_an_address_comes_from_the_folder_or_the_date(path: str, fields: dict[str, str], key: str) -> None:
    assert natural_key(facts_of(path, **fields)) == key


def test_of_two_articles_with_one_address_both_are_published_and_told() -> None:
    found = library(
        [
            facts_of("content/b/x.md", "Later", added="2020-01-02T00:00:00Z"),
            facts_of("content/a/x.md", "Earlier", added="2020-01-01T00:00:00Z"),
        ],
        NOTHING,
    )
    assert {e.key: e.front.title for e in found.entries} == {"2018/02/x": "Earlier", "2018/02/x-2": "Later"}
    [problem] = found.problems
    assert problem.file == "content/b/x.md"
    assert "content/a/x.md" in problem.message


def test_private_articles_are_never_in_the_library_and_drafts_on_request() -> None:
    facts = [facts_of("content/p.md", private=True), facts_of("content/d.md", draft=True)]
    assert not library(facts, NOTHING).entries
    assert [e.facts.path for e in library(facts, NOTHING, drafts=True).entries] == ["content/d.md"]


KNOWN = vocabulary(
    [
        Actor("nato", "NATO", "igo", ("North Atlantic Treaty Organization",), was=("otan",)),
        Actor("secret", "Secret", hidden=True),
    ],
    [Topic("war", "War", ("armed conflict",))],
)


def test_names_aliases_and_old_ids_lead_to_one_actor() -> None:
    found = library(
        [facts_of("content/x.md", actors=("otan", "North Atlantic treaty organization", "nato"))], KNOWN
    )
    assert found.entries[0].actors == ("nato",)
    assert found.redirects == {"actors/otan": "actors/nato"}


def test_a_persons_decisions_win() -> None:
    facts = facts_of(
        "content/x.md",
        actors=("nato", "secret", "Jane Doe"),
        pinned=(("actors", ("Acme",)), ("topics", ("armed conflict",))),
        removed=(("actors", ("NATO",)),),
    )
    [entry] = library([facts], KNOWN).entries
    assert entry.actors == ("acme", "jane-doe")
    assert entry.topics == ("war",)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "a-2", "ä"]), st.sampled_from(["", "2018", "2018-02", "2018-02-07"])
        ),
        max_size=8,
    )
)
def test_addresses_are_unique_and_do_not_depend_on_order(rows: list[tuple[str, str]]) -> None:
    facts = [facts_of(f"content/{n}/{name}.md", f"T{n}", date) for n, (name, date) in enumerate(rows)]
    found, turned = library(facts, NOTHING), library(facts[::-1], NOTHING)
    assert len(found.by_key) == len(facts)
    assert found == turned
    assert sum(map(len, found.by_month.values())) == len(facts)


def test_links_lead_to_files_and_to_addresses_or_are_told() -> None:
    facts = facts_of("content/articles/2018/02/x.md", actors=("nato",), body=LINKS)
    found = library([facts, facts_of("content/notes/y.md")], KNOWN)
    entry = found.by_key["2018/02/x"]
    files = dict.fromkeys(e.facts.path for e in found.entries)
    there = {*files, "content/media/a.png"}
    dead = dead_links(entry.facts.path, entry.key, entry.facts.links, found, there)
    assert dead == ("gone.md", "/2018/02/gone/", "x")
    severities = [
        dead_link_problem("x.md", "", link, files).severity for link in ("gone.md", "/2018/02/gone/", "x")
    ]
    assert severities == ["error", "error", "warning"]


LINKS = """
[file](../../../notes/y.md) [image](../../../media/a.png) [beside](../y/)
[root](/2018/02/y/) [term](/actors/nato/)
[gone](gone.md) [gone](/2018/02/gone/) [out](https://example.org/) [part](#p1) [noise](x)
"""

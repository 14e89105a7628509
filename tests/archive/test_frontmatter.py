"""Front matter: what is written reads back, what a person wrote survives, what is wrong is placed."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.archive import yamlevents, yamltext
from sitegen.archive.document import document, file_text
from sitegen.archive.headwriter import rewrite_head, write_head
from sitegen.errors import SitegenError
from sitegen.model import Date, FrontMatter, Highlight, Related
from sitegen.text import one_line

pytestmark = pytest.mark.quick

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
WORDS = TEXT.map(one_line).map(str.strip).filter(bool)
LISTS = st.lists(WORDS, max_size=4, unique=True).map(tuple)
DATES = st.builds(
    lambda d, t, o: Date(d.isoformat(), t and t.strftime("%H:%M"), o if t else None),
    st.dates(),
    st.none() | st.times(),
    st.sampled_from([None, "+00:00", "+03:00", "-09:30"]),
).filter(lambda d: d.date >= "1000")
FRONTS = st.builds(
    FrontMatter,
    title=WORDS,
    date=st.none() | DATES,
    dateline=st.none() | WORDS,
    authors=LISTS,
    source=st.none() | WORDS.filter(lambda t: not t.startswith(("http://", "https://"))),
    lang=st.none() | st.sampled_from(["no", "en", "de"]),
    summary=st.none() | WORDS,
    tags=LISTS,
    actors=LISTS,
    pinned=st.just(()) | LISTS.filter(bool).map(lambda v: (("actors", v),)),
    related=st.lists(st.builds(Related, WORDS, st.none() | WORDS), max_size=3).map(tuple),
    highlights=st.lists(st.builds(Highlight, WORDS, st.none() | WORDS), max_size=2).map(tuple),
    draft=st.booleans(),
)


@given(FRONTS)
def test_front_matter_reads_back_as_it_was_written(front: FrontMatter) -> None:
    assert document(file_text(front, "Body.").encode(), file="x.md").front == front


@given(FRONTS)
def test_other_yaml_readers_see_the_same_texts(front: FrontMatter) -> None:
    read = yaml.load(write_head(front).removeprefix("---\n").removesuffix("---\n"), Loader=yaml.SafeLoader)
    assert read["title"] == front.title
    assert tuple(read.get("tags") or ()) == front.tags


@given(FRONTS, FRONTS)
def test_rewriting_all_keys_gives_the_other_front_matter(one: FrontMatter, other: FrontMatter) -> None:
    names = ("title", "date", "tags", "actors", "related", "summary", "authors", "pinned")
    text = rewrite_head(file_text(one, "Body."), other, names, file="x.md")
    expected = replace(one, **{name: getattr(other, name) for name in names})
    assert document(text.encode(), file="x.md").front == expected


MINE = """---
# what I think of this
title: "A: b" # mine
lang: no
tags: [a, "b, c"]   # two of them
mykey: |
  kept
  as it is

# after
related:
  - title: x
    url: http://x.example
author: Jane Doe
---

Body.
"""


def test_a_rewrite_touches_the_lines_of_its_keys_only() -> None:
    front = replace(document(MINE.encode(), file="x.md").front, tags=("new",), agency="Reuters")
    changed = rewrite_head(MINE, front, ("tags", "agency"), file="x.md")
    before, after = MINE.splitlines(), changed.splitlines()
    assert [line for line in before if line not in after] == ['tags: [a, "b, c"]   # two of them']
    assert [line for line in after if line not in before] == [
        "agency: Reuters",
        "tags: [new]   # two of them",
    ]


def test_scalars_are_text_until_our_schema_types_them() -> None:
    front = document(b"---\nlang: no\ntitle: 2018\ndateline: 22:58:00\n---\n", file="x.md").front
    assert (front.lang, front.title, front.dateline) == ("no", "2018", "22:58:00")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("---\nauthor: Jane Doe\n---\n", {"authors": ("Jane Doe",)}),
        ("---\nauthors:\n  - name: Jane Doe\n---\n", {"authors": ("Jane Doe",)}),
        ("---\ntags: one, two\n---\n", {"tags": ("one", "two")}),
        ("---\ncategories: [War]\n---\n", {"topics": ("War",)}),
        ("---\npublished: false\n---\n", {"draft": True}),
        ("---\npublished: 2018-02-07\n---\n", {"date": Date("2018-02-07")}),
        ("---\nsource: https://a.example/x\n---\n", {"url": "https://a.example/x", "source": None}),
        ('+++\ntitle = "T"\ndate = 2018-02-07\n+++\n', {"title": "T", "date": Date("2018-02-07")}),
        ('+++\n[taxonomies]\ntags = ["a"]\n+++\n', {"tags": ("a",)}),
        ('{"title": "T", "tags": ["a"]}\n', {"title": "T", "tags": ("a",)}),
        ("Title: T\nTags: a, b\n\nBody", {"title": "T", "tags": ("a", "b")}),
        ("---\ndate: 2018-02-07 22:58:00 +0300\n---\n", {"date": Date("2018-02-07", "22:58:00", "+03:00")}),
        ("---\ndate: 2018-02\n---\n", {"date": Date("2018-02")}),
        ("# The heading\n\nBody", {"title": "The heading"}),
    ],
)
def test_habits_of_other_generators_are_understood(head: str, expected: dict[str, object]) -> None:
    front = document(head.encode(), file="notes/x.md").front
    assert {name: getattr(front, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("---\ntitle: [a\n---\n", 2, "front matter cannot be read"),
        ("---\ntitle: x\ntitle: y\n---\n", 3, "stands here twice"),
        ("---\ntitle: &a x\n---\n", 2, "anchors"),
        ("---\ntitle: !!python/name:os.system x\n---\n", 2, "tags"),
        ("---\ntitle: x\n", 1, "never closed"),
        ("---\ntitle: x\ndate: 2018-02-31\n---\n", 3, "is not a date"),
        ("---\ntitle: x\ndraft: perhaps\n---\n", 3, "neither true nor false"),
        ('+++\ntitle = "x\n+++\n', 2, "not valid TOML"),
    ],
)
def test_faults_are_placed_and_shown_a_way_out(text: str, line: int, says: str) -> None:
    with pytest.raises(SitegenError) as caught:
        document(text.encode(), file="content/x.md")
    problem = caught.value.problems[0]
    assert (problem.file, problem.line) == ("content/x.md", line)
    assert says in problem.message
    assert problem.hint


def test_a_file_that_is_not_utf8_names_the_line() -> None:
    with pytest.raises(SitegenError) as caught:
        document(b"---\ntitle: x\n---\n\ncaf\xe9\n", file="x.md")
    assert caught.value.problems[0].line == 5


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_place(content: bytes) -> None:
    try:
        title, files = document(b"---\n" + content, file="x.md").front.title, set()
    except SitegenError as error:
        title, files = "", {p.file for p in error.problems}
    assert title or files == {"x.md"}


_LINES = st.one_of(
    st.from_regex(yamltext._LINE, fullmatch=True),
    st.tuples(
        st.sampled_from(("title", "a-b", "null", "yes", "x1", "é", "-", "?")),
        st.sampled_from((": ", ":", ":  ", " : ")),
        st.text(st.sampled_from("ab é:,#-?&*!|>'\"[]{}%@`~\\0null=. \xa0\u2028"), max_size=12),
    ).map("".join),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(_LINES, max_size=4))
def test_simple_lines_are_read_as_the_parser_reads_them(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    simple = yamltext._simple(text)
    if simple is not None:
        read = yamlevents.parsed(text, file="x.md", first_line=1)
        assert simple == {name: yamltext.Key(*key) for name, key in read.items()}


def test_a_head_as_sitegen_writes_it_is_simple() -> None:
    text = 'title: "Who: me?"\ndate: 2018-02-07T22:58:00Z\ntags: [a b, "c, d"]\nsource: The Post\nurl: https://a.example/x?y=1#z\n'
    found = yamltext._simple(text)
    assert found
    assert [key.value for key in found.values()] == [
        "Who: me?", "2018-02-07T22:58:00Z", ("a b", "c, d"), "The Post", "https://a.example/x?y=1#z",
    ]  # fmt: skip

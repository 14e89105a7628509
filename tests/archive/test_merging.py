"""A person's edits of a head and a new cleaning are merged key by key: nothing is lost, little conflicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive.document import document
from sitegen.archive.head import find_head, read_head
from sitegen.archive.merging import merged
from sitegen.errors import SitegenError

pytestmark = pytest.mark.quick

BASE = """---
title: The quay opens
date: 2018-02-07
place: Sound
source: The Post
summary: It opens on Tuesday.
tags: [quay, ferry]
added: 2020-01-01T00:00:00Z
---

The first paragraph.

The last paragraph.
"""


def changed(*pairs: tuple[str, str], text: str = BASE) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def sound(mine: str, cleaned: str) -> str:
    result = merged(BASE, mine, cleaned, file="a.md")
    assert result.conflict is None
    assert "<<<<<<<" not in result.text
    document(result.text.encode(), file="a.md")
    return result.text


@pytest.mark.parametrize(
    "decision",
    [
        "removed: {tags: [ferry]}\n",
        "removed:\n  tags:\n    - ferry  # no ferry in it\n",
        "pinned:   { topics : [ transport ] }   # mine\n",
        "# above\nmy_own_key:\n- a\n- b\n# below\n",
        "private: true\n",
    ],
)
@pytest.mark.parametrize("before", ["tags:", "added:", "title:", "summary:"])
def test_what_a_person_writes_between_keys_never_conflicts_with_them(decision: str, before: str) -> None:
    mine = changed((before, decision + before))
    new = changed(
        ("It opens on Tuesday.", "It opens."), ("[quay, ferry]", "[quay]"), ("quay opens", "quays open")
    )
    text = sound(mine, new)
    assert decision in text
    assert text.replace(decision, "") == new


def test_neighbouring_keys_are_no_conflict() -> None:
    mine = changed(("place: Sound", "place: Harbour"))
    new = changed(("2018-02-07", "2018-02-08"), ("The Post", "The Harbour Post"))
    assert sound(mine, new) == changed(("place: Sound", "place: Harbour"), text=new)


def test_a_comment_outlives_the_value_that_it_stands_behind() -> None:
    mine = changed(
        ("place: Sound", "place: Sound  # on the map"), ("[quay, ferry]", "\n- quay # one\n- ferry # two")
    )
    mine = changed(("The Post", "The Post # gone soon"), text=mine)
    new = changed(("Sound", "Strait"), ("[quay, ferry]", "[gate]"), ("source: The Post\n", ""))
    text = sound(mine, new)
    assert "place: Strait  # on the map\n" in text
    assert "# gone soon\n" in text
    assert "# one\n# two\ntags: [gate]\n" in text


def test_the_same_value_written_otherwise_is_no_edit() -> None:
    mine = changed(
        ("tags: [quay, ferry]", "tags:\n  - quay\n  - 'ferry'"), ("place: Sound", "place: 'Sound'")
    )
    text = sound(mine, changed(("[quay, ferry]", "[gate]")))
    assert "tags: [gate]\n" in text
    assert "place: 'Sound'\n" in text


def test_a_key_that_a_person_has_removed_stays_away_and_a_new_one_comes_in_its_place() -> None:
    mine = changed(("summary: It opens on Tuesday.\n", ""), ("place: Sound", "place:"))
    new = changed(("on Tuesday", "soon"), ("Sound", "Strait"), ("place:", "agency: Reuters\nplace:"))
    text = sound(mine, new)
    assert "summary" not in text
    assert "place:\nagency: Reuters\nsource:" in text


@pytest.mark.parametrize(
    ("mine", "new", "wanted"),
    [
        ("[quay, ferry, mine]", "[new, quay, ferry]", "[quay, ferry, mine, new]"),
        ("[quay]  # no ferry", "[quay, ferry, boat]", "[quay, boat]  # no ferry"),
        ("[mine, quay]", "[ferry]", "[mine]"),
        ("[quay, ferry, both]", "[both, quay]", "[quay, both]"),
    ],
)
def test_a_list_takes_what_either_side_put_in_and_leaves_what_either_took_out(
    mine: str, new: str, wanted: str
) -> None:
    sides = (changed(("[quay, ferry]", side)) for side in (mine, new))
    assert sound(*sides) == changed(("[quay, ferry]", wanted))


def test_a_key_that_both_have_changed_is_shown_as_git_shows_it() -> None:
    mine = changed(("place: Sound", "place: Harbour  # sure"), ("first paragraph", "first part"))
    result = merged(BASE, mine, changed(("Sound", "Strait"), ("The last", "A last")), file="a.md")
    marks = "<<<<<<< yours\nplace: Harbour  # sure\n=======\nplace: Strait\n>>>>>>> cleaned again\n"
    wanted = changed(("place: Sound\n", marks), ("first paragraph", "first part"), ("The last", "A last"))
    assert result.text == wanted
    assert result.text.splitlines()[result.conflict - 1] == "<<<<<<< yours"
    with pytest.raises(SitegenError, match=r"a\.md:4: has two versions of a key"):
        document(result.text.encode(), file="a.md")


def test_both_sides_of_a_paragraph_are_shown_and_its_line_named() -> None:
    quoted = changed(("The first", "<<<<<<< yours\n\nThe first"))
    mine, new = (changed(("The last", f"{word} last"), text=quoted) for word in ("My", "A"))
    result = merged(quoted, mine, new, file="a.md")
    assert result.text.splitlines()[result.conflict - 1 :][:2] == ["<<<<<<< yours", "My last paragraph."]


def test_a_head_of_another_kind_stays_and_its_body_is_merged() -> None:
    mine = '+++\ntitle = "Mine"\n+++\n' + BASE.split("---\n")[2]
    text = merged(BASE, mine, changed(("The last", "A last"), ("Sound", "Strait")), file="a.md").text
    assert text == changed(("The last", "A last"), text=mine)


KEYS = ("title", "place", "source", "summary", "tags", "own")
VALUES = st.sampled_from(
    ["One", "Two # not a comment's end", "'# three'", "[a, b]", "\n- a # c1\n- b\n# c2", "|\n  x\n  # y"]
)
HEADS = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1).filter(lambda head: "title" in head)


def written(head: dict[str, str]) -> str:
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in head.items()) + "---\n\nText.\n"


def values(text: str) -> dict[str, object]:
    keys = read_head(find_head(text, file="a.md"), file="a.md")
    return {name: key.value for name, key in keys.items()}


@given(HEADS, HEADS)
def test_one_side_alone_is_that_side(before: dict[str, str], after: dict[str, str]) -> None:
    old, new = written(before), written(after)
    assert merged(old, new, old, file="a.md").text == new
    taken = merged(old, old, new, file="a.md")
    assert taken.conflict is None
    assert values(taken.text) == values(new)


@given(HEADS, HEADS, HEADS)
def test_no_comment_of_a_person_is_lost(
    before: dict[str, str], mine: dict[str, str], new: dict[str, str]
) -> None:
    text = merged(written(before), written(mine), written(new), file="a.md").text
    for comment in ("# not a comment's end", "# c1", "# c2"):
        assert text.count(comment) >= written(mine).count(comment)

"""Decisions in the user's file: one more, and nothing that a person wrote is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Actor, Topic
from sitegen.vocabulary.edit import add, hide, merge, reject, rename, split, unreject
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.user import combined, parse_actors, parse_rejected, parse_topics

pytestmark = pytest.mark.quick
MINE = """# people I follow
[[actor]]
id = "nasa"   # the agency
name = "NASA"

# rivals
[[actor]]
id = "okb-1"
name = "OKB-1"
aliases = ["Korolev's bureau"]
"""


def after(text: str):
    return combined(shipped(), parse_actors(text, known=shipped().actors))


def test_a_merge_gives_the_names_and_the_address_and_takes_the_entry() -> None:
    known = after(MINE)
    text = merge(MINE, known.actors["okb-1"], known.actors["nasa"])
    assert after(text).actor("okb-1").id == "nasa"
    assert after(text).actor("Korolev's bureau").id == "nasa"
    assert "# people I follow" in text
    assert "# the agency" in text
    assert len(parse_actors(text, known=shipped().actors)) == 1


def test_a_child_that_takes_its_parent_up_is_its_own_parent_no_more() -> None:
    mine = '[[actor]]\nname = "A One"\n\n[[actor]]\nname = "B Two"\nparent = "a-one"\n'
    known = after(mine)
    text = merge(mine, known.actors["a-one"], known.actors["b-two"])
    assert after(text).actors["b-two"].parent is None
    assert after(text).actor("A One").id == "b-two"


def test_a_rename_keeps_the_id_and_the_old_name() -> None:
    text = rename("", shipped().actors["turkey"], "Türkiye")
    actor = after(text).actors["turkey"]
    assert actor.name == "Türkiye"
    assert after(text).actor("Turkey").id == "turkey"


def test_a_split_makes_an_actor_that_the_first_never_is_again() -> None:
    text = split("", shipped().actors["islamic-state"], "ISIL", ["Daesh"])
    assert after(text).actor("Daesh").id == "isil"
    assert after(text).actor("IS").id == "islamic-state"


def test_hiding_is_undone() -> None:
    text = hide(MINE, shipped().actors["nasa"])
    assert after(text).actors["nasa"].hidden
    assert not after(hide(text, shipped().actors["nasa"], hidden=False)).actors["nasa"].hidden


def test_topics_take_the_same_decisions() -> None:
    moon, race = Topic("moon", "Moon"), Topic("race", "Race to the Moon")
    text = merge(add(add("", moon), race), moon, race)
    (topic,) = parse_topics(text)
    assert (topic.id, topic.was, topic.aliases) == ("race", ("moon",), ("Moon",))


def test_a_rejected_proposal_stands_above_the_entries() -> None:
    text = reject(reject(MINE, "merge a b"), "merge c d")
    assert parse_rejected(text) == {"merge a b", "merge c d"}
    assert text.endswith(MINE)
    assert parse_rejected(unreject(text, "merge a b")) == {"merge c d"}


@given(
    st.text(min_size=1).filter(lambda s: s.strip()), st.lists(st.text(min_size=1).filter(lambda s: s.strip()))
)
def test_any_name_is_written_so_that_it_reads_back(name: str, aliases: list[str]) -> None:
    usable = [a for a in (name, *aliases) if a.isprintable()]
    if len(usable) < 1 + len(aliases):
        return
    text = add(MINE, Actor("made-up", name, aliases=tuple(aliases)))
    made = next(a for a in parse_actors(text, known=shipped().actors) if a.id == "made-up")
    assert made.name == name

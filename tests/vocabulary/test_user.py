"""The user's files: what they may say, and how faults are told."""

from __future__ import annotations

import pytest

from sitegen.errors import SitegenError
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.user import combined, parse_actors, parse_rejected, parse_sources, parse_topics

pytestmark = pytest.mark.quick


def test_an_entry_with_a_shipped_id_needs_only_what_differs() -> None:
    (nasa,) = parse_actors('[[actor]]\nid = "nasa"\naliases = ["the agency"]', known=shipped().actors)
    assert nasa.name == "NASA"
    assert nasa.kind == "government-body"
    assert {"the agency", "Nasa"} <= set(nasa.aliases)


def test_a_users_name_wins_over_a_shipped_one() -> None:
    (mine,) = parse_actors('[[actor]]\nname = "Sea Defence Fund"\naliases = ["SDF"]')
    assert combined(shipped(), [mine]).actor("SDF").id == "sea-defence-fund"


def test_what_an_actor_is_not_is_no_alias_of_it() -> None:
    (turkey,) = parse_actors('[[actor]]\nid = "turkey"\nnot = ["Türkiye"]', known=shipped().actors)
    assert "Türkiye" not in turkey.aliases
    assert turkey.never == ("Türkiye",)


def test_a_merged_actor_is_gone_and_its_id_leads_on() -> None:
    (nasa,) = parse_actors(
        '[[actor]]\nid = "nasa"\nwas = ["jet-propulsion-laboratory"]', known=shipped().actors
    )
    vocabulary = combined(shipped(), [nasa])
    assert "jet-propulsion-laboratory" not in vocabulary.actors
    assert vocabulary.actor("jet-propulsion-laboratory").id == "nasa"
    assert vocabulary.decided_actors == {"nasa"}


def test_every_fault_is_told_with_its_line() -> None:
    text = '[[actor]]\nname = "A"\nkind = "persn"\n\n[[actor]]\nname = "B"\nalias = ["b"]\n'
    with pytest.raises(SitegenError) as caught:
        parse_actors(text, "actors.toml")
    assert [(p.file, p.line) for p in caught.value.problems] == [("actors.toml", 3), ("actors.toml", 7)]
    assert "did you mean 'person'" in caught.value.problems[0].message
    assert "did you mean 'aliases'" in caught.value.problems[1].message


def test_two_entries_with_one_id_are_a_fault() -> None:
    with pytest.raises(SitegenError, match="a second actor with the id 'a'"):
        parse_actors('[[actor]]\nname = "A"\n[[actor]]\nid = "a"\nname = "Other"')


def test_broken_syntax_names_the_line() -> None:
    with pytest.raises(SitegenError) as caught:
        parse_topics('[[topic]]\nname = "x\n')
    assert caught.value.problems[0].line == 2


def test_a_regular_expression_in_a_source_is_told_with_its_line_and_the_pattern_to_write() -> None:
    with pytest.raises(SitegenError, match=r"'Join us\*'") as caught:
        parse_sources('[[source]]\nname = "S"\ndrop = [\n  "Fine*",\n  "^Join us",\n]')
    problem = caught.value.problems[0]
    assert (problem.file, problem.line, problem.hint) == ("content/sources.toml", 5, "see docs/cleaning.md")


def test_a_byline_needs_its_names_or_a_known_place() -> None:
    for wrong in ("Words: *", "under the title"):
        with pytest.raises(SitegenError, match=r"has no \{names\}"):
            parse_sources(f'[[source]]\nname = "S"\nbyline = "{wrong}"')
    for right in ("Words: {names}", "below title"):
        assert parse_sources(f'[[source]]\nname = "S"\nbyline = "{right}"')[0].byline == right


def test_sources_and_topics_read() -> None:
    (source,) = parse_sources('[[source]]\nname = "The Post"\nhosts = ["post.example"]\nday_first = true')
    assert (source.id, source.day_first) == ("the-post", True)
    (topic,) = parse_topics('[[topic]]\nname = "Race to the Moon"\nwords = ["lunar module"]')
    assert topic.id == "race-to-the-moon"


def test_rejected_proposals_are_remembered_beside_the_entries() -> None:
    text = 'rejected = ["merge a b"]\n\n[[actor]]\nname = "A"\n'
    assert parse_rejected(text) == {"merge a b"}
    assert len(parse_actors(text)) == 1


@pytest.mark.parametrize("old", ["../../../elsewhere", "index.html", "Old Name", "a/b"])
def test_an_old_id_is_an_address_and_nothing_else(old: str) -> None:
    with pytest.raises(SitegenError, match="was: "):
        parse_actors(f'[[actor]]\nname = "Harbour Council"\nwas = ["{old}"]')

"""What an archive's own articles teach before the next one is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.archive.library import library
from sitegen.intake.describe import describe
from sitegen.run.home import Home
from sitegen.run.prior import labelled, with_prior
from sitegen.vocabulary.shipped import shipped
from tests.make import article, facts_of, write

LONG = "The town had a quiet week and nobody wrote anything down about it that was worth a line. " * 30
FERRY = "The ferry left the quay late, and the ferry crew told the passengers of the crossing to wait."
ORCHARD = "The apple harvest in the orchard was early, and the pickers filled their baskets with pears."


def test_a_body_that_several_articles_name_needs_one_mention_only() -> None:
    text = f"{LONG}\n\nA letter came from the Lower Valley Bank before noon."
    facts = [facts_of(f"content/n{n}.md", actors=("Lower Valley Bank",)) for n in range(3)]
    home = Home(Path("/nowhere"))

    def found(known) -> list[str]:
        return [a.id for a in describe("A week", text, vocabulary=known).actors if a.salient]

    assert "lower-valley-bank" not in found(with_prior(home, shipped(), facts[:2]))
    assert "lower-valley-bank" in found(with_prior(home, shipped(), facts))


def test_a_phrase_that_is_a_tag_already_needs_one_mention_only() -> None:
    home, facts = Home(Path("/nowhere")), [facts_of("content/a.md", tags=("tide gate",))]
    text = "The old tide gate was opened at noon."
    assert describe("", text).tags == ()
    assert describe("", text, vocabulary=with_prior(home, shipped(), facts)).tags == ("tide gate",)


def test_topics_are_learnt_from_the_articles_that_a_person_has_labelled(tmp_path: Path) -> None:
    files = {f"content/f{n}.md": article(f"F {n}", FERRY, topics=("Ferries",)) for n in range(3)} | {
        f"content/o{n}.md": article(f"O {n}", ORCHARD, topics=("Orchards",)) for n in range(3)
    }
    write(tmp_path, files)
    facts = [facts_of(p, topics=("Ferries" if "/f" in p else "Orchards",)) for p in files]
    known = with_prior(Home(tmp_path), shipped(), facts)
    (topic,) = describe("Late again", "The crew of the ferry was late at the quay.", vocabulary=known).topics
    assert topic.name == "Ferries"
    assert "ferry" in topic.words


@pytest.mark.quick
def test_what_cleaning_found_teaches_nothing_and_what_a_person_wrote_does() -> None:
    imported = [
        facts_of(f"content/{n}.md", topics=("Ferries",), original="sha256:" + "ab" * 32) for n in range(3)
    ]
    assert labelled(imported, shipped()) == ()
    mine = [replace(f, own=(("topics", ("Ferries",)),)) for f in imported]
    assert [ids for _, ids in labelled(mine, shipped())] == [("Ferries",)] * 3
    assert labelled(mine[:2], shipped()) == ()


@pytest.mark.quick
def test_a_tag_that_cleaning_found_in_one_article_only_is_not_shown() -> None:
    facts = [
        replace(facts_of("content/a.md", tags=("heat shield", "tide gate")), account="x"),
        replace(
            facts_of("content/b.md", tags=("heat shield", "mine")), account="y", own=(("tags", ("mine",)),)
        ),
        facts_of("content/c.md", tags=("written by hand",)),
    ]
    tags = {e.key: e.tags for e in library(facts, shipped()).entries}
    assert tags == {
        "2018/02/a": ("heat-shield",),
        "2018/02/b": ("heat-shield", "mine"),
        "2018/02/c": ("written-by-hand",),
    }


@pytest.mark.parametrize("hidden", ["private", "draft"])
def test_what_is_not_published_teaches_nothing(hidden: str) -> None:
    facts = [
        facts_of(f"content/n{n}.md", tags=("tide gate",), actors=("Lower Valley Bank",), **{hidden: True})
        for n in range(3)
    ]
    known = with_prior(Home(Path("/nowhere")), shipped(), facts).prior
    assert known is not None
    assert not known.tags
    assert not known.actors

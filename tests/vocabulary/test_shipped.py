"""The shipped tables say what a reader of the press would expect."""

from __future__ import annotations

import pytest

from sitegen.vocabulary.shipped import demonyms, foreign_names, shipped

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Türkiye", "turkey"),
        ("US", "united-states"),
        ("U.S.", "united-states"),
        ("Daesh", "islamic-state"),
        ("isil", "islamic-state"),
        ("SDF", "syrian-democratic-forces"),
        ("USSR", "soviet-union"),
        ("National Aeronautics and Space Administration", "nasa"),
        ("Kyrgyz Republic", "kyrgyzstan"),
    ],
)
def test_a_name_leads_to_one_actor(name: str, identity: str) -> None:
    assert shipped().actor(name).id == identity


def test_a_demonym_that_several_territories_claim_goes_to_the_most_populous() -> None:
    assert demonyms()["French"] == "france"
    assert demonyms()["Congolese"] == "democratic-republic-of-the-congo"
    assert demonyms()["Dominican"] == "dominican-republic"
    assert demonyms()["Chinese"] == "china"


def test_every_demonym_and_foreign_name_leads_to_a_known_actor() -> None:
    known = shipped().actors
    assert set(demonyms().values()) <= set(known)
    for lang in ("de", "ru", "ar"):
        assert set(foreign_names(lang).values()) <= set(known)


def test_every_parent_is_a_known_entry() -> None:
    vocabulary = shipped()
    assert {a.parent for a in vocabulary.actors.values() if a.parent} <= set(vocabulary.actors)
    assert {t.parent for t in vocabulary.topics.values() if t.parent} <= set(vocabulary.topics)


def test_topics_keep_their_codes() -> None:
    topics = shipped().topics
    assert topics["conflict-war-and-peace"].iptc == "16000000"
    assert len({t.iptc for t in topics.values()}) == len(topics)

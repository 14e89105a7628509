"""What the archive suggests about its actors, and what a person makes of it."""

from __future__ import annotations

import pytest

from sitegen.model import ActorKind
from sitegen.text import slug
from sitegen.vocabulary.edit import reject
from sitegen.vocabulary.proposals import Proposal, Sighting, accepted, proposals
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.user import combined, parse_actors, parse_rejected

pytestmark = pytest.mark.quick


def sightings(*names: str, kind: ActorKind = "organisation") -> list[Sighting]:
    return [Sighting(f"2018/01/a{n}", slug(name), name, kind) for n, name in enumerate(names)]


def merged(*names: str, kind="organisation") -> set[frozenset[str]]:
    found = proposals(sightings(*names, kind=kind), shipped())
    return {frozenset(a.name for a in p.terms) for p in found if p.sort == "merge"}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Harbour Pilots Union", "HPU", "organisation"),
        ("Ministry of Deep Harbours", "Deep Harbours Ministry", "government-body"),
        ("Nadia Q. Velmont", "Nadia Velmont", "person"),
        ("Abu Zaydun al-Qimari", "Abu Zaidoun al-Kimari", "person"),
        ("Velmont", "Nadia Velmont", "person"),
    ],
)
def test_two_names_of_one_actor_are_proposed_as_one(one: str, other: str, kind) -> None:
    assert merged(one, other, kind=kind) == {frozenset((one, other))}


def test_two_actors_are_left_apart() -> None:
    assert merged("Nadia Velmont", "Piotr Velmont", kind="person") == set()
    assert merged("Northern Grain Board", "Southern Steel Works") == set()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Igor Sturlov", "Igor Sturlova", False),
        ("Hamid Kasim", "Hamid Kasimi", False),
        ("Hamid Kasim", "Hameed Qassim", True),
        ("Hamid Kasima", "Hameed Qassimah", True),
        ("Igor Sturlovsky", "Igor Sturlovskij", True),
    ],
)
def test_spellings_of_one_surname_end_alike(one: str, other: str, alike: bool) -> None:
    assert merged(one, other, kind="person") == ({frozenset((one, other))} if alike else set())


def test_an_unknown_name_is_merged_into_the_known_one() -> None:
    known = Sighting("2018/01/b", "sergey-lavrov", "Sergey Lavrov", "person")
    (proposal,) = proposals([*sightings("Sergei V. Lavrov", kind="person"), known], shipped())
    assert [a.id for a in proposal.terms] == ["sergei-v-lavrov", "sergey-lavrov"]
    assert proposal.articles == ("2018/01/a0",)


def test_a_rejected_proposal_never_returns() -> None:
    seen = sightings("Harbour Pilots Union", "HPU")
    (proposal,) = proposals(seen, shipped())
    text = reject("", proposal.id)
    assert proposals(seen, shipped(), parse_rejected(text)) == ()


def test_a_merge_that_is_taken_is_proposed_no_more() -> None:
    seen = sightings("Harbour Pilots Union", "HPU")
    (proposal,) = proposals(seen, shipped())
    known = combined(shipped(), parse_actors(accepted("", proposal)))
    assert known.actor("HPU").id == known.actor("Harbour Pilots Union").id
    assert [p for p in proposals(seen, known) if p.sort == "merge"] == []


def test_two_people_under_one_id_are_proposed_as_two() -> None:
    seen = [Sighting("a", "nadia-velmont", "Nadia Velmont", "person", ("Velmont", "Piotr Velmont"))]
    (proposal,) = proposals(seen, shipped())
    assert (proposal.sort, proposal.names) == ("split", ("Piotr Velmont",))


def test_a_name_of_two_articles_is_worth_an_entry() -> None:
    seen = [Sighting(key, "lower-valley-bank", "Lower Valley Bank", "company") for key in ("a", "b")]
    (proposal,) = proposals(seen, shipped())
    (actor,) = parse_actors(accepted("", proposal))
    assert (proposal.sort, actor.name, actor.kind) == ("new", "Lower Valley Bank", "company")


# people and bodies of an invented country, each with the names that articles give them
GOLD = {
    "person": [
        ["Ilka Marenholt", "I. Marenholt", "Ilka J. Marenholt", "Marenholt"],
        ["Dovran Tushkaev", "Dowran Tushkayev", "Tushkaev"],
        ["Petra Lindqvist", "Petra Lindkvist"],
        ["Omar al-Zahidi", "Omar Al Zahidi", "Umar al-Zahidi"],
        ["Jonas Weller", "Jonas T. Weller"],
        ["Anna Weller"],
        ["Karim Benhadou", "Kareem Benhaddou"],
        ["Sofia Brandt"],
        ["Tomas Brandt", "Thomas Brandt"],
    ],
    "organisation": [
        ["National Harbour Authority", "NHA", "Harbour Authority"],
        ["Ministry of River Works", "River Works Ministry", "MRW"],
        ["Union of Lake Fishers", "ULF", "Lake Fishers Union"],
        ["Front for Northern Freedom", "FNF", "Northern Freedom Front"],
        ["Southern Grain Board", "SGB"],
        ["Southern Steel Board"],
        ["Marsh Rescue Service", "Marsh Rescue"],
    ],
}


def test_a_reader_who_answers_proposals_puts_the_archive_in_order() -> None:
    seen, owner = [], {}
    for kind, clusters in GOLD.items():
        for cluster in clusters:
            for n, name in enumerate(cluster):
                key = f"{cluster[0]}/{n}"
                owner[key] = cluster[0]
                seen.append(Sighting(key, slug(name), name, kind))  # type: ignore[arg-type]
    text, decisions = "", 0
    while decisions < 40:
        known = combined(shipped(), parse_actors(text))
        open_ = [p for p in proposals(seen, known, parse_rejected(text)) if p.sort == "merge"]
        if not open_:
            break
        text = accepted(text, open_[0]) if _right(open_[0]) else reject(text, open_[0].id)
        decisions += 1
    known = combined(shipped(), parse_actors(text))
    found = {s.article: known.actor_names.get(s.id, s.id) for s in seen}
    assert _pairs_f1(found, owner) >= 0.9


def _right(proposal: Proposal) -> bool:
    names = [{a.name, *a.aliases} for a in proposal.terms]
    return any(names[0] & set(c) and names[1] & set(c) for clusters in GOLD.values() for c in clusters)


def _pairs_f1(found: dict[str, str], gold: dict[str, str]) -> float:
    keys = sorted(found)
    pairs = [(a, b) for n, a in enumerate(keys) for b in keys[n + 1 :]]
    both = sum(found[a] == found[b] and gold[a] == gold[b] for a, b in pairs)
    return (
        2 * both / (sum(found[a] == found[b] for a, b in pairs) + sum(gold[a] == gold[b] for a, b in pairs))
    )

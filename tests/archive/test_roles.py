"""Offices with their dates of use."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.archive.library import library
from sitegen.archive.roles import Role, roles_of
from sitegen.model import Actor
from sitegen.vocabulary import vocabulary
from tests.make import facts_of

pytestmark = pytest.mark.quick


def test_a_role_has_the_dates_of_its_use_and_a_merged_actor_brings_its_own() -> None:
    known = vocabulary((Actor("ann-bell", "Ann Bell", "person", aliases=("A. Bell",), was=("a-bell",)),), ())
    given = (
        ("2017-01-02", "ann-bell", "mayor"),
        ("2018-03-04", "a-bell", "Mayor"),
        ("2019-05-06", "ann-bell", "Transport Minister"),
        ("2019-05-07", "someone-else", "King"),
    )
    facts = [
        replace(facts_of(f"content/{n}.md", date=date, actors=("ann-bell",)), roles=((actor, role),))
        for n, (date, actor, role) in enumerate(given)
    ]
    assert roles_of(library(facts, known), "ann-bell") == (
        Role("Transport Minister", "2019-05-06", "2019-05-06", 1, "2019/05/2", "2019/05/2"),
        Role("mayor", "2017-01-02", "2018-03-04", 2, "2017/01/0", "2018/03/1"),
    )

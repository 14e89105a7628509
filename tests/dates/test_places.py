"""Names of places -> country and coordinates."""

from __future__ import annotations

import pytest

from sitegen.dates import find_place

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("name", "country", "region"),
    [
        ("Oslo", "NO", None),
        ("OSLO, Norway", "NO", None),
        ("Oslo/Stockholm", "NO", None),
        ("Kiev", "UA", None),
        ("Київ", "UA", None),
        ("КАЗАНЬ", "RU", None),
        ("القاهرة", "EG", None),
        ("北京", "CN", None),
        ("東京", "JP", None),
        ("서울", "KR", None),
        ("Αθήνα", "GR", None),
        ("Lisboa", "PT", None),
        ("Köln", "DE", None),
        ("Bombay", "IN", None),
        ("Raqqa", "SY", None),
        ("Qamishli", "SY", None),
        ("ST. PETERSBURG, Russia", "RU", None),
        ("ST. PETERSBURG, Fla.", "US", "FL"),
        ("Springfield, Ill.", "US", "IL"),
        ("Springfield, Mo.", "US", "MO"),
        ("London, Ontario", "CA", "08"),
        ("London", "GB", None),
        ("San Jose", "CR", None),
        ("San Jose, Calif.", "US", "CA"),
        ("Victoria, B.C.", "CA", "02"),
        ("Tbilisi, Georgia", "GE", None),
        ("Atlanta, Georgia", "US", "GA"),
        ("Georgia", "GE", None),
        ("Perth, W.A.", "AU", "08"),
        ("West Berlin", "DE", None),
        ("New York", "US", "NY"),
        ("Washington", "US", "DC"),
    ],
)
def test_a_name_means_the_place_that_most_would_think_of(name: str, country: str, region: str | None) -> None:
    found = find_place(name)
    assert found is not None
    assert (found.country, found.region) == (country, region)


def test_a_city_has_coordinates_and_people() -> None:
    found = find_place("Oslo")
    assert found is not None
    assert found.capital
    assert found.people > 500_000
    assert (round(found.latitude or 0), round(found.longitude or 0)) == (60, 11)


def test_a_town_too_small_for_the_table_has_its_country_only() -> None:
    found = find_place("Smalltown, N.J.")
    assert found is not None
    assert (found.country, found.region, found.latitude) == ("US", "NJ", None)


def test_a_town_in_a_country_whose_name_is_not_certain_is_none() -> None:
    assert find_place("Smalltown, Georgia") is None


def test_a_city_is_not_found_in_a_country_that_has_none_of_that_name() -> None:
    found = find_place("Oslo, Japan")
    assert found is None or found.latitude is None


@pytest.mark.parametrize("name", ["", " ", ",", "/", "Nowhere at all", "NATO", "Trump", "\x00", "\ud800"])
def test_what_is_no_place_is_none(name: str) -> None:
    assert find_place(name) is None


def test_the_seat_of_the_united_nations_is_in_no_country() -> None:
    found = find_place("UNITED NATIONS")
    assert found is not None
    assert found.country is None
    assert found.latitude is not None

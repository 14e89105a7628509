"""Names of places -> country and coordinates, for datelines, the map and country tags.

`sitegen/data/cities.tsv.gz` has GeoNames' cities of 15,000 people and more, `regions.tsv` countries
in twelve languages, states and provinces, and seats that are no city. Both are read on first use.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files

from msgspec import Struct

from sitegen.dates.tables import rows, words_of
from sitegen.dates.words import key

_DROPPED = re.compile(r"['’‘ʼ`´.]")
_BLANKS = re.compile(r"[^\w]+")
_SAINT = re.compile(r"^(?:st|ste|sankt|saint|sainte) (?=\w)")
_LIST = re.compile(r"\s*(?:/|\s(?:and|et|und|y|e|и)\s)\s*")
# A capital is meant more often than a larger namesake: San Jose, Georgetown, Tripoli.
_CAPITAL = 5
# A city's own name is meant more often than the old or foreign name of a larger one.
_OWN_NAME = 1000
_LONGEST = 60


class Place(Struct, frozen=True):
    """A place: its name as the table has it, country (ISO 3166 alpha-2), where it lies, its people.

    `country` is None for a seat that belongs to none; coordinates are None where only the country
    or state is known. `region` is the state's code in the United States, Canada and Australia.
    """

    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    people: int = 0
    capital: bool = False
    region: str | None = None


def place_key(name: str) -> str:
    """Return the form under which two spellings of one place meet: "ST. PAUL", "Saint Paul"."""
    plain = _BLANKS.sub(" ", _DROPPED.sub("", key(name[:_LONGEST]))).strip()
    return _SAINT.sub("saint ", plain)


def find_place(name: str) -> Place | None:
    """Return the place that a name such as "Sochi, Russia", "Fort Bragg, N.C." or "Amman/Beirut" means.

    What follows a comma must be a country or state that has such a city; of several places of one
    name the one with the most people is taken, capitals before others; of a list the first. A town
    that the table does not have, in a known country, gives the country without coordinates.
    """
    first = _LIST.split(name[: 4 * _LONGEST].strip(), maxsplit=1)[0]
    town, *rest = [part.strip() for part in first.split(",") if part.strip()] or [""]
    areas = [area for part in rest if (area := find_regions(part))]
    words = place_key(town)
    found = [p for p in cities(town) if all(any(_within(p, r) for r in area) for area in areas)]
    if found:
        return max(found, key=lambda p: _weight(p, words))
    if areas:
        # Of "Georgia" and the like it is not certain which.
        countries = {r.country for r in areas[-1]}
        return Place(town, areas[-1][0].country, region=areas[-1][0].region) if len(countries) == 1 else None
    if rest:
        return None
    regions = sorted(find_regions(town), key=lambda r: r.region is not None)
    return regions[0] if regions else _part_of(words)


def find_regions(name: str) -> tuple[Place, ...]:
    """Return the countries, states, provinces and seats of this name."""
    words = place_key(name)
    return _regions().get(words) or _regions().get(words.removeprefix("the "), ())


def cities(name: str) -> tuple[Place, ...]:
    """Return every city of this name, in any of its spellings."""
    table = _cities()
    words = place_key(name)
    found = table.index.get(words, ()) or table.index.get(words.removesuffix(" city"), ())
    return tuple(table.place(row) for row in found)


def _part_of(words: str) -> Place | None:
    """Return the city or country that "west berlin" or "southern gaza" is a part of."""
    first, _, rest = words.partition(" ")
    return find_place(rest) if rest and first in words_of("part") else None


def _weight(place: Place, words: str) -> int:
    own = _OWN_NAME if place_key(place.name) == words else 1
    return (place.people + 1) * (_CAPITAL if place.capital else 1) * own


def _within(place: Place, region: Place) -> bool:
    return place.country == region.country and (not region.region or place.region == region.region)


class _Table(Struct, frozen=True):
    columns: tuple[list[str], ...]
    index: dict[str, list[int]]

    def place(self, row: int) -> Place:
        country, region, name, latitude, longitude, thousands, capital, _ = (c[row] for c in self.columns)
        people = int(thousands) * 1000
        return Place(name, country, float(latitude), float(longitude), people, bool(capital), region or None)


@cache
def _cities() -> _Table:
    text = gzip.decompress((files("sitegen") / "data" / "cities.tsv.gz").read_bytes()).decode()
    columns = tuple(line.split("\t") for line in text.split("\n"))
    index: dict[str, list[int]] = {}
    for row, (name, keys) in enumerate(zip(columns[2], columns[7], strict=True)):
        index.setdefault(name.lower(), []).append(row)
        if keys:
            for other in keys.split("|"):
                index.setdefault(other, []).append(row)
    return _Table(columns, index)


@cache
def _regions() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for country, region, latitude, longitude, names in rows("regions.tsv"):
        spellings = names.split("|")
        place = Place(
            spellings[0],
            country or None,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            region=region or None,
        )
        for words in dict.fromkeys(map(place_key, spellings)):
            found[words] = (*found.get(words, ()), place)
    return found

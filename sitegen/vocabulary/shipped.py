"""The shipped tables: states, bodies, groups, people, and the IPTC Media Topics.

Origins and licences stand at the head of each file and in `sitegen/data/README.md`. The files are
read once, on first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import cast

from sitegen.model import Actor, ActorKind, Topic
from sitegen.text import slug
from sitegen.vocabulary import Vocabulary, vocabulary

_LANGS = ("de", "fr", "es", "it", "pt", "ru", "ar", "tr", "fa", "zh", "uk")


@cache
def shipped() -> Vocabulary:
    """Return the actors and topics that every archive starts with; no sources are shipped.

    Of two entries with one name the hand-written ones come first, then states, then groups.
    """
    return vocabulary((*_listed("actors.txt"), *_states(), *_people(), *_listed("groups.txt")), _topics())


@cache
def demonyms() -> Mapping[str, str]:
    """Return the words for a state's people and things ("Syrian", "Syrians") with the state's id."""
    found = {word: slug(row[1]) for row in _rows("states.tsv") for word in row[3].split("|") if word}
    return (
        found
        | {"Soviet": "soviet-union", "Soviets": "soviet-union", "Yugoslav": "yugoslavia"}
        | {
            "East German": "east-germany",
            "West German": "west-germany",
            "East Germans": "east-germany",
            "West Germans": "west-germany",
            "South Vietnamese": "south-vietnam",
            "North Vietnamese": "north-vietnam",
            "Czechoslovak": "czechoslovakia",
            "Ottoman": "ottoman-empire",
        }
    )


@cache
def foreign_names(lang: str) -> Mapping[str, str]:
    """Return what the states are called in another language than English, with their ids."""
    if lang not in _LANGS:
        return {}
    column = 6 + _LANGS.index(lang)
    return {row[column]: slug(row[1]) for row in _rows("states.tsv") if row[column]}


def _rows(name: str) -> Iterator[list[str]]:
    for line in _lines(name)[1:]:
        yield line.split("\t")


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (files("sitegen") / "data" / name).read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("#"))


def _split(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


def _states() -> Iterator[Actor]:
    for row in _rows("states.tsv"):
        iso, name, aliases, _, metonyms, never = row[:6]
        yield Actor(
            slug(name),
            name,
            "state",
            aliases=_split(aliases, "|"),
            metonyms=_split(metonyms, "|"),
            never=_split(never, "|"),
            country=iso,
        )


def _listed(name: str) -> Iterator[Actor]:
    kind, country = "organisation", ""
    for line in _lines(name):
        if line.startswith("["):
            kind, _, country = line.strip("[]").partition(" ")
            continue
        cells = [*line.split("|"), "", "", ""]
        title = cells[0].strip()
        yield Actor(
            slug(title),
            title,
            cast("ActorKind", kind),
            aliases=_split(cells[1], ";"),
            metonyms=_split(cells[2], ";"),
            country=country or None,
            parent=slug(cells[3]) if cells[3].strip() else None,
        )


def _people() -> Iterator[Actor]:
    country = ""
    for line in _lines("people.txt"):
        if line.startswith("["):
            country = line.strip("[]")
            continue
        name, _, rest = line.partition("|")
        title = name.strip().lstrip("+")
        last = (title.split()[-1],) if name.startswith("+") else ()
        yield Actor(slug(title), title, "person", aliases=(*_split(rest, ";"), *last), country=country)


def _topics() -> Iterator[Topic]:
    rows = tuple(_rows("topics.tsv"))
    words = dict(line.split("\t") for line in _lines("topic-words.tsv"))
    taken: dict[str, str] = {}
    for row in rows:
        identity = slug(row[2])
        # a few names occur twice in the tree ("economy"): the later one takes its code along
        taken[row[0]] = identity if identity not in taken.values() else f"{identity}-{row[0]}"
    for code, parent, english, american, *others, definition in rows:
        yield Topic(
            taken[code],
            english,
            aliases=tuple(dict.fromkeys(n for n in (american, *others) if n and n != english)),
            parent=taken.get(parent),
            words=_split(words.get(code, ""), ","),
            iptc=code,
            description=definition or None,
        )

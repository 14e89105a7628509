"""The user's `actors.toml`, `topics.toml` and `sources.toml`: text in, values out.

Every fault of a file is told at once, with its line and, for a mistyped key, the nearest right one.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from msgspec.structs import replace

from sitegen.errors import Problem, SitegenError
from sitegen.model import Actor, ActorKind, SourceRules, Topic
from sitegen.text import fold, slug
from sitegen.vocabulary import Vocabulary, vocabulary
from sitegen.vocabulary.patterns import pattern_fault
from sitegen.vocabulary.shipped import shipped

_KINDS = get_args(ActorKind)
_TEXT, _TEXTS, _FLAG = "a text in quotes", "a list of texts", "true or false"
_ACTOR = {
    "id": _TEXT, "name": _TEXT, "kind": _TEXT, "aliases": _TEXTS, "metonyms": _TEXTS, "not": _TEXTS,
    "country": _TEXT, "parent": _TEXT, "wikidata": _TEXT, "description": _TEXT, "was": _TEXTS,
    "hidden": _FLAG,
}  # fmt: skip
_TOPIC = {
    "id": _TEXT, "name": _TEXT, "aliases": _TEXTS, "parent": _TEXT, "words": _TEXTS, "iptc": _TEXT,
    "description": _TEXT, "was": _TEXTS, "hidden": _FLAG,
}  # fmt: skip
_SOURCE = {
    "id": _TEXT, "name": _TEXT, "hosts": _TEXTS, "aliases": _TEXTS, "drop": _TEXTS, "keep": _TEXTS,
    "title_tail": _TEXT, "day_first": _FLAG, "byline": _TEXT,
}  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
Entry = TypeVar("Entry", Actor, Topic, SourceRules)


def parse_actors(
    text: str, file: str = "content/actors.toml", *, known: Mapping[str, Actor] | None = None
) -> tuple[Actor, ...]:
    """Return the actors of a user's file in its order.

    An entry whose id is `known` (a shipped one, if left out) needs only the keys that differ; its
    aliases are added to those already there. Raises SitegenError with every fault of the file.
    """
    return _parsed(
        text,
        file,
        "actor",
        _ACTOR,
        shipped().actors if known is None else known,
        lambda i, n: Actor(i, n),
        _check_actor,
    )


def parse_topics(
    text: str, file: str = "content/topics.toml", *, known: Mapping[str, Topic] | None = None
) -> tuple[Topic, ...]:
    """Return the topics of a user's file in its order; as `parse_actors`."""
    return _parsed(
        text,
        file,
        "topic",
        _TOPIC,
        shipped().topics if known is None else known,
        lambda i, n: Topic(i, n),
        lambda _: [],
    )


def parse_sources(text: str, file: str = "content/sources.toml") -> tuple[SourceRules, ...]:
    """Return the sources of a user's file in its order; as `parse_actors`."""
    known: Mapping[str, SourceRules] = {}
    return _parsed(text, file, "source", _SOURCE, known, lambda i, n: SourceRules(i, n), _check_source)


def parse_rejected(text: str) -> frozenset[str]:
    """Return the proposals that a person has turned down, by their ids; text that is no TOML has none."""
    try:
        given = tomllib.loads(text).get("rejected", [])
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(str(g) for g in given) if isinstance(given, list) else frozenset()


def combined(
    shipped: Vocabulary,
    actors: Iterable[Actor] = (),
    topics: Iterable[Topic] = (),
    sources: Iterable[SourceRules] = (),
) -> Vocabulary:
    """Return the vocabulary in which the user's entries override and extend the shipped ones.

    A name that a user's entry claims leads there; a shipped entry whose id a user's entry lists in
    `was` has been merged into it and is gone.
    """
    actors, topics, sources = tuple(actors), tuple(topics), tuple(sources)
    gone = {old for a in actors for old in a.was} | {a.id for a in actors}
    gone_topics = {old for t in topics for old in t.was} | {t.id for t in topics}
    return vocabulary(
        (*actors, *(a for a in shipped.actors.values() if a.id not in gone)),
        (*topics, *(t for t in shipped.topics.values() if t.id not in gone_topics)),
        (*sources, *shipped.sources.values()),
        decided_actors=(a.id for a in actors),
        decided_topics=(t.id for t in topics),
    )


def _parsed(
    text: str,
    file: str,
    table: str,
    keys: Mapping[str, str],
    known: Mapping[str, Entry],
    make: Callable[[str, str], Entry],
    check: Callable[[Mapping[str, Any]], list[tuple[str, str]]],
) -> tuple[Entry, ...]:
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SitegenError(_syntax(str(error), text, file)) from None
    problems = [
        _at(text, file, None, key, _unknown(key, {table, "rejected"}))
        for key in whole
        if key not in (table, "rejected")
    ]
    if not _fits(rejected := whole.get("rejected", []), _TEXTS):
        problems.append(_at(text, file, None, "rejected", f"rejected: {rejected!r} should be {_TEXTS}"))
    rows = whole.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise SitegenError(_at(text, file, None, table, f"write each entry under its own [[{table}]]"))
    found: dict[str, Entry] = {}
    for number, row in enumerate(rows):
        faults = _faults(row, keys, known) or check(row)
        identity = str(row.get("id") or slug(str(row.get("name", ""))))
        if not faults and identity in found:
            faults = [("id", f"a second {table} with the id '{identity}'")]
        problems += [_at(text, file, (table, number), key, message) for key, message in faults]
        if not faults:
            base = known.get(identity) or make(identity, str(row.get("name", identity)))
            found[identity] = _laid_over(base, row)
    if problems:
        raise SitegenError(*problems)
    return tuple(found.values())


def _laid_over(base: Entry, row: Mapping[str, Any]) -> Entry:
    given: dict[str, Any] = {
        ("never" if k == "not" else k): tuple(v) if isinstance(v, list) else v for k, v in row.items()
    }
    renamed: tuple[str, ...] = (base.name,) if given.get("name", base.name) != base.name else ()
    never = {fold(n) for n in given.get("never", ())}
    aliases = (*base.aliases, *renamed, *given.get("aliases", ()))
    given["aliases"] = tuple(a for a in dict.fromkeys(aliases) if fold(a) not in never)
    laid: Entry = replace(base, **given)
    return laid


def _faults(
    row: Mapping[str, Any], keys: Mapping[str, str], known: Mapping[str, object]
) -> list[tuple[str, str]]:
    faults = [(k, _unknown(k, set(keys))) for k in row if k not in keys]
    for key, value in row.items():
        if key in keys and not _fits(value, keys[key]):
            faults.append((key, f"{key}: {value!r} should be {keys[key]}"))
    if "name" not in row and row.get("id") not in known:
        faults.append(("id" if "id" in row else "", "has no name"))
    identity = row.get("id")
    named = [("id", identity), *(("was", old) for old in _texts(row.get("was")))]
    for key, value in named:  # both become addresses of the site
        if isinstance(value, str) and not _ID.match(value):
            faults.append((key, f"{key}: '{value}' should be lower-case letters, digits and hyphens"))
    return faults


def _texts(value: object) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _fits(value: object, expected: str) -> bool:
    if expected == _TEXTS:
        return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    return isinstance(value, bool) if expected == _FLAG else isinstance(value, str) and bool(value.strip())


def _check_actor(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    kind = row.get("kind", "organisation")
    if kind in _KINDS:
        return []
    near = get_close_matches(kind, _KINDS, n=1)
    meant = f", did you mean '{near[0]}'?" if near else f"; the kinds are {', '.join(_KINDS)}"
    return [("kind", f"kind: '{kind}' is none{meant}")]


def _check_source(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    faults = []
    for key in ("drop", "keep", "byline"):
        patterns = row.get(key, [])
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            fault = pattern_fault(pattern, byline=key == "byline")
            if fault:
                faults.append((pattern, f"{key}: '{pattern}' {fault[0]}; {fault[1]}"))
    return faults


def _unknown(key: str, known: set[str]) -> str:
    near = get_close_matches(key, sorted(known), n=1)
    return f"unknown key '{key}'" + (f", did you mean '{near[0]}'?" if near else "")


def _at(text: str, file: str, entry: tuple[str, int] | None, key: str, message: str) -> Problem:
    lines = text.splitlines()
    start, end = _span(lines, *entry) if entry else (0, len(lines))
    wanted = re.compile(rf'\s*(\[+\s*)?"?{re.escape(key)}"?\s*[\].=]')
    named = (n for n in range(start, end) if key and wanted.match(lines[n]))
    held = (n for n in range(start, end) if key and (key in lines[n] or json.dumps(key)[1:-1] in lines[n]))
    line = next(named, next(held, start))
    excerpt = lines[line].strip() if line < len(lines) else None
    page = "cleaning" if entry and entry[0] == "source" else "actors-and-topics"
    return Problem(
        "vocabulary", message, file=file, line=line + 1, excerpt=excerpt, hint=f"see docs/{page}.md"
    )


def _span(lines: list[str], table: str, number: int) -> tuple[int, int]:
    heads = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{table}\s*\]\]", line)]
    if number >= len(heads):
        return 0, len(lines)
    return heads[number], heads[number + 1] if number + 1 < len(heads) else len(lines)


def _syntax(message: str, text: str, file: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    lines = text.splitlines()
    line = int(place.group(1)) if place else len(lines) or 1
    return Problem(
        "vocabulary-syntax",
        f"is not valid TOML: {message.split(' (at')[0]}",
        file=file,
        line=line,
        column=int(place.group(2)) if place else None,
        excerpt=lines[line - 1] if line <= len(lines) else None,
        hint='texts stand in quotes, lists in brackets: aliases = ["SDF"]',
    )

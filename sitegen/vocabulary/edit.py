"""Decisions about actors, topics and sources, written into the text of the user's file and nowhere else.

Each function takes the text of `actors.toml`, `topics.toml` or `sources.toml` and gives it back with
one decision more; comments, order and spacing of what a person wrote stay. Undo is deleting the lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Array, Table

from sitegen.model import Actor, SourceRules, Topic
from sitegen.text import fold, slug

Term = Actor | Topic


def merge(text: str, gone: Term, into: Term) -> str:
    """Return the text in which `gone` is a part of `into`: its names, and its address as a redirect."""
    document = _document(text)
    entry = _entry(document, into)
    _add(entry, "aliases", (gone.name, *gone.aliases), but=(into.name, *into.aliases))
    _add(entry, "was", (gone.id, *gone.was))
    if entry.get("parent") in (gone.id, *gone.was):
        del entry["parent"]
    if isinstance(gone, Actor) and isinstance(into, Actor) and gone.metonyms:
        _add(entry, "metonyms", (*into.metonyms, *gone.metonyms))
        _add(entry, "not", gone.never, but=(into.name, *into.aliases))
    if isinstance(gone, Topic) and isinstance(into, Topic) and gone.words:
        _add(entry, "words", (*into.words, *gone.words))
    _remove(document, gone)
    return _text(document)


def rename(text: str, term: Term | SourceRules, name: str) -> str:
    """Return the text in which the term is called `name`; its id stays, its old name is an alias."""
    document = _document(text)
    entry = _entry(document, term)
    entry["name"] = name
    _add(entry, "aliases", (term.name,), but=(name,))
    return _text(document)


def hide(text: str, term: Term, *, hidden: bool = True) -> str:
    """Return the text in which the term has no page and is on none, or has one again."""
    document = _document(text)
    entry = _entry(document, term)
    if hidden:
        entry["hidden"] = True
    elif "hidden" in entry:
        del entry["hidden"]
    return _text(document)


def split(text: str, term: Actor, name: str, aliases: Iterable[str] = ()) -> str:
    """Return the text in which `name` and `aliases` are an actor of their own, and never `term`."""
    document = _document(text)
    apart = (name, *aliases)
    folded = {fold(a) for a in apart}
    entry = _entry(document, term)
    if "aliases" in entry:
        kept = [a for a in cast("Array", entry["aliases"]) if fold(str(a)) not in folded]
        entry["aliases"] = _array(str(a) for a in kept)
    _disown(entry, slug(name))
    _add(entry, "not", apart)
    made = _entry(document, Actor(slug(name), name, term.kind))
    made["kind"] = term.kind
    _add(made, "aliases", apart[1:])
    return _text(document)


def add(text: str, term: Term) -> str:
    """Return the text with an entry for the term: its name, its kind or parent, and its aliases."""
    document = _document(text)
    entry = _entry(document, term)
    if isinstance(term, Actor):
        entry["kind"] = term.kind
    if term.parent:
        entry["parent"] = term.parent
    _add(entry, "aliases", term.aliases)
    if isinstance(term, Topic):
        _add(entry, "words", term.words)
    return _text(document)


def rule(text: str, source: SourceRules, key: str, value: str | bool) -> str:
    """Return the text of `sources.toml` with one rule more; `drop` and `keep` are lists that grow."""
    document = _document(text)
    entry = _entry(document, source)
    if "name" not in entry:
        entry["name"] = source.name
    if source.hosts and "hosts" not in entry:
        entry["hosts"] = _array(source.hosts)
    if key not in ("drop", "keep"):
        entry[key] = value
        return _text(document)
    _add(entry, key, (str(value),))
    array = cast("Array", entry[key])
    array.multiline(len(array) > 1)
    return _text(document)


def reject(text: str, proposal: str) -> str:
    """Return the text that remembers that the proposal with this id is not wanted."""
    document = _document(text)
    if "rejected" not in document:
        # a top-level key must stand before the first [[table]]
        fresh = _document(f"rejected = []\n\n{text}" if text.strip() else "rejected = []\n")
        document = fresh
    given = cast("Array", document["rejected"])
    if proposal not in given:
        given.append(proposal)
        given.multiline(len(given) > 1)
    return _text(document)


def unreject(text: str, proposal: str) -> str:
    """Return the text without a rejected proposal, so that it may be made again."""
    document = _document(text)
    given = cast("Array", document.get("rejected", []))
    if proposal in given:
        given.remove(proposal)
    return _text(document)


def _document(text: str) -> TOMLDocument:
    return tomlkit.parse(text)


def _text(document: TOMLDocument) -> str:
    return tomlkit.dumps(document)


def _table_name(term: Term | SourceRules) -> str:
    if isinstance(term, SourceRules):
        return "source"
    return "actor" if isinstance(term, Actor) else "topic"


def _tables(document: TOMLDocument, name: str) -> AoT:
    if name not in document:
        document.append(name, tomlkit.aot())
    return cast("AoT", document[name])


def _entry(document: TOMLDocument, term: Term | SourceRules) -> Table:
    """Return the term's own table, made at the end of the file where there is none yet."""
    tables = _tables(document, _table_name(term))
    for entry in tables:
        if _identity(entry) == term.id:
            return cast("Table", entry)
    made = tomlkit.table()
    made["id"] = term.id
    made["name"] = term.name
    if isinstance(term, Actor) and term.kind != "organisation":
        made["kind"] = term.kind
    if len(tables):
        tables[-1].add(tomlkit.nl())
    tables.append(made)
    return tables[-1]


def _identity(entry: Any) -> str:
    return str(entry.get("id") or slug(str(entry.get("name", ""))))


def _disown(entry: Table, identity: str) -> None:
    """Take an id that gets an entry of its own again from those that an entry has had."""
    if "was" in entry:
        kept = [str(w) for w in cast("Array", entry["was"]) if str(w) != identity]
        entry["was"] = _array(kept)
        if not kept:
            del entry["was"]


def _remove(document: TOMLDocument, term: Term) -> None:
    tables = _tables(document, _table_name(term))
    for number, entry in enumerate(tables):
        if _identity(entry) == term.id:
            del tables[number]
            return


def _add(entry: Table, key: str, values: Iterable[str], but: Iterable[str] = ()) -> None:
    present = [str(v) for v in cast("Array", entry.get(key, []))]
    skipped = {fold(v) for v in (*present, *but)} if key == "aliases" else set(present)
    new = [v for v in dict.fromkeys(values) if (fold(v) if key == "aliases" else v) not in skipped]
    if not new:
        return
    if key not in entry:
        entry[key] = _array(new)
        return
    array = cast("Array", entry[key])
    for value in new:
        array.append(value)


def _array(values: Iterable[str]) -> Array:
    array = tomlkit.array()
    for value in values:
        array.append(value)
    return array

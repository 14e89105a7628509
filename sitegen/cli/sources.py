"""`sitegen sources`: what is known of each publisher, what its articles suggest, and decisions about it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct

from sitegen.archive.library import Library
from sitegen.cli.common import find_entry, home_of, open_library
from sitegen.cli.talk import Talk
from sitegen.errors import Problem, SitegenError
from sitegen.intake.lessons import Lesson
from sitegen.model import SourceRules
from sitegen.run.decide import Desk
from sitegen.run.explain import convert_again
from sitegen.run.home import Home
from sitegen.run.lessons import source_of, suggest
from sitegen.vocabulary import Vocabulary, edit
from sitegen.vocabulary.patterns import fits


class _Archive(Struct, frozen=True):
    home: Home
    vocabulary: Vocabulary
    articles: Library


def sources(args: argparse.Namespace, talk: Talk) -> int:
    """Answer a question about sources or keep a decision about them."""
    home = home_of(args)
    _, vocabulary, _, articles = open_library(home)
    archive = _Archive(home, vocabulary, articles)
    return int(_DOES[args.does](archive, args, talk))


def _list(archive: _Archive, _args: argparse.Namespace, talk: Talk) -> int:
    known = {**archive.articles.sources, **archive.vocabulary.sources}
    counted = {identity: len(archive.articles.by_source.get(identity, ())) for identity in known}
    for identity in sorted(known, key=lambda i: (-counted[i], i)):
        source = known[identity]
        if talk.as_json:
            row = {"id": identity, "name": source.name, "hosts": source.hosts}
            talk.result({**row, "articles": counted[identity], "rules": _rules(source)})
        else:
            rules = f"  ({', '.join(_rules(source))})" if _rules(source) else ""
            print(f"{counted[identity]:>6}  {identity}  {source.name}{rules}")
    return 0


def _rules(source: SourceRules) -> list[str]:
    names = ("drop", "keep", "title_tail", "day_first", "byline")
    return [name for name in names if getattr(source, name) not in ((), None)]


def _stats(archive: _Archive, _args: argparse.Namespace, talk: Talk) -> int:
    known, found = archive.vocabulary.sources, archive.articles.sources
    rows = {
        "sources": len({*known, *found}),
        "with rules": sum(bool(_rules(source)) for source in known.values()),
        "found in articles only": sum(i not in known for i in found),
        "articles without a source": sum(not e.source for e in archive.articles.entries),
    }
    if talk.as_json:
        talk.result(rows)
    else:
        for name, number in rows.items():
            print(f"{name:<28}{number:>8,}")
    return 0


def _suggest(archive: _Archive, _args: argparse.Namespace, talk: Talk) -> int:
    found = suggest(archive.home, archive.articles, archive.vocabulary)
    for number, lesson in enumerate(found, 1):
        if talk.as_json:
            talk.result({"number": number, **_row(lesson)})
            continue
        print(f"{number:>3}  {lesson.source.name}: {lesson.key} = {lesson.value!r}")
        print(f"     {lesson.evidence}")
        for example in lesson.examples:
            print(f"     | {example}")
        changed = f"{lesson.articles[0]} and {len(lesson.articles) - 1} more"
        print(f"     would change {changed if len(lesson.articles) > 1 else lesson.articles[0]}")
    if found:
        talk.say("take one up with `sitegen sources accept N`, turn it down with `sitegen sources reject N`")
    else:
        talk.say("no source's articles suggest a rule that it has not")
    return 0


def _row(lesson: Lesson) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "source": lesson.source.id,
        "key": lesson.key,
        "value": lesson.value,
        "evidence": lesson.evidence,
        "examples": lesson.examples,
        "articles": lesson.articles,
    }


def _chosen(archive: _Archive, given: list[str]) -> list[Lesson]:
    """Return the suggestions that numbers or ids mean; raises SitegenError where one means none."""
    found = suggest(archive.home, archive.articles, archive.vocabulary)
    by_name = {str(n): lesson for n, lesson in enumerate(found, 1)} | {lesson.id: lesson for lesson in found}
    for name in given:
        if name not in by_name:
            hint = "see `sitegen sources suggest`"
            raise SitegenError(Problem("unknown", "is no suggestion", file=name, hint=hint))
    return list(dict.fromkeys(by_name[name] for name in given))


def _accept(archive: _Archive, args: argparse.Namespace, talk: Talk) -> int:
    chosen = _chosen(archive, args.n)
    articles = sorted({key for lesson in chosen for key in lesson.articles})

    def accepted(text: str) -> str:
        for lesson in chosen:
            text = edit.rule(text, lesson.source, lesson.key, lesson.value)
        return text

    return _decide(archive, accepted, articles, args, talk)


def _reject(archive: _Archive, args: argparse.Namespace, talk: Talk) -> int:
    chosen = _chosen(archive, args.n)

    def rejected(text: str) -> str:
        for lesson in chosen:
            text = edit.reject(text, lesson.id)
        return text

    return _decide(archive, rejected, [], args, talk)


def _rename(archive: _Archive, args: argparse.Namespace, talk: Talk) -> int:
    known = {**archive.articles.sources, **archive.vocabulary.sources}
    source = archive.vocabulary.source(args.id)
    if source.id not in known:
        hint = "see `sitegen sources list`"
        raise SitegenError(Problem("unknown", "is no source of this archive", file=args.id, hint=hint))
    articles = [entry.key for entry in archive.articles.by_source.get(source.id, ())]
    renamed = partial(edit.rename, term=known[source.id], name=args.name)
    return _decide(archive, renamed, articles, args, talk)


def _decide(
    archive: _Archive,
    change: Callable[[str], str],
    articles: list[str],
    args: argparse.Namespace,
    talk: Talk,
) -> int:
    desk = Desk(archive.home, "sources", args.dry_run)
    desk.decide(change)
    for key in articles:
        talk.detail(f"changes /{key}/")
    verb = "would change" if args.dry_run else "kept in"
    then = f"; `sitegen add --again` lays it over {len(articles)} articles" if articles else ""
    talk.say(f"{verb} {desk.shown}{then}")
    if talk.as_json:
        talk.result({"file": desk.shown, "pages": articles})
    return 0


def _why(archive: _Archive, args: argparse.Namespace, _talk: Talk) -> int:
    """Print what the rules of an article's source do in it."""
    entry = find_entry(archive.home, archive.articles, args.article)
    identity, _ = source_of(entry, archive.vocabulary)
    source = archive.vocabulary.sources.get(identity)
    if source is None:
        print(f"{entry.front.source or 'its source'} has no rules in content/sources.toml")
        return 0
    article = convert_again(archive.home, entry, archive.vocabulary)
    told = []
    for dropped in article.dropped:
        pattern = next((p for p in source.drop if fits(p, dropped.text)), None)
        if pattern and dropped.reason == "source-rule":
            told.append(f"drop '{pattern}': line {dropped.line}: {dropped.text}")
    title, date, authors = (article.evidence.get(name) for name in ("title", "date", "authors"))
    if title and source.title_tail and title.text.strip().endswith(source.title_tail.strip()):
        told.append(f"title_tail '{source.title_tail}': {title.text}")
    if date and source.day_first is not None:
        told.append(f"day_first {str(source.day_first).lower()}: {date.text} is {date.value}")
    if authors and authors.rule == "source-byline":
        told.append(f"byline '{source.byline}': line {authors.line}: {authors.text}")
    print("\n".join(told) or f"no rule of {source.name} does anything in {entry.facts.path}")
    return 0


_DOES = {
    "list": _list,
    "stats": _stats,
    "suggest": _suggest,
    "accept": _accept,
    "reject": _reject,
    "rename": _rename,
    "why": _why,
}

"""Commands that only look: check, search, list, stats, verify, completion."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

import shtab
from msgspec import to_builtins

from sitegen.archive.library import Entry
from sitegen.cli.common import home_of, open_library
from sitegen.cli.parser import parser
from sitegen.cli.talk import Talk, shown
from sitegen.errors import Severity
from sitegen.run.check import check_archive
from sitegen.run.freepages import free_pages
from sitegen.run.order import Options, public_folder
from sitegen.run.query import search_archive
from sitegen.run.verify import verify_archive
from sitegen.text import counted, slug

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def check(args: argparse.Namespace, talk: Talk) -> int:
    """Tell everything that is wrong in content and site."""
    home = home_of(args)
    _, _, found, articles = open_library(home)
    free, faults = free_pages(home, drafts=True)
    problems = (
        *found.problems,
        *articles.problems,
        *faults,
        *check_archive(home, found.facts, articles, free, public_folder(home, Options()), args.host),
    )
    talk.problems(problems)
    counts = Counter(p.severity for p in problems)
    told = ", ".join(counted(counts[name], name) for name in _SEVERITIES if counts[name])
    talk.say(f"{counted(len(articles.entries), 'article')} checked: {told or 'nothing is wrong'}")
    if talk.as_json:
        talk.result({"articles": len(articles.entries), **{name: counts[name] for name in _SEVERITIES}})
    return talk.exit_code(strict=args.strict)


def search(args: argparse.Namespace, talk: Talk) -> int:
    """Print what a query finds, best first, as the site's own search would."""
    answer = search_archive(home_of(args), " ".join(args.query), sort=args.sort, limit=args.limit)
    for asked, instead in answer.instead:
        talk.say(f"searched for {instead!r} instead of {asked!r}")
    for result in answer.results:
        card = result.card
        if talk.as_json:
            talk.result(to_builtins(card))
        else:
            where = " · ".join(p for p in (card.date, card.source, card.key) if p)
            talk.line(f"{_marked(talk, card.title, result.title_marks)}\n  {where}")
            talk.line(f"  {_marked(talk, card.summary, result.summary_marks)}\n")
    almost = f", {answer.almost:,} more have almost all words" if answer.almost else ""
    talk.say(f"{counted(answer.whole, 'article')}{almost}")
    return 0


def _marked(talk: Talk, text: str, marks: tuple[tuple[int, int], ...]) -> str:
    made, at = "", 0
    for start, end in marks:
        made += shown(text[at:start]) + talk.marked(text[start:end])
        at = end
    return made + shown(text[at:])


def list_articles(args: argparse.Namespace, talk: Talk) -> int:
    """Print the articles, newest first, one a line."""
    _, vocabulary, _, articles = open_library(home_of(args))
    wanted = {
        "actors": args.actor and vocabulary.actor(args.actor).id,
        "topics": args.topic and vocabulary.topic(args.topic).id,
        "tags": args.tag and slug(args.tag),
        "source": args.source and vocabulary.source(args.source).id,
    }
    shown = [e for e in articles.entries if all(_has(e, f, i) for f, i in wanted.items() if i)]
    for entry in shown[: args.limit]:
        if talk.as_json:
            talk.result(_row(entry))
        else:
            talk.line(f"{entry.date or 'undated':<16} {entry.key}  {entry.front.title}")
    return 0


def _has(entry: Entry, field: str, identity: str) -> bool:
    value = getattr(entry, field)
    return identity == value or (field != "source" and identity in value)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "file": entry.facts.path,
        "title": entry.front.title,
        "date": entry.date or None,
        "source": entry.front.source,
        "url": entry.front.url,
        "topics": entry.topics,
        "actors": entry.actors,
        "tags": entry.front.tags,
    }


def stats(args: argparse.Namespace, talk: Talk) -> int:
    """Print how much there is, and what is missing."""
    _, _, found, articles = open_library(home_of(args))
    fronts = [f.front for f in found.facts]
    rows = {
        "articles": len(fronts),
        "words": sum(f.words for f in found.facts),
        "topics": len(articles.topics),
        "actors": len(articles.actors),
        "tags": len(articles.tags),
        "sources": len(articles.sources),
        "places": len(articles.places),
        "drafts": sum(f.draft for f in fronts),
        "private": sum(f.private for f in fronts),
        "without_date": sum(f.date is None for f in fronts),
        "without_source": sum(not f.source for f in fronts),
        "without_address": sum(not f.url for f in fronts),
        "without_topic": sum(not f.topics for f in fronts),
        "without_actor": sum(not f.actors for f in fronts),
        "without_original": sum(not f.original for f in fronts),
        "cannot_be_read": len(found.problems),
    }
    if talk.as_json:
        talk.result(rows)
    else:
        for name, number in rows.items():
            print(f"{name.replace('_', ' '):<18}{number:>12,}")
    return 0


def verify(args: argparse.Namespace, talk: Talk) -> int:
    """Tell whether every original is what its name says, and every article has its original."""
    home = home_of(args)
    _, _, found, _ = open_library(home)
    report = verify_archive(home, found.facts)
    talk.problems((*found.problems, *report.problems))
    what = f"{counted(report.originals, 'original')} and {counted(len(found.facts), 'article')}"
    talk.say(f"{what} verified")
    if talk.as_json:
        talk.result(
            {"originals": report.originals, "articles": len(found.facts), "wrong": len(report.problems)}
        )
    return talk.exit_code()


def completion(args: argparse.Namespace, _talk: Talk) -> int:
    """Print a shell's completion script."""
    print(shtab.complete(parser(), args.shell))
    return 0

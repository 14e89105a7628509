"""`sitegen explain`: why an article is as it is, and which lines it should hold instead."""

from __future__ import annotations

import argparse
from difflib import unified_diff

from msgspec.structs import replace

from sitegen.archive.document import document
from sitegen.archive.library import Entry
from sitegen.cli.common import find_entry, home_of, open_library
from sitegen.cli.explain import explanation
from sitegen.cli.intake import as_json, report_row
from sitegen.cli.talk import Talk
from sitegen.config import Config
from sitegen.intake.wishes import line_range
from sitegen.model import FrontMatter
from sitegen.run import add as adding
from sitegen.run.explain import Decision, convert_again, decide, original_path
from sitegen.run.files import in_endings_of, read_bytes, write_atomic
from sitegen.run.here import here
from sitegen.run.home import Home
from sitegen.run.keep import Keeper
from sitegen.run.lock import only_writer
from sitegen.run.prior import with_prior
from sitegen.run.scan import Scan
from sitegen.vocabulary import Vocabulary


def explain(args: argparse.Namespace, talk: Talk) -> int:
    """Tell why an article is as it is, from its original; or keep a decision about its lines."""
    home = home_of(args)
    config, vocabulary, found, articles = open_library(home)
    vocabulary = with_prior(home, vocabulary, found.facts)
    entry = find_entry(home, articles, args.article)
    decision = Decision(_wishes(args.keep), _wishes(args.drop), _wishes(args.forget))
    if decision != Decision():
        return _decide(home, entry, decision, (config, vocabulary, found), args.dry_run, talk)
    article = convert_again(home, entry, vocabulary)
    if talk.as_json:
        talk.result(as_json(article))
    else:
        print(explanation(article, args.field), end="")
    return 0


def _wishes(given: list[str]) -> tuple[str, ...]:
    """Return each wish by itself: "14-16,30" are two, while a text may hold commas."""
    made: list[str] = []
    for text in given:
        parts = [part.strip() for part in text.split(",")]
        made += parts if all(line_range(part) for part in parts) else [text.strip()]
    return tuple(dict.fromkeys(made))


def _decide(
    home: Home,
    entry: Entry,
    decision: Decision,
    archive: tuple[Config, Vocabulary, Scan],
    dry_run: bool,
    talk: Talk,
) -> int:
    config, vocabulary, found = archive
    if dry_run:
        _show(home, entry, decide(home, entry, decision), vocabulary, talk)
        return 0
    path = home.root / entry.facts.path
    with only_writer(home):
        before, text = read_bytes(path), decide(home, entry, decision)
        write_atomic(path, in_endings_of(before, text).encode(), durable=True)
        front = document(text.encode(), file=entry.facts.path).front
        facts = tuple(replace(f, front=front) if f.path == entry.facts.path else f for f in found.facts)
        keeper = Keeper(home, here(home, replace(found, facts=facts)), vocabulary, again=True)
        inputs = [str(original_path(home, entry))]
        for row in adding.add(keeper, inputs, limit=config.limits.article_bytes, jobs=1, only=front.original):
            report_row(row, talk)
            if row.outcome == "skipped":
                write_atomic(path, before, durable=True)
    return talk.exit_code()


def _with_front(entry: Entry, front: FrontMatter) -> Entry:
    return entry._replace(told={entry.path: replace(entry.facts, front=front)})


def _show(home: Home, entry: Entry, text: str, vocabulary: Vocabulary, talk: Talk) -> None:
    """Print how the article's text would change, as a difference of lines."""
    front = document(text.encode(), file=entry.facts.path).front
    now = convert_again(home, entry, vocabulary).markdown.splitlines()
    then = convert_again(home, _with_front(entry, front), vocabulary)
    changed = [*unified_diff(now, then.markdown.splitlines(), lineterm="", n=0)][2:]
    if talk.as_json:
        talk.result(as_json(then))
        return
    for line in changed:
        if not line.startswith("@@"):
            print(line)
    talk.say(f"would change {entry.facts.path}")

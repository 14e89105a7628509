"""`sitegen actors` and `sitegen topics`: lists, and decisions kept in `actors.toml` and `topics.toml`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping

from sitegen.archive.library import Entry, Library
from sitegen.cli.common import find_entry, home_of, open_library
from sitegen.cli.explain import explanation
from sitegen.cli.talk import Talk
from sitegen.errors import Problem, SitegenError
from sitegen.model import Actor, Topic
from sitegen.run.explain import convert_again
from sitegen.run.files import read_text, write_atomic
from sitegen.run.home import Home
from sitegen.vocabulary import Vocabulary, edit

Term = Actor | Topic


def actors(args: argparse.Namespace, talk: Talk) -> int:
    """Answer a question about actors or keep a decision about them."""
    return _command(args, talk, "actors")


def topics(args: argparse.Namespace, talk: Talk) -> int:
    """Answer a question about topics or keep a decision about them."""
    return _command(args, talk, "topics")


def _command(args: argparse.Namespace, talk: Talk, which: str) -> int:
    home = home_of(args)
    _, vocabulary, _, articles = open_library(home)
    if args.does == "list":
        return _list(talk, which, articles)
    if args.does == "stats":
        return _stats(talk, which, vocabulary, articles)
    if args.does == "why":
        return _why(args, which, home, vocabulary, articles)
    return _decide(args, talk, which, home, vocabulary, articles)


def _by_term(which: str, articles: Library) -> Mapping[str, tuple[Entry, ...]]:
    return articles.by_actor if which == "actors" else articles.by_topic


def _terms(which: str, articles: Library) -> Mapping[str, Term]:
    return articles.actors if which == "actors" else articles.topics


def _list(talk: Talk, which: str, articles: Library) -> int:
    counted = sorted(_by_term(which, articles).items(), key=lambda row: (-len(row[1]), row[0]))
    for identity, entries in counted:
        term = _terms(which, articles)[identity]
        if talk.as_json:
            talk.result({"id": identity, "name": term.name, "kind": getattr(term, "kind", None),
                         "aliases": term.aliases, "articles": len(entries)})  # fmt: skip
        else:
            print(f"{len(entries):>6}  {identity}  {term.name}")
    return 0


def _stats(talk: Talk, which: str, vocabulary: Vocabulary, articles: Library) -> int:
    terms = _terms(which, articles)
    known = vocabulary.actors if which == "actors" else vocabulary.topics
    decided = vocabulary.decided_actors if which == "actors" else vocabulary.decided_topics
    rows = {
        which: len(terms),
        "decided by you": sum(i in decided for i in terms),
        "known to sitegen": sum(i in known and i not in decided for i in terms),
        "found in articles only": sum(i not in known for i in terms),
        **Counter(str(getattr(t, "kind", "topic")) for t in terms.values()),
    }
    if talk.as_json:
        talk.result(rows)
    else:
        for name, number in rows.items():
            print(f"{name:<24}{number:>8,}")
    return 0


def _known(which: str, vocabulary: Vocabulary, articles: Library, name: str) -> Term:
    term: Term = vocabulary.actor(name) if which == "actors" else vocabulary.topic(name)
    known = vocabulary.actors if which == "actors" else vocabulary.topics
    if term.id not in known and term.id not in _terms(which, articles):
        raise SitegenError(
            Problem(
                "unknown",
                f"is no {which[:-1]} of this archive",
                file=name,
                hint=f"see `sitegen {which} list`",
            )
        )
    return _terms(which, articles).get(term.id) or known[term.id]


def _why(args: argparse.Namespace, which: str, home: Home, vocabulary: Vocabulary, articles: Library) -> int:
    entry = find_entry(home, articles, args.article)
    term = _known(which, vocabulary, articles, args.id)
    pinned = {n for field, names in entry.front.pinned if field == which for n in names}
    if term.id in pinned:
        print(f"you have pinned {term.name} in {entry.facts.path}")
        return 0
    article = convert_again(home, entry, vocabulary)
    found = article.actors if which == "actors" else article.topics
    if not any(row.id == term.id for row in found):
        print(f"{term.name} is not found in the text of {entry.facts.path}")
        return 0
    lines = explanation(article, which).splitlines()
    print("\n".join(line for line in lines if term.name in line))
    return 0


def _decide(
    args: argparse.Namespace, talk: Talk, which: str, home: Home, vocabulary: Vocabulary, articles: Library
) -> int:
    path = home.content / f"{which}.toml"
    text = read_text(path)
    one = _known(which, vocabulary, articles, args.a if args.does == "merge" else args.id)
    if args.does == "merge":
        changed = edit.merge(text, one, _known(which, vocabulary, articles, args.b))
    elif args.does == "rename":
        changed = edit.rename(text, one, args.name)
    else:
        changed = edit.hide(text, one)
    pages = _by_term(which, articles).get(one.id, ())
    for entry in pages:
        talk.detail(f"changes /{entry.key}/")
    if not args.dry_run:
        write_atomic(path, changed.encode(), durable=True)
    verb = "would change" if args.dry_run else "kept in"
    talk.say(f"{verb} {home.shown(path)}; {len(pages)} articles name {one.name}, `sitegen build` shows it")
    if talk.as_json:
        talk.result({"file": home.shown(path), "pages": [e.key for e in pages]})
    return 0

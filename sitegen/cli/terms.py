"""`sitegen actors` and `sitegen topics`: lists, reasons, and decisions kept in their TOML files."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import to_builtins

from sitegen.archive.library import Entry, Library
from sitegen.archive.roles import roles_of
from sitegen.cli.common import find_entry, home_of, open_library
from sitegen.cli.review import review
from sitegen.cli.suggest import answer, suggest
from sitegen.cli.talk import Talk
from sitegen.errors import Problem, SitegenError
from sitegen.model import Actor, Article, Topic
from sitegen.run.account import read_actors
from sitegen.run.decide import Desk, Which
from sitegen.run.explain import convert_again
from sitegen.run.home import Home
from sitegen.run.prior import with_prior
from sitegen.run.verify import original_of
from sitegen.text import clip, counted, fold, slug
from sitegen.vocabulary import Vocabulary, edit

Term = Actor | Topic
_SHOWN = 3  # paragraphs that name an actor, inputs to read again


def actors(args: argparse.Namespace, talk: Talk) -> int:
    """Answer a question about actors or keep a decision about them."""
    return _command(args, talk, "actors")


def topics(args: argparse.Namespace, talk: Talk) -> int:
    """Answer a question about topics or keep a decision about them."""
    return _command(args, talk, "topics")


def _command(args: argparse.Namespace, talk: Talk, which: Which) -> int:
    home = home_of(args)
    _, vocabulary, found, articles = open_library(home)
    desk = Desk(home, which, args.dry_run)
    if args.does == "list":
        return _list(talk, which, articles)
    if args.does == "stats" and args.id:
        return _about(talk, which, articles, _known(which, vocabulary, articles, args.id))
    if args.does == "stats":
        return _stats(talk, which, vocabulary, articles)
    if args.does == "why":
        return _why(args, talk, which, home, with_prior(home, vocabulary, found.facts), articles)
    if args.does == "suggest":
        return suggest(args, talk, desk, articles, vocabulary)
    if args.does in ("accept", "reject"):
        return answer(args, talk, desk, articles, vocabulary)
    if args.does == "review":
        return review(talk, desk, articles, vocabulary)
    return _decide(args, talk, desk, vocabulary, articles)


def _by_term(which: str, articles: Library) -> Mapping[str, Sequence[Entry]]:
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
            talk.line(f"{len(entries):>6}  {identity}  {term.name}")
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
            talk.line(f"{name:<24}{number:>8,}")
    return 0


def _about(talk: Talk, which: str, articles: Library, term: Term) -> int:
    """Tell one term's names and time, and the roles that its articles give to an actor."""
    entries = _by_term(which, articles).get(term.id, ())
    dates = [e.date[:10] for e in entries if e.date]
    roles = roles_of(articles, term.id) if which == "actors" and entries else ()
    rows = {
        "id": term.id,
        "name": term.name,
        "kind": getattr(term, "kind", None),
        "aliases": term.aliases,
        "articles": len(entries),
        "first": min(dates, default=None),
        "latest": max(dates, default=None),
        "roles": [to_builtins(role) for role in roles],
    }
    if talk.as_json:
        talk.result(rows)
        return 0
    shown = {**rows, "aliases": ", ".join(term.aliases), "roles": ""}
    for name, value in shown.items():
        talk.line(f"{name:<10}{value or ''}".rstrip())
    for role in roles:
        talk.line(
            f"  {role.text}, {role.first or 'undated'} to {role.last or 'undated'}, {role.articles} articles"
        )
    return 0


def _known(which: str, vocabulary: Vocabulary, articles: Library, name: str) -> Term:
    term: Term = vocabulary.actor(name) if which == "actors" else vocabulary.topic(name)
    known = vocabulary.actors if which == "actors" else vocabulary.topics
    if term.id not in known and term.id not in _terms(which, articles):
        hint = f"see `sitegen {which} list`"
        raise SitegenError(Problem("unknown", f"is no {which[:-1]} of this archive", file=name, hint=hint))
    return _terms(which, articles).get(term.id) or known[term.id]


# --- why ------------------------------------------------------------------------------------------


def _why(
    args: argparse.Namespace, talk: Talk, which: Which, home: Home, vocabulary: Vocabulary, articles: Library
) -> int:
    entry = find_entry(home, articles, args.article)
    term = _known(which, vocabulary, articles, args.id)
    has = term.id in (entry.actors if which == "actors" else entry.topics)
    reasons = _reasons(which, home, vocabulary, entry, term)
    if talk.as_json:
        talk.result({"article": entry.key, "id": term.id, "name": term.name, "has": has, "why": reasons})
        return 0
    talk.line(f"{entry.front.title} {'has' if has else 'has not'} {term.name}:")
    for reason in reasons:
        talk.line(f"  {reason}")
    return 0


def _reasons(which: Which, home: Home, vocabulary: Vocabulary, entry: Entry, term: Term) -> list[str]:
    """Return why an article has or has not a term: a person's word first, then what the text says."""

    def resolve(name: str) -> str:
        return vocabulary.actor(name).id if which == "actors" else vocabulary.topic(name).id

    front, reasons = entry.front, []
    for word, decisions in (("pinned", front.pinned), ("removed", front.removed)):
        if term.id in map(resolve, dict(decisions).get(which, ())):
            reasons.append(f"you have {word} it in {entry.facts.path}")
    written = [n for n in getattr(front, which) if resolve(n) == term.id]
    reasons += [f"its file says {name!r}, which is {term.name}" for name in written if name != term.id]
    if term.hidden:
        reasons.append(f"{term.name} is hidden")
    if not front.original:
        return reasons or ["it was not imported, and its file does not name it"]
    article = convert_again(home, entry, vocabulary)
    return reasons + (_actor_found(article, term) if which == "actors" else _topic_found(article, term))


def _actor_found(article: Article, term: Term) -> list[str]:
    found = next((a for a in article.actors if a.id == term.id), None)
    if found is None:
        return ["cleaning does not find it in the text"]
    forms = ", ".join(dict.fromkeys((found.name, *found.aliases)))
    reasons = [
        f"{counted(found.mentions, 'mention')} as {forms} ({found.rule}), score {found.score:.1f}"
        + ("" if found.salient else ": only in passing"),
    ]
    names = sorted({found.name, *found.aliases}, key=len)
    named = [
        f"paragraph {n}: {clip(block, 140)}"
        for n, block in enumerate(article.body.split("\n\n"), 1)
        if any(name in block for name in names)
    ]
    return reasons + named[:_SHOWN]


def _topic_found(article: Article, term: Term) -> list[str]:
    found = next((t for t in article.topics if t.id == term.id), None)
    if found is None:
        return ["cleaning does not find it in the text"]
    return [f"score {found.score:.2f}, by the words {', '.join(found.words)}"]


# --- decisions ------------------------------------------------------------------------------------


def _decide(
    args: argparse.Namespace, talk: Talk, desk: Desk, vocabulary: Vocabulary, articles: Library
) -> int:
    which = desk.which
    one = _known(which, vocabulary, articles, args.a if args.does == "merge" else args.id)
    pages = _by_term(which, articles).get(one.id, ())
    said = f"{counted(len(pages), 'article')} with {one.name}"
    more: dict[str, Any] = {}
    change: Callable[[str], str]
    if args.does == "merge":
        into = _known(which, vocabulary, articles, args.b)
        if into.id == one.id:
            raise SitegenError(Problem("merge", f"and {args.b} are one already", file=args.a))
        said += f"; /{which}/{one.id}/ leads to /{which}/{into.id}/"
        change = partial(edit.merge, gone=one, into=into)
    elif args.does == "rename":
        change = partial(edit.rename, term=one, name=args.name)
    elif args.does == "split" and isinstance(one, Actor):
        _check_split(one, args.names[0], vocabulary)
        here = _named(pages, args.names)
        again = _in_text(desk.home, [e for e in pages if e not in here], one.id, args.names)
        pages, said = here, f"{counted(len(here), 'article')} with that name"
        if again:
            inputs = " " + " ".join(again) if len(again) <= _SHOWN else ""
            said += (
                f"; {counted(len(again), 'article')} with {one.id}, which had it by that name: "
                f"`sitegen add --again{inputs}` looks anew who that is"
            )
        more["again"] = again
        change = partial(edit.split, term=one, name=args.names[0], aliases=args.names[1:])
    else:
        change = partial(edit.hide, term=one, hidden=not args.undo)
    desk.decide(change)
    return told(talk, desk, said, [e.key for e in pages], **more)


def _check_split(one: Actor, name: str, vocabulary: Vocabulary) -> None:
    """Refuse to make an actor of a name that is one's own, or that has an actor of its own already."""
    taken = vocabulary.actor(name)
    if fold(name) == fold(one.name):
        hint = "name what is somebody else, or see `sitegen actors rename`"
        raise SitegenError(Problem("split", f"is the name of {one.id} itself", file=name, hint=hint))
    if taken.id != one.id and taken.id in vocabulary.actors:
        hint = f"for what never means {one.name}, write not = ['{name}'] under it in actors.toml"
        raise SitegenError(Problem("split", f"is the actor {taken.id} already", file=name, hint=hint))


def _in_text(home: Home, entries: Sequence[Entry], identity: str, names: Sequence[str]) -> list[str]:
    """Return the originals of articles in whose text an actor has one of these names."""
    wanted = {fold(n) for n in names}
    return [
        home.shown(original)
        for e in entries
        for found in read_actors(home, e.front)
        if found.id == identity
        and wanted & {fold(n) for n in (found.name, *found.aliases)}
        and (original := original_of(home, e.front.original or ""))
    ]


def _named(entries: Sequence[Entry], names: Sequence[str]) -> tuple[Entry, ...]:
    """Return the articles whose file names an actor by one of these names."""
    wanted = {slug(n) for n in names}
    return tuple(e for e in entries if wanted & {slug(n) for n in e.front.actors})


def told(talk: Talk, desk: Desk, said: str, pages: Sequence[str], **more: Any) -> int:
    """Tell what a decision has done, with each page that it changes under `-v`."""
    for key in pages:
        talk.detail(f"changes /{key}/")
    verb = "would change" if desk.dry_run else "kept in"
    talk.say(f"{verb} {desk.shown}; {said}, `sitegen build` shows it")
    if talk.as_json:
        talk.result({"file": desk.shown, "pages": list(pages), **more})
    return 0

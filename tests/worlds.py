"""Random archives that are on no disk, and random edits of them, for the law of digests."""

from __future__ import annotations

import random
from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.archive.library import Library, library
from sitegen.config import Config
from sitegen.model import (
    Actor,
    Date,
    Facts,
    FrontMatter,
    Highlight,
    Quote,
    Related,
    SourceRules,
    Topic,
)
from sitegen.pages.views import FreePage, Media
from sitegen.text import digest, slug
from sitegen.vocabulary import vocabulary

NAMES = ("Orbit", "Harbour", "Élan Vital", "Kosmos 3", "United Ports", "Ann Bell", "Bell", "X", "月")
PLACES = ("Sochi, Russia", "sochi  Russia", "Riga, Latvia", "Bonn")
DATES = ("2018-02-07", "2018-02-07T22:58", "2018-02", "2018", "2017-02-07", "2017-11-30", "2016-02-07", None)
LANGS = (None, "en", "de", "ar")
IMAGES = ("content/media/a.png", "content/notes/b.jpg")
FIELDS = FrontMatter.__struct_fields__


class World(Struct, frozen=True):
    """All that a plan is made from."""

    facts: tuple[Facts, ...] = ()
    actors: tuple[Actor, ...] = ()
    topics: tuple[Topic, ...] = ()
    sources: tuple[SourceRules, ...] = ()
    config: Config = field(default_factory=lambda: Config(per_page=2))
    free: tuple[FreePage, ...] = ()
    media: tuple[tuple[str, Media], ...] = ()
    coordinates: tuple[tuple[str, tuple[float, float]], ...] = ()
    drafts: bool = False

    def library(self) -> Library:
        known = vocabulary(self.actors, self.topics, self.sources)
        return library(self.facts, known, lang=self.config.lang, drafts=self.drafts)


Edit = Callable[[random.Random, World], World]


def world(chance: random.Random, articles: int) -> World:
    """Return a random archive with so many articles."""
    made = World(
        actors=tuple(_actor(chance, i) for i in ("orbit", "harbour", "ports", "bell")),
        topics=tuple(_topic(chance, i) for i in ("space", "trade", "ships")),
        sources=(SourceRules("post", "The Post", aliases=("Post",)), SourceRules("mail", "The Mail")),
        coordinates=(("riga-latvia", (56.9, 24.1)), ("bonn", (50.7, 7.1))),
    )
    return replace(made, facts=tuple(_facts(chance, n) for n in range(articles)))


def edit(chance: random.Random, before: World) -> tuple[str, World]:
    """Return a random edit's name and the archive after it."""
    name = chance.choice(sorted(EDITS))
    return name, EDITS[name](chance, before)


# --- parts ------------------------------------------------------------------------------------------


def _some(chance: random.Random, of: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
    return tuple(chance.sample(of, chance.randint(0, min(most, len(of)))))


def _actor(chance: random.Random, identity: str) -> Actor:
    return Actor(
        identity,
        chance.choice(NAMES),
        kind=chance.choice(("person", "igo", "company")),
        aliases=_some(chance, NAMES, 2),
        parent=chance.choice((None, None, "orbit", "harbour")),
        description=chance.choice((None, "What it is.")),
        was=chance.choice(((), (f"{identity}-old",))),
        hidden=chance.random() < 0.1,
    )


def _topic(chance: random.Random, identity: str) -> Topic:
    return Topic(
        identity,
        chance.choice(NAMES),
        aliases=_some(chance, NAMES, 2),
        parent=chance.choice((None, None, "space", "trade")),
        description=chance.choice((None, "What it is.")),
        was=chance.choice(((), (f"{identity}-old",))),
        hidden=chance.random() < 0.1,
    )


def _value(chance: random.Random, name: str) -> object:
    actors = ("orbit", "harbour", "ports", "bell", *NAMES[:4])
    topics = ("space", "trade", "ships", *NAMES[:3])
    date = chance.choice(DATES)
    related = (
        Related("Title 1"),
        Related("Title 2", "https://a.example/2"),
        Related("Out", "https://b.example"),
    )
    choices: dict[str, Callable[[], object]] = {
        "title": lambda: chance.choice(("Title 1", "Title 2", "Title  3", "Títle")),
        "date": lambda: Date(date[:10], date[11:] or None) if date else None,
        "dateline": lambda: chance.choice((None, "SOCHI, Feb 7")),
        "place": lambda: chance.choice((None, *PLACES)),
        "agency": lambda: chance.choice((None, "Reuters")),
        "authors": lambda: _some(chance, NAMES, 2),
        "source": lambda: chance.choice((None, "Post", "The Post", "mail", "Other", "other")),
        "url": lambda: chance.choice((None, "https://a.example/2", "http://www.a.example/2?x=1")),
        "lang": lambda: chance.choice(LANGS),
        "summary": lambda: chance.choice((None, "In short.", "Shorter.")),
        "tags": lambda: _some(chance, ("Ice", "ice", "Rope", "Sea wind")),
        "topics": lambda: _some(chance, topics),
        "actors": lambda: _some(chance, actors, 5),
        "pinned": lambda: chance.choice(((), (("actors", ("bell",)),), (("tags", ("ICE",)),))),
        "removed": lambda: chance.choice(((), (("actors", ("Orbit",)), ("topics", ("space",))))),
        "related": lambda: chance.choice(((), related[:1], related)),
        "highlights": lambda: chance.choice(((), (Highlight("a word", "why"),))),
        "slug": lambda: chance.choice((None, None, "own-slug")),
        "aliases": lambda: chance.choice(((), ("/old/place/",), ("2018/02/title-1", "actors/orbit"))),
        "draft": lambda: chance.random() < 0.15,
        "added": lambda: chance.choice((None, "2020-01-02T03:04:05Z", "2021-01-02T00:00:00Z")),
        "original": lambda: chance.choice((None, "sha256:" + "ab" * 32)),
        "private": lambda: chance.random() < 0.1,
        "text": lambda: chance.choice((None, None, "missing")),
    }
    return choices[name]()


def _sealed(facts: Facts) -> Facts:
    """Return facts whose digest is that of all which stands in the file."""
    seen = repr((facts.front, facts.excerpt, facts.words, facts.body_line, facts.links))
    return replace(facts, digest=digest(seen.encode()))


def _facts(chance: random.Random, number: int) -> Facts:
    front = FrontMatter(**{name: _value(chance, name) for name in FIELDS})  # type: ignore[arg-type]
    folder = chance.choice(("articles/2018/02", "articles/undated", "notes", "notes/deep"))
    return _sealed(
        Facts(
            path=f"content/{folder}/{slug(front.title)}-{number}.md",
            digest="",
            front=front,
            excerpt=front.summary or "The text.",
            words=chance.choice((0, 100, 900)),
            body_line=9,
            body_start=99,
            links=_some(chance, ("../../../media/a.png", "b.jpg", "title-1-0.md", "../notes/title-2-1.md")),
            account=chance.choice(("", "one", "two")),
            quotes=chance.choice(((), (Quote("orbit", "“Up,” it said.", 2, "It"), Quote(None, "x", 1)))),
            roles=chance.choice(((), (("bell", "Minister"), ("orbit-old", "minister")))),
        )
    )


# --- edits ------------------------------------------------------------------------------------------


def _at(chance: random.Random, of: World, change: Callable[[Facts], Facts]) -> World:
    if not of.facts:
        return of
    at = chance.randrange(len(of.facts))
    return replace(of, facts=(*of.facts[:at], change(of.facts[at]), *of.facts[at + 1 :]))


def _front(chance: random.Random, of: World) -> World:
    name = chance.choice(FIELDS)

    def change(facts: Facts) -> Facts:
        front = replace(facts.front, **{name: _value(chance, name)})  # type: ignore[arg-type]
        return _sealed(replace(facts, front=front, excerpt=front.summary or facts.excerpt))

    return _at(chance, of, change)


def _body(chance: random.Random, of: World) -> World:
    return _at(
        chance,
        of,
        lambda f: _sealed(replace(f, excerpt=f"Text {chance.random()}.", words=chance.choice((1, 500)))),
    )


def _account(chance: random.Random, of: World) -> World:
    quotes = (Quote("bell", f"“{chance.random()}”", 1, "Bell"),)
    roles = (("bell", chance.choice(("Minister", "mayor"))),)
    return _at(chance, of, lambda f: replace(f, account=str(chance.random()), quotes=quotes, roles=roles))


def _links(chance: random.Random, of: World) -> World:
    return _at(chance, of, lambda f: _sealed(replace(f, links=_facts(chance, 0).links)))


def _move(chance: random.Random, of: World) -> World:
    return _at(
        chance,
        of,
        lambda f: replace(
            f, path=f"content/{chance.choice(('articles/2017/11', 'n'))}/m{chance.random()}.md"
        ),
    )


def _swap(chance: random.Random, of: World) -> World:
    if len(of.facts) < 2:
        return of
    a, b = chance.sample(range(len(of.facts)), 2)
    facts = list(of.facts)
    facts[a], facts[b] = replace(facts[a], path=facts[b].path), replace(facts[b], path=facts[a].path)
    return replace(of, facts=tuple(facts))


def _add(chance: random.Random, of: World) -> World:
    return replace(of, facts=(*of.facts, _facts(chance, chance.randrange(1000, 9999))))


def _delete(chance: random.Random, of: World) -> World:
    gone = chance.randrange(len(of.facts)) if of.facts else 0
    return replace(of, facts=(*of.facts[:gone], *of.facts[gone + 1 :]))


def _redrawn_actor(chance: random.Random, of: World) -> World:
    at, new = chance.randrange(len(of.actors)), _actor(chance, chance.choice(("orbit", "ports", "new-actor")))
    name = chance.choice(("id", "name", "kind", "aliases", "parent", "description", "was", "hidden"))
    changed = replace(of.actors[at], **{name: getattr(new, name)})
    return replace(of, actors=(*of.actors[:at], changed, *of.actors[at + 1 :]))


def merged(of: World, gone: str, into: str) -> World:
    """Return the archive after one actor was merged into another, as the command writes it."""
    by_id = {a.id: a for a in of.actors}
    lost, kept = by_id[gone], by_id[into]
    one = replace(
        kept, aliases=(*kept.aliases, lost.name, *lost.aliases), was=(*kept.was, lost.id, *lost.was)
    )
    return replace(of, actors=tuple(one if a is kept else a for a in of.actors if a is not lost))


def _merge(chance: random.Random, of: World) -> World:
    ids = [a.id for a in of.actors]
    return merged(of, *chance.sample(ids, 2)) if len(set(ids)) == len(ids) > 1 else of


def _redrawn_topic(chance: random.Random, of: World) -> World:
    at, new = chance.randrange(len(of.topics)), _topic(chance, chance.choice(("space", "ships", "new-topic")))
    name = chance.choice(("id", "name", "aliases", "parent", "description", "was", "hidden"))
    changed = replace(of.topics[at], **{name: getattr(new, name)})
    return replace(of, topics=(*of.topics[:at], changed, *of.topics[at + 1 :]))


def _redrawn_source(chance: random.Random, of: World) -> World:
    first = of.sources[0]
    change = chance.choice(({"name": "The Evening Post"}, {"name": "The Post"}, {"id": "p2"}, {"id": "post"}))
    return replace(of, sources=(replace(first, **change), *of.sources[1:]))  # type: ignore[arg-type]


def _config(chance: random.Random, of: World) -> World:
    change = chance.choice(
        (
            {"title": f"Archive {chance.randint(0, 2)}"},
            {"description": chance.choice(("", "All of it."))},
            {"base_url": chance.choice(("", "https://a.example/x", "https://b.example"))},
            {"lang": chance.choice(("en", "de"))},
            {"author": chance.choice(("", "A. Reader"))},
            {"search": chance.random() < 0.5},
            {"noindex": chance.random() < 0.5},
            {"per_page": chance.choice((1, 2, 3, 50))},
            {"feeds": chance.choice(("excerpt", "full"))},
            {"theme_options": chance.choice(({}, {"markdown": False}, {"accent": "red"}))},
        )
    )
    return replace(of, config=replace(of.config, **change))  # type: ignore[arg-type]


def _free(chance: random.Random, of: World) -> World:
    page = FreePage(
        chance.choice(("about", "method")), chance.choice(NAMES), f"Text {chance.randint(0, 3)}.",
        chance.choice(("", "On it.")),
    )  # fmt: skip
    kept = tuple(p for p in of.free if p.slug != page.slug)
    return replace(of, free=tuple(sorted((*kept, page), key=lambda p: p.slug))[: chance.randint(0, 2)])


def _media(chance: random.Random, of: World) -> World:
    found = tuple(
        (
            path,
            Media(f"media/{chance.choice('ab')}.png", chance.choice((None, 640)), chance.choice((None, 480))),
        )
        for path in IMAGES
        if chance.random() < 0.7
    )
    return replace(of, media=found)


def _coordinates(chance: random.Random, of: World) -> World:
    return replace(
        of, coordinates=(("sochi-russia", (chance.choice((43.6, 43.7)), 39.7)), *of.coordinates[-1:])
    )


def _drafts(_: random.Random, of: World) -> World:
    return replace(of, drafts=not of.drafts)


EDITS: dict[str, Edit] = {
    "a field of an article": _front,
    "another field of an article": _front,
    "one more field of an article": _front,
    "the text of an article": _body,
    "the account of an article": _account,
    "the links of an article": _links,
    "an article's file moved": _move,
    "two files swapped": _swap,
    "an article added": _add,
    "one more article added": _add,
    "an article deleted": _delete,
    "a field of an actor": _redrawn_actor,
    "two actors merged": _merge,
    "a field of a topic": _redrawn_topic,
    "a field of a source": _redrawn_source,
    "a setting": _config,
    "a free page": _free,
    "images": _media,
    "coordinates of places": _coordinates,
    "drafts": _drafts,
}

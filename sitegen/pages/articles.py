"""Article pages: what each shows, made from its own facts and the cards around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.archive.identity import original_parts
from sitegen.archive.library import Entry, Library
from sitegen.pages.links import web_url
from sitegen.pages.page import (
    Context,
    Page,
    actor_term,
    place_term,
    source_term,
    tag_term,
    topic_term,
)
from sitegen.pages.related import Surroundings, remembered, remembered_near
from sitegen.pages.targets import Targets, read_more
from sitegen.pages.views import ArticleView, Closest, Person, ReadMore, TextView
from sitegen.pages.words import short_date
from sitegen.text import clip, digest_of, squeeze

_WORDS_A_MINUTE = 230
_PEOPLE = 40  # an article that names more shows the first ones


def article_pages(context: Context) -> Iterator[Page]:
    """Yield the page of every article in the library's order; after an edit, of those that show it."""
    library = context.library
    entries = library.entries
    topic_names = {i: (i, t.name) for i, t in library.topics.items()}
    source_names = {i: (i, s.name) for i, s in library.sources.items()}
    copies = _has_copies(context)
    for at, around in _planned(context):
        entry = entries[at]
        key = entry.key
        local = context.targets_of(entry.path, key, entry.links)
        related = read_more(entry, context.wanted) if entry.related else ()
        digest = context.digest(
            key,
            entry.text,
            entry.account,
            entry.path,
            [context.actor_digests[i] for i in entry.actors],
            [topic_names[i] for i in entry.topics],
            [library.tags[i] for i in entry.tags],
            source_names.get(entry.source),
            library.places[context.place_ids[entry.place]] if entry.place else None,
            [entries[at].card.digest for at in (*around.newer, *around.older, *around.same_day)],
            around.topic,
            len(around.newer),
            len(around.older),
            # what others share is a function of their terms and ours
            [entries[at].shown for at in around.closest],
            *local.parts(),
            [(r.title, r.key, r.url) for r in related],
        )
        make = partial(_view, context, entry, around, local, related)
        yield Page(_page_path(key), "article", "article.html", digest, make, (key,))
        if copies:
            copied = digest_of("markdown", entry.text)
            yield Page(_copy_path(key), "markdown", "", copied, partial(TextView, ""), (key,))


def article_paths(context: Context) -> Iterator[str]:
    """Yield where the pages of all articles are, and their Markdown copies, if the site has them."""
    copies = _has_copies(context)
    for entry in context.library.entries:
        yield _page_path(entry.key)
        if copies:
            yield _copy_path(entry.key)


def _has_copies(context: Context) -> bool:
    return bool(context.config.theme_options.get("markdown", False))


def _page_path(key: str) -> str:
    return f"{key}/index.html"


def _copy_path(key: str) -> str:
    return f"{key}/article.md"


def _planned(context: Context) -> Iterator[tuple[int, Surroundings]]:
    """Yield the place and the surroundings of each article whose page is to be planned."""
    library, edited = context.library, context.edited
    if edited is None:
        return remembered(library, context.memory)
    return remembered_near(library, context.memory, edited.articles, edited.cards)


def _shared(entry: Entry, other: Entry) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    place = entry.place
    return (
        tuple(i for i in entry.actors if i in other.actors)[:4],
        tuple(i for i in entry.topics if i in other.topics)[:3],
        bool(place) and other.place == place,
    )


def _view(
    context: Context,
    entry: Entry,
    around: Surroundings,
    local: Targets,
    related: tuple[ReadMore, ...],
) -> ArticleView:
    library, facts, front = context.library, entry.facts, entry.facts.front
    entries = library.entries
    near = (*reversed(around.newer), *around.older)
    when = short_date(entry.date)
    source = source_term(library, entry.source) if entry.source else None
    return ArticleView(
        url=f"{entry.key}/",
        title=front.title,
        tab=f"{clip(squeeze(front.title), 120)} · {source.name + ', ' if source else ''}{when}",
        description=clip(squeeze(facts.excerpt) or front.title, 155),
        lang=front.lang or "",
        key=entry.key,
        path=facts.path,
        date=entry.date,
        dateline=front.dateline or "",
        place=place_term(library, context.place_ids[front.place]) if front.place else None,
        agency=front.agency or "",
        authors=front.authors,
        source=source,
        original_url=web_url(front.url),
        topics=tuple(topic_term(library, i) for i in entry.topics),
        actors=tuple(_person(library, i) for i in entry.actors[:_PEOPLE]),
        tags=tuple(tag_term(library, i) for i in entry.tags),
        minutes=max(1, round(facts.words / _WORDS_A_MINUTE)),
        stub=front.text == "missing",
        summary=front.summary or "",
        added=front.added or "",
        original=original_parts(front.original)[0],
        highlights=front.highlights,
        read_more=related,
        line=topic_term(library, around.topic) if near else None,
        topic_cards=tuple(entries[at].card for at in near),
        position=len(around.newer),
        previous=entries[around.older[0]].card if around.older else None,
        next=entries[around.newer[0]].card if around.newer else None,
        same_day=tuple(entries[at].card for at in around.same_day),
        closest=tuple(_closest(library, entry, entries[at]) for at in around.closest),
        links=local.links,
        media=local.media,
        markdown_copy=_has_copies(context),
    )


def _person(library: Library, identity: str) -> Person:
    actor, term = library.actors[identity], actor_term(library, identity)
    return Person(identity, actor.name, term.url, actor.kind, (actor.name, *actor.aliases))


def _closest(library: Library, entry: Entry, other: Entry) -> Closest:
    actors, topics, place = _shared(entry, other)
    return Closest(
        other.card,
        tuple(library.actors[i].name for i in actors),
        tuple(library.topics[i].name for i in topics),
        place,
    )

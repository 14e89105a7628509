"""Who and what a text is about: actors, topics, tags and quotations, found in one reading."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.intake.actors import weighed
from sitegen.intake.mentions import find_mentions
from sitegen.intake.quotes import find_quotes
from sitegen.intake.reading import read_names
from sitegen.intake.roles import find_roles
from sitegen.intake.tags import find_tags
from sitegen.intake.topics import find_topics
from sitegen.model import Date, Description
from sitegen.vocabulary import Centroids, Vocabulary
from sitegen.vocabulary.shipped import shipped

MAX_LENGTH = 300_000  # characters: what a text is about stands in its first hundred pages


def describe(
    title: str,
    text: str,
    *,
    lang: str | None = None,
    published: Date | str | None = None,
    vocabulary: Vocabulary | None = None,
    centroids: Centroids | None = None,
) -> Description:
    """Return who and what an article is about, the most important first.

    `text` is the body with blank lines between paragraphs; `vocabulary` is the shipped one if left
    out; `centroids` are those of the archive's own labelled articles, asked for topics first.
    """
    known = vocabulary or shipped()
    language = (lang or "en").partition("-")[0].lower()
    text = text[:MAX_LENGTH]
    whole = f"{title}\n\n{text}"
    reading = read_names(whole, language, known)
    title_end = next((n for n, t in enumerate(reading.tokens) if t.start > len(title)), len(reading.tokens))
    year = str(published)[:4] if published else None
    cast = find_mentions(reading, known, year)
    roles = find_roles(reading, cast)
    actors = weighed(cast, known, title_end=title_end, size=len(reading.tokens))
    topics = find_topics(title, text, known, centroids or known.prior.centroids)
    named = {t.key for n in reading.names for t in reading.tokens[n.span.start : n.span.end]}
    return Description(
        actors=tuple(replace(a, role=roles[a.id]) if a.id in roles else a for a in actors),
        topics=topics,
        tags=find_tags(reading.tokens, named, [t.name for t in topics], known.prior.tags),
        quotes=find_quotes(reading, cast, len(title) + 2),
    )

"""The archive's articles as samples of their sources, for what `intake.lessons` learns from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sitegen.archive.document import document, plain_text
from sitegen.archive.library import Entry, Library
from sitegen.intake.lessons import Lesson, Sample, lessons, source_named
from sitegen.model import SourceRules
from sitegen.run.account import Account, read
from sitegen.run.files import read_bytes, read_text
from sitegen.run.home import Home
from sitegen.text import slug, squeeze
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.user import parse_rejected

_MARK = re.compile(r"(?:#{1,6}|>|[-*+]|\d+[.)])\s+")
_NEAR = 3  # lines


def suggest(home: Home, articles: Library, vocabulary: Vocabulary) -> tuple[Lesson, ...]:
    """Return the rules that the archive's articles suggest for their sources."""
    samples: dict[str, list[Sample]] = {}
    hosts: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for entry in articles.entries:
        identity, host = source_of(entry, vocabulary)
        if identity:
            samples.setdefault(identity, []).append(_sample(home, entry))
            hosts.setdefault(identity, []).extend([host] if host else [])
            names.setdefault(identity, entry.front.source or host)
    sources: dict[str, SourceRules] = {
        identity: vocabulary.sources.get(identity) or source_named(identity, names[identity], hosts[identity])
        for identity in samples
    }
    rejected = parse_rejected(read_text(home.content / "sources.toml"))
    return lessons(samples, sources, rejected)


def source_of(entry: Entry, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the id of an article's source, by its name, else by its address, and the address's host."""
    try:
        host = (urlsplit(entry.front.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    known = vocabulary.source_names.get(host)
    return entry.source or known or (slug(host) if host else ""), host


def _sample(home: Home, entry: Entry) -> Sample:
    read_again = document(read_bytes(home.root / entry.facts.path), file=entry.facts.path)
    blocks = [
        b for b in read_again.body.split("\n\n") if b.strip() and not b.startswith(("```", "    ", "|"))
    ]
    account = read(home, entry.front)
    date = account.evidence.get("date") if account else None
    return Sample(
        article=entry.key,
        title=entry.front.title,
        blocks=tuple(line for block in blocks for line in _lines(block)),
        headings=frozenset(_plain(block) for block in blocks if block.startswith("#")),
        date_line=date.text if date else "",
        near=tuple(_near_title(account)) if account else (),
        has_authors=bool(entry.front.authors),
    )


def _lines(block: str) -> Iterator[str]:
    """Yield a paragraph as one line, the items of a list one by one."""
    parts = block.split("\n")
    if all(_MARK.match(part) for part in parts):
        yield from map(_plain, parts)
    else:
        yield _plain(block)


def _plain(block: str) -> str:
    return squeeze(plain_text(_MARK.sub("", block.strip(), count=1)))


def _near_title(account: Account) -> Iterator[tuple[str, str]]:
    title = account.evidence.get("title")
    if title is None or not title.line:
        return
    below = [d for d in account.dropped if title.line < d.line <= title.line + _NEAR]
    above = [d for d in account.dropped if title.line - _NEAR <= d.line < title.line]
    yield from (("below title", d.text) for d in below[:2])
    yield from (("above title", d.text) for d in above[-2:])

"""What an import said of an article, kept beside its original: dropped lines, evidence, quotations.

The page of an article tells from it what the cleaner removed, and an actor's page what was said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field, to_builtins

from sitegen.archive.identity import original_parts
from sitegen.model import ActorFound, Article, Dropped, Found, FrontMatter, Quote
from sitegen.run.home import Home
from sitegen.text import digest


class Account(Struct, frozen=True):
    """The kept account of one article; `digest` is that of its file.

    What a person took out is not among `dropped`: it may be private, and a site tells them all.
    `own` are, by field, the tags and topics of its front matter that cleaning did not find, `roles`
    the offices that its text gives to actors.
    """

    digest: str
    dropped: tuple[Dropped, ...]
    quotes: tuple[Quote, ...]
    evidence: Mapping[str, Found[str]] = field(default_factory=dict)
    own: tuple[tuple[str, tuple[str, ...]], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()


def base_path(home: Home, sha256: str, number: int) -> Path:
    """Return where an article is kept as sitegen last wrote it, beside its original."""
    return home.originals / sha256[:2] / (f"{sha256}.md" if number == 1 else f"{sha256}-{number}.md")


def account_path(base: Path) -> Path:
    """Return where the account of the article with this base is kept."""
    return base.with_suffix(".json")


def account_name(sha256: str, number: int) -> str:
    """Return what the file of an article's account is called."""
    return f"{sha256}.json" if number == 1 else f"{sha256}-{number}.json"


def account_text(article: Article) -> str:
    """Return the account of a conversion as the text of its file: one line a thing, to be diffed."""
    found = {name: to_builtins(f) | {"value": str(f.value)} for name, f in sorted(article.evidence.items())}
    own = article.evidence.get("keywords")
    keywords = own.value.split(", ") if own else []
    rows = {
        "encoding": article.encoding,
        "evidence": found,
        "actors": [to_builtins(a) for a in article.actors],
        "topics": [{"id": t.id, "name": t.name, "words": t.words} for t in article.topics],
        "tags": [tag for tag in article.tags if tag not in keywords],
        "quotes": [to_builtins(q) for q in article.quotes],
        "dropped": [{"line": d.line, "text": d.text, "reason": d.reason} for d in article.dropped],
    }
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def read(home: Home, front: FrontMatter) -> Account | None:
    """Return the account of an article by its front matter, or None where none is kept."""
    if not front.original:
        return None
    try:
        content, rows = _rows(home, front)
        return Account(
            digest(content),
            tuple(d for row in rows["dropped"] if (d := Dropped(**row)).reason != "your-decision"),
            tuple(Quote(**row) for row in rows["quotes"]),
            {name: Found(**row) for name, row in rows["evidence"].items()},
            _own(front, rows),
            tuple((str(a["id"]), str(a["role"])) for a in rows.get("actors", ()) if a.get("role")),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _own(front: FrontMatter, rows: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = {
        "tags": {str(t) for t in rows.get("tags", front.tags)},
        "topics": {str(t[k]) for t in rows["topics"] for k in ("id", "name")}
        if "topics" in rows
        else {*front.topics},
    }
    own = {field: tuple(v for v in getattr(front, field) if v not in named) for field, named in found.items()}
    return tuple((field, values) for field, values in own.items() if values)


def read_actors(home: Home, front: FrontMatter) -> tuple[ActorFound, ...]:
    """Return the actors that cleaning found in an article, with their forms; none where none are kept."""
    try:
        rows = _rows(home, front)[1].get("actors", ())
        return tuple(ActorFound(**{**row, "aliases": tuple(row["aliases"])}) for row in rows)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _rows(home: Home, front: FrontMatter) -> tuple[bytes, dict[str, Any]]:
    """Return the bytes of an article's account and what they say; raises where there is none."""
    content = account_path(base_path(home, *original_parts(front.original))).read_bytes()
    return content, json.loads(content)

"""What an import said of an article, kept beside its original: dropped lines, evidence, quotations.

The page of an article tells from it what the cleaner removed, and an actor's page what was said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sitegen.model import Article, Dropped, Found, FrontMatter, Quote
from sitegen.run.home import Home
from sitegen.text import digest


@dataclass(frozen=True, slots=True)
class Account:
    """The kept account of one article; `digest` is that of its file."""

    digest: str
    dropped: tuple[Dropped, ...]
    quotes: tuple[Quote, ...]
    evidence: Mapping[str, Found[str]] = field(default_factory=dict)


def account_path(base: Path) -> Path:
    """Return where the account of the article with this base is kept."""
    return base.with_suffix(".json")


def account_text(article: Article) -> str:
    """Return the account of a conversion as the text of its file: one line a thing, to be diffed."""
    found = {name: asdict(f) | {"value": str(f.value)} for name, f in sorted(article.evidence.items())}
    rows = {
        "encoding": article.encoding,
        "evidence": found,
        "quotes": [asdict(q) for q in article.quotes],
        "dropped": [asdict(d) for d in article.dropped],
    }
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def read(home: Home, front: FrontMatter) -> Account | None:
    """Return the account of an article by its front matter, or None where none is kept."""
    name = (front.original or "").removeprefix("sha256:")
    if len(name) != 64 or not name.isalnum():
        return None
    try:
        content = (home.originals / name[:2] / f"{name}.json").read_bytes()
        rows = json.loads(content)
        return Account(
            digest(content),
            tuple(Dropped(**row) for row in rows["dropped"]),
            tuple(Quote(**row) for row in rows["quotes"]),
            {name: Found(**row) for name, row in rows["evidence"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None

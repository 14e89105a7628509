"""Cleaning an article's original once more: to say why it is as it is, or to bring lines back."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.headwriter import rewrite_head
from sitegen.archive.identity import original_parts
from sitegen.archive.library import Entry
from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert
from sitegen.intake.read import read
from sitegen.intake.wishes import line_range
from sitegen.model import Article
from sitegen.run.files import read_bytes, read_text
from sitegen.run.here import lines_of
from sitegen.run.home import Home
from sitegen.run.verify import original_of
from sitegen.vocabulary import Vocabulary


def convert_again(home: Home, entry: Entry, vocabulary: Vocabulary) -> Article:
    """Return what cleaning an article's original gives today.

    Raises SitegenError where the article has no original or it is gone.
    """
    original = original_path(home, entry)
    lines = lines_of(entry.front)
    articles = convert(read_bytes(original), name=home.shown(original), vocabulary=vocabulary, lines=lines)
    _, number = original_parts(entry.front.original)
    return articles[min(number, len(articles)) - 1]


def original_path(home: Home, entry: Entry) -> Path:
    """Return the file that an article was made of; raises SitegenError where there is none."""
    if not entry.front.original:
        raise SitegenError(
            Problem("no-original", "was not imported, so there is nothing to explain", file=entry.facts.path)
        )
    original = original_of(home, entry.front.original)
    if original is None:
        raise SitegenError(
            Problem("no-original", f"its original {entry.front.original} is not in content/originals/",
                    file=entry.facts.path)
        )  # fmt: skip
    return original


class Decision(Struct, frozen=True):
    """Lines of an article's original to keep, to drop, and those about which nothing is said any more."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    forget: tuple[str, ...] = ()


def decide(home: Home, entry: Entry, decision: Decision) -> str:
    """Return the article's file with the decision in its front matter, under `pinned` and `removed`.

    Raises SitegenError where a line is named that the original has not.
    """
    _check(decision, original_path(home, entry))
    front = entry.front
    named = {*decision.keep, *decision.drop, *decision.forget}
    pinned = _with_lines(front.pinned, named, decision.keep)
    removed = _with_lines(front.removed, named, decision.drop)
    text = read_text(home.root / entry.facts.path)
    changed = replace(front, pinned=pinned, removed=removed)
    return rewrite_head(text, changed, ("pinned", "removed"), file=entry.facts.path)


Decisions = tuple[tuple[str, tuple[str, ...]], ...]


def _with_lines(decisions: Decisions, named: set[str], new: tuple[str, ...]) -> Decisions:
    rows = dict(decisions)
    kept = [wish for wish in rows.pop("lines", ()) if wish not in named]
    lines = tuple(dict.fromkeys((*kept, *new)))
    return (*rows.items(), ("lines", lines)) if lines else tuple(rows.items())


def _check(decision: Decision, original: Path) -> None:
    last = read(read_bytes(original)).text.count("\n") + 1
    for wish in (*decision.keep, *decision.drop):
        lines = line_range(wish)
        if lines is not None and not (0 < lines.start < lines.stop <= last + 1):
            hint = f"it has {last:,}; `sitegen explain ARTICLE` numbers them"
            problem = Problem("line", f"the original has no line {wish}", file=original.name, hint=hint)
            raise SitegenError(problem)

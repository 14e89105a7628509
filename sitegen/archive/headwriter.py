"""The head of an article's file, written strictly: as a whole, or a key at a time.

What sitegen writes is always YAML with the keys of `ORDER`. A rewrite replaces the lines of the
keys that change: keys, order and comments that a person added stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sitegen.archive.frontmatter import ORDER, SYNONYMS, is_iso
from sitegen.archive.head import Head, find_head
from sitegen.archive.yamltext import Key, read_mapping, write_key
from sitegen.errors import Problem, SitegenError
from sitegen.model import FrontMatter


def plain_values(front: FrontMatter) -> dict[str, Any]:
    """Return the keys of `front` that are not empty, in order, as YAML values."""
    values: dict[str, Any] = {}
    for name in ORDER:
        value = getattr(front, name)
        if value in (None, (), "", False):
            continue
        values[name] = _PLAIN_FORMS.get(name, lambda v: v)(value)
    return values


_PLAIN_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "date": str,
    "draft": lambda _: _Bare("true"),
    "private": lambda _: _Bare("true"),
    "pinned": dict,
    "removed": dict,
    "related": lambda rows: tuple({"title": r.title, "url": r.url} if r.url else r.title for r in rows),
    "highlights": lambda rows: tuple(
        {k: v for k, v in (("quote", h.quote), ("note", h.note), ("date", h.date)) if v} for h in rows
    ),
}


class _Bare(str):
    """A word that is written without quotes although another reader types it."""


def _lines(name: str, value: Any) -> str:
    bare = isinstance(value, _Bare) or (name in ("date", "added") and is_iso(value))
    return f"{name}: {value}\n" if bare else write_key(name, value)


def write_head(front: FrontMatter) -> str:
    """Return the front matter as sitegen writes it, between `---` lines."""
    return "---\n" + "".join(_lines(n, v) for n, v in plain_values(front).items()) + "---\n"


def rewrite_head(text: str, front: FrontMatter, names: Iterable[str], *, file: str) -> str:
    """Return a file's text in which the keys `names` say what `front` says, and all else stands.

    Lines of other keys, their order and every comment survive; a key that `front` leaves empty
    goes. Raises SitegenError where the head is not YAML: such a file is the person's to edit.
    """
    head = find_head(text, file=file)
    if head.kind == "none":
        return write_head(front) + "\n" + text.lstrip("\n")
    if head.kind != "yaml":
        raise SitegenError(
            Problem("front-matter", f"its front matter is {head.kind}; sitegen rewrites only YAML", file=file)
        )
    keys = read_mapping(head.text, file=file, first_line=head.line)
    values = plain_values(front)
    texts: dict[str, Sequence[str]] = {}
    for name in names:
        given = spelling(name, keys)
        made = _lines(name, values[name])[:-1].split("\n") if name in values else ()
        texts[given or name] = with_comments(made, keys[given]) if given else made
    return with_lines(text, head, keys, texts)


def with_lines(text: str, head: Head, keys: Mapping[str, Key], texts: Mapping[str, Sequence[str]]) -> str:
    """Return a file's text in which each key of `texts` has these lines; one with none goes.

    New keys are put where `ORDER` has them; they are given in that order.
    """
    lines = head.text.split("\n")[:-1]
    after: dict[int, list[str]] = {}
    for name, made in texts.items():
        row = keys[name].first - 2 if name in keys else _place(name, keys)
        after.setdefault(row, []).extend(made)
    spans = (keys[name] for name in texts if name in keys)
    gone = {row for key in spans for row in range(key.first - 1, key.last)}
    out = list(after.get(-1, ()))
    for row, line in enumerate(lines):
        if row not in gone:
            out.append(line)
        out.extend(after.get(row, ()))
    start = len(text) - len(text.split("\n", head.line - 1)[-1])
    return text[:start] + "".join(f"{line}\n" for line in out) + text[start + len(head.text) :]


def with_comments(made: Sequence[str], key: Key) -> Sequence[str]:
    """Return new lines for a key with the comments that its old ones have: behind one line, else above."""
    if len(made) == 1 and key.comment and len(key.comments) == 1:
        return (made[0] + key.comment,)
    return (*key.comments, *made)


def spelling(name: str, keys: Mapping[str, Key]) -> str | None:
    """Return how the file spells the key that means `name`."""
    if name in keys:
        return name
    return next((given for given in keys if SYNONYMS.get(given.lower()) == name), None)


def _place(name: str, keys: Mapping[str, Key]) -> int:
    """Return the row behind which a new key goes: that of the nearest key before it in `ORDER`."""
    before = ORDER[: ORDER.index(name)] if name in ORDER else ORDER
    rows = [key.last - 1 for given, key in keys.items() if given in before]
    return max(rows, default=-1)

"""The head of an article's file, written strictly: as a whole, or a key at a time.

What sitegen writes is always YAML with the keys of `ORDER`. A rewrite replaces the lines of the
keys that change: keys, order and comments that a person added stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sitegen.archive.frontmatter import ORDER, SYNONYMS, is_iso
from sitegen.archive.head import find_head
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
    lines = head.text.split("\n")[:-1]
    values = plain_values(front)
    spans = {n: keys[given] for n in names if (given := _spelling(n, keys))}
    after: dict[int, list[str]] = {}
    for name in names:
        if name not in values:
            continue
        if name in spans:
            key = spans[name]
            made = _lines(name, values[name])[:-1].split("\n")
            made[-1] += key.comment if len(made) == 1 else ""
            after.setdefault(key.first - 2, []).extend(made)
        else:
            after.setdefault(_place(name, keys), []).extend(_lines(name, values[name])[:-1].split("\n"))
    gone = {row for key in spans.values() for row in range(key.first - 1, key.last)}
    out = list(after.get(-1, ()))
    for row, line in enumerate(lines):
        if row not in gone:
            out.append(line)
        out.extend(after.get(row, ()))
    start = len(text) - len(text.split("\n", head.line - 1)[-1])
    return text[:start] + "".join(f"{line}\n" for line in out) + text[start + len(head.text) :]


def _spelling(name: str, keys: Mapping[str, Key]) -> str | None:
    """Return how the file spells the key that means `name`."""
    if name in keys:
        return name
    return next((given for given in keys if SYNONYMS.get(given.lower()) == name), None)


def _place(name: str, keys: Mapping[str, Key]) -> int:
    """Return the row behind which a new key goes: that of the nearest key before it in `ORDER`."""
    before = ORDER[: ORDER.index(name)]
    rows = [key.last - 1 for given, key in keys.items() if given in before]
    return max(rows, default=-1)

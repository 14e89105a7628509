"""A person's edits and a new cleaning of one article, merged: the head key by key, the body by lines.

Of a key that only one side has changed, that side's text stands, with its comments; keys that
sitegen does not know are the person's. A list that both have changed has what either put in,
without what either took out. Any other key that both have changed, to different values, is a
conflict, shown as git shows one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from merge3 import Merge3
from msgspec import Struct

from sitegen.archive.head import CONFLICT, Head, find_head
from sitegen.archive.headwriter import spelling, with_comments, with_lines
from sitegen.archive.yamltext import Key, Value, read_mapping, write_key

MINE, CLEANED = "yours", "cleaned again"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Merged(Struct, frozen=True):
    """The merged text of an article's file, and the line of its first conflict, if there is one."""

    text: str
    conflict: int | None


class _Side(Struct, frozen=True):
    """One version of a file, taken apart."""

    text: str
    head: Head
    keys: Mapping[str, Key]

    @property
    def body(self) -> str:
        return self.text[self.head.body_at :]

    def value(self, name: str | None) -> Value:
        """Return what a key says; None where it says nothing. A list of one is what is in it."""
        found = self.keys[name].value if name and name in self.keys else None
        return (found[0] if isinstance(found, tuple) and len(found) == 1 else found) or None

    def items(self, name: str | None) -> Value:
        """Return the list that a key says; None for a key that says something else."""
        found = self.keys[name].value if name and name in self.keys else ()
        return found if isinstance(found, tuple) else None

    def lines(self, name: str) -> Sequence[str]:
        key = self.keys[name]
        return self.head.text.split("\n")[key.first - 1 : key.last]


def merged(before: str, mine: str, cleaned: str, *, file: str) -> Merged:
    """Return a person's version of an article's file with what a new cleaning has changed.

    `before` is the file as the last cleaning left it. A head that is not YAML stays as it is.
    Raises SitegenError where a head cannot be read.
    """
    sides = tuple(_side(text, file) for text in (before, mine, cleaned))
    held = sides[1]
    text = with_lines(held.text, held.head, held.keys, _changes(*sides)) if held.keys else held.text
    head = text[: len(text) - len(held.body)]
    body, in_body = _merged_body(*(side.body for side in sides))
    at = head.find(f"{CONFLICT} {MINE}\n")
    if at < 0 and in_body is not None:
        at = len(head) + in_body
    return Merged(head + body, (head + body).count("\n", 0, at) + 1 if at >= 0 else None)


def _merged_body(before: str, mine: str, cleaned: str) -> tuple[str, int | None]:
    """Return the merged body, and where in it the first conflict begins."""
    lines, conflict = list[str](), None
    bases, mines, news = (_LINE.findall(body.rstrip("\n") + "\n") for body in (before, mine, cleaned))
    for what, *groups in Merge3(bases, mines, news).merge_groups():
        if what != "conflict":
            lines += groups[0]
            continue
        conflict = sum(map(len, lines)) if conflict is None else conflict
        lines += _both(groups[1], groups[2])
    return "".join(lines), conflict


def _both(mine: Iterable[str], cleaned: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of both sides between marks."""
    return f"{CONFLICT} {MINE}\n", *mine, "=======\n", *cleaned, f">>>>>>> {CLEANED}\n"


def _side(text: str, file: str) -> _Side:
    head = find_head(text, file=file)
    known = head.kind == "yaml"
    return _Side(text, head, read_mapping(head.text, file=file, first_line=head.line) if known else {})


def _changes(before: _Side, mine: _Side, cleaned: _Side) -> Mapping[str, Sequence[str]]:
    """Return the new lines of each key that does not stay as the person has it."""
    changes: dict[str, Sequence[str]] = {}
    for name in dict.fromkeys((*cleaned.keys, *before.keys)):
        given = spelling(name, mine.keys)
        old, held, new = before.value(name), mine.value(given), cleaned.value(name)
        if new in (old, held):
            continue
        lines = cleaned.lines(name) if new else ()
        if held == old:
            changes[given or name] = with_comments(lines, mine.keys[given]) if given else lines
        elif given and None not in (lists := (before.items(name), mine.items(given), cleaned.items(name))):
            made = write_key(given, _joined(*lists))[:-1].split("\n")
            changes[given] = with_comments(made, mine.keys[given])
        elif given and held and new:
            changes[given] = tuple(line.rstrip("\n") for line in _both(mine.lines(given), lines))
    return changes


def _joined(old: Sequence[Value], held: Sequence[Value], new: Sequence[Value]) -> tuple[Value, ...]:
    """Return a person's list with what a new cleaning put in, without what it took out."""
    kept = (item for item in held if item not in old or item in new)
    return (*kept, *(item for item in new if item not in old and item not in held))

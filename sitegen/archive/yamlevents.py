"""A careful reader of YAML, event by event; the only door to PyYAML.

Aliases, tags and duplicate keys are refused: an article comes from anywhere, and a few lines of
aliases can fill a machine's memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from sitegen.errors import Problem, SitegenError

MAX_DEPTH = 16
_COMMENT = re.compile(r"(?:^|[ \t])(#.*)")

Parsed = tuple[Any, int, int, str, tuple[str, ...]]
"""The value of a key (a text, None, a tuple or a mapping of such), the lines it takes (first and last,
from 1), the comment at its end, and all comments in it."""


def parsed(text: str, *, file: str, first_line: int) -> dict[str, Parsed]:
    """Return the top-level keys of a YAML mapping, in order; every scalar is text or None.

    Raises SitegenError for what is not YAML, not a mapping, or uses an alias, an anchor, a tag or a
    key twice, with the line of the file on whose line `first_line` the text starts.
    """
    try:
        return _Reader(text, file, first_line).mapping()
    except yaml.YAMLError as error:
        raise SitegenError(_syntax(error, text, file, first_line)) from None


class _Reader:
    """Walks the parser's events once; the C parser gives them with their places."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        self._events: Iterator[Any] = yaml.parse(text, Loader=loader)
        self._lines = text.split("\n")
        self._file, self._first = file, first_line
        self._last_content = 0
        self._has_comments = "#" in text
        self._ends: dict[int, int] = {}  # of each line that has content, where that ends

    def mapping(self) -> dict[str, Parsed]:
        start = [next(self._events) for _ in range(2)][-1]
        if isinstance(start, yaml.StreamEndEvent):
            return {}
        top = next(self._events)
        if isinstance(top, yaml.ScalarEvent) and top.value == "":
            return {}
        if not isinstance(top, yaml.MappingStartEvent):
            self._refuse(top, "front matter should be lines of `key: value`")
        keys: dict[str, Parsed] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = self._key(event, keys)
            value = self._value(next(self._events), 1)
            first, last = event.start_mark.line, max(self._last_content, event.end_mark.line)
            comments = self._comments(first, last) if self._has_comments else ()
            keys[name] = value, first + 1, last + 1, self._comment(last), comments
        return keys

    def _key(self, event: Any, seen: Mapping[str, Any]) -> str:
        self._plain(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key should be a plain word")
        if event.value in seen:
            self._refuse(event, f"the key '{event.value}' stands here twice")
        self._last_content, self._column = event.end_mark.line, event.end_mark.column
        self._ends[self._last_content] = self._column
        return str(event.value)

    def _value(self, event: Any, depth: int) -> Any:
        self._plain(event)
        if depth > MAX_DEPTH:
            self._refuse(event, "values are nested too deeply")
        if isinstance(event, yaml.ScalarEvent):
            self._content(event)
            null = event.implicit[0] and event.value in ("", "~", "null", "Null", "NULL")
            return None if null else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(inner, depth + 1))
            if event.flow_style:
                self._content(inner)
            return tuple(items)
        mapping: dict[str, Any] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            name = self._key(inner, mapping)
            mapping[name] = self._value(next(self._events), depth + 1)
        if event.flow_style:
            self._content(inner)
        return mapping

    def _content(self, event: Any) -> None:
        """Remember the last line that a value's own text takes: block ends lie behind comments."""
        mark = event.end_mark
        at_line_start = mark.column == 0 and mark.line > event.start_mark.line
        self._last_content = mark.line - 1 if at_line_start else mark.line
        self._column = mark.column
        if self._has_comments:
            self._ends.update(
                (line, len(self._lines[line])) for line in range(event.start_mark.line, mark.line)
            )
        if not at_line_start:
            self._ends[mark.line] = mark.column

    def _comments(self, first: int, last: int) -> tuple[str, ...]:
        lines = enumerate(self._lines[first : last + 1], first)
        found = (_COMMENT.search(line, self._ends.get(row, 0)) for row, line in lines)
        return tuple(comment[1] for comment in found if comment)

    def _comment(self, line: int) -> str:
        text = self._lines[line] if line < len(self._lines) else ""
        rest = text[self._column :]
        return rest.rstrip() if rest.lstrip().startswith("#") and rest[:1] in " \t" else ""

    def _plain(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "anchors and aliases (& and *) are not read; write the value out")
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(event, "tags (!) are not read; leave the tag out")

    def _refuse(self, event: Any, message: str) -> None:
        mark = event.start_mark
        excerpt = self._lines[mark.line] if mark.line < len(self._lines) else None
        raise SitegenError(
            Problem(
                "front-matter",
                message,
                file=self._file,
                line=self._first + mark.line,
                column=mark.column + 1,
                excerpt=excerpt,
                hint="quote the text if it is meant as it stands",
            )
        )


def _syntax(error: yaml.YAMLError, text: str, file: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    lines = text.split("\n")
    opened = getattr(error, "context_mark", None)
    if opened and not (mark and mark.line < len(lines) and lines[mark.line].strip()):
        mark = opened  # what is never closed is noticed only at the end
    row = min(mark.line, len(lines) - 1) if mark else 0
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
    return Problem(
        "front-matter",
        f"front matter cannot be read: {what}",
        file=file,
        line=first_line + row,
        column=mark.column + 1 if mark else None,
        excerpt=lines[row],
        hint='put texts with : or # or quotes in them between "…"',
    )

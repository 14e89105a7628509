"""A careful reader and writer of the YAML in front matter; the only door to PyYAML.

Scalars are read as text and typed by our schema, because YAML's own guesses turn `lang: no` into
false and `22:58:00` into a number. Aliases, tags and duplicate keys are refused: an article comes
from anywhere, and a few lines of aliases can fill a machine's memory. Writing is by hand, one key
at a time, so that a rewrite replaces the lines of the keys that change and no others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from msgspec import Struct

from sitegen.errors import Problem, SitegenError

MAX_DEPTH = 16
_LINE_WIDTH = 100
_PLAIN = re.compile(r"[^\W_](?:[\w.,;()/+%&$@=~*!?’‘“”„«»…–—'-]|:(?=\S)| (?! |#))*\Z")
_TYPED_ELSEWHERE = re.compile(
    r"(?i)(?:true|false|yes|no|on|off|y|n|null|[-+.\d][\d_.,:eExXoO+-]*|0[xob][\da-f_]+|\.inf|\.nan)\Z"
)
_COMMENT = re.compile(r"(?:^|[ \t])(#.*)")
_MUST_ESCAPE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

# What nearly every head is made of: lines of a key and one text, or a list of texts. Nothing in them
# can mean anything else to YAML; a head with any other line goes to the parser.
_ITEM = r"""\"[^\"\\]*\"|\w[\w ./()+'-]*"""
_LINE = re.compile(
    r"""([A-Za-z_][\w-]*): (?:"([^"\\]*)"|(\w(?:[\w ,./()+'%&=?~@-]|:(?=[\w/])|(?<! )#)*)"""
    rf"|\[((?:{_ITEM})(?:, (?:{_ITEM}))*)\])"
)
_ITEMS = re.compile(_ITEM)
_NULLS = frozenset({"null", "Null", "NULL"})

Value = Any  # str | None | tuple[Value, ...] | dict[str, Value]


class Key(Struct, frozen=True):
    """A top-level key: its value, the lines it takes (first and last, from 1), the comment at its end.

    `comments` are all that stand in its lines, as far as it was read with them.
    """

    value: Value
    first: int
    last: int
    comment: str
    comments: tuple[str, ...] = ()


def read_mapping(text: str, *, file: str, first_line: int) -> dict[str, Key]:
    """Return the top-level keys of a YAML mapping, in order; every scalar is text or None.

    `first_line` is the line of the file on which `text` starts. Raises SitegenError for what is
    not YAML, not a mapping, or uses an alias, an anchor, a tag or a key twice.
    """
    if (keys := _simple(text)) is not None:
        return keys
    try:
        return _Reader(text, file, first_line).mapping()
    except yaml.YAMLError as error:
        raise SitegenError(_syntax(error, text, file, first_line)) from None


def _simple(text: str) -> dict[str, Key] | None:
    """Return the keys of a head of nothing but simple lines, in a tenth of the parser's time, or None."""
    lines = text.removesuffix("\n").split("\n")
    if not all(map(str.isprintable, lines)):
        return None
    keys: dict[str, Key] = {}
    for at, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if not found or line[-1] == " ":
            return None
        name, quoted, plain, listed = found.groups()
        items = _ITEMS.findall(listed) if listed else []
        if name in keys or any(item[-1] == " " for item in items):
            return None
        value = quoted if quoted is not None else _item(plain) if plain else tuple(map(_item, items))
        keys[name] = Key(value, at, at, "")
    return keys


def _item(text: str) -> Value:
    return text[1:-1] if text[0] == '"' else None if text in _NULLS else text


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

    def mapping(self) -> dict[str, Key]:
        start = [next(self._events) for _ in range(2)][-1]
        if isinstance(start, yaml.StreamEndEvent):
            return {}
        top = next(self._events)
        if isinstance(top, yaml.ScalarEvent) and top.value == "":
            return {}
        if not isinstance(top, yaml.MappingStartEvent):
            self._refuse(top, "front matter should be lines of `key: value`")
        keys: dict[str, Key] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = self._key(event, keys)
            value = self._value(next(self._events), 1)
            first, last = event.start_mark.line, max(self._last_content, event.end_mark.line)
            comments = self._comments(first, last) if self._has_comments else ()
            keys[name] = Key(value, first + 1, last + 1, self._comment(last), comments)
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

    def _value(self, event: Any, depth: int) -> Value:
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
        mapping: dict[str, Value] = {}
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


def write_key(name: str, value: Value) -> str:
    """Return the lines of one key, ending with a newline; lists stand on one line where they fit."""
    one_line = f"{name}: {_flow(value)}"
    if isinstance(value, str) or (len(one_line) <= _LINE_WIDTH and not _has_maps(value)):
        return one_line + "\n"
    return f"{name}:\n" + "".join(f"  {line}\n" for line in _block(value))


def _has_maps(value: Value) -> bool:
    return isinstance(value, tuple | list) and any(isinstance(item, Mapping) for item in value)


def _block(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{_scalar(key)}: {_flow(inner)}"
        return
    for item in value:
        if isinstance(item, Mapping):
            for number, (key, inner) in enumerate(item.items()):
                yield f"{'- ' if number == 0 else '  '}{_scalar(key)}: {_flow(inner)}"
        else:
            yield f"- {_flow(item)}"


def _flow(value: Value) -> str:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow_item(k)}: {_flow_item(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(_flow_item(item) for item in value) + "]"


def _flow_item(value: Value) -> str:
    if isinstance(value, str) and any(mark in value for mark in ",:?"):  # PyYAML's own reader stops at these
        return _quoted(value)
    return _flow(value)


def _scalar(text: str) -> str:
    """Return text as YAML that this and every other YAML reader takes for that text."""
    plain = _PLAIN.match(text) and not text.endswith(":") and not _TYPED_ELSEWHERE.match(text)
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    return _MUST_ESCAPE.sub(lambda m: f"\\u{ord(m.group()):04x}", json.dumps(text, ensure_ascii=False))

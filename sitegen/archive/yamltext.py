"""The YAML in front matter as text, read and written.

Scalars are read as text and typed by our schema, because YAML's own guesses turn `lang: no` into
false and `22:58:00` into a number. Writing is by hand, one key at a time, so that a rewrite replaces
the lines of the keys that change and no others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

_LINE_WIDTH = 100
_PLAIN = re.compile(r"[^\W_](?:[\w.,;()/+%&$@=~*!?’‘“”„«»…–—'-]|:(?=\S)| (?! |#))*\Z")
_TYPED_ELSEWHERE = re.compile(
    r"(?i)(?:true|false|yes|no|on|off|y|n|null|[-+.\d][\d_.,:eExXoO+-]*|0[xob][\da-f_]+|\.inf|\.nan)\Z"
)
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
    from sitegen.archive.yamlevents import parsed  # late: heads that sitegen wrote want no parser

    return {name: Key(*key) for name, key in parsed(text, file=file, first_line=first_line).items()}


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

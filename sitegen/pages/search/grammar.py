"""The query language: text -> a tree. The same as in `search-engine.js`, by one table of tests.

    syria "cease fire" -oil (turkey OR russia) title:talks actor:"united nations" after:2017-06

Words stand side by side: all are wanted. OR joins its two neighbours. A field is put before a word,
a phrase or a date; `word*`, and the last word while it is typed, match beginnings.
"""

from __future__ import annotations

import re

from msgspec import Struct

FIELDS = {
    "title": "title",
    "actor": "a",
    "topic": "t",
    "tag": "g",
    "source": "s",
    "place": "p",
    "author": "u",
    "lang": "l",
    "after": "after",
    "before": "before",
}
_MOST_TOKENS = 64
_LONGEST = 500  # characters: each word of a page-long one would be a file to load
_TOKEN = re.compile(r'(-?)(\()|(\))|(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|([^\s()"]+))')


class Leaf(Struct, frozen=True):
    """A word or several in a row: `field` is "" or a value of `FIELDS`; `open` matches beginnings."""

    text: str
    field: str = ""
    open: bool = False
    quoted: bool = False


class Every(Struct, frozen=True):
    """All of these are wanted."""

    nodes: tuple[Node, ...]


class Either(Struct, frozen=True):
    """At least one of these is wanted."""

    nodes: tuple[Node, ...]


class Without(Struct, frozen=True):
    """What must not match."""

    node: Node


Node = Leaf | Every | Either | Without
_Token = tuple[str, bool, Leaf | None]


def parse(query: str) -> Every:
    """Return the tree of a query; never fails: what makes no sense is read as words."""
    tokens = _tokens(query[:_LONGEST])
    nodes: list[Node] = []
    while tokens:
        nodes += _sequence(tokens).nodes
    return Every(tuple(nodes))


def _tokens(query: str) -> list[_Token]:
    """Return the tokens in reverse: ("(" or ")" or "or" or "leaf", negated, leaf)."""
    found: list[_Token] = []
    for match in _TOKEN.finditer(query):
        minus, opening, closing, leaf_minus, field, quoted, quote, word = match.groups()
        if opening:
            found.append(("(", bool(minus), None))
        elif closing:
            found.append((")", False, None))
        elif word == "OR" and not leaf_minus and not field:
            found.append(("or", False, None))
        else:
            last = match.end() == len(query) and not quote
            leaf = _leaf(field or "", quoted, word or "", last)
            if leaf:
                found.append(("leaf", bool(leaf_minus), leaf))
        if len(found) >= _MOST_TOKENS:
            break
    return found[::-1]


def _leaf(field: str, quoted: str | None, word: str, last: bool) -> Leaf | None:
    text = quoted if quoted is not None else word.removesuffix("*")
    if field and field not in FIELDS:
        text, field = f"{field} {text}", ""
    if not text.strip():
        return None
    opened = quoted is None and (last or word.endswith("*"))
    return Leaf(text, FIELDS.get(field, ""), opened, quoted is not None)


def _sequence(tokens: list[_Token]) -> Every:
    """Return what stands until the closing bracket or the end; takes the bracket too."""
    nodes: list[Node] = []
    joining = False
    while tokens:
        kind, negated, leaf = tokens.pop()
        if kind == ")":
            break
        if kind == "or":
            joining = bool(nodes)
            continue
        node: Node = leaf if leaf else _sequence(tokens)
        if isinstance(node, Every) and not node.nodes:
            continue
        if negated:
            node = Without(node)
        if joining:
            before = nodes.pop()
            node = Either((*(before.nodes if isinstance(before, Either) else (before,)), node))
        nodes.append(node)
        joining = False
    return Every(tuple(nodes))

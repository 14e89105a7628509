"""The articles and outlets of `texts.toml` and `outlets.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it should come out; `body` are blocks, marked as in `texts.toml`."""

    id: str
    lang: str
    outlet: str
    host: str
    title: str
    author: str
    date: str
    printed: str
    body: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(block.removeprefix("## ").removeprefix("- ") for block in self.body)

    @property
    def address(self) -> str:
        return f"https://{self.host}/{self.date[:7].replace('-', '/')}/{self.id}"

    @property
    def around(self) -> Mapping[str, Any]:
        return outlets()[self.lang]


@dataclass(frozen=True, slots=True)
class Case:
    """One input of one shape, with what it holds; None where the shape does not say a field."""

    name: str
    shape: str
    content: bytes
    texts: tuple[Text, ...]
    has: frozenset[str] = frozenset({"title", "date", "author"})
    file: str = "dump.txt"


@cache
def texts() -> tuple[Text, ...]:
    rows = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))["article"]
    return tuple(Text(**{**row, "body": tuple(row["body"])}) for row in rows)


@cache
def outlets() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "outlets.toml").read_text("utf-8"))


def footer(text: Text) -> list[str]:
    return [line.format(year=text.date[:4], outlet=text.outlet) for line in text.around["footer"]]


def entries(text: Text) -> list[str]:
    """Return the text as a live blog's hours and entries, newest first."""
    long = [block for block in text.plain if len(block) > 60 or text.lang in ("zh", "ja")]
    return [line for n, entry in enumerate(long) for line in (f"{18 - n}:{(n * 17) % 60:02d}", entry)]

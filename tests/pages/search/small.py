"""The small archive of `archive.toml` as documents and texts, and its index as files in memory."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sitegen.pages.search import (
    Named,
    SearchDoc,
    Suggested,
    directory,
    index_block,
    merged,
    plan_segment,
    segments,
)
from sitegen.text import digest, slug

HERE = Path(__file__).parent
ASSETS = HERE.parents[2] / "templates" / "assets"


class ItsOwn(list[SearchDoc]):
    """Documents that are told as they are given."""

    def column(self, field: str) -> Sequence[Any]:
        return [getattr(doc, field) for doc in self]

    def full(self, place: int) -> SearchDoc:
        return self[place]

    def stands_for(self, kind: str, places: Sequence[int]) -> bytes:
        return repr([kind, *(self[place] for place in places)]).encode()

    def standing(self, places: Sequence[int]) -> bytes:
        return self.stands_for("f", places)


def archive() -> tuple[list[SearchDoc], dict[str, str]]:
    rows = tomllib.loads((HERE / "archive.toml").read_text("utf-8"))["article"]
    docs = [_doc(row) for row in rows]
    return docs, {row["key"]: row["body"] for row in rows}


def _doc(row: dict[str, Any]) -> SearchDoc:
    return SearchDoc(
        key=row["key"],
        title=row["title"],
        digest=digest(repr(row).encode()),
        date=row.get("date", ""),
        added="2024-01-01T00:00:00Z",
        lang=row.get("lang", "en"),
        summary=row["summary"],
        sources=(_named([slug(row["source"]), row["source"]]),) if "source" in row else (),
        places=(_named([slug(row["place"]), row["place"]]),) if "place" in row else (),
        authors=tuple(row.get("authors", ())),
        topics=tuple(map(_named, row["topics"])),
        actors=tuple(map(_named, row["actors"])),
        tags=tuple(map(_named, row.get("tags", ()))),
    )


def _named(row: list[str]) -> Named:
    return Named(row[0], row[1], tuple(row[2:]))


def many(count: int, seed: int = 1) -> tuple[list[SearchDoc], dict[str, str]]:
    """Return `count` made-up articles of some fifty words from a vocabulary of two thousand."""
    chance = random.Random(seed)
    vocabulary = [
        "".join(
            chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.choice((2, 3, 4)))
        )
        for _ in range(2000)
    ]
    docs, texts = [], {}
    for at in range(count):
        words = [vocabulary[int(2000 * chance.random() ** 3)] for _ in range(50)]
        sentences = [" ".join(words[i : i + 10]).capitalize() + "." for i in range(0, 50, 10)]
        key = f"{2010 + at % 9}/{1 + at % 12:02}/article-{at}"
        texts[key] = " ".join(sentences)
        docs.append(
            SearchDoc(
                key,
                " ".join(words[:4]),
                digest(texts[key].encode()),
                f"{key[:4]}-{key[5:7]}-{1 + at % 28:02}",
                f"2024-01-{1 + at // 400:02}T00:00:00Z",
                summary=sentences[0],
                topics=(Named(f"topic-{at % 7}", f"Topic {at % 7}"),),
                actors=(Named(f"actor-{at % 40}", f"Actor {at % 40}"),),
            )
        )
    return docs, texts


def index(
    docs: list[SearchDoc],
    texts: dict[str, str],
    *,
    runs: dict[str, bytes] | None = None,
    old: dict[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the index files by path; `runs` and `old` are what an earlier build left behind."""
    runs = {} if runs is None else runs
    files: dict[str, bytes] = {}
    notes = []

    def read(block: str, start: int, stop: int) -> bytes:
        return runs[block][start:stop]

    listing = ItsOwn(docs)
    for segment in segments(listing):
        for block in segment.blocks:
            if block.digest not in runs:
                runs[block.digest] = index_block([*map(listing.full, block.places)], texts)
        planned = plan_segment(segment, read, listing)
        notes.append(planned.note)
        there = {path: content for path, content in (old or {}).items() if path in planned.paths}
        for merge in planned.merges(there):
            files |= merged(merge, read)
        files |= there | dict(planned.others(there, read))
    return files | directory(notes, names(docs))


def names(docs: list[SearchDoc]) -> list[Suggested]:
    found = {("actor", a.id): a for d in docs for a in d.actors} | {
        ("topic", t.id): t for d in docs for t in d.topics
    }
    return [Suggested(kind, n.id, n.name, n.aliases, 1) for (kind, _), n in sorted(found.items())]

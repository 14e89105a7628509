"""Bringing inputs into the archive: every one read, cleaned in parallel, and accounted for."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert
from sitegen.model import Article
from sitegen.run.files import leads_out, read_bytes, walk
from sitegen.run.keep import Converted, Keeper, Row
from sitegen.run.pool import ordered
from sitegen.text import clip
from sitegen.vocabulary import Vocabulary

BATCH = 4  # inputs: cleaning one costs what rendering a dozen pages does


@dataclass(frozen=True, slots=True)
class _Input:
    name: str
    path: str
    content: bytes | None
    limit: int
    vocabulary: bytes


def list_inputs(paths: Iterable[str], *, within: Path | None = None) -> Iterator[str | Problem]:
    """Give every file that the arguments name, folders walked in order; a Problem for what is no file.

    A file in a folder is taken only if it is no link that leads out of that folder; `within` asks
    the same of the arguments themselves.
    """
    for given in paths:
        if given.startswith(("http://", "https://")):
            yield Problem(
                "address",
                "is a web address, and sitegen never calls the network",
                file=given,
                hint="save the page in your browser (Ctrl+S), then `sitegen add` the saved file",
            )
        elif within and leads_out(given, within):
            yield _link_problem(given)
        elif given == "-" or Path(given).is_file():
            yield given
        elif Path(given).is_dir():
            for entry in walk(Path(given)):
                yield _link_problem(entry.path) if leads_out(entry.path, Path(given)) else entry.path
        else:
            exists = os.path.lexists(given)
            yield Problem("read", "is not a regular file" if exists else "does not exist", file=given)


def _link_problem(path: str) -> Problem:
    return Problem(
        "link", "is a link that leads out of its folder", file=path, hint="name the file that it leads to"
    )


def add(
    keeper: Keeper,
    inputs: Iterable[str | Problem],
    *,
    limit: int,
    jobs: int | None = None,
    stdin: bytes = b"",
) -> Iterator[Row]:
    """Convert each input into the archive and say what became of each article in it, in order."""
    refused: deque[Row] = deque()
    packed = pickle.dumps(keeper.vocabulary)

    def waiting() -> Iterator[_Input | None]:
        for given in inputs:
            if isinstance(given, Problem):
                refused.append(_refused(given.file or "", (given,)))
                yield None
            elif given == "-":
                yield _Input("stdin", "stdin", stdin, limit, packed)
            else:
                yield _Input(keeper.home.shown(given), given, None, limit, packed)

    for converted in ordered(_convert, waiting(), jobs=jobs, batch=BATCH):
        if converted is None:
            yield refused.popleft()
        elif converted.problems:
            yield _refused(converted.name, converted.problems)
        else:
            for article in _decided(converted, keeper):
                yield keeper.take(converted, article)


def _refused(name: str, problems: tuple[Problem, ...]) -> Row:
    return Row(name, "skipped", reason=problems[0].message, problems=problems)


def _decided(converted: Converted, keeper: Keeper) -> tuple[Article, ...]:
    """Return an input's articles, cleaned as a person has decided about its lines, if one has."""
    first = converted.articles[0] if converted.articles else None
    lines = keeper.here.lines.get(f"sha256:{first.sha256}") if first else None
    if lines is None or not keeper.again:
        return converted.articles
    name = os.path.basename(converted.name)
    return convert(converted.content, name=name, vocabulary=keeper.vocabulary, lines=lines)


@lru_cache(maxsize=1)
def _unpacked(vocabulary: bytes) -> Vocabulary:
    """Return the vocabulary that all inputs share; once a process, for the index of its names is dear."""
    known: Vocabulary = pickle.loads(vocabulary)  # noqa: S301 - our own bytes, from our own process
    return known


def _convert(given: _Input | None) -> Converted | None:
    if given is None:
        return None
    try:
        content = given.content
        if content is None:
            content = read_bytes(Path(given.path), shown=given.name, limit=given.limit)
        if given.name.endswith((".md", ".markdown")) and content.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
            raise SitegenError(
                Problem(
                    "markdown",
                    "is a Markdown article already",
                    file=given.name,
                    hint="copy it anywhere below content/ as it is",
                )
            )
        vocabulary = _unpacked(given.vocabulary)
        articles = convert(content, name=os.path.basename(given.name), vocabulary=vocabulary)
        return Converted(given.name, content, articles)
    except SitegenError as error:
        return Converted(given.name, b"", (), error.problems)
    except Exception as error:  # noqa: BLE001 - one bad input never stops the others
        fault = internal_problem(error, given.name)
        return Converted(given.name, b"", (), (fault,))


def internal_problem(error: Exception, name: str) -> Problem:
    """Return what to tell of a fault of our own, so that the input is reported and the run goes on."""
    return Problem(
        "internal",
        f"could not be converted: {type(error).__name__}: {clip(str(error), 200)}",
        file=name,
        hint="this is a fault of sitegen; please report it with the file, if you may",
    )


class Tally:
    """How many inputs' articles had each outcome; `read` is their sum."""

    _NAMES: ClassVar = {"duplicate": "duplicates", "stub": "stubs"}

    def __init__(self) -> None:
        names = ("read", "new", "merged", "duplicates", "stubs", "removed", "skipped")
        self.counts = dict.fromkeys(names, 0)

    def note(self, row: Row) -> None:
        self.counts["read"] += 1
        self.counts[self._NAMES.get(row.outcome, row.outcome)] += 1

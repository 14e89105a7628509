"""Bringing inputs into the archive: every one read, cleaned in parallel, and accounted for."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.identity import original_name
from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert
from sitegen.run.faults import internal_problem
from sitegen.run.files import is_of_a_page, leads_out, read_bytes, walk
from sitegen.run.keep import Converted, Keeper, Row
from sitegen.run.pictures import Beside, with_pictures
from sitegen.run.pool import Workers, ordered
from sitegen.vocabulary import Vocabulary

BATCH = 4  # inputs: cleaning one costs what rendering a dozen pages does


class _Input(Struct, frozen=True):
    name: str
    path: str
    content: bytes | None
    limit: int
    vocabulary: bytes
    media: Path


def list_inputs(
    paths: Iterable[str], *, within: Path | None = None, beside: list[str] | None = None
) -> Iterator[str | Problem]:
    """Give every file that the arguments name, folders walked in order; a Problem for what is no file.

    A file in a folder is taken only if it is no link that leads out of that folder; `within` asks
    the same of the arguments themselves. What a browser saved beside a page is no input of its own:
    such files are put into `beside`.
    """
    passed = [] if beside is None else beside
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
            unread: list[OSError] = []
            for entry in walk(Path(given), unread=unread):
                if is_of_a_page(entry.path, Path(given)):
                    passed.append(entry.path)
                else:
                    yield _link_problem(entry.path) if leads_out(entry.path, Path(given)) else entry.path
            yield from (_unread_problem(error) for error in unread)
        else:
            exists = os.path.lexists(given)
            yield Problem("read", "is not a regular file" if exists else "does not exist", file=given)


def _unread_problem(error: OSError) -> Problem:
    why = (error.strerror or "cannot be read").lower()
    return Problem(
        "read",
        f"is a folder that cannot be opened: {why}",
        file=error.filename,
        hint="give yourself the right to read it",
    )


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
    only: str | None = None,
    workers: Workers | None = None,
) -> Iterator[Row]:
    """Convert each input into the archive and say what became of each article in it, in order.

    `only` names the one piece of an input that is wanted ("sha256:…#2"); all others are passed over.
    """
    refused: deque[Row] = deque()
    media = keeper.home.content / "media"
    packed = pickle.dumps(keeper.vocabulary)

    def waiting() -> Iterator[_Input | None]:
        for given in inputs:
            if isinstance(given, Problem):
                refused.append(_refused(given.file or "", (given,)))
                yield None
            elif given == "-":
                yield _Input("stdin", "stdin", stdin, limit, packed, media)
            else:
                yield _Input(keeper.home.shown(given), given, None, limit, packed, media)

    for converted in ordered(_convert, waiting(), jobs=jobs, batch=BATCH, workers=workers):
        if converted is None:
            yield refused.popleft()
        elif converted.problems:
            yield _refused(converted.name, converted.problems)
        else:
            yield from _taken(converted, keeper, limit, only)


def _taken(converted: Converted, keeper: Keeper, limit: int, only: str | None) -> Iterator[Row]:
    """Keep the articles of one input; what cannot be read of one of them does not stop the others."""
    try:
        decided = _decided(converted, keeper, limit)
    except SitegenError as error:
        yield _unless_disk(converted, error)
        return
    except Exception as error:  # noqa: BLE001 - one bad input never stops the others
        yield _refused(converted.name, (internal_problem(error, converted.name),))
        return
    for article in decided.articles:
        if only not in (None, original_name(article.sha256, article.number)):
            continue
        try:
            row = keeper.take(decided, article)
        except SitegenError as error:
            row = _unless_disk(converted, error)
        yield row


def _unless_disk(converted: Converted, error: SitegenError) -> Row:
    """Return what a fault means for one input; raises one of the disk again, which means all of them."""
    if any(problem.code == "disk" for problem in error.problems):
        raise error
    return _refused(converted.name, error.problems)


def _refused(name: str, problems: tuple[Problem, ...]) -> Row:
    return Row(name, "skipped", reason=problems[0].message, problems=problems)


def _decided(converted: Converted, keeper: Keeper, limit: int) -> Converted:
    """Return an input as it is, or cleaned as a person has decided about its lines, if one has."""
    first = converted.articles[0] if converted.articles else None
    lines = keeper.here.lines.get(first.sha256) if first else None
    if lines is None or not keeper.again:
        return converted
    name = os.path.basename(converted.name)
    articles = convert(converted.content, name=name, vocabulary=keeper.vocabulary, lines=lines)
    return _pictured(replace(converted, articles=articles), keeper.home.content / "media", limit)


def _pictured(converted: Converted, media: Path, limit: int) -> Converted:
    """Return an input whose articles name their pictures in `content/media/`, with those files."""
    articles, files = with_pictures(converted.articles, Beside(converted.page, media, limit))
    return replace(converted, articles=articles, media=files)


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
        page = Path(given.path) if given.content is None else None
        return _pictured(Converted(given.name, content, articles, page=page), given.media, given.limit)
    except SitegenError as error:
        return Converted(given.name, b"", (), error.problems)
    except Exception as error:  # noqa: BLE001 - one bad input never stops the others
        fault = internal_problem(error, given.name)
        return Converted(given.name, b"", (), (fault,))


class Tally:
    """How many inputs' articles had each outcome; `read` is their sum."""

    _NAMES: ClassVar = {"duplicate": "duplicates", "stub": "stubs"}

    def __init__(self) -> None:
        names = ("read", "new", "merged", "duplicates", "stubs", "removed", "skipped")
        self.counts = dict.fromkeys(names, 0)

    def note(self, row: Row) -> None:
        self.counts["read"] += 1
        self.counts[self._NAMES.get(row.outcome, row.outcome)] += 1

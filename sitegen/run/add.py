"""Bringing inputs into the archive: every one read, cleaned in parallel, and accounted for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert
from sitegen.run.files import leads_out, read_bytes, walk
from sitegen.run.keep import Converted, Keeper, Row
from sitegen.run.pictures import Beside, with_pictures
from sitegen.run.pool import ordered
from sitegen.text import clip
from sitegen.vocabulary import Vocabulary

BATCH = 4  # inputs: cleaning one costs what rendering a dozen pages does
_PAGE_FOLDERS = ("_files", "_file", "-Dateien", "_fichiers", "_archivos", ".files")


@dataclass(frozen=True, slots=True)
class _Input:
    name: str
    path: str
    content: bytes | None
    limit: int
    vocabulary: Vocabulary
    media: Path


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
                if not _is_of_a_page(entry.path):
                    yield _link_problem(entry.path) if leads_out(entry.path, Path(given)) else entry.path
        else:
            exists = os.path.lexists(given)
            yield Problem("read", "is not a regular file" if exists else "does not exist", file=given)


def _is_of_a_page(path: str) -> bool:
    """Tell whether a file lies in the folder that a browser saves beside a page: "Name_files/"."""
    folder = os.path.dirname(path)
    while folder:
        name = next((folder.removesuffix(end) for end in _PAGE_FOLDERS if folder.endswith(end)), None)
        if name and any(os.path.isfile(name + ending) for ending in (".html", ".htm")):
            return True
        folder = os.path.dirname(folder) if os.path.dirname(folder) != folder else ""
    return False


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
    waiting: list[_Input] = []
    media = keeper.home.content / "media"
    for given in inputs:
        if isinstance(given, Problem):
            yield Row(given.file or "", "skipped", reason=given.message, problems=(given,))
        elif given == "-":
            waiting.append(_Input("stdin", "stdin", stdin, limit, keeper.vocabulary, media))
        else:
            waiting.append(_Input(keeper.home.shown(given), given, None, limit, keeper.vocabulary, media))
    for converted in ordered(_convert, waiting, jobs=jobs, batch=BATCH):
        if converted.problems:
            yield Row(
                converted.name, "skipped", reason=converted.problems[0].message, problems=converted.problems
            )
        for article in converted.articles:
            yield keeper.take(converted, article)


def _convert(given: _Input) -> Converted:
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
        articles = convert(content, name=os.path.basename(given.name), vocabulary=given.vocabulary)
        beside = Beside(Path(given.path).parent if given.content is None else None, given.media, given.limit)
        pictured = [with_pictures(article, beside) for article in articles]
        media = tuple(medium for _, found in pictured for medium in found)
        return Converted(given.name, content, tuple(article for article, _ in pictured), media=media)
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


def summary(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many inputs' articles had each outcome; `read` is their sum."""
    counts = {"read": 0, "new": 0, "merged": 0, "duplicates": 0, "stubs": 0, "removed": 0, "skipped": 0}
    names = {"duplicate": "duplicates", "stub": "stubs"}
    for row in rows:
        counts["read"] += 1
        counts[names.get(row.outcome, row.outcome)] += 1
    return counts

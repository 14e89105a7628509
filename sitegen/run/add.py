"""Bringing inputs into the archive: every one accounted for, nothing overwritten, nothing lost.

The order of writing makes an interrupted run safe to take up: the original first (on the disk
before anything names it), then the article, then the base for later merges. An original with a
base and no article is one that a person has deleted, and it stays deleted until `--again`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from merge3 import Merge3

from sitegen.archive.document import Document, document, file_text, front_matter
from sitegen.archive.identity import normal_address, same_words
from sitegen.archive.library import natural_key
from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert
from sitegen.model import Article, Facts
from sitegen.run.files import read_bytes, walk, write_atomic
from sitegen.run.home import Home
from sitegen.run.pool import ordered
from sitegen.text import clip, fold, slug
from sitegen.vocabulary import Vocabulary

Outcome = Literal["new", "merged", "duplicate", "stub", "skipped", "removed"]
CONFLICT = "<<<<<<<"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one article of an input: where it is now, and why if it is nowhere new."""

    input: str
    outcome: Outcome
    article: str | None = None
    reason: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Input:
    name: str
    path: str
    content: bytes | None
    limit: int
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class _Converted:
    name: str
    path: str
    content: bytes
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Index:
    """The articles that are here already, by what makes a second one the same."""

    by_original: dict[str, list[str]] = field(default_factory=dict)
    by_address: dict[str, str] = field(default_factory=dict)
    by_words: dict[int, list[str]] = field(default_factory=dict)
    by_title: dict[str, list[str]] = field(default_factory=dict)

    def note(self, path: str, facts: Facts) -> None:
        front = facts.front
        if front.original:
            self.by_original.setdefault(front.original, []).append(path)
        if front.url and (address := normal_address(front.url)):
            self.by_address.setdefault(address, path)
        self.by_words.setdefault(facts.words, []).append(path)
        self.by_title.setdefault(fold(front.title), []).append(path)


def index(known: Iterable[Facts]) -> Index:
    """Return the index of the articles in an archive."""
    made = Index()
    for facts in known:
        made.note(facts.path, facts)
    return made


def list_inputs(paths: Iterable[str], *, skip: Iterable[Path] = ()) -> Iterator[str | Problem]:
    """Give every file that the arguments name, folders walked in order; a Problem for what is no file."""
    skipped = {os.path.realpath(p) for p in skip}
    for given in paths:
        if given.startswith(("http://", "https://")):
            yield Problem(
                "address",
                "is a web address, and sitegen never calls the network",
                file=given,
                hint="save the page in your browser (Ctrl+S), then `sitegen add` the saved file",
            )
        elif given == "-" or Path(given).is_file():
            yield given
        elif Path(given).is_dir():
            for entry in walk(Path(given)):
                if os.path.realpath(os.path.dirname(entry.path)) not in skipped:
                    yield entry.path
        else:
            exists = os.path.lexists(given)
            yield Problem("read", "is not a regular file" if exists else "does not exist", file=given)


def add(
    home: Home,
    inputs: Iterable[str | Problem],
    here: Index,
    vocabulary: Vocabulary,
    *,
    limit: int,
    again: bool = False,
    dry_run: bool = False,
    jobs: int | None = None,
    stdin: bytes = b"",
) -> Iterator[Row]:
    """Convert each input into the archive and say what became of each article in it, in order."""
    waiting: list[_Input] = []
    for given in inputs:
        if isinstance(given, Problem):
            yield Row(given.file or "", "skipped", reason=given.message, problems=(given,))
        elif given == "-":
            waiting.append(_Input("stdin", "stdin", stdin, limit, vocabulary))
        else:
            waiting.append(_Input(home.shown(given), given, None, limit, vocabulary))
    for converted in ordered(_convert, waiting, jobs=jobs):
        if converted.problems:
            yield Row(
                converted.name, "skipped", reason=converted.problems[0].message, problems=converted.problems
            )
        for article in converted.articles:
            yield _take(home, converted, article, here, again=again, dry_run=dry_run)


def _convert(given: _Input) -> _Converted:
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
        return _Converted(given.name, given.path, content, articles)
    except SitegenError as error:
        return _Converted(given.name, given.path, b"", (), error.problems)
    except Exception as error:  # noqa: BLE001 - one bad input never stops the others
        fault = internal_problem(error, given.name)
        return _Converted(given.name, given.path, b"", (), (fault,))


def internal_problem(error: Exception, name: str) -> Problem:
    """Return what to tell of a fault of our own, so that the input is reported and the run goes on."""
    return Problem(
        "internal",
        f"could not be converted: {type(error).__name__}: {clip(str(error), 200)}",
        file=name,
        hint="this is a fault of sitegen; please report it with the file, if you may",
    )


def _take(
    home: Home, converted: _Converted, article: Article, here: Index, *, again: bool, dry_run: bool
) -> Row:
    row = _decide(home, converted, article, here, again=again)
    problems = tuple(replace(p, file=converted.name) for p in article.diagnostics)
    if isinstance(row, Row):
        return replace(row, problems=(*row.problems, *problems))
    outcome, target, text = row
    if not dry_run:
        _write(home, converted, article, target, text)
        here.note(target, _facts_of(text, target))
    conflict = (
        (
            Problem(
                "merge-conflict",
                "your edits and the new cleaning differ in the same lines; both are shown between marks",
                file=target,
                line=text[: text.index(CONFLICT)].count("\n") + 1,
                hint="keep what is right and remove the lines of <<<<<<<, ======= and >>>>>>>",
            ),
        )
        if outcome == "merged" and CONFLICT in text
        else ()
    )
    return Row(converted.name, outcome, target, problems=(*problems, *conflict))


def _decide(
    home: Home, converted: _Converted, article: Article, here: Index, *, again: bool
) -> Row | tuple[Outcome, str, str]:
    """Return the row where nothing is to be written, else the outcome, the path and the new text."""
    if not article.markdown.strip():
        faults = [d for d in article.diagnostics if d.severity == "error"] or list(article.diagnostics)
        return Row(converted.name, "skipped", reason=faults[0].message if faults else "holds no article")
    base = _base_path(home, article)
    known = _own_article(home, article, here, base)
    if known and not again:
        return Row(converted.name, "duplicate", known, "is in the archive already")
    if known:
        return _merged(home, converted, article, known, base)
    if base.exists() and not again:
        return Row(converted.name, "removed", reason="was removed; `--again` restores it")
    if twin := _twin(home, article, here):
        return Row(converted.name, "duplicate", twin, "has the same address or text as this article")
    added = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = file_text(front_matter(article, added=added), article.markdown)
    return "new", _free_path(home, text), text


def _base_path(home: Home, article: Article) -> Path:
    number = "" if article.number == 1 else f"-{article.number}"
    return home.originals / article.sha256[:2] / f"{article.sha256}{number}.md"


def _own_article(home: Home, article: Article, here: Index, base: Path) -> str | None:
    """Return the path of the article that was made of this very piece of input, if it is still here."""
    paths = here.by_original.get(f"sha256:{article.sha256}", [])
    if len(paths) > 1 and base.exists():
        title = fold(_read(base, home).front.title)
        return next((p for p in paths if p in here.by_title.get(title, ())), None)
    matching = [p for p in paths if p in here.by_title.get(fold(article.title), ())]
    return next(iter(matching), paths[0] if len(paths) == 1 and article.number == 1 else None)


def _twin(home: Home, article: Article, here: Index) -> str | None:
    address = normal_address(article.url) if article.url else None
    if address and address in here.by_address:
        return here.by_address[address]
    near = (
        *here.by_words.get(len(article.markdown.split()), ()),
        *here.by_title.get(fold(article.title), ()),
    )
    for path in dict.fromkeys(near):
        if same_words(_read(home.root / path, home).body, article.markdown):
            return path
    return None


def _read(path: Path, home: Home) -> Document:
    return document(read_bytes(path), file=home.shown(path))


def _merged(
    home: Home, converted: _Converted, article: Article, known: str, base: Path
) -> Row | tuple[Outcome, str, str]:
    mine = read_bytes(home.root / known).decode("utf-8-sig")
    before = read_bytes(base).decode("utf-8-sig") if base.exists() else mine
    added = document(before.encode(), file=known).front.added
    cleaned = file_text(front_matter(article, added=added), article.markdown)
    if cleaned == before:
        return Row(converted.name, "duplicate", known, "cleans to the same as before")
    base_lines, my_lines, new_lines = (t.splitlines(keepends=True) for t in (before, mine, cleaned))
    merge = Merge3(base_lines, my_lines, new_lines)
    lines = merge.merge_lines(name_a="yours", name_b="cleaned again")
    return "merged", known, "".join(lines)


def _free_path(home: Home, text: str) -> str:
    key = natural_key(_facts_of(text, f"content/{slug(document(text.encode(), file='').front.title)}.md"))
    number, path = 1, f"content/articles/{key}.md"
    while (home.root / path).exists():
        number += 1
        path = f"content/articles/{key}-{number}.md"
    return path


def _facts_of(text: str, path: str) -> Facts:
    read = document(text.encode(), file=path)
    return Facts(path, "", read.front, "", len(read.body.split()), read.body_line, read.body_start)


def _write(home: Home, converted: _Converted, article: Article, target: str, text: str) -> None:
    original = home.originals / article.sha256[:2] / f"{article.sha256}{_extension(converted)}"
    if not any(original.parent.glob(f"{article.sha256}.*")) or not original.exists():
        write_atomic(original, converted.content, durable=True)
    base = _base_path(home, article)
    before = document(read_bytes(base), file="").front.added if base.exists() else None
    write_atomic(home.root / target, text.encode(), durable=True)
    added = before or document(text.encode(), file=target).front.added
    write_atomic(base, file_text(front_matter(article, added=added), article.markdown).encode(), durable=True)


def _extension(converted: _Converted) -> str:
    """Return the original's own ending, if it is a plain one, so that a person can open it."""
    ending = Path(converted.name).suffix.lower()
    plain = ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 6 and ending != ".md"
    return ending if plain else ".txt"


def summary(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many inputs' articles had each outcome; `read` is their sum."""
    counts = {"read": 0, "new": 0, "merged": 0, "duplicates": 0, "stubs": 0, "removed": 0, "skipped": 0}
    names = {"duplicate": "duplicates", "stub": "stubs"}
    for row in rows:
        counts["read"] += 1
        counts[names.get(row.outcome, row.outcome)] += 1
    return counts

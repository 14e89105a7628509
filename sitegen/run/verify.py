"""The originals: every kept file should be what its name says, and none that an article names be missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path

from msgspec import Struct

from sitegen.archive.identity import original_parts
from sitegen.errors import Problem
from sitegen.model import Facts
from sitegen.run.files import is_of_a_page, os_problem, walk
from sitegen.run.home import Home

_NAMED = re.compile(r"([0-9a-f]{64})(?:-\d+)?\.[a-z0-9]+\Z")


class Report(Struct, frozen=True):
    """How many originals were read, and what is wrong with them or with articles that name them."""

    originals: int
    problems: tuple[Problem, ...]


def original_of(home: Home, original: str) -> Path | None:
    """Return the file that a front matter's `original: sha256:…` names, or None where it is gone."""
    name, _ = original_parts(original)
    if not name:
        return None
    found = sorted((home.originals / name[:2]).glob(f"{name}.*"))
    return next((p for p in found if p.suffix not in (".md", ".json")), None)


def verify_archive(home: Home, facts: Iterable[Facts]) -> Report:
    """Return what is wrong with originals (bytes against names) and with articles' ways to them."""
    present: set[str] = set()
    problems = list(_originals(home, present))
    for fact in facts:
        name, _ = original_parts(fact.front.original)
        if fact.front.original and name not in present:
            problems.append(
                Problem(
                    "no-original",
                    "names an original that is not in content/originals/",
                    file=fact.path,
                    hint="bring the file back from a copy of the archive",
                )
            )
    return Report(len(present), tuple(problems))


def _originals(home: Home, present: set[str]) -> Iterator[Problem]:
    for entry in walk(home.originals):
        named = _NAMED.match(entry.name)
        if is_of_a_page(entry.path, home.originals) or (entry.name.endswith((".md", ".json")) and named):
            continue  # what lay beside a page; the article as it was written, its account: no hash of theirs
        shown = home.shown(entry.path)
        if named is None:
            yield Problem("original-name", "is no original of ours", "warning", file=shown)
            continue
        try:
            with open(entry.path, "rb") as file:
                actual = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield os_problem(error, Path(shown))
            continue
        if actual == named.group(1):
            present.add(actual)
        else:
            yield Problem(
                "original-changed",
                "is not what it was: its bytes have another hash than its name",
                file=shown,
                hint="bring the file back from a copy of the archive",
            )

"""What one build is asked to do and what it did; what all that it depends on comes to in a digest."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from msgspec import Struct, field, to_builtins

from sitegen import __version__
from sitegen.errors import Problem
from sitegen.run.home import Home, environment_settings
from sitegen.run.look import Look
from sitegen.run.state import State
from sitegen.text import digest

PACKAGE = Path(__file__).resolve().parents[1]


class Options(Struct, frozen=True):
    """What the command line says of one build.

    `settings` are flags laid over `sitegen.toml`; `patience_s` is how many seconds to wait for
    another run in the archive; `dask` is the address of a cluster that does the work. Where there is
    `shown`, pages come into their place before the search index is made, and it is called with the
    faults found: for somebody who waits to see an edit.
    """

    out: Path | None = None
    clean: bool = False
    drafts: bool = False
    jobs: int | None = None
    dry_run: bool = False
    patience_s: float = 0.0
    settings: Mapping[str, str] = field(default_factory=dict)
    dask: str | None = None
    shown: Callable[[tuple[Problem, ...]], None] | None = None


class Result(Struct, frozen=True):
    """What a build did: numbers of articles and files, and everything that was wrong."""

    articles: int = 0
    written: int = 0
    removed: int = 0
    files: int = 0
    problems: tuple[Problem, ...] = ()


Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""What is done, and how many times at least (0: nobody knows), to what is called after each."""


def no_progress(_what: str, _total: int) -> AbstractContextManager[Callable[[], None]]:
    """Show nothing: the progress of tests and of a build that is called by `serve`."""
    return nullcontext(lambda: None)


def default_templates() -> Path:
    """Return the default theme's folder: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def theme_folders(home: Home) -> tuple[Path, Path]:
    """Return where templates and assets are: the default theme's folder, and what is laid over it."""
    return default_templates(), home.templates


def public_folder(home: Home, options: Options) -> Path:
    """Return the folder that the site goes to; by whichever name, the usual one is the usual one."""
    out = options.out.resolve() if options.out else home.public
    return home.public if out == home.public.resolve() else out


def state_folder(home: Home, options: Options) -> Path:
    """Return where the state of a site is kept: each folder that a site goes to has its own."""
    if public_folder(home, options) == home.public:
        return home.state
    return home.state / "out" / digest(os.fsencode(public_folder(home, options)))


def call_digest(home: Home, options: Options, found: Look) -> str:
    """Return a digest of all that a build depends on besides articles: files, flags, environment."""
    call = (
        __version__,
        os.fspath(public_folder(home, options)),
        options.drafts,
        sorted(options.settings.items()),
        environment_settings(),
        found.others_digest(found.at_ns),
    )
    return digest(repr(call).encode("utf-8", "surrogateescape"))


def kept_problems(state: State) -> tuple[Problem, ...]:
    """Return every fault that the last build reported."""
    rows = json.loads(state.get("problems") or "[]")
    return tuple(Problem(**row) for row in rows)


def knows_all_names(problems: Iterable[Problem]) -> bool:
    """Return whether every file was known by its name: one that was not may be gone, and nothing shows it."""
    return not any(p.code == "file-name" for p in problems)


def keep_problems(problems: Iterable[Problem]) -> str:
    """Return faults as the text that `kept_problems` reads."""
    return json.dumps([to_builtins(p) for p in problems])

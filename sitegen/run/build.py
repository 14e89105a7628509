"""`content/` -> `public/`: incremental by default, and byte-equal to a build from nothing.

This module decides whether there is anything to do, from stats alone; what there is to do stands
in `make`, whose imports (templates, Markdown) a run with no change never pays for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen import __version__
from sitegen.errors import Problem, SitegenError
from sitegen.run.files import os_problem
from sitegen.run.home import Home, environment_settings
from sitegen.run.look import Look, look
from sitegen.run.publish import MANIFEST
from sitegen.run.state import State
from sitegen.text import digest

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of one build; `settings` are flags laid over `sitegen.toml`."""

    out: Path | None = None
    clean: bool = False
    drafts: bool = False
    jobs: int | None = None
    dry_run: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did: numbers of articles and files, and everything that was wrong."""

    articles: int = 0
    written: int = 0
    removed: int = 0
    files: int = 0
    problems: tuple[Problem, ...] = ()


Progress = Callable[[str, int], Callable[[], None]]


def no_progress(_what: str, _total: int) -> Callable[[], None]:
    """Show nothing: the progress of tests and of a build that is called by `serve`."""
    return lambda: None


def default_templates() -> Path:
    """Return the default theme's folder: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


@contextmanager
def only_writer(home: Home) -> Iterator[None]:
    """Hold the archive's lock; a process that dies lets go of it.

    Raises SitegenError where another run holds it.
    """
    try:
        home.state.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home.state / "lock", timeout=0)
        with lock:
            yield
    except Timeout:
        raise SitegenError(
            Problem(
                "busy",
                "another sitegen is already running in this archive",
                file=os.fspath(home.root),
                hint="wait until it is done, then run the command again",
            )
        ) from None
    except OSError as error:
        raise SitegenError(os_problem(error, home.state)) from None


def build(home: Home, options: Options, progress: Progress = no_progress) -> Result:
    """Bring the site up to date and say what was done.

    Articles that cannot be read are left out and named in the result; the others are published.
    Raises SitegenError, with the site untouched, for a fault in settings, vocabulary or templates,
    for a folder that is not ours, a full disk, or another run in this archive.
    """
    with only_writer(home):
        state = State(home.state)
        try:
            if options.clean:
                state.forget()
            found = look(home, [default_templates()])
            return _unchanged(home, options, state, found) or _make(home, options, state, found, progress)
        finally:
            state.close()


def _make(home: Home, options: Options, state: State, found: Look, progress: Progress) -> Result:
    from sitegen.run.make import make  # late: jinja2 and markdown cost more than a run with no change

    return make(home, options, state, found, progress)


def public_folder(home: Home, options: Options) -> Path:
    """Return the folder that the site goes to."""
    return options.out.resolve() if options.out else home.public


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


def _unchanged(home: Home, options: Options, state: State, found: Look) -> Result | None:
    """Return the last build's result if nothing has changed since, without reading a single file."""
    last = int(state.get("looked") or 0)
    if state.get("call") != call_digest(home, options, found) or not _still_there(home, options, state):
        return None
    known = state.stats()
    if known.keys() != found.articles.keys() or found.changed(known, last):
        return None
    articles, files = int(state.get("articles")), int(state.get("files"))
    return Result(articles, files=files, problems=kept_problems(state))


def _still_there(home: Home, options: Options, state: State) -> bool:
    listed = public_folder(home, options) / MANIFEST
    return listed.is_file() and digest(listed.read_bytes()) == state.get("manifest")


def kept_problems(state: State) -> tuple[Problem, ...]:
    """Return every fault that the last build reported."""
    rows = json.loads(state.get("problems") or "[]")
    return tuple(Problem(**row) for row in rows)


def keep_problems(problems: Iterable[Problem]) -> str:
    """Return faults as the text that `kept_problems` reads."""
    return json.dumps([asdict(p) for p in problems])

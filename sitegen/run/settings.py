"""What an archive's settings and vocabulary files say, with flags and the environment laid over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sitegen.config import SETTINGS, Config, config, overridden
from sitegen.errors import Problem, SitegenError
from sitegen.run.files import read_text
from sitegen.run.home import ENVIRONMENT, MARKER, Home, environment_settings
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.user import combined, parse_actors, parse_sources, parse_topics

T = TypeVar("T")


def load_config(home: Home, flags: Mapping[str, str] | None = None) -> Config:
    """Return the archive's settings: the file, then `SITEGEN_*` variables, then flags."""
    settings = config(read_text(home.root / MARKER), file=MARKER)
    environment = {_setting(name): value for name, value in environment_settings()}
    known = {key: value for key, value in environment.items() if key in SETTINGS}
    settings = overridden(settings, known, origin="environment variable for")
    return overridden(settings, flags or {}, origin="option")


def environment_problems() -> tuple[Problem, ...]:
    """Return a warning for each `SITEGEN_*` variable that is no setting.

    No more than that: a name that somebody else's script has set must not stop a build.
    """
    return tuple(
        Problem("environment", f"the environment variable {name} is no setting", "warning")
        for name, _ in environment_settings()
        if _setting(name) not in SETTINGS
    )


def _setting(variable: str) -> str:
    return variable.removeprefix(ENVIRONMENT).lower()


def load_vocabulary(home: Home) -> Vocabulary:
    """Return the actors, topics and sources: the archive's three files over the shipped tables.

    Raises SitegenError with the faults of all three files together.
    """
    problems: list[Problem] = []

    def read(name: str, parse: Callable[[str, str], tuple[T, ...]]) -> tuple[T, ...]:
        try:
            return parse(read_text(home.content / name), f"content/{name}")
        except SitegenError as error:
            problems.extend(error.problems)
            return ()

    actors = read("actors.toml", parse_actors)
    topics = read("topics.toml", parse_topics)
    sources = read("sources.toml", parse_sources)
    if problems:
        raise SitegenError(*problems)
    return combined(shipped(), actors, topics, sources)

"""An archive's folders and what its settings and vocabulary files say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config, config, overridden
from sitegen.errors import Problem, SitegenError
from sitegen.run.files import read_text
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.user import combined, parse_actors, parse_sources, parse_topics

MARKER = "sitegen.toml"
ENVIRONMENT = "SITEGEN_"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one archive; `root` is absolute."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def articles(self) -> Path:
        return self.content / "articles"

    @property
    def originals(self) -> Path:
        return self.content / "originals"

    @property
    def inbox(self) -> Path:
        return self.content / "inbox"

    @property
    def pages(self) -> Path:
        return self.content / "pages"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def state(self) -> Path:
        return self.root / ".sitegen"

    @property
    def public(self) -> Path:
        return self.root / "public"

    def shown(self, path: Path | str) -> str:
        """Return a path as a person in the archive would write it, with forward slashes."""
        text = os.fspath(path)
        inside = os.path.relpath(text, self.root) if Path(text).is_relative_to(self.root) else text
        return inside.replace(os.sep, "/")


def find_home(start: Path) -> Home:
    """Return the archive that `start` lies in: the nearest folder upwards that has `sitegen.toml`.

    A folder with `content/` and no settings is an archive too. Raises SitegenError elsewhere.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return Home(folder)
    if (here / "content").is_dir():
        return Home(here)
    raise SitegenError(
        Problem(
            "no-archive",
            f"no archive here: there is no {MARKER} in this folder or above it",
            file=os.fspath(start),
            hint="make one with `sitegen init my-archive`, or name one with `--archive DIR`",
        )
    )


def load_config(home: Home, flags: Mapping[str, str] | None = None) -> Config:
    """Return the archive's settings: the file, then `SITEGEN_*` variables, then flags."""
    settings = config(read_text(home.root / MARKER), file=MARKER)
    environment = {
        name.removeprefix(ENVIRONMENT).lower(): value
        for name, value in sorted(os.environ.items())
        if name.startswith(ENVIRONMENT)
    }
    settings = overridden(settings, environment, origin="environment variable for")
    return overridden(settings, flags or {}, origin="option")


def load_vocabulary(home: Home) -> Vocabulary:
    """Return the actors, topics and sources: the archive's three files over the shipped tables.

    Raises SitegenError with the faults of all three files together.
    """
    problems: list[Problem] = []
    parsed = []
    for name, parse in (
        ("actors.toml", parse_actors),
        ("topics.toml", parse_topics),
        ("sources.toml", parse_sources),
    ):
        try:
            parsed.append(parse(read_text(home.content / name), f"content/{name}"))
        except SitegenError as error:
            problems.extend(error.problems)
            parsed.append(())
    if problems:
        raise SitegenError(*problems)
    actors, topics, sources = parsed
    return combined(shipped(), actors, topics, sources)

"""An archive's folders, and where it begins."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from sitegen.errors import Problem, SitegenError

MARKER = "sitegen.toml"
ENVIRONMENT = "SITEGEN_"


class Home(Struct, frozen=True):
    """The folders of one archive; `root` is absolute."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

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


def find_home(named: str | None = None) -> Home:
    """Return the archive in the folder that is named, or else the one that the current folder lies in.

    That is the nearest folder upwards that has `sitegen.toml`; a folder with `content/` and no
    settings is an archive too. Raises SitegenError elsewhere.
    """
    here = Path(named or ".").resolve()
    for folder in (here,) if named else (here, *here.parents):
        if (folder / MARKER).is_file():
            return Home(folder)
    if (here / "content").is_dir():
        return Home(here)
    raise SitegenError(
        Problem(
            "no-archive",
            f"no archive here: there is no {MARKER} in this folder" + ("" if named else " or above it"),
            file=named or ".",
            hint="make one with `sitegen init my-archive`, or name one with `--archive DIR`",
        )
    )


def environment_settings() -> tuple[tuple[str, str], ...]:
    """Return the environment's `SITEGEN_*` variables, in order."""
    return tuple(sorted((n, v) for n, v in os.environ.items() if n.startswith(ENVIRONMENT)))

"""A new archive: a folder that builds at once and explains itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import tomlkit

from sitegen.archive.document import file_text
from sitegen.errors import Problem, SitegenError
from sitegen.model import Date, FrontMatter
from sitegen.run.files import write_atomic
from sitegen.run.home import MARKER, Home

_SETTINGS = """\
# Settings of this archive; every key is optional. See docs/settings.md of sitegen for all of them.
title = "My reading archive"
description = "What I have read, kept."
# base_url = "https://example.org/archive"   # for feeds, the sitemap and the 404 page
lang = "en"
"""
_ACTORS = """\
# Who appears in your articles. sitegen knows states, international bodies and many well-known actors;
# what stands here overrides and extends that. For example:
#
# [[actor]]
# id = "harbour-council"
# name = "Harbour Council"
# kind = "government-body"
# aliases = ["the Council of the Harbour"]
"""
_TOPICS = """\
# What your articles are about, over the IPTC Media Topics that sitegen starts from. For example:
#
# [[topic]]
# id = "ferries"
# name = "Ferries"
# words = ["ferry", "crossing", "timetable"]
"""
_SOURCES = """\
# Rules for single publishers, when the cleaner leaves furniture or drops text. For example:
#
# [[source]]
# id = "harbour-post"
# name = "The Harbour Post"
# hosts = ["harbourpost.example"]
# drop = ["Join our readers*"]
# title_tail = " - The Harbour Post"
"""
_ABOUT = """\
---
title: About this archive
---

These are articles that somebody has read and kept. They belong to those who wrote and published
them; each page names its source and leads to it.
"""
_WELCOME = """\
This article is here so that the archive has something to show; delete its file when you have your own.

## Adding what you have read

- Save a page in your browser, or copy its whole text into a file, menus and all.
- Run `sitegen add FILES`. The text is cleaned, the original kept byte for byte.
- Run `sitegen build`, and open `public/index.html` or serve it with `sitegen serve --watch`.

## Correcting

Everything is a text file. Edit this one, below `content/articles`; no later run overwrites what you
wrote. Where the cleaner was wrong, `sitegen explain` says why, line by line.
"""


def begin(folder: Path) -> list[str]:
    """Write a new archive into a folder and return the files written.

    Raises SitegenError where the folder is an archive already; other files in it are left alone.
    """
    home = Home(folder.resolve())
    if (home.root / MARKER).exists():
        raise SitegenError(
            Problem("archive-exists", "is an archive already; nothing was written", file=str(folder / MARKER))
        )
    today = datetime.now(UTC)
    front = FrontMatter(
        title="Welcome to your archive",
        date=Date(today.strftime("%Y-%m-%d")),
        source="sitegen",
        summary="How to add what you have read, and how to correct what was found in it.",
        added=today.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    files = {
        MARKER: _SETTINGS.replace('title = "My reading archive"', _title(home.root.name)),
        "content/actors.toml": _ACTORS,
        "content/topics.toml": _TOPICS,
        "content/sources.toml": _SOURCES,
        "content/pages/about.md": _ABOUT,
        f"content/articles/{today:%Y/%m}/welcome.md": file_text(front, _WELCOME),
        ".gitignore": "/public/\n/.sitegen/\n",
    }
    for name in ("inbox", "media", "originals"):
        (home.content / name).mkdir(parents=True, exist_ok=True)
    written = [name for name in files if not (home.root / name).exists()]
    for name in written:
        write_atomic(home.root / name, files[name].encode())
    return written


def _title(folder_name: str) -> str:
    words = folder_name.replace("-", " ").replace("_", " ").strip().capitalize()
    return tomlkit.dumps({"title": words or "My reading archive"}).strip()

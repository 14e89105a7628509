"""The pictures that came with a page: read beside it or out of it, named for `content/media/`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sitegen.errors import SitegenError
from sitegen.intake.media import ending
from sitegen.model import Article, Picture
from sitegen.run.files import leads_out, read_bytes
from sitegen.text import slug


@dataclass(frozen=True, slots=True)
class Medium:
    """A file of `content/media/`, by its name there ("0123456789abcdef/bell.jpg"), and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a page's pictures may lie: in the page's own folder, else in the media kept of it before."""

    folder: Path | None
    media: Path
    limit: int


def with_pictures(article: Article, beside: Beside) -> tuple[Article, tuple[Medium, ...]]:
    """Return an article whose Markdown names its pictures in `content/media/`, and those files.

    A file is named by the input it came with, so that cleaning the input again, without what lay
    beside it then, finds it again. A picture whose bytes are nowhere keeps the address it has.
    """
    markdown, media = article.markdown, []
    # from the article's folder, content/articles/2018/02/ or content/articles/undated/, up to content/
    up = "../../../media" if article.date else "../../media"
    stems: dict[str, int] = {}
    for picture in article.pictures:
        stem = slug(PurePosixPath(picture.path or picture.address).stem, fallback="image")
        stems[stem] = stems.get(stem, 0) + 1
        found = _medium(article, picture, beside, stem if stems[stem] == 1 else f"{stem}-{stems[stem]}")
        if found and picture.address:
            markdown = markdown.replace(f"]({picture.address})", f"]({up}/{found.name})")
            media += [found] if found.content else []
    return replace(article, markdown=markdown), tuple(media)


def _medium(article: Article, picture: Picture, beside: Beside, stem: str) -> Medium | None:
    folder = article.sha256[:16]
    content = picture.content or _read(picture, beside)
    if content:
        kind = ending(content)
        return Medium(f"{folder}/{stem}{kind}", content) if kind else None
    kept = next(_kept(beside.media / folder, stem), None)
    return Medium(f"{folder}/{kept}", b"") if kept else None


def _kept(folder: Path, stem: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    yield from (name for name in names if name.rpartition(".")[0] == stem)


def _read(picture: Picture, beside: Beside) -> bytes:
    """Return the bytes of a picture beside the page, b"" where there is none or it leads elsewhere."""
    path = picture.path or ""
    parts = PurePosixPath(path).parts
    if beside.folder is None or not path or "\0" in path or ".." in parts or path.startswith("/"):
        return b""
    full = beside.folder.joinpath(*parts)
    try:
        below = os.path.realpath(full.parent) == os.path.join(os.path.realpath(beside.folder), *parts[:-1])
        if not below or leads_out(full, beside.folder) or not full.is_file():
            return b""
        return read_bytes(full, limit=beside.limit)
    except (OSError, ValueError, SitegenError):
        return b""

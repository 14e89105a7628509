"""The pictures that came with a page: read beside it or out of it, named for `content/media/`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from sitegen.errors import SitegenError
from sitegen.intake.media import ending
from sitegen.model import Article, Picture
from sitegen.run.files import PAGE_FOLDERS, leads_out, page_folder, read_bytes
from sitegen.text import digest, slug

_MEDIA = "media"
_LONGEST_STEM = 60
_PICTURE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\((media/[0-9a-f]{16}\.[a-z]+)\)(?:\\\n)?")
_EMPTY = re.compile(r"\n{3,}")
_TARGET = re.compile(r"\]\(([^\s()]+)\)")


class Medium(Struct, frozen=True):
    """A file of `content/media/`, by its name there ("0123456789abcdef/bell-1f2e3d4c.jpg"), and its bytes."""

    name: str
    content: bytes


class Beside(Struct, frozen=True):
    """Where a page's pictures may lie: beside the page's own file, else in the media kept of it before."""

    page: Path | None
    media: Path
    limit: int


def with_pictures(
    articles: tuple[Article, ...], beside: Beside
) -> tuple[tuple[Article, ...], tuple[Medium, ...]]:
    """Return an input's articles with their pictures named from `content/` down, and those files.

    A file is named by the input it came with and by its own path there, so that cleaning the input
    again finds it, whatever lies beside it then and whatever else it shows. A picture whose bytes
    are nowhere keeps the address it has. `placed` makes the names into links.
    """
    pictures = tuple(dict.fromkeys(p for article in articles for p in article.pictures if p.address))
    if not pictures:
        return articles, ()
    folder = articles[0].sha256[:16]
    kept = _kept(beside.media / folder)
    older = _older_names(pictures, kept)
    media: dict[Picture, Medium] = {}
    for picture in pictures:
        content = picture.content or _read(picture, beside)
        if name := _name(picture, content, beside.media / folder, kept, older.get(picture)):
            media[picture] = Medium(f"{folder}/{name}", content)
    files = {m.name: m for m in media.values() if m.content}
    return tuple(_named(article, media) for article in articles), tuple(files.values())


def _named(article: Article, media: Mapping[Picture, Medium]) -> Article:
    names = {p.address: media[p].name for p in article.pictures if p in media}
    if not names:
        return article

    def renamed(found: re.Match[str]) -> str:
        name = names.get(found[1])
        return f"]({_MEDIA}/{name})" if name else found[0]

    return replace(article, markdown=_TARGET.sub(renamed, article.markdown))


def without_pictures(article: Article) -> Article:
    """Return an article that names no picture of those inside its page: for output that writes no files."""
    inside = {picture.address for picture in article.pictures if picture.content}
    if not inside:
        return article

    def left_out(found: re.Match[str]) -> str:
        return "" if found[1] in inside else found[0]

    markdown = _PICTURE.sub(left_out, article.markdown)
    return replace(article, markdown=_EMPTY.sub("\n\n", markdown).strip("\n"))


def placed(article: Article, path: str | None) -> Article:
    """Return an article whose pictures are links from where its file lies: `path`, where it has one.

    A new one comes to lie in `content/articles/2018/02/`, or in `content/articles/undated/`.
    """
    depth = path.count("/") - 1 if path else 3 if article.date else 2
    ours = f"{_MEDIA}/{article.sha256[:16]}/"
    return replace(article, markdown=article.markdown.replace(f"]({ours}", f"]({'../' * depth}{ours}"))


def _name(picture: Picture, content: bytes, folder: Path, kept: Mapping[str, str], older: str | None) -> str:
    """Return the name of a picture's file: a new one, or that of the file that is kept; "" for none."""
    stem = _stem(picture)
    if not content:
        return kept.get(stem) or older or ""
    kind = ending(content)
    if older and kind and _is(folder / older, content):
        return older
    return stem + kind if kind else ""


def _is(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _stem(picture: Picture) -> str:
    """Return what a picture's file is called: no other picture of its input is called so."""
    if picture.path is None:
        return _plain_stem(picture)  # one inside the page, which is named by its bytes
    path = os.fspath(PurePosixPath(picture.path)).encode("utf-8", "surrogatepass")
    return f"{_plain_stem(picture)[:_LONGEST_STEM].rstrip('-')}-{digest(path)[:8]}"


def _plain_stem(picture: Picture) -> str:
    return slug(PurePosixPath(picture.path or picture.address).stem, fallback="image")


def _older_names(pictures: tuple[Picture, ...], kept: Mapping[str, str]) -> Mapping[Picture, str]:
    """Return the files whose names told by number, not by path, which of one stem each is.

    They are known where as many are kept as there are pictures.
    """
    by_stem: dict[str, list[Picture]] = {}
    for picture in pictures:
        by_stem.setdefault(_plain_stem(picture), []).append(picture)
    found: dict[Picture, str] = {}
    for stem, named in by_stem.items():
        stems = (stem, *(f"{stem}-{number}" for number in range(2, len(named) + 2)))
        names = [kept[s] for s in stems if s in kept]
        if len(names) == len(named):
            found.update(zip(named, names, strict=True))
    return found


def _kept(folder: Path) -> Mapping[str, str]:
    """Return the files of a folder by their names without the ending."""
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except OSError:
        return {}
    return {name.rpartition(".")[0]: name for name in names}


def _read(picture: Picture, beside: Beside) -> bytes:
    """Return the bytes of a picture beside the page, b"" where there is none or it leads elsewhere."""
    path = picture.path or ""
    parts = PurePosixPath(path).parts
    if beside.page is None or not path or "\0" in path or ".." in parts or path.startswith("/"):
        return b""
    folder = beside.page.parent
    own = page_folder(beside.page)
    if own and len(parts) > 1 and parts[0].endswith(PAGE_FOLDERS) and not folder.joinpath(parts[0]).is_dir():
        parts = (own.name, *parts[1:])  # the page has another name by now: that of an original
    full = folder.joinpath(*parts)
    try:
        below = os.path.realpath(full.parent) == os.path.join(os.path.realpath(folder), *parts[:-1])
        if not below or leads_out(full, folder) or not full.is_file():
            return b""
        return read_bytes(full, limit=beside.limit)
    except (OSError, ValueError, SitegenError):
        return b""

"""Reading and writing files whole: atomic, and on the disk before we say so where it matters."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from operator import attrgetter
from pathlib import Path

from sitegen.errors import Problem, SitegenError

PAGE_FOLDERS = ("_files", "_file", "-Dateien", "_fichiers", "_archivos", ".files")  # what browsers call it
PAGES = (".html", ".htm", ".xhtml", ".xht")
KEPT_FOLDER = "_files"  # what such a folder is called beside an original
_KEPT = re.compile(rf"[0-9a-f]{{64}}{KEPT_FOLDER}(?:-again(?:-\d+)?)?\Z")


def write_atomic(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a file so that at every moment it is whole, old or new; `durable` waits for the disk.

    Raises SitegenError with a clear line where the disk is full or the folder may not be written.
    """
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(beside, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(beside, path)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise SitegenError(os_problem(error, path)) from None


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows such a thing."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def os_problem(error: OSError, path: Path) -> Problem:
    """Return what the system's error means to a person, naming the file."""
    return Problem(
        "disk",
        f"{(error.strerror or str(error)).lower()}",
        file=os.fspath(error.filename2 or error.filename or path),  # of a rename, where it leads
        hint="make room on the disk, then run the command again" if error.errno == 28 else None,
    )


def read_bytes(path: Path | str, *, shown: str | None = None, limit: int | None = None) -> bytes:
    """Return a regular file's bytes; `shown` is how a person knows the file.

    Raises SitegenError where it cannot be read, is no regular file (a pipe would be waited for,
    a device read for ever), or is larger than `limit` bytes.
    """
    name = shown or os.fspath(path)
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            what = "is a folder" if stat.S_ISDIR(found.st_mode) else "is not a regular file"
            raise SitegenError(Problem("read", what, file=name))
        if limit is not None and found.st_size > limit:
            raise SitegenError(
                Problem(
                    "too-large",
                    f"has {found.st_size:,} bytes, the limit is {limit:,}",
                    file=name,
                    hint="raise article_bytes under [limits] in sitegen.toml if it is right",
                )
            )
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except (FileNotFoundError, NotADirectoryError):
        raise SitegenError(Problem("read", "does not exist", file=name)) from None
    except OSError as error:
        raise SitegenError(Problem("read", (error.strerror or "cannot be read").lower(), file=name)) from None


def page_folder(page: Path) -> Path | None:
    """Return the folder that a browser has saved beside a page ("Name_files/"), or None."""
    if page.suffix.lower() not in PAGES:
        return None
    beside = (page.with_name(page.stem + end) for end in PAGE_FOLDERS)
    return next((folder for folder in beside if folder.is_dir()), None)


def is_of_a_page(path: str, top: Path) -> bool:
    """Tell whether a file lies in a folder below `top` that a browser has saved beside a page."""
    above = "" if os.fspath(top) == "." else os.fspath(top)
    folder = os.path.dirname(path)
    while len(folder) > len(above):
        if _is_beside(folder):
            return True
        folder = os.path.dirname(folder) if os.path.dirname(folder) != folder else ""
    return False


def in_endings_of(before: bytes, text: str) -> str:
    """Return a changed file's text with the line endings that the file had before."""
    return text.replace("\n", "\r\n") if b"\r\n" in before else text


def _is_beside(folder: str) -> bool:
    """Tell whether a folder was saved beside a page: one that lies there, or an original."""
    if _KEPT.match(os.path.basename(folder)):
        return True
    name = next((folder.removesuffix(end) for end in PAGE_FOLDERS if folder.endswith(end)), None)
    forms = (form for end in PAGES for form in (end, end.upper(), end.title()))
    return name is not None and any(os.path.isfile(name + form) for form in forms)


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, or "" where there is none; raises SitegenError otherwise."""
    if not path.exists():
        return ""
    try:
        return read_bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SitegenError(
            Problem(
                "encoding",
                f"is not UTF-8 (byte {error.start})",
                file=os.fspath(path),
                hint="save the file as UTF-8",
            )
        ) from None


def walk(folder: Path, *, unread: list[OSError] | None = None) -> Iterator[os.DirEntry[str]]:
    """Give every file below `folder` as `folders_of` does."""
    return chain.from_iterable(files for _, files in folders_of(folder, unread=unread))


def folders_of(
    top: Path, *, skip: frozenset[str] = frozenset(), unread: list[OSError] | None = None
) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """Give `top` and every folder below it with its files, by name; a folder again after one inside it.

    Hidden names and links to folders are left out. `skip` names folders directly below `top` that are
    not entered. A link to a file is given: the caller decides what it may point at. A folder that cannot
    be read ends this with its OSError; where `unread` is given, the error is put there and it goes on.
    """
    levels = [(os.fspath(top), _listed(os.fspath(top), unread))]
    while levels:
        folder, entries = levels[-1]
        files: list[os.DirEntry[str]] = []
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                files.append(entry)
            elif len(levels) > 1 or entry.name not in skip:
                levels.append((entry.path, _listed(entry.path, unread)))
                break
        else:
            levels.pop()
        yield folder, files


def _listed(folder: str, unread: list[OSError] | None) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            shown = [entry for entry in found if not entry.name.startswith(".")]
            return iter(sorted(shown, key=attrgetter("name")))
    except FileNotFoundError:
        pass
    except OSError as error:
        if unread is None:
            raise
        unread.append(error)
    return iter(())


def safe_name(path: str) -> str:
    """Return a path in which bytes that are not UTF-8 are written as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def leads_out(path: str | Path, folder: Path) -> bool:
    """Return whether a name is a link to something that does not lie in `folder`."""
    if not os.path.islink(path):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def remove_empty_folders(folder: Path, top: Path) -> None:
    """Remove `folder` and its parents below `top` as far as they are empty."""
    while folder != top and top in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent

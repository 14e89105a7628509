"""Putting the rendered site in place, so that at every moment each page is whole, old or new.

Everything is written beside first; then assets, then pages, one by one by rename; deletions last.
Only files that the site's own list (`.sitegen-manifest`, one path a line) names are ever removed,
and a folder that has files and no such list is not ours: it is refused. What comes and what leaves
is listed beside it until all is done, so that a killed build's files are known to be ours as well.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Container, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from io import FileIO
from pathlib import Path

from sitegen.errors import Problem, SitegenError
from sitegen.run.files import os_problem, remove_empty_folders, write_atomic

MANIFEST = ".sitegen-manifest"
COMING, LEAVING = ".sitegen-manifest-coming", ".sitegen-manifest-leaving"
STAGED = ".sitegen-staged"
_OLD = ".old"
_TEXT = ("utf-8", "surrogateescape")  # of the lists: whatever is in them is kept, whatever the locale


def read_manifest(public: Path) -> AbstractSet[str]:
    """Return the paths that sitegen has written into a folder, in order; none where there is no folder.

    Raises SitegenError where the folder holds files and no list: it belongs to somebody else.
    """
    lists = [listed for name in (MANIFEST, COMING, LEAVING) if (listed := public / name).is_file()]
    if lists:
        rows = [row for listed in lists for row in listed.read_bytes().decode(*_TEXT).split("\n")]
        ours = dict.fromkeys(row for row in rows if row and row[0] != "/")
        for row in [row for row in ours if ".." in row and ".." in row.split("/")]:
            del ours[row]
        return ours.keys()
    if public.exists() and any(not _is_ours(p.name) for p in public.iterdir()):
        raise SitegenError(
            Problem(
                "not-ours",
                "holds files that sitegen did not write, so nothing is written into it",
                file=os.fspath(public),
                hint="name another folder with `--out DIR`, or empty this one yourself",
            )
        )
    return frozenset()


def relisted(public: Path, coming: Iterable[str], leaving: Iterable[str]) -> AbstractSet[str]:
    """Return the paths in the site's own list with those that come and without those that leave.

    They are nearly in order, so that to sort them takes little.
    """
    rows = dict.fromkeys((public / MANIFEST).read_bytes().decode(*_TEXT).split("\n"))
    for path in ("", *leaving):
        rows.pop(path, None)
    rows.update(dict.fromkeys(coming))
    return rows.keys()


def _is_ours(name: str) -> bool:
    """Say whether a name is of what a killed build leaves: a stage, a list that was being written."""
    return name == STAGED or (name.startswith(f".{MANIFEST}") and name.endswith(".new"))


class Stage:
    """The place beside the site where a build writes its files before they are put in place.

    Where there is no site yet the files lie there as they will in the site, and whole folders are moved.
    """

    def __init__(self, public: Path, state: Path) -> None:
        public.mkdir(parents=True, exist_ok=True)
        same_disk = os.stat(state).st_dev == os.stat(public).st_dev
        self._folder = state / "staged" if same_disk else public / STAGED
        self._public = public
        self._written: dict[str, int] = {}  # each file's number
        for left in public.iterdir():
            if _is_ours(left.name) and left.is_file():
                left.unlink()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._is_first = not any(left.name != STAGED for left in public.iterdir())
        self._placed = 0

    def write(self, path: str, content: bytes) -> None:
        """Write one file of the new site beside; raises SitegenError where the disk is full.

        A path may come twice: files named by their content can belong to two parts of the index.
        What the site has already, byte for byte, is left as it is.
        """
        if not self._is_first and self._is_there(path, content):
            return
        self._written.setdefault(path, len(self._written))
        beside = self._beside(path)
        try:
            if self._is_first:
                _make_folder(os.path.dirname(beside))
            with open(beside, "wb", buffering=0) as file:
                if not self._is_first:
                    _reserve(file, len(content))
                _write_all(file, content)
        except OSError as error:
            raise SitegenError(os_problem(error, self._public / path)) from None

    def _beside(self, path: str) -> str:
        """Return where a file lies until it is put in place."""
        return f"{self._folder}{os.sep}{path if self._is_first else self._written[path]}"

    def _is_there(self, path: str, content: bytes) -> bool:
        target = f"{self._public}{os.sep}{path}"
        try:
            if os.stat(target).st_size != len(content):
                return False
            with open(target, "rb") as file:
                return file.read() == content
        except OSError:
            return False

    def __len__(self) -> int:
        """Return how many files were written, those that are in their place among them."""
        return self._placed + len(self._written)

    def put_in_place(self, files: Iterable[str], remove: Iterable[str], ours: Container[str]) -> None:
        """Rename every written file into the site, pages after what they load, then remove files.

        `files` are all files of the new site, `ours` those of an older one that this may replace. Files
        that are new come first; those that replace an older one follow in one go, for while that lasts old
        and new pages stand side by side. Raises SitegenError, with every page as it was, where something
        that is not ours is in the way.
        """
        gone = sorted(remove)
        write_atomic(self._public / COMING, _listed(files))
        write_atomic(self._public / LEAVING, _listed(gone))
        try:
            first = self._first_to_go(gone)
            self._remove(first)
            if self._is_first:
                self._move_folders()
            else:
                self._move_files(ours)
            os.replace(self._public / COMING, self._public / MANIFEST)
            self._remove(path for path in gone if path not in first)
            (self._public / LEAVING).unlink()
            self._is_first = False
        except OSError as error:
            raise SitegenError(os_problem(error, self._public)) from None

    def replace(self) -> None:
        """Rename every written file over the one that it replaces: no file comes and none leaves."""
        try:
            self._move_files()
        except OSError as error:
            raise SitegenError(os_problem(error, self._public)) from None

    def _first_to_go(self, gone: Iterable[str]) -> frozenset[str]:
        """Return what stands where a folder is to come, or in a folder where a file is to come."""
        folders = {above for path in self._written for above in _above(path)}
        return frozenset(p for p in gone if p in folders or not self._written.keys().isdisjoint(_above(p)))

    def _remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            target = self._public / path
            target.unlink(missing_ok=True)
            remove_empty_folders(target.parent, self._public)

    def _move_folders(self) -> None:
        for name in sorted(os.listdir(self._folder), key=_order):
            os.replace(self._folder / name, self._public / name)
        self._all_placed()

    def _move_files(self, ours: Container[str] | None = None) -> None:
        public = f"{self._public}{os.sep}"
        for folder in sorted({os.path.dirname(path) for path in self._written}):
            os.makedirs(public + folder, exist_ok=True)
            if not os.access(public + folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), public + folder)
        new: list[tuple[str, str]] = []
        old: list[tuple[str, str]] = []
        for path in sorted(self._written, key=_order):
            move = self._beside(path), public + path
            if not os.path.lexists(move[1]):
                new.append(move)
            elif (ours is None or path in ours) and not os.path.isdir(move[1]):
                old.append(move)
            else:
                raise _in_the_way(move[1])
        for beside, target in new:
            os.replace(beside, target)
        for beside, target in old:
            _keep(target, beside + _OLD)
        for beside, target in old:
            os.replace(beside, target)
        self._all_placed()

    def _all_placed(self) -> None:
        self._placed += len(self._written)
        self._written.clear()

    def discard(self) -> None:
        """Remove what was written beside and never put in place, and a folder made for nothing."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(OSError):
            self._public.rmdir()


def _in_the_way(target: str) -> SitegenError:
    what = "is a folder" if os.path.isdir(target) else "was not written by sitegen"
    said = f"{what}, and a file of the site belongs there, so nothing is published"
    return SitegenError(Problem("not-ours", said, file=target, hint="move it away"))


def _above(path: str) -> list[str]:
    """Return the folders that a path lies in."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _reserve(file: FileIO, size: int) -> None:
    """Give a file its place on the disk before it is written, where the system can.

    A file that has none yet is given it by the rename that puts it over another one (ext4's
    `auto_da_alloc`), which makes that rename some three times as long.
    """
    if size and hasattr(os, "posix_fallocate"):
        with suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, size)


def _keep(file: str, name: str) -> None:
    """Give a file a second name, where the disk knows such, so that a rename over it frees nothing."""
    with suppress(OSError):
        os.link(file, name)


def _write_all(file: FileIO, content: bytes) -> None:
    """Write all of the content: the system may take a part of it only."""
    done = file.write(content)
    while done < len(content):
        done += file.write(content[done:])


def _listed(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode(*_TEXT)


def _order(path: str) -> tuple[bool, str]:
    """Return the key that puts pages behind what they load."""
    return path.endswith(".html"), path

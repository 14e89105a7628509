"""Events of the file system -> "something changed, after a moment of quiet"; the only door to watchdog."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

QUIET_S = 0.05
# Not that a file was read: a build reads ten thousand, and the system's queue of events is short.
_CHANGES: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]


class _Bell(FileSystemEventHandler):
    """Rings at every change below the watched folders, but for what a build itself writes."""

    def __init__(self, ignore: Iterable[Path]) -> None:
        self.rung = threading.Event()
        self._ignore = tuple(os.path.join(p, "") for p in ignore)
        self._lock = threading.Lock()
        self._paths: set[str] = set()
        self._last = 0.0

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (os.fsdecode(p) for p in (event.src_path, event.dest_path) if p)
        named = [p for p in paths if not self._ignored(p)]
        if named:
            with self._lock:
                self._paths.update(named)
                self._last = time.monotonic()
                self.rung.set()

    def hush(self) -> frozenset[str]:
        """Return the paths of all that has changed, once nothing has for a moment."""
        while True:
            with self._lock:
                rest = self._last + QUIET_S - time.monotonic()
                if rest <= 0:
                    self.rung.clear()
                    changed, self._paths = frozenset(self._paths), set()
                    return changed
            time.sleep(rest)

    def _ignored(self, path: str) -> bool:
        return os.path.join(path, "").startswith(self._ignore) or os.path.basename(path).startswith(".")


class _Watches:
    """The system's watches: on the files of one folder, and on all below others once they are there."""

    def __init__(self, bell: _Bell, top: Path, folders: Sequence[Path], warn: Callable[[str], None]) -> None:
        self._bell, self._top, self._folders, self._warn = bell, top, folders, warn
        self._observer: BaseObserver = Observer()
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}

    def start(self) -> None:
        try:
            self._begin()
        except OSError as error:
            self._look_through(error)

    def follow(self) -> None:
        """Watch folders that have come since, or have come anew."""
        try:
            self._schedule()
        except OSError as error:
            self._look_through(error)

    def stop(self) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def _begin(self) -> None:
        self._observer.schedule(self._bell, os.fspath(self._top), event_filter=_CHANGES)
        self._schedule()
        self._observer.start()

    def _schedule(self) -> None:
        for folder in self._folders:
            number = folder.stat().st_ino if folder.is_dir() else None
            known = self._watched.get(folder)
            if known and known[0] != number:
                self._observer.unschedule(known[1])
                del self._watched[folder]
            if number is not None and folder not in self._watched:
                watch = self._observer.schedule(
                    self._bell, os.fspath(folder), recursive=True, event_filter=_CHANGES
                )
                self._watched[folder] = (number, watch)

    def _look_through(self, error: OSError) -> None:
        self._warn(
            f"the system gives no file watches ({(error.strerror or 'unknown').lower()}), "
            "so the folders are looked through every second"
        )
        self.stop()
        self._observer, self._watched = PollingObserver(timeout=1.0), {}
        self._begin()


def watch(
    top: Path,
    folders: Sequence[Path],
    ignore: Iterable[Path],
    changed: Callable[[frozenset[str]], None],
    stopped: threading.Event,
    warn: Callable[[str], None],
) -> None:
    """Call `changed` once all is watched and after each burst of changes, until `stopped` is set.

    It is given the paths that the system named; that is no promise that nothing else has changed.
    Watched are the files of `top` itself and all that lies below `folders`, some of which may not be
    there yet. (The site lies below `top` too, and has more folders than the system likes to watch.)
    A change during `changed` is not lost: it rings again. Where the system has no watches left,
    the folders are looked through every second, and `warn` says so.
    """
    bell = _Bell(ignore)
    watches = _Watches(bell, top, folders, warn)
    watches.start()
    bell.rung.set()  # for what was saved since the caller looked last
    try:
        while not stopped.is_set():
            if not bell.rung.wait(0.2):
                continue
            paths = bell.hush()
            watches.follow()
            changed(paths)
    finally:
        watches.stop()

"""Events of the file system -> "something changed, after a moment of quiet"; the only door to watchdog."""

from __future__ import annotations

import os
import stat
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
_TURN_S = 0.2
_LOOK_S = 1.0
_AWAY = (FileNotFoundError, NotADirectoryError, PermissionError)
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
    """The system's watches: on the files of one folder, and on all below others, while they are there."""

    def __init__(self, bell: _Bell, top: Path, folders: Sequence[Path], warn: Callable[[str], None]) -> None:
        self._bell, self._warn = bell, warn
        self._deep = {top: False, **dict.fromkeys(folders, True)}
        self._observer: BaseObserver = PollingObserver(timeout=_LOOK_S)
        self._watched: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}

    def start(self) -> None:
        try:
            self._begin(Observer())
        except OSError as error:
            self._look_through(error)

    def follow(self) -> bool:
        """Watch folders that have come since, or have come anew; say if there is one."""
        try:
            return self._schedule()
        except OSError as error:
            self._look_through(error)
            return True

    def stop(self) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def _begin(self, observer: BaseObserver) -> None:
        self._observer, self._watched = observer, {}
        self._observer.start()
        self._schedule()

    def _schedule(self) -> bool:
        alive = {emitter.watch for emitter in self._observer.emitters if emitter.is_alive()}
        has_new = False
        for folder in self._deep:
            identity, known = _identity(folder), self._watched.get(folder)
            # a folder made anew may be given the number of the old one, with which the watch has ended
            if known and (known[0] != identity or known[1] not in alive):
                self._observer.unschedule(known[1])
                del self._watched[folder]
            if identity and folder not in self._watched and (watch := self._watch_of(folder)):
                self._watched[folder] = (identity, watch)
                has_new = True
        return has_new

    def _watch_of(self, folder: Path) -> ObservedWatch | None:
        """Return a new watch; None where the folder has gone again or may not be read, for now."""
        try:
            return self._observer.schedule(
                self._bell, os.fspath(folder), recursive=self._deep[folder], event_filter=_CHANGES
            )
        except OSError as error:
            if isinstance(error, _AWAY) or isinstance(self._observer, PollingObserver):
                return None
            raise

    def _look_through(self, error: OSError) -> None:
        self._warn(
            f"the system gives no file watches ({(error.strerror or 'unknown').lower()}), "
            "so the folders are looked through every second"
        )
        self.stop()
        self._begin(PollingObserver(timeout=_LOOK_S))


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from others that had its name before it; None where there is none."""
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None


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
    there yet, or go and come again. (The site lies below `top` too, and has more folders than the
    system likes to watch.)
    A change during `changed` is not lost: it rings again. Where the system has no watches left,
    the folders are looked through every second, and `warn` says so.
    """
    bell = _Bell(ignore)
    watches = _Watches(bell, top, folders, warn)
    watches.start()
    bell.rung.set()  # for what was saved since the caller looked last
    try:
        while not stopped.is_set():
            rung = bell.rung.wait(_TURN_S)
            paths = bell.hush() if rung else frozenset[str]()
            if watches.follow() or rung:
                changed(paths)
    finally:
        watches.stop()

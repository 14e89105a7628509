"""Events of the file system -> "something changed, after a moment of quiet"; the only door to watchdog."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET_S = 0.05
_READS = {"opened", "closed_no_write"}


class _Bell(FileSystemEventHandler):
    """Rings at every change below the watched folders, but for what a build itself writes."""

    def __init__(self, ignore: Iterable[Path]) -> None:
        self.rung = threading.Event()
        self._ignore = tuple(os.path.join(p, "") for p in ignore)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _READS:
            return
        paths = [os.fsdecode(p) for p in (event.src_path, event.dest_path) if p]
        if any(not self._ignored(p) for p in paths):
            self.rung.set()

    def _ignored(self, path: str) -> bool:
        return os.path.join(path, "").startswith(self._ignore) or os.path.basename(path).startswith(".")


def watch(
    folders: Iterable[Path],
    ignore: Iterable[Path],
    changed: Callable[[], None],
    stopped: threading.Event,
    warn: Callable[[str], None],
) -> None:
    """Call `changed` after each burst of changes below the folders, until `stopped` is set.

    A change during `changed` is not lost: it rings again. Where the system has no watches left,
    the folders are looked through every second, and `warn` says so.
    """
    bell = _Bell(ignore)
    observer = _started(bell, [f for f in folders if f.is_dir()], warn)
    try:
        while not stopped.is_set():
            if not bell.rung.wait(0.2):
                continue
            while bell.rung.is_set():
                bell.rung.clear()
                time.sleep(QUIET_S)
            changed()
    finally:
        observer.stop()
        observer.join()


def _started(bell: _Bell, folders: list[Path], warn: Callable[[str], None]) -> BaseObserver:
    try:
        return _observe(Observer(), bell, folders)
    except OSError as error:
        warn(
            f"the system gives no file watches ({(error.strerror or 'unknown').lower()}), "
            "so the folders are looked through every second"
        )
        return _observe(PollingObserver(timeout=1.0), bell, folders)


def _observe(observer: BaseObserver, bell: _Bell, folders: list[Path]) -> BaseObserver:
    for folder in folders:
        observer.schedule(bell, os.fspath(folder), recursive=True)
    observer.start()
    return observer

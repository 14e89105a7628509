"""Changes are seen also where the system helps little."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from pathlib import Path
from queue import Queue

import pytest

from sitegen.run.watch import watch
from tests.make import write

_PATIENCE_S = 60.0


def test_where_the_system_gives_no_watches_the_folders_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("sitegen.run.watch.Observer", refuse)
    content = write(tmp_path, {"content/a.md": "a"}) / "content"
    told, warned, stopped = Queue[frozenset[str]](), Queue[str](), threading.Event()
    thread = threading.Thread(
        target=watch, args=(tmp_path, [content], [], told.put, stopped, warned.put), daemon=True
    )
    thread.start()
    told.get(timeout=_PATIENCE_S)
    assert "too many open files" in warned.get(timeout=_PATIENCE_S)

    for text in ("changed", "made anew"):
        shutil.rmtree(content)
        write(tmp_path, {"content/b.md": text})
        while not any("content" in path for path in told.get(timeout=_PATIENCE_S)):
            pass
    stopped.set()
    thread.join(timeout=_PATIENCE_S)
    assert not thread.is_alive()

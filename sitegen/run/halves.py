"""A long list worked on by this process and by a copy of it, in less time than a worker takes to begin."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

V = TypeVar("V")
WORTH_A_COPY = 10_000  # values: a copy takes some milliseconds, a stat some microseconds


def in_halves(fn: Callable[[Sequence[V]], bytes], values: Sequence[V], *, jobs: int | None = None) -> bytes:
    """Return `fn(values)`, the bytes for each in a row; a copy does the second half where that pays.

    `fn` changes nothing. Where a copy cannot be made safely (this process has other threads, or the
    system does not know such a thing), or fails, the work is done here.
    """
    alone = (jobs or os.cpu_count() or 1) == 1 or threading.active_count() > 1
    if sys.platform != "linux" or alone or len(values) < WORTH_A_COPY:
        return fn(values)
    half = len(values) // 2
    reading, writing = os.pipe()
    copy = os.fork()
    if not copy:
        _answer(writing, lambda: fn(values[half:]))
    os.close(writing)
    try:
        with open(reading, "rb") as pipe:
            first = fn(values[:half])
            told = pipe.read()
    finally:
        _, status = os.waitpid(copy, 0)
    return first + (fn(values[half:]) if status else told)


def _answer(writing: int, work: Callable[[], bytes]) -> None:
    """Write what work gives into a pipe, and end this process without cleaning up: all is the other's."""
    try:
        with open(writing, "wb") as pipe:
            pipe.write(work())
        os._exit(0)
    finally:
        os._exit(1)

"""A long list worked on by this process and by a copy of it, in less time than a worker takes to begin."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from sitegen.run.signals import signals_wait

V = TypeVar("V")
WORTH_A_COPY = 10_000  # values: a copy takes some milliseconds, a stat some microseconds


def in_halves(fn: Callable[[Sequence[V]], bytes], values: Sequence[V], *, jobs: int | None = None) -> bytes:
    """Return `fn(values)`, the bytes for each in a row; a copy does the second half where that pays.

    `fn` changes nothing. Where a copy cannot be made safely (this process has other threads, or the
    system does not know or allow such a thing), or fails, the work is done here.
    """
    alone = (jobs or os.cpu_count() or 1) == 1 or threading.active_count() > 1
    if sys.platform != "linux" or alone or len(values) < WORTH_A_COPY:
        return fn(values)
    half = len(values) // 2
    try:
        # memory, not a pipe: the copy never waits for a reader who may be gone
        answer = open(os.memfd_create("half"), "w+b", buffering=0)  # noqa: SIM115 - closed below
    except OSError:
        return fn(values)
    with answer:
        try:
            with signals_wait():
                copy = os.fork()
                if not copy:
                    _work(lambda: answer.write(fn(values[half:])))
        except OSError:
            return fn(values)
        try:
            first = fn(values[:half])
        finally:
            worked = _ended_well(copy)
        answer.seek(0)
        return first + (answer.read() if worked else fn(values[half:]))


def _work(work: Callable[[], object]) -> NoReturn:
    """Work, and end this process without cleaning up: all is the other's."""
    try:
        work()
        os._exit(0)
    finally:
        os._exit(1)


def _ended_well(copy: int) -> bool:
    """Wait for a process and return whether it did its work, as far as one can know."""
    try:
        return os.waitpid(copy, 0)[1] == 0
    except ChildProcessError:  # who began this process wants nobody to hear of children
        return False

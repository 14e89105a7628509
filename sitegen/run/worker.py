"""Worker processes: signals are for the process that they work for, and they end with it.

Ctrl-C in a terminal reaches the workers too, where it would end in a stack trace each. One that has lost
the process it works for would wait for values without end, and keep that process's streams open.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process
from threading import Thread

from sitegen.run.signals import HELD, signals_wait


def begin(count: int) -> ProcessPoolExecutor:
    """Return an executor whose `count` processes are begun."""
    executor = ProcessPoolExecutor(count, initializer=_enter)
    with signals_wait():
        for _ in range(count):
            executor.submit(int)  # a process is begun by a task
    return executor


def _enter() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)

"""Parallel work: one function. Results come back in order; workers get small values, write nothing.

The collector of garbage rests while a value is worked on: that saves a twentieth of a page's cleaning.
The seam to more than one machine is here too: `Workers` takes any executor of `concurrent.futures`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from sitegen.errors import Problem, SitegenError
from sitegen.run.collector import at_rest

if TYPE_CHECKING:  # late: most builds are of one edit, and need no other process
    from concurrent.futures import Executor, ProcessPoolExecutor

V = TypeVar("V")
R = TypeVar("R")
BATCH = 64
WORTH_A_POOL = 6  # batches: starting two workers costs what about so many batches of pages do


class Workers:
    """Who does the work of one run: processes begun when there is enough to do, or an executor given.

    Processes that were begun early stay small: they share nothing of what the run has read since.
    """

    def __init__(self, jobs: int | None = None, executor: Executor | None = None) -> None:
        self._count = jobs or os.cpu_count() or 1
        self._executor = executor
        self._own: ProcessPoolExecutor | None = None

    def ordered(self, fn: Callable[[V], R], values: Iterable[V], *, batch: int | None = None) -> Iterator[R]:
        """Give `fn(value)` for each value, in order; on all cores where there is enough to do.

        `fn` is a top-level pure function, values and results can be pickled; `batch` is how many values
        make a task of some hundredths of a second. Values are taken as they are needed and at most a few
        batches are under way at once, so that memory does not grow with their number.
        """
        size = batch or BATCH
        coming = iter(values)
        alone = self._count == 1 and not self._executor
        first = [] if alone else list(islice(coming, size * WORTH_A_POOL))
        if len(first) < size * WORTH_A_POOL:
            yield from map(partial(_one, fn), chain(first, coming))
            return
        from concurrent.futures import BrokenExecutor

        try:
            yield from self._spread(fn, _batches(chain(first, coming), size))
        except BrokenExecutor:
            raise SitegenError(
                Problem(
                    "worker",
                    "a worker process was ended by the system, most likely for want of memory",
                    hint="run the command again with fewer: --jobs 1",
                )
            ) from None

    def _spread(self, fn: Callable[[V], R], batches: Iterator[list[V]]) -> Iterator[R]:
        executor = self._executor or self._processes()
        waiting = [executor.submit(_each, fn, batch) for batch in islice(batches, self._count * 2)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting.extend(executor.submit(_each, fn, batch) for batch in islice(batches, 1))

    def _processes(self) -> ProcessPoolExecutor:
        if self._own is None:
            from sitegen.run.worker import begin

            gc.freeze()  # they share what is there now as long as none of them looks through it for garbage
            self._own = begin(self._count)
        return self._own

    def rest(self) -> None:
        """Let the processes go, and what they have kept; new ones are begun when there is enough to do."""
        if self._own:
            self._own.shutdown()
            self._own = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            self._own.shutdown(cancel_futures=True)


def ordered(
    fn: Callable[[V], R],
    values: Iterable[V],
    *,
    jobs: int | None = None,
    batch: int | None = None,
    workers: Workers | None = None,
) -> Iterator[R]:
    """Give `fn(value)` for each value, in order, by these workers or by `jobs` processes for this alone."""
    if workers:
        yield from workers.ordered(fn, values, batch=batch)
        return
    with Workers(jobs) as own:
        yield from own.ordered(fn, values, batch=batch)


def _batches(values: Iterator[V], size: int) -> Iterator[list[V]]:
    while batch := list(islice(values, size)):
        yield batch


def _each(fn: Callable[[V], R], values: Sequence[V]) -> list[R]:
    with at_rest():
        return [fn(value) for value in values]


def _one(fn: Callable[[V], R], value: V) -> R:
    with at_rest():
        return fn(value)

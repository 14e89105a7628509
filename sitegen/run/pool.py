"""Parallel work: one function. Results come back in order; workers get small values, write nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import TypeVar

from sitegen.errors import Problem, SitegenError

V = TypeVar("V")
R = TypeVar("R")
BATCH = 64
WORTH_A_POOL = 6  # batches: starting two workers costs what about so many batches of pages do


def ordered(
    fn: Callable[[V], R], values: Iterable[V], *, jobs: int | None = None, batch: int = BATCH
) -> Iterator[R]:
    """Give `fn(value)` for each value, in order; on all cores where there is enough to do.

    `fn` is a top-level pure function, values and results can be pickled; `batch` is how many values
    make a task of some hundredths of a second. Values are taken as they are needed and at most a few
    batches are under way at once, so that memory does not grow with their number.
    """
    workers = jobs or os.cpu_count() or 1
    coming = iter(values)
    first = list(islice(coming, batch * WORTH_A_POOL)) if workers > 1 else []
    if len(first) < batch * WORTH_A_POOL:
        yield from map(fn, chain(first, coming))
        return
    try:
        yield from _spread(fn, _batches(chain(first, coming), batch), workers)
    except BrokenProcessPool:
        raise SitegenError(
            Problem(
                "worker",
                "a worker process was ended by the system, most likely for want of memory",
                hint="run the command again with fewer: --jobs 1",
            )
        ) from None


def _spread(fn: Callable[[V], R], batches: Iterator[list[V]], workers: int) -> Iterator[R]:
    with ProcessPoolExecutor(workers) as executor:
        waiting = [executor.submit(_each, fn, batch) for batch in islice(batches, workers * 3)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting.extend(executor.submit(_each, fn, batch) for batch in islice(batches, 1))


def _batches(values: Iterator[V], size: int) -> Iterator[list[V]]:
    while batch := list(islice(values, size)):
        yield batch


def _each(fn: Callable[[V], R], values: Sequence[V]) -> list[R]:
    return [fn(value) for value in values]

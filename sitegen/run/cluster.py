"""Work for more than one machine: a cluster of dask as `Workers`; the only door to dask.

The workers read the archive's files themselves, so its folder has to be theirs too, under the same path.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from sitegen.errors import Problem, SitegenError
from sitegen.run.pool import Workers

PATIENCE_S = 10


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Give the workers of the cluster whose scheduler has this address ("tcp://host:8786").

    A worker that dies on the way costs its tasks a second run and nothing else. Raises SitegenError
    where dask is not installed or nobody answers.
    """
    try:
        distributed: Any = import_module("distributed")  # late: an extra, a second to load
    except ImportError:
        hint = "pip install 'sitegen-archive[dask]'"
        raise SitegenError(Problem("dask", "--dask needs dask, which is not installed", hint=hint)) from None
    try:
        client = distributed.Client(address, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise SitegenError(
            Problem("dask", f"no cluster answers at {address} ({error})", hint="name the scheduler's address")
        ) from None
    with client:
        threads = sum(client.ncores().values())
        yield Workers(threads or 1, client.get_executor(pure=False))

"""A cluster does the same work: two worker processes, one of them killed on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.run import pool
from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options
from tests.make import article, write
from tests.test_law import tree

distributed = pytest.importorskip(
    "distributed", reason="dask is an extra: pip install 'sitegen-archive[dask]'"
)


def archive(root: Path) -> Path:
    files: dict[str, bytes | str] = {"sitegen.toml": 'title = "Small"\n'}
    for number in range(40):
        month = f"{number % 12 + 1:02d}"
        files[f"content/articles/2020/{month}/a{number}.md"] = article(
            f"A{number}", f"Word {number}.", f"2020-{month}-05", actors=("NASA",)
        )
    return write(root, files)


def test_a_cluster_that_loses_a_worker_builds_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "BATCH", 2)
    root = archive(tmp_path / "archive")
    build(Home(root), Options(jobs=1, out=tmp_path / "alone"))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        victims = [worker.pid for worker in local.workers.values()][:1]

        @contextmanager
        def killing(what: str, _total: int) -> Iterator[Callable[[], None]]:
            def step() -> None:
                if what == "rendering" and victims:
                    os.kill(victims.pop(), signal.SIGKILL)

            yield step

        options = Options(clean=True, out=tmp_path / "together", dask=local.scheduler_address)
        result = build(Home(root), options, killing)
    assert not victims
    assert result.articles == 40
    assert tree(tmp_path / "together") == tree(tmp_path / "alone")


def test_an_address_where_nobody_answers_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.run.cluster.PATIENCE_S", 0.2)
    with pytest.raises(SitegenError, match="no cluster answers"):
        build(Home(archive(tmp_path)), Options(dask="tcp://127.0.0.1:9"))

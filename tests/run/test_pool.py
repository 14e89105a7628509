"""However a run ends, its worker processes end with it and say nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

PATIENCE_S = 60


@contextmanager
def at_work(folder: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Give a build whose workers are at tasks of so many seconds; nothing of it is left behind."""
    (folder / "sitegen.toml").touch()
    script = f"""
import os, sys, time
import sitegen.cli.make
from sitegen.__main__ import run
from sitegen.run.pool import ordered

def work(_):
    os.write(1, b"at work\\n")
    time.sleep({seconds})

def build(*_):
    for _ in ordered(work, range(100_000), jobs=2, batch=1):
        pass

sitegen.cli.make.build_site = build
sys.argv[1:] = ["build"]
run()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "at work\n"
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("everyone", [False, True], ids=["the run", "everyone"])
@pytest.mark.parametrize(
    ("sent", "code", "says"), [(signal.SIGINT, 130, "interrupted\n"), (signal.SIGTERM, 143, "")]
)
def test_a_run_that_is_stopped_ends_with_its_workers_and_shows_no_stack_trace(
    tmp_path: Path, sent: signal.Signals, code: int, says: str, everyone: bool
) -> None:
    with at_work(tmp_path, seconds=0.1) as run:
        if everyone:  # Ctrl-C in a terminal reaches the workers too
            os.killpg(run.pid, sent)
        else:
            run.send_signal(sent)
        _, told = run.communicate(timeout=PATIENCE_S)  # till nobody holds the streams any more
    assert (run.returncode, told) == (code, says)


def test_workers_do_not_outlive_a_run_that_was_killed(tmp_path: Path) -> None:
    with at_work(tmp_path, seconds=10 * PATIENCE_S) as run:
        run.kill()
        _, told = run.communicate(timeout=PATIENCE_S)
    assert (run.returncode, told) == (-signal.SIGKILL, "")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_again_waits_for_no_worker(tmp_path: Path, sent: signal.Signals) -> None:
    with at_work(tmp_path, seconds=10 * PATIENCE_S) as run:
        until = time.monotonic() + PATIENCE_S
        while run.poll() is None and time.monotonic() < until:
            run.send_signal(sent)
            time.sleep(0.1)
        _, told = run.communicate(timeout=PATIENCE_S)
    assert (run.returncode, "Traceback" in told) == (-sent, False)

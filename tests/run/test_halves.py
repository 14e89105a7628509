"""A list worked on by two processes gives what one gives, whatever becomes of the other."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.quick
_PROGRAM = """
import os, signal, sys, threading
from sitegen.run import halves
halves.WORTH_A_COPY = 4
here = os.getpid()

if sys.argv[1] == "is refused":
    def refused():
        raise BlockingIOError
    os.fork = refused
if sys.argv[1] == "is not to be heard of":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)

def told(values):
    if os.getpid() == here and sys.argv[1] == "outlives the work":
        raise SystemExit(7)
    if os.getpid() != here and sys.argv[1] == "fails":
        raise ValueError("in the copy")
    if os.getpid() != here and sys.argv[1] == "is killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.argv[1] == "outlives the work":
        return bytes(1_000_000)
    return b"".join(b"%d:%d " % (v, os.getpid() == here) for v in values)

if sys.argv[1] == "beside a thread":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
jobs = 1 if sys.argv[1] == "is not wanted" else 2
print("before, in no copy")
sys.stdout.buffer.write(halves.in_halves(told, [7, 8, 9, 10, 11], jobs=jobs))
"""
_ALONE = "7:1 8:1 9:1 10:1 11:1 "


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("works", "7:1 8:1 9:0 10:0 11:0 " if sys.platform == "linux" else _ALONE),
        ("fails", _ALONE),
        ("is killed", _ALONE),
        ("is not wanted", _ALONE),
        ("is refused", _ALONE),
        ("is not to be heard of", _ALONE),
        ("beside a thread", _ALONE),
    ],
)
def test_a_copy_does_half_of_it_and_nothing_is_lost_without(what: str, told: str) -> None:
    program = [sys.executable, "-c", _PROGRAM, what]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.replace("before, in no copy\n", "") == told
    assert done.stdout.count("before") == 1


def test_who_is_stopped_meanwhile_waits_for_no_copy_and_leaves_none() -> None:
    program = [sys.executable, "-c", _PROGRAM, "outlives the work"]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (7, ""), "and its streams are closed, or this would wait"

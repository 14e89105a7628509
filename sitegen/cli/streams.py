"""The standard streams, where one is missing or who reads it has gone: then it is as /dev/null."""

from __future__ import annotations

import os
import sys
from io import FileIO, TextIOWrapper
from typing import TextIO


def make_ready() -> None:
    """Put something in the place of closed streams, and let every text be written to the others."""
    # in this order: each takes the number of the stream that it stands for, which a file would take else
    sys.stdin = sys.stdin or TextIOWrapper(FileIO(os.devnull))
    sys.stdout = sys.stdout or TextIOWrapper(FileIO(os.devnull, "w"))
    sys.stderr = sys.stderr or TextIOWrapper(FileIO(os.devnull, "w"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def let_go(stream: TextIO) -> None:
    """Send a stream to where nobody reads it, with what it still holds."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def settle() -> None:
    """Write what the streams still hold; Python would tell of it at the very end if that cannot be."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            let_go(stream)

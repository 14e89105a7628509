"""Single keys from a terminal, which is itself again afterwards, or from the lines of a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_CTRL_D, _ESCAPE = 0x04, 0x1B


@contextmanager
def keys() -> Iterator[Iterator[str]]:
    """Give the keys that a person presses, in lower case, each as it is pressed; they end with Ctrl-D.

    From a pipe come the characters of its lines that are no blanks. However the block is left, with
    Ctrl-C and by being terminated too, the terminal shows again what is typed.
    """
    if os.name != "posix" or not sys.stdin.isatty():
        yield (key for line in sys.stdin for key in "".join(line.lower().split()))
        return
    import termios  # late: no such thing on Windows, where lines are read
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        yield _pressed(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _pressed(handle: int) -> Iterator[str]:
    """Give each key; cursor keys and the like, which send several bytes, are none."""
    while given := os.read(handle, 64):
        if given[0] == _ESCAPE:
            continue
        for key in given.decode("utf-8", "replace").lower():
            if ord(key) == _CTRL_D:
                return
            yield key

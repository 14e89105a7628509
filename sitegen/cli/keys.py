"""Single keys from a terminal, one at a time; the terminal is itself again between two keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

END = ""


def keys() -> Iterator[str]:
    """Give each key that a person presses, in lower case; from a pipe, each character that is no blank.

    Ends with the input, or with Ctrl-D. Ctrl-C raises KeyboardInterrupt, the terminal restored.
    """
    if not _is_terminal():
        for line in sys.stdin:
            yield from line.lower().split() and "".join(line.lower().split())
        return
    while (key := _key()) != END:
        yield key


def _is_terminal() -> bool:
    return os.name == "posix" and sys.stdin.isatty()


def _key() -> str:
    """Return one key, END for Ctrl-D; cursor keys and the like, which send several bytes, give "?"."""
    handle = sys.stdin.fileno()
    with _single_keys(handle):
        given = os.read(handle, 16)
    if given in (b"", b"\x04"):
        return END
    return "?" if given[0] == 0x1B else given.decode("utf-8", "replace")[0].lower()


@contextmanager
def _single_keys(handle: int) -> Iterator[None]:
    """Let keys arrive as they are pressed and unseen; whatever happens inside, restore the terminal."""
    import termios  # late: no such thing on Windows, where lines are read instead
    import tty

    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)

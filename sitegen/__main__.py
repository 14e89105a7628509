"""Makes `python -m sitegen` the same as `sitegen`: the command line, and the end of the process."""

import gc
import signal
import sys
from types import FrameType
from typing import NoReturn


def run() -> NoReturn:
    """Run one command and end with its exit code: 130 after Ctrl-C, 143 after SIGTERM.

    Either is an exception on its way out, so that locks, workers and the terminal are let go.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # shells ignore it in the background
        signal.signal(signal.SIGINT, _stopped)
    signal.signal(signal.SIGTERM, _stopped)
    try:
        from sitegen.cli import main  # late: while it loads, Ctrl-C would show a stack trace

        code = main()
    except KeyboardInterrupt:
        code = 130
    gc.freeze()  # what is still there goes with the process: it need not be looked through first
    sys.exit(code)


def _stopped(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)  # a second one ends the process wherever it is
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


if __name__ == "__main__":
    run()

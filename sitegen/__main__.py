"""Makes `python -m sitegen` the same as `sitegen`: the command line, and the end of the process."""

import gc
import sys
from typing import NoReturn

from sitegen.cli import main


def run() -> NoReturn:
    """Run one command and end with its exit code."""
    code = main()
    gc.freeze()  # what is still there goes with the process: it need not be looked through first
    sys.exit(code)


if __name__ == "__main__":
    run()

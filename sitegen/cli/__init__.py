"""Words in, words out, exit code: the command line.

Results go to standard output, talk to standard error. Exit codes: 0 right, 1 errors, 2 usage,
3 warnings under `--strict`, 130 interrupted. Each command lives in a module that is imported when
it is called, so that `sitegen build` with nothing to do is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sitegen.cli.parser import arguments, parser
from sitegen.cli.talk import Talk
from sitegen.run.faults import FORESEEN, problems_of

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = parser().parse_args(arguments(sys.argv[1:] if argv is None else argv))
    talk = Talk(quiet=args.quiet, verbose=args.verbose, color=args.color, as_json=args.json)
    try:
        return int(args.run(args, talk))
    except KeyboardInterrupt:
        talk.say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except FORESEEN as error:
        talk.problems(problems_of(error, Path(args.archive or ".")))
        return 1

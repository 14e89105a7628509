"""Words in, words out, exit code: the command line.

Results go to standard output, talk to standard error. Exit codes: 0 right, 1 errors, 2 usage,
3 warnings under `--strict`, 130 interrupted, 143 terminated. Each command lives in a module that is
imported when it is called, so that `sitegen build` with nothing to do is quick.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from sitegen.cli.parser import arguments, parser
from sitegen.cli.streams import let_go, make_ready, settle
from sitegen.cli.talk import Talk
from sitegen.run.faults import FORESEEN, problems_of

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; raises SystemExit for help and wrong usage."""
    make_ready()
    try:
        args = parser().parse_args(arguments(sys.argv[1:] if argv is None else argv))
        talk = Talk(quiet=args.quiet, verbose=args.verbose, color=args.color, as_json=args.json)
        return _run(args, talk)
    finally:
        settle()


def _run(args: Namespace, talk: Talk) -> int:
    try:
        code = int(args.run(args, talk))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        talk.say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # who reads the results has seen enough
        let_go(sys.stdout)
        return talk.exit_code(strict=getattr(args, "strict", False))
    except FORESEEN as error:
        talk.problems(problems_of(error, Path(args.archive or ".")))
        return 1

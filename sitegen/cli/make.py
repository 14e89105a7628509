"""`sitegen init` and `sitegen build`; imports little, because a build with nothing to do is quick."""

from __future__ import annotations

import argparse
import os
import shlex
import time
from pathlib import Path

from sitegen.cli.talk import Talk
from sitegen.run.build import build as build_site
from sitegen.run.home import Home, find_home
from sitegen.run.order import Options, Result, public_folder
from sitegen.text import counted


def init(args: argparse.Namespace, talk: Talk) -> int:
    """Write a new archive and say what to do next."""
    from sitegen.run.begin import begin  # late: `build` shares this module and must start quickly

    written = begin(Path(args.dir))
    if talk.as_json:
        talk.result({"archive": str(Path(args.dir)), "written": written})
    where = "" if args.dir == "." else f"cd {shlex.quote(args.dir)} && "
    talk.say(f"a new archive, {len(written)} files; next: {where}sitegen build && sitegen serve --watch")
    return 0


def options_of(args: argparse.Namespace) -> Options:
    """Return what the command line says of a build."""
    return Options(
        out=Path(args.out) if getattr(args, "out", None) else None,
        clean=getattr(args, "clean", False),
        drafts=args.drafts,
        jobs=args.jobs,
        dask=getattr(args, "dask", None),
        dry_run=getattr(args, "dry_run", False),
        settings={"base_url": args.base_url} if args.base_url is not None else {},
    )


def build(args: argparse.Namespace, talk: Talk) -> int:
    """Take in the inbox, bring the site up to date, and say what was done."""
    home = find_home(args.archive)
    take_inbox(home, talk, dry_run=args.dry_run)
    begun = time.monotonic()
    options = options_of(args)
    result = build_site(home, options, talk.progress)
    talk.problems(result.problems)
    if talk.as_json:
        talk.result(_numbers(result))
    talk.say(sentence(home, options, result, time.monotonic() - begun))
    return talk.exit_code(strict=args.strict)


def _numbers(result: Result) -> dict[str, int]:
    return {
        "articles": result.articles,
        "files": result.files,
        "written": result.written,
        "removed": result.removed,
        "errors": sum(p.severity == "error" for p in result.problems),
        "warnings": sum(p.severity == "warning" for p in result.problems),
    }


def sentence(home: Home, options: Options, result: Result, seconds: float) -> str:
    """Return what a build did, in one sentence."""
    verb = "would write" if options.dry_run else "wrote"
    removed = f", removed {result.removed:,}" if result.removed else ""
    where = home.shown(public_folder(home, options))
    return (
        f"{counted(result.articles, 'article')}: {verb} {result.written:,} of {result.files:,} files{removed}"
        f" in {seconds:.2f} s; the site is in {where}/"
    )


def take_inbox(home: Home, talk: Talk, *, dry_run: bool = False, patience_s: float = 0.0) -> None:
    """Add what lies in `content/inbox/`, if anything does."""
    if not home.inbox.is_dir() or not any(not e.name.startswith(".") for e in os.scandir(home.inbox)):
        return
    from sitegen.cli.intake import report_row  # late: reading dumps costs more than a whole quick build
    from sitegen.run.inbox import take

    for row in take(home, dry_run=dry_run, patience_s=patience_s):
        report_row(row, talk)

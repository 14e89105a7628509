"""`sitegen serve`: the site on this machine, built again at every change with `--watch`."""

from __future__ import annotations

import argparse
import sys
import threading
import time
import webbrowser

from msgspec.structs import replace

from sitegen.cli.make import options_of, sentence, take_inbox
from sitegen.cli.talk import Talk
from sitegen.errors import Problem, SitegenError
from sitegen.run.build import build
from sitegen.run.faults import problems_of
from sitegen.run.home import Home, find_home
from sitegen.run.lastbuild import LastBuild
from sitegen.run.order import Options, default_templates, public_folder, state_folder
from sitegen.run.serve import Events, Server
from sitegen.run.serve import serve as serve_site
from sitegen.run.watch import watch

_TURN_S = 0.0005  # of one thread, or each page that is asked for waits some ten turns of a build
PATIENCE_S = 3600.0  # for another run in this archive to end: what it changes is wanted here
_ENDED = Problem("watch", "changes are no longer seen", hint="stop with Ctrl-C, then run the command again")


def serve(args: argparse.Namespace, talk: Talk) -> int:
    """Build the site and show it; with `--watch`, build it again at every change."""
    home = find_home(args.archive)
    options, events = options_of(args), Events()
    last = LastBuild(state_folder(home, options))
    _rebuild(home, options, events, talk, last)
    try:
        server = Server(public_folder(home, options), args.port, events, watching=args.watch)
    except OSError as error:
        raise SitegenError(
            Problem(
                "port",
                f"port {args.port} cannot be used: {(error.strerror or str(error)).lower()}",
                hint="name another with --port N, or any free one with --port 0",
            )
        ) from None
    talk.say(f"the site is at {server.url} (stop with Ctrl-C)")
    if args.open:
        webbrowser.open(server.url)
    stopped = threading.Event()
    if args.watch:
        sys.setswitchinterval(_TURN_S)
        threading.Thread(
            target=_watch, args=(home, options, events, stopped, talk, last), daemon=True
        ).start()
    try:
        serve_site(server, on_stop=stopped.set)
    except KeyboardInterrupt:
        talk.say("stopped")
    return 0


def _watch(
    home: Home, options: Options, events: Events, stopped: threading.Event, talk: Talk, last: LastBuild
) -> None:
    def warn(sentence: str) -> None:
        talk.problems((Problem("watch", sentence, severity="warning"),))

    def changed(saved: frozenset[str]) -> None:
        told = _rebuild(home, options, events, talk, last, saved) if saved else None
        _rebuild(home, options, events, talk, last, told=told)  # of what the system says, nothing is sure

    folders = list(dict.fromkeys((home.content, home.templates, default_templates())))
    ignore = (public_folder(home, options), home.public, home.state, home.root / ".git")
    try:
        watch(home.root, folders, ignore, changed, stopped, warn)
    except Exception as error:  # noqa: BLE001 - who edits on must know that nobody looks any more
        talk.problems((*problems_of(error, home.root), _ENDED))


def _rebuild(
    home: Home,
    options: Options,
    events: Events,
    talk: Talk,
    last: LastBuild,
    saved: frozenset[str] = frozenset(),
    told: tuple[Problem, ...] | None = None,
) -> tuple[Problem, ...]:
    """Build, and tell the open pages: reload, or what is wrong while the last good page stays.

    Of files that were `saved` the pages come first. Returns what is wrong; where that was `told`
    already and nothing is new, nothing is said.
    """
    begun = time.monotonic()
    reloaded = False

    def shown(problems: tuple[Problem, ...]) -> None:
        nonlocal reloaded
        if not any(p.severity == "error" for p in problems):
            reloaded = True
            events.tell("", reload=True)

    try:
        if not saved:
            take_inbox(home, talk, patience_s=PATIENCE_S)
        result = build(home, replace(options, shown=shown), last=last, saved=saved)
        problems, written = result.problems, result.written + result.removed
        if written or told is None:
            talk.say(sentence(home, options, result, time.monotonic() - begun))
    except SitegenError as error:
        problems, written = error.problems, 0
    except Exception as error:  # noqa: BLE001 - whatever has ended this build, the next change is built
        last.close()  # in memory there may be half of what was to be kept
        problems, written = problems_of(error, home.root), 0
    if written or problems != told:
        talk.problems(problems)
    wrong = [p for p in problems if p.severity == "error"]
    events.tell("\n\n".join(map(str, wrong)), reload=bool(written) and not wrong and not reloaded)
    return problems

"""`content/` -> `public/`: incremental by default, and byte-equal to a build from nothing.

This module decides whether there is anything to do, from stats alone; what there is to do stands
in `make`, whose imports (templates, Markdown) a run with no change never pays for.
"""

from __future__ import annotations

import gc
from collections.abc import Collection
from contextlib import AbstractContextManager
from functools import partial

from sitegen.run.collector import at_rest
from sitegen.run.damage import surely
from sitegen.run.home import Home
from sitegen.run.lastbuild import LastBuild
from sitegen.run.lock import only_writer
from sitegen.run.look import Changes, Look, look
from sitegen.run.order import (
    Options,
    Progress,
    Result,
    call_digest,
    default_templates,
    kept_problems,
    knows_all_names,
    no_progress,
    public_folder,
    state_folder,
)
from sitegen.run.pool import Workers
from sitegen.run.publish import MANIFEST
from sitegen.run.state import NAME as STATE
from sitegen.run.state import State, changes_of
from sitegen.text import digest


def build(
    home: Home,
    options: Options,
    progress: Progress = no_progress,
    last: LastBuild | None = None,
    saved: Collection[str] = (),
) -> Result:
    """Bring the site up to date and say what was done; `last` makes the next one quicker.

    Of what `last` has built, only the files that were `saved` are looked at again, where that is
    enough; a build without these paths is to follow, for nothing else that has changed is seen.

    Articles that cannot be read are left out and named in the result; the others are published.
    Raises SitegenError, with the site untouched, for a fault in settings, vocabulary or templates,
    for a folder that is not ours, a full disk, or another run in this archive.
    """
    with only_writer(home, options.patience_s), at_rest():
        folder = state_folder(home, options)
        kept = last or LastBuild(folder, keeps=False)
        try:
            return surely(folder / STATE, partial(_build, home, options, kept, progress, saved), kept.close)
        finally:
            gc.freeze()  # with the next line: what is there counts as old, and is not looked through at once
            gc.unfreeze()
            if not last:
                kept.close()


def _build(
    home: Home, options: Options, kept: LastBuild, progress: Progress, saved: Collection[str]
) -> Result:
    state = kept.state()
    try:
        if options.clean:
            state.forget()
        found = kept.look_again(home, saved) or look(home, [default_templates()], options.jobs)
        changes = changes_of(state, found)
        call = call_digest(home, options, found)
        same = call == state.get("call") and not changes.any() and _still_there(home, options, state)
        result = (_last_result(state) if same else None) or _make(
            home, options, kept, found, changes, call, progress
        )
        kept.has_looked(found)
        return result
    finally:
        state.rest()


def _make(
    home: Home,
    options: Options,
    kept: LastBuild,
    found: Look,
    changes: Changes,
    call: str,
    progress: Progress,
) -> Result:
    from sitegen.run.make import (  # late: jinja2 and markdown cost more than a run with no change
        make,
        work_of,
    )

    with workers_of(options.jobs, options.dask) as workers:
        return make(work_of(home, options, found, changes, call), kept, progress, workers)


def workers_of(jobs: int | None, dask: str | None) -> AbstractContextManager[Workers]:
    """Return who does the work: processes of our own, or those of the cluster at an address."""
    if not dask:
        return Workers(jobs)
    from sitegen.run.cluster import cluster  # late: few runs go to a cluster

    return cluster(dask)


def _last_result(state: State) -> Result | None:
    """Return the last build's result if it holds where nothing has changed."""
    problems = kept_problems(state)
    if not knows_all_names(problems):
        return None
    return Result(state.number("articles"), files=state.number("files"), problems=problems)


def _still_there(home: Home, options: Options, state: State) -> bool:
    listed = public_folder(home, options) / MANIFEST
    return listed.is_file() and digest(listed.read_bytes()) == state.get("manifest")

"""Adding to a small archive as the commands do, without a process for each."""

from __future__ import annotations

from pathlib import Path

from sitegen.run import inbox
from sitegen.run.add import add, list_inputs
from sitegen.run.here import here
from sitegen.run.home import Home
from sitegen.run.keep import Keeper, Row
from sitegen.run.look import look
from sitegen.run.scan import scan
from sitegen.run.settings import load_vocabulary
from sitegen.run.state import State

LIMIT = 1_000_000


def added(home: Home, *paths: Path, again: bool = False) -> list[Row]:
    """Return what became of the inputs; with `again` alone, of all originals."""
    state = State(home.state)
    try:
        found = scan(home, state, look(home, ()), limit=LIMIT, jobs=1)
    finally:
        state.close()
    keeper = Keeper(home, here(home, found), load_vocabulary(home), again=again)
    names = [str(path) for path in paths or (home.originals,)]
    inputs = (g for g in list_inputs(names) if not (again and str(g).endswith((".md", ".json"))))
    return list(add(keeper, inputs, limit=LIMIT, jobs=1))


def taken(home: Home) -> list[Row]:
    """Return what became of the inbox."""
    return list(inbox.take(home))

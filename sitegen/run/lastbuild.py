"""What a run that builds again and again keeps in memory: the open state, the last look and plan."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.run.home import Home
from sitegen.run.look import Look, look_again
from sitegen.run.state import State

if TYPE_CHECKING:
    from sitegen.run.plans import Plan


class LastBuild:
    """The state of one archive and what its last build was made from, in memory if this `keeps` it."""

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        """Take the folder of the state (`order.state_folder`)."""
        self.keeps = keeps
        self._plan: Plan | None = None
        self._version = -1
        self._found: Look | None = None
        self._found_version = -1
        self._folder = folder
        self._state: State | None = None

    def state(self) -> State:
        """Return the state, opened again where somebody has taken it away."""
        if self._state and not self._state.is_usable():
            self.close()
        if self._state is None:
            self._state = State(self._folder, keeps=self.keeps)
        return self._state

    def plan(self) -> Plan | None:
        """Return what the last build was made from: as it is in memory, or else in the state."""
        from sitegen.run.plans import kept_plan  # late: a run with no change asks for no plan

        return self._plan if self._version == self.state().version() else kept_plan(self.state())

    def keep(self, plan: Plan) -> None:
        """Keep what the build under way is made from."""
        if self.keeps:
            self._plan, self._version = plan, self.state().version()

    def has_looked(self, found: Look) -> None:
        """Keep the look that the build under way began with."""
        if self.keeps:
            self._found, self._found_version = found, self.state().version()

    def look_again(self, home: Home, saved: Collection[str]) -> Look | None:
        """Return the last build's look with the files that were saved looked at again, if that is enough."""
        if not saved or self._found is None or self._found_version != self.state().version():
            return None
        return look_again(home, self._found, saved)

    def close(self) -> None:
        """Forget what is in memory; the next build begins with what the state keeps."""
        self._plan = self._found = None
        self._version = self._found_version = -1  # another connection may count as this one did
        if self._state:
            self._state.close()
        self._state = None

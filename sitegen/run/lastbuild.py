"""What a run that builds again and again keeps in memory: the open state, and the last plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
        self._folder = folder
        self._state: State | None = None

    def state(self) -> State:
        """Return the state, opened again where somebody has taken it away."""
        if self._state and not self._state.is_usable():
            self.close()
        if self._state is None:
            self._state = State(self._folder)
        return self._state

    def plan(self) -> Plan | None:
        """Return what the last build was made from: as it is in memory, or else in the state."""
        from sitegen.run.plans import kept_plan  # late: a run with no change asks for no plan

        return self._plan if self._version == self.state().version() else kept_plan(self.state())

    def keep(self, plan: Plan) -> None:
        """Keep what the build under way is made from."""
        if self.keeps:
            self._plan, self._version = plan, self.state().version()

    def close(self) -> None:
        self._plan = None
        if self._state:
            self._state.close()
        self._state = None

"""What can be wrong, where, and what to do about it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "note"]


class Problem(Struct, frozen=True):
    """One fault in what a person gave, with its place and the way out.

    `code` is a stable short name ("front-matter", "date", "slug-clash"); `line` and `column`
    count from 1 at the top of the file that the person edits; `excerpt` is the faulty line.
    """

    code: str
    message: str
    severity: Severity = "error"
    file: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    excerpt: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.file, self.line) if p is not None)
        lines = [f"{place}: {self.message}" if place else self.message]
        if self.excerpt is not None:
            lines.append(f"    {self.excerpt}")
            if self.column is not None:
                lines.append(f"    {' ' * (self.column - 1)}^")
        if self.hint:
            lines.append(f"    {self.hint}")
        return "\n".join(lines)


class SitegenError(Exception):
    """A fault that stops the step it occurs in; carries the problems to show, one or more."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[SitegenError], tuple[Problem, ...]]:
        """Keep the problems on the way back from a worker process."""
        return (type(self), self.problems)

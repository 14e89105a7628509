"""Telling a person what happens: problems, progress and plain sentences, on standard error."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from msgspec import to_builtins

from sitegen.cli.streams import let_go
from sitegen.errors import Problem
from sitegen.text import clip

_COLORS = {"error": "31", "warning": "33", "note": "36"}
_DELAY_S = 1.0
_LONGEST_LINE = 2000
_COMMAND = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Talk:
    """How much to say, in which colours, and whether results are JSON."""

    def __init__(self, *, quiet: bool, verbose: bool, color: str, as_json: bool) -> None:
        self.quiet, self.verbose, self.as_json = quiet, verbose, as_json
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb" or color == "never"
        self._colored = {s: color == "always" or (s.isatty() and not plain) for s in (sys.stdout, sys.stderr)}
        self.counts: Counter[str] = Counter()

    def say(self, sentence: str) -> None:
        """Tell what was done, unless asked to be quiet."""
        if not self.quiet:
            _tell(shown(sentence))

    def detail(self, sentence: str) -> None:
        """Tell a thing that is wanted only with `-v`."""
        if self.verbose:
            _tell(shown(sentence))

    def problems(self, found: Iterable[Problem]) -> None:
        """Show each problem with its place and the way out, and count them for the exit code."""
        for problem in found:
            self.counts[problem.severity] += 1
            if self.as_json:
                _tell(json.dumps(diagnostic(problem), ensure_ascii=False))
            elif not (self.quiet and problem.severity == "note"):
                _tell(self._told(problem))

    def _told(self, problem: Problem) -> str:
        label = f"{problem.severity}: "
        return self._paint(label, _COLORS[problem.severity], sys.stderr) + shown(str(problem))

    def _paint(self, text: str, color: str, on: TextIO) -> str:
        """Return the text in a colour (an SGR code), where the stream shows colours."""
        return f"\x1b[{color}m{text}\x1b[0m" if self._colored.get(on) else text

    def marked(self, text: str) -> str:
        """Return a piece of a result as standard output may have it, in bold where it shows colours."""
        return self._paint(shown(text), "1", sys.stdout)

    def line(self, text: str) -> None:
        """Print one result for a person on standard output."""
        print(shown(text))

    def exit_code(self, *, strict: bool = False) -> int:
        """Return what the problems told so far mean: 1 errors, 3 warnings under `--strict`, else 0."""
        if self.counts["error"]:
            return 1
        return 3 if strict and self.counts["warning"] else 0

    def result(self, value: Any) -> None:
        """Print one result as JSON on a line of its own."""
        print(json.dumps(value, ensure_ascii=False))

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        """Give a function to call once for each thing done; a bar shows after a second, on a terminal.

        `total` is how many there are at least, 0 where nobody knows.
        """
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield lambda: None
            return
        from tqdm import tqdm  # late: only a terminal shows a bar

        with tqdm(
            total=total or None, desc=what, delay=_DELAY_S, leave=False, unit="", file=sys.stderr
        ) as bar:

            def step() -> None:
                if total:
                    bar.total = max(total, bar.n + 1)
                bar.update()

            yield step


def _tell(text: str) -> None:
    try:
        print(text, file=sys.stderr)
    except OSError:  # who was told has gone; the work goes on, and its exit code tells how it went
        let_go(sys.stderr)


def shown(words: str) -> str:
    """Return text from files and their names as a terminal may have it: no commands, no endless line."""
    harmless = _COMMAND.sub(lambda m: m.group().encode("unicode_escape").decode(), words)
    return "\n".join(clip(line, _LONGEST_LINE) for line in harmless.split("\n"))


def diagnostic(problem: Problem) -> dict[str, Any]:
    """Return a problem in the shape that every `--json` output uses."""
    row = to_builtins(problem)
    return {k: row[k] for k in ("code", "severity", "file", "line", "column", "message", "hint")}

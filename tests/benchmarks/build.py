"""How long a build takes beside other generators: the same articles, in turns, on this machine.

python -m tests.benchmarks.build --count 2000 --rounds 3 [--peers hugo,pelican] [--search] [--write]

The corpus, the peers' settings and the measuring come from `../shared/bench`; Hugo and the others
are found on PATH or through HUGO, PELICAN, ELEVENTY. Ratios are taken pair by pair within a round,
so that a machine whose speed drifts does not decide them. `--write` puts the table into
docs/speed.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from compileall import compile_dir
from pathlib import Path
from typing import Any

from tests.shared import needed

TOP = Path(__file__).resolve().parents[2]
PAGE = TOP / "docs" / "speed.md"
BEGIN, END = "<!-- table -->\n", "<!-- end of table -->\n"
PHASES = {"cold": "cold", "warm": "no change", "edit": "one text edited", "title": "one title edited"}
TOOLS = {"hugo": "HUGO", "pelican": "PELICAN", "eleventy": "ELEVENTY"}

Rows = Sequence[dict[str, Any]]


def present() -> list[str]:
    """Return the other generators that are on this machine."""
    return [name for name, variable in TOOLS.items() if shutil.which(os.environ.get(variable, name))]


def measure(count: int, rounds: int, peers: Sequence[str], *, search: bool) -> Rows:
    """Return one row for each build: generator, phase, round, wall and CPU seconds, peak memory."""
    bench = needed("bench")
    with tempfile.TemporaryDirectory() as folder:
        site, rows = Path(folder, "site"), Path(folder, "rows.json")
        site.mkdir()
        settings = f'title = "Bench"\nper_page = 100\nsearch = {str(search).lower()}\n'
        (site / "sitegen.toml").write_text(settings)
        command = [sys.executable, str(bench / "bench_peers.py"), "--count", str(count)]
        command += ["--rounds", str(rounds), "--peers", ",".join(("sitegen", *peers)), "--json", str(rows)]
        command += ["--work", folder, "--sitegen-site", str(site)]
        ours = {"SITEGEN": f"{shlex.quote(sys.executable)} -m sitegen", "PYTHONPATH": str(TOP)}
        compile_dir(TOP / "sitegen", quiet=2)  # as an installed one is
        subprocess.run(command, check=True, env={**os.environ, **ours})
        return [json.loads(line) for line in rows.read_text().splitlines()]


def table(rows: Rows, peers: Sequence[str]) -> str:
    """Return the medians as a table, with the ratio of ours to each other's and its spread."""
    head = ["", "generator", "wall s", "CPU s", "peak MB", "our wall to theirs", "our CPU to theirs"]
    lines = [f"| {' | '.join(head)} |", "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    for phase, words in PHASES.items():
        ours = picked(rows, "sitegen", phase)
        for name in ("sitegen", *peers):
            theirs = picked(rows, name, phase)
            figures = [f"{statistics.median(r[key] for r in theirs):,.2f}" for key in ("wall", "cpu")]
            figures.append(f"{statistics.median(r['peak_mb'] for r in theirs):,.0f}")
            ratios = ["", ""] if name == "sitegen" else [spread(ours, theirs, k) for k in ("wall", "cpu")]
            lines.append(f"| {' | '.join((words, name, *figures, *ratios))} |")
    return "\n".join(lines) + "\n"


def picked(rows: Rows, name: str, phase: str) -> Rows:
    return [r for r in rows if r["peer"] == name and r["phase"] == phase]


def spread(ours: Rows, theirs: Rows, key: str) -> str:
    """Return the median of the ratios of one figure, and the least and the greatest of them."""
    ratios = [one[key] / other[key] for one, other in zip(ours, theirs, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--peers", default=",".join(present()))
    options.add_argument(
        "--search", action="store_true", help="build our search index too; the others have none"
    )
    options.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    given = options.parse_args()
    peers = [name for name in given.peers.split(",") if name]
    rows = measure(given.count, given.rounds, peers, search=given.search)
    with_search = "with our search index" if given.search else "without a search index"
    made = (
        f"{given.count:,} articles, {with_search}, medians of {given.rounds} rounds:\n\n{table(rows, peers)}"
    )
    print(f"\n{made}")
    if given.write:
        text = PAGE.read_text(encoding="utf-8")
        before, after = text.partition(BEGIN)[0], text.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

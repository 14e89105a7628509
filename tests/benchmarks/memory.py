"""How much memory `sitegen add` takes for many small files; run by hand (Linux).

    python -m tests.benchmarks.memory 1000 20000

Prints for each number of files the peak of the whole tree of processes (proportional set size) and
that of the process that writes. Adding streams: the second number is to cost no more than the first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
_EVERY_S = 0.25


def text(n: int) -> str:
    return (
        f"Council number {n} reopens ferry {n * 7}\n\n{n % 28 + 1} March 2019\n\n"
        f"The ferry of district {n} opened again on Tuesday after {n + 3} months of repairs.\n\n"
        f"Engineers replaced {n * 7 + 2} of its beams, district {n} said in a letter.\n\n"
        f"Some {n * 11 + 40} residents came to see the ferry, {n + 5} of them until dusk.\n"
    )


def written(folder: Path, number: int) -> Path:
    for n in range(number):
        path = folder / f"{n // 500:03d}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(n))
    return folder


def tree(process: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield process
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            for child in Path(f"/proc/{process}/task/{thread}/children").read_text().split():
                yield from tree(int(child))
    except OSError:
        return


def resident(process: int) -> int:
    """Return a process's share of memory in bytes; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def peaks(number: int, jobs: int) -> tuple[int, int]:
    """Return the peaks of the tree and of the first process while `number` files are added."""
    with tempfile.TemporaryDirectory() as folder:
        pages = written(Path(folder) / "pages", number)
        archive = Path(folder) / "archive"
        (archive / "content").mkdir(parents=True)
        (archive / "sitegen.toml").write_text('title = "Many"\n')
        command = [sys.executable, "-m", "sitegen", "-q", "add", "--jobs", str(jobs), str(pages)]
        adding = subprocess.Popen(command, cwd=archive, env={**os.environ, "PYTHONPATH": str(TOP)})
        most = first = 0
        while adding.poll() is None:
            shares = [resident(process) for process in tree(adding.pid)]
            most, first = max(most, sum(shares)), max(first, shares[0])
            time.sleep(_EVERY_S)
        assert adding.returncode == 0
        return most, first


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("numbers", nargs="*", type=int, default=[1000, 20000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    wish = parser.parse_args()
    for number in wish.numbers:
        most, first = (size / 2**20 for size in peaks(number, wish.jobs))
        print(f"{number:>8,} files: {most:.0f} MB in all, {first:.0f} MB where it is written", flush=True)


if __name__ == "__main__":
    main()

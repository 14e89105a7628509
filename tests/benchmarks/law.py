"""The law in its long form: many random scripts, until it is stopped or a fault is found.

python -m tests.benchmarks.law [FIRST_SEED [SCRIPTS]]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.test_law import run_script
from tests.test_law_of_digests import walk


def main(first: int = 1000, scripts: int = 200) -> int:
    for seed in range(first, first + scripts):
        with tempfile.TemporaryDirectory() as folder:
            run_script(Path(folder), seed, edits=25, every=5)
        again, faults = walk(seed, edits=60, articles=1 + seed % 20)
        print(f"seed {seed}: {again:,} pages came again", flush=True)
        if faults:
            print("\n".join(faults[:20]))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

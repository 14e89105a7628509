"""Merges twelve actors of an archive, deletes its state, and counts what a build writes.

usage: PYTHONPATH=$PWD python -m tests.benchmarks.merges ARCHIVE

ARCHIVE is a throw-away copy: it is built, twelve of its actors are merged by two (the 2nd most
named into the 1st, the 4th into the 3rd, …), it is built again, then once more without `.sitegen/`.
Printed are the pages that each build wrote, and those whose bytes differ from before.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from sitegen.text import digest

MERGES = 12


def main(archive: Path) -> None:
    first = sitegen(archive, "build", "--json")[-1]
    before = pages(archive)
    names = [row["id"] for row in sitegen(archive, "actors", "list", "--json")]
    pairs = list(zip(names[1::2], names[::2], strict=False))[:MERGES]
    named = set()
    for gone, into in pairs:
        named.update(sitegen(archive, "actors", "merge", gone, into, "--json")[-1]["pages"])
    built = sitegen(archive, "build", "--json")[-1]
    after = pages(archive)
    differ = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    listed = {row["id"] for row in sitegen(archive, "actors", "list", "--json")}
    again = [p["id"] for p in sitegen(archive, "actors", "suggest", "--limit", "999", "--json")]
    print(
        f"{first['articles']} articles, {len(before)} files; the merged were named by {len(named)} articles"
    )
    print(f"build after {len(pairs)} merges: wrote {built['written']}, bytes differ in {len(differ)} files")
    print("by folder:", by_folder(differ))
    print("merged actors still listed:", sum(gone in listed for gone, _ in pairs))
    print("proposed again:", sum(gone in p.split("=") for gone, _ in pairs for p in again))
    redirects = [(archive / "public/actors" / gone / "index.html").read_text("utf-8") for gone, _ in pairs]
    right = sum(f"/actors/{into}/" in text for text, (_, into) in zip(redirects, pairs, strict=True))
    print("old addresses that lead to the new:", right)
    shutil.rmtree(archive / ".sitegen")
    shutil.rmtree(archive / "public")
    sitegen(archive, "build")
    print("the same from nothing:", pages(archive) == after)


def sitegen(archive: Path, *words: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "sitegen", *words]
    done = subprocess.run(command, cwd=archive, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()] if "--json" in words else []


def pages(archive: Path) -> dict[str, str]:
    public = archive / "public"
    return {str(p.relative_to(public)): digest(p.read_bytes()) for p in public.rglob("*") if p.is_file()}


def by_folder(files: set[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for file in sorted(files):
        top = file.split("/")[0] if "/" in file else file
        counted[top] = counted.get(top, 0) + 1
    return counted


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

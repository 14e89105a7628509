"""The search index beside Pagefind and SQLite FTS5: what it costs, and how often it finds what is meant.

    python -m tests.benchmarks.search --count 2000           # print the table
    python -m tests.benchmarks.search --count 10000 --write  # write it into docs/search.md

Corpus and questions come from `../shared/bench-search`; Pagefind is found on PATH or through
PAGEFIND, and left out where it is not; it answers in Chromium, through playwright. Each index is
made in a process of its own, one after the other; Pagefind's pages are written before its clock
runs. What a reader's browser loads is measured by `search_bench.mjs` there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import Any

from sitegen.pages.search import (
    Named,
    SearchDoc,
    directory,
    index_block,
    merged,
    plan_segment,
    segments,
)
from sitegen.pages.search.query import search
from sitegen.pages.search.reader import Index
from sitegen.run.collector import at_rest
from sitegen.run.searching import read_run
from sitegen.text import digest, slug
from tests.pages.search.small import ItsOwn
from tests.shared import needed

TOP = Path(__file__).resolve().parents[2]
PAGE = TOP / "docs" / "search.md"
BEGIN, END = "<!-- table -->\n", "<!-- end of table -->\n"
KINDS = {
    "title": "title",
    "body3": "three words",
    "inflect": "inflected",
    "typo1": "one typo",
    "onewrong": "one wrong",
}
_SHOWN = 10
_CHROMIUM = "/usr/bin/chromium"
_ASK = """async ([query, most]) => {
  const { results } = await (await import("/search/pagefind.js")).search(query);
  const data = await Promise.all(results.slice(0, most).map((result) => result.data()));
  return data.map(({ url }) => Number(url.match(/([0-9]+)\\.html$/)[1]));
}"""

Row = dict[str, Any]
Find = Callable[[str], list[int]]


def rows(corpus: Path) -> list[Row]:
    return [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]


# --- the three ------------------------------------------------------------------------------------


def doc_of(row: Row) -> SearchDoc:
    def named(names: Iterable[str]) -> tuple[Named, ...]:
        return tuple(Named(slug(name), name) for name in names)

    return SearchDoc(
        f"{row['date'][:7].replace('-', '/')}/{row['id']}",
        row["title"],
        digest(json.dumps(row).encode()),
        row["date"],
        summary=row["paras"][0][:200],
        sources=named([row["source"]]),
        topics=named(row["topics"]),
        actors=named(row["actors"]),
    )


def ours(given: list[Row], out: Path) -> None:
    docs = [*map(doc_of, given)]
    texts = {doc.key: "\n\n".join(row["paras"]) for doc, row in zip(docs, given, strict=True)}
    runs = out.parent / "runs"
    runs.mkdir()

    read = partial(read_run, runs)
    notes = []
    listing = ItsOwn(docs)
    for segment in segments(listing):
        for block in segment.blocks:
            (runs / block.digest).write_bytes(index_block([docs[at] for at in block.places], texts))
        plan = plan_segment(segment, read, listing)
        notes.append(plan.note)
        words = chain.from_iterable(merged(merge, read) for merge in plan.merges(()))
        for path, content in chain(words, plan.others((), read)):
            (out / path).write_bytes(content)
    for path, content in directory(notes, ()).items():
        (out / path).write_bytes(content)


def fts5(given: list[Row], out: Path) -> None:
    with sqlite3.connect(out / "search" / "index.db") as base:
        base.execute("create virtual table a using fts5(title, body, tokenize='porter unicode61')")
        values = ((row["id"], row["title"], "\n\n".join(row["paras"])) for row in given)
        base.executemany("insert into a(rowid, title, body) values (?, ?, ?)", values)
        base.execute("insert into a(a) values ('optimize')")


def pagefind(_: list[Row], out: Path) -> None:
    command = [*shlex.split(os.environ.get("PAGEFIND", "pagefind")), "--site", str(out / "html")]
    subprocess.run([*command, "--output-path", str(out / "search")], check=True, stdout=subprocess.DEVNULL)


def pages(given: list[Row], out: Path) -> None:
    """Write the pages that Pagefind reads."""
    for row in given:
        names = "".join(
            f'<span data-pagefind-filter="{kind}">{escape(name)}</span>'
            for kind in ("topics", "actors")
            for name in row[kind]
        )
        body = "".join(f"<p>{escape(text)}</p>" for text in row["paras"])
        (out / "html" / f"{row['id']}.html").write_text(
            f'<!doctype html><html lang="en"><title>{escape(row["title"])}</title><main data-pagefind-body>'
            f'<h1>{escape(row["title"])}</h1><p hidden><time data-pagefind-sort="date">{row["date"]}</time>'
            f"{names}</p>{body}</main></html>",
            "utf-8",
        )


MAKERS = {"sitegen": ours, "Pagefind": pagefind, "SQLite FTS5": fts5}


# --- what each costs ------------------------------------------------------------------------------


def measured(name: str, corpus: Path) -> Row:
    """Return CPU seconds, peak megabytes, files and bytes of one index, made in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        for inside in ("search", "html"):
            (out / inside).mkdir(parents=True)
        if name == "Pagefind":
            pages(rows(corpus), out)
        command = [sys.executable, "-m", "tests.benchmarks.search", "--make", name, str(corpus), str(out)]
        cost = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=TOP).stdout)
        files = [p for p in (out / "search").rglob("*") if p.is_file()]
        return {**cost, "files": len(files), "bytes": sum(p.stat().st_size for p in files)}


def make(name: str, corpus: Path, out: Path) -> None:
    given = [] if name == "Pagefind" else rows(corpus)
    before = resource.getrusage(resource.RUSAGE_SELF)
    with at_rest():
        MAKERS[name](given, out)
    who = resource.RUSAGE_CHILDREN if name == "Pagefind" else resource.RUSAGE_SELF
    used = resource.getrusage(who)
    start = 0.0 if name == "Pagefind" else before.ru_utime + before.ru_stime
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime - start, "peak": used.ru_maxrss / 1024}))


# --- what each finds ------------------------------------------------------------------------------


@contextmanager
def found_by_ours(out: Path) -> Iterator[Find]:
    index = Index(lambda path: (out / path).read_bytes())
    yield lambda q: [int(r.card.key.rpartition("/")[2]) for r in search(q, index, limit=_SHOWN).results]


@contextmanager
def found_by_fts5(out: Path) -> Iterator[Find]:
    base = sqlite3.connect(out / "search" / "index.db")
    asked = f"select rowid from a where a match ? order by bm25(a, 4.0, 1.0) limit {_SHOWN}"
    yield lambda q: [row for (row,) in base.execute(asked, (" OR ".join(f'"{w}"' for w in q.split()),))]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@contextmanager
def found_by_pagefind(out: Path) -> Iterator[Find]:
    from playwright.sync_api import sync_playwright  # late: only Pagefind wants a browser

    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(out))) as server,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"]) as browser,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/html/{next((out / 'html').iterdir()).name}")
        yield lambda q: page.evaluate(_ASK, [q, _SHOWN])
        server.shutdown()


FINDERS = {
    "sitegen": (ours, found_by_ours),
    "Pagefind": (pagefind, found_by_pagefind),
    "SQLite FTS5": (fts5, found_by_fts5),
}


def relevance(folder: Path, names: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return MRR@10 by engine and kind of question (1/rank of the one right article, 0 past the tenth)."""
    subprocess.run(
        [sys.executable, str(needed("bench-search") / "make_mrr.py")],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    given, asked = rows(folder / "mrr.jsonl"), json.loads((folder / "mrrq.json").read_text("utf-8"))
    table = {}
    for name in names:
        maker, finder = FINDERS[name]
        out = folder / slug(name) / "out"
        for inside in ("search", "html"):
            (out / inside).mkdir(parents=True)
        if name == "Pagefind":
            pages(given, out)
        maker(given, out)
        scores = defaultdict(list)
        with finder(out) as find:
            for query in asked:
                ids = find(query["q"])
                scores[query["kind"]].append(1 / (ids.index(query["id"]) + 1) if query["id"] in ids else 0.0)
        table[name] = {kind: sum(listed) / len(listed) for kind, listed in scores.items()}
    return table


# --- the table ------------------------------------------------------------------------------------


def table(count: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus.jsonl"
        command = [sys.executable, str(needed("bench-search") / "make_corpus.py"), str(count), str(corpus)]
        subprocess.run(command, check=True)
        there = shutil.which(shlex.split(os.environ.get("PAGEFIND", "pagefind"))[0])
        names = [name for name in MAKERS if name != "Pagefind" or there]
        costs = {name: measured(name, corpus) for name in names}
        found = relevance(folder, names)
    lines = [f"{count:,} invented articles of some 600 words:", ""]
    lines += ["| index | CPU s | peak MB | files | MB |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {n} | {c['cpu']:.1f} | {c['peak']:.0f} | {c['files']:,} | {c['bytes'] / 1e6:.1f} |"
        for n, c in costs.items()
    ]
    lines += ["", "MRR@10, one right article a question:", ""]
    lines += [f"| index | {' | '.join(KINDS.values())} |", "| --- |" + " ---: |" * len(KINDS)]
    lines += [
        f"| {n} | {' | '.join(f'{scores[kind]:.3f}' for kind in KINDS)} |" for n, scores in found.items()
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make(given.make[0], Path(given.make[1]), Path(given.make[2]))
        return
    made = table(given.count)
    print(made)
    if given.write:
        text = PAGE.read_text("utf-8")
        head, tail = text.index(BEGIN) + len(BEGIN), text.index(END)
        PAGE.write_text(f"{text[:head]}\n{made}\n{text[tail:]}", "utf-8")


if __name__ == "__main__":
    main()

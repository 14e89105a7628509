"""`sitegen convert` and `sitegen add`."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from sitegen.archive.document import file_text, front_matter
from sitegen.cli.common import home_of
from sitegen.cli.explain import explanation
from sitegen.cli.talk import Talk, diagnostic
from sitegen.errors import Problem, SitegenError
from sitegen.intake import convert as convert_bytes
from sitegen.model import Article
from sitegen.run import add as adding
from sitegen.run.build import workers_of
from sitegen.run.faults import internal_problem
from sitegen.run.files import read_bytes, write_atomic
from sitegen.run.here import here
from sitegen.run.home import Home
from sitegen.run.keep import Keeper, Row
from sitegen.run.lock import only_writer
from sitegen.run.pictures import without_pictures
from sitegen.run.pool import ordered
from sitegen.run.prior import with_prior
from sitegen.run.scan import scanned
from sitegen.run.settings import load_config, load_vocabulary
from sitegen.text import counted, slug
from sitegen.vocabulary.shipped import shipped


class _Read(Struct, frozen=True):
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()


def convert(args: argparse.Namespace, talk: Talk) -> int:
    """Write each input's articles as Markdown, JSON or an explanation; nothing else is touched."""
    stdin = sys.stdin.buffer.read() if "-" in args.paths else b""
    total = sum(1 for _ in adding.list_inputs(args.paths))
    beside: list[str] = []
    inputs = adding.list_inputs(args.paths, beside=beside)
    read_one = functools.partial(_convert, form=args.form, stdin=stdin)
    with talk.progress("converting", total) as step:
        for read in ordered(read_one, inputs, jobs=args.jobs, batch=adding.BATCH):
            talk.problems(read.problems)
            for article in read.articles:
                _emit(article, args, talk)
            step()
    _report_beside(beside, talk)
    return talk.exit_code()


def _convert(given: str | Problem, *, form: Any, stdin: bytes) -> _Read:
    if isinstance(given, Problem):
        return _Read((), (given,))
    try:
        content = stdin if given == "-" else read_bytes(Path(given))
        return _Read(convert_bytes(content, name=given, form=form))
    except SitegenError as error:
        return _Read((), error.problems)
    except Exception as error:  # noqa: BLE001 - one bad input never stops the others
        return _Read((), (internal_problem(error, given),))


def _emit(article: Article, args: argparse.Namespace, talk: Talk) -> None:
    talk.problems(replace(p, file=article.input) for p in article.diagnostics)
    if not article.markdown.strip() and not article.diagnostics:
        talk.problems((Problem("no-article", "holds no article", file=article.input),))
    if not args.out or args.json:
        article = without_pictures(article)
    if args.json:
        talk.result(as_json(article))
    elif args.explain:
        sys.stdout.write(explanation(article))
    elif article.markdown.strip():
        text = file_text(front_matter(article, shipped(), added=None), article.markdown)
        if args.out:
            _write(Path(args.out), article, text, args, talk)
        else:
            sys.stdout.write(text)


def _write(folder: Path, article: Article, text: str, args: argparse.Namespace, talk: Talk) -> None:
    number, name = 1, slug(article.title)
    path = folder / f"{name}.md"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.md"
    if not args.dry_run:
        write_atomic(path, text.encode())
        for picture in article.pictures:
            if picture.content:
                write_atomic(folder / picture.address, picture.content)
    talk.say(f"{article.input} -> {path}")


def as_json(article: Article) -> dict[str, Any]:
    """Return an article as the object that `convert --json` prints; the keys are a contract."""
    row = to_builtins(replace(article, diagnostics=(), evidence={}))
    return {
        "input": article.input,
        "article": article.number,
        "title": article.title,
        "date": str(article.date) if article.date else None,
        **{k: row[k] for k in ("dateline", "place", "agency", "authors", "source", "url", "lang", "summary")},
        "tags": row["tags"],
        "topics": [{k: t[k] for k in ("id", "name", "score", "iptc")} for t in row["topics"]],
        "actors": [
            {k: a[k] for k in ("id", "name", "kind", "aliases", "mentions", "salient")} for a in row["actors"]
        ],
        "quotes": [{k: q[k] for k in ("actor", "text", "paragraph")} for q in row["quotes"]],
        "related": [r.title for r in article.related],
        "body": article.body,
        "markdown": article.markdown,
        "dropped": [{k: d[k] for k in d if d[k] is not None} for d in row["dropped"]],
        "evidence": {
            name: {"line": found.line, "text": found.text, "rule": found.rule}
            for name, found in article.evidence.items()
        },
        "sha256": article.sha256,
        "encoding": article.encoding,
        "diagnostics": [diagnostic(replace(p, file=article.input)) for p in article.diagnostics],
    }


def add(args: argparse.Namespace, talk: Talk) -> int:
    """Bring inputs into the archive and account for every one of them."""
    home = home_of(args)
    config, vocabulary = load_config(home), load_vocabulary(home)
    paths = args.paths or ([str(home.originals)] if args.again else [])
    if not paths:
        talk.say("sitegen add: name files or folders to add, or - for standard input")
        return 2
    stdin = sys.stdin.buffer.read() if "-" in paths else b""
    tally, beside = adding.Tally(), list[str]()
    with only_writer(home), workers_of(args.jobs, args.dask) as workers:
        found = scanned(home, limit=config.limits.article_bytes)
        vocabulary = with_prior(home, vocabulary, found.facts)
        keeper = Keeper(home, here(home, found), vocabulary, again=args.again, dry_run=args.dry_run)
        limit = config.limits.article_bytes
        inputs = _inputs(paths, home, beside)
        with talk.progress("adding", sum(1 for _ in _inputs(paths, home))) as step:
            for row in adding.add(keeper, inputs, limit=limit, stdin=stdin, workers=workers):
                tally.note(row)
                report_row(row, talk)
                step()
    _report(tally.counts, args, talk)
    _report_beside(beside, talk)
    return talk.exit_code()


def _inputs(paths: list[str], home: Home, beside: list[str] | None = None) -> Iterator[str | Problem]:
    """Give the inputs one by one, without what sitegen keeps beside an original."""
    found = adding.list_inputs(paths, beside=beside)
    return (given for given in found if not _is_base(given, home))


def _is_base(given: str | Problem, home: Home) -> bool:
    """Say whether a path is what sitegen keeps beside an original: its article, its account."""
    ours = isinstance(given, str) and given.endswith((".md", ".json"))
    return ours and Path(str(given)).resolve().is_relative_to(home.originals)


def report_row(row: Row, talk: Talk) -> None:
    """Tell what became of one input, with its faults."""
    if talk.as_json:
        shown = to_builtins(row)
        talk.result({**shown, "problems": [diagnostic(p) for p in row.problems]})
    elif row.outcome in ("new", "merged"):
        talk.say(f"{row.outcome}: {row.input} -> {row.article}")
    else:
        where = f" ({row.article})" if row.article else ""
        talk.say(f"{row.outcome}: {row.input}: {row.reason}{where}")
    talk.problems(row.problems)


def _report(counts: dict[str, int], args: argparse.Namespace, talk: Talk) -> None:
    if talk.as_json:
        talk.result(counts)
        return
    parts = ", ".join(f"{n} {name}" for name, n in counts.items() if n and name != "read")
    talk.say(f"{'would add' if args.dry_run else 'read'} {counts['read']} = {parts or 'nothing'}")


def _report_beside(beside: list[str], talk: Talk) -> None:
    """Tell of the files that were passed over, for they lie in folders that were saved with pages."""
    for path in beside:
        talk.detail(f"passed over: {path}: lies in a folder that a browser saved beside a page")
    if beside:
        files = counted(len(beside), "file")
        talk.say(f"passed over {files} in folders that a browser saved beside a page (-v names them)")

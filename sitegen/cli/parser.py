"""The command line's words: verbs, options and their help with examples."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

from sitegen import __version__
from sitegen.cli.numbers import port, positive
from sitegen.cli.termwords import add_source_words, add_term_words

Run = Callable[[argparse.Namespace, Any], int]


class _Parser(argparse.ArgumentParser):
    """argparse, with one sentence and a "did you mean" instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        wrong = _WRONG.search(message)
        known = [*_words(self)] if wrong else []
        near = get_close_matches(wrong.group(1), known, n=1) if wrong else []
        hint = f" ({_meant(wrong.group(1), near[0])})" if wrong and near else ""
        sentence = message.split(" (choose from")[0]
        self.exit(2, f"{self.prog}: {sentence}{hint}\n    see `{self.prog} --help`\n")


def _meant(given: str, near: str) -> str:
    return "it goes behind a command that has it" if given == near else f"did you mean {near}?"


_WRONG = re.compile(r"(?:unrecognized arguments: |invalid choice: ')([^\s']+)")


def _words(of: argparse.ArgumentParser) -> Iterator[str]:
    """Give every option and verb of a parser and of those below it."""
    for action in of._actions:
        yield from action.option_strings
        if isinstance(action.choices, dict):
            for verb, below in action.choices.items():
                yield verb
                yield from _words(below)


def _late(module: str, function: str) -> Run:
    """Return a command that is imported when it is called."""

    def run(args: argparse.Namespace, talk: Any) -> int:
        command: Run = getattr(import_module(f"sitegen.cli.{module}"), function)
        return command(args, talk)

    return run


def _common() -> _Parser:
    """Return the options that every verb takes, before or after the verb."""
    common = _Parser(add_help=False)
    none = argparse.SUPPRESS
    common.add_argument(
        "--archive", metavar="DIR", default=none, help="the archive (default: the one this folder lies in)"
    )
    common.add_argument("-q", "--quiet", action="store_true", default=none, help="say only what is wrong")
    common.add_argument("-v", "--verbose", action="store_true", default=none, help="say more")
    common.add_argument(
        "--color", choices=("auto", "always", "never"), default=none, help="colours (default: on a terminal)"
    )
    common.add_argument(
        "--json", action="store_true", default=none, help="machine-readable results and diagnostics"
    )
    return common


class _Verbs:
    """Adds verbs one by one, each with its sentence, its examples and its function."""

    def __init__(self, top: argparse.ArgumentParser) -> None:
        self._into = top.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser, required=True)
        self._common = _common()

    def add(self, verb: str, does: str, examples: Iterable[str], run: Run) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = self._into.add_parser(
            verb,
            parents=[self._common],
            help=does,
            description=does[0].upper() + does[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  {line}" for line in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        made.set_defaults(run=run)
        return made


def parser() -> argparse.ArgumentParser:
    """Return the whole command line; each verb's function stands in `run`."""
    top = _Parser(
        prog="sitegen",
        parents=[_common()],
        description="Turns what you have read into clean Markdown that you own and a searchable static site.",
        epilog="start with: sitegen init my-archive && cd my-archive && sitegen add FILES && sitegen build",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"sitegen {__version__}")
    top.set_defaults(archive=None, quiet=False, verbose=False, color="auto", json=False)
    verbs = _Verbs(top)
    _making(verbs)
    _asking(verbs)
    _deciding(verbs)
    return top


def _making(verbs: _Verbs) -> None:
    one = verbs.add(
        "init", "make a new archive that builds at once", ["sitegen init my-archive"], _late("make", "init")
    )
    one.add_argument("dir", nargs="?", default=".", help="its folder (default: this one)")

    one = verbs.add(
        "convert",
        "clean dumps and pages into Markdown on standard output; needs no archive, writes nothing else",
        [
            "sitegen convert page.txt",
            "sitegen convert --json *.html > articles.ndjson",
            "pbpaste | sitegen convert --explain -",
        ],
        _late("intake", "convert"),
    )
    one.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - for standard input")
    one.add_argument("--out", metavar="DIR", help="write one Markdown file an article into this folder")
    form = one.add_mutually_exclusive_group()
    form.add_argument(
        "--html", dest="form", action="store_const", const="html", help="read every input as HTML"
    )
    form.add_argument(
        "--text", dest="form", action="store_const", const="text", help="read every input as plain text"
    )
    one.add_argument(
        "--explain", action="store_true", help="say field by field and line by line what was kept and why"
    )
    one.add_argument("--dry-run", action="store_true", help="with --out: say what would be written")
    one.add_argument("--jobs", type=positive, metavar="N", help="processes (default: one a core)")

    one = verbs.add(
        "add",
        "clean files into this archive; originals are kept, duplicates recognised",
        ["sitegen add saved-pages/", "sitegen add page.html dump.txt", "sitegen add --again page.html"],
        _late("intake", "add"),
    )
    one.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; - for standard input")
    one.add_argument(
        "--again",
        action="store_true",
        help="clean once more, merge with your edits, restore what was deleted; without PATH: all originals",
    )
    one.add_argument("--dry-run", action="store_true", help="say what would be done")
    one.add_argument("--jobs", type=positive, metavar="N", help="processes (default: one a core)")
    one.add_argument("--dask", metavar="ADDRESS", help="give the work to a cluster: its scheduler's address")

    one = verbs.add(
        "build",
        "add what lies in content/inbox/, then make public/",
        [
            "sitegen build",
            "sitegen build --clean --strict",
            "sitegen build --base-url https://example.org/archive",
        ],
        _late("make", "build"),
    )
    _build_options(one)
    one.add_argument("--out", metavar="DIR", help="the site's folder (default: public/)")
    one.add_argument("--dask", metavar="ADDRESS", help="give the work to a cluster: its scheduler's address")
    one.add_argument("--clean", action="store_true", help="forget the last build and make everything")
    one.add_argument("--strict", action="store_true", help="exit with 3 if there are warnings")
    one.add_argument("--dry-run", action="store_true", help="say what would be written and removed")

    one = verbs.add(
        "serve",
        "show the site on 127.0.0.1; with --watch it follows your edits",
        ["sitegen serve --watch --open"],
        _late("serving", "serve"),
    )
    _build_options(one)
    one.add_argument("--watch", action="store_true", help="rebuild on every change and reload the browser")
    one.add_argument(
        "--port", type=port, default=8000, metavar="N", help="the port (default: 8000; 0: any free one)"
    )
    one.add_argument("--open", action="store_true", help="open the browser")


def _build_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("--drafts", action="store_true", help="publish drafts too")
    one.add_argument(
        "--base-url", metavar="URL", help="the site's address, for feeds, sitemap and the 404 page"
    )
    one.add_argument("--jobs", type=positive, metavar="N", help="processes (default: one a core)")


def _asking(verbs: _Verbs) -> None:
    one = verbs.add(
        "check",
        "say everything that is wrong in content and site",
        ["sitegen check", "sitegen check --host cloudflare"],
        _late("ask", "check"),
    )
    hosts = ("github", "gitlab", "netlify", "cloudflare", "s3", "disk", "all")
    one.add_argument("--host", choices=hosts, default="all", help="the limits of one host (default: all)")
    one.add_argument("--strict", action="store_true", help="exit with 3 if there are warnings")

    one = verbs.add(
        "explain",
        "say why an article is as it is: each dropped line, each field's evidence",
        [
            "sitegen explain 2018/02/us-led-coalition",
            "sitegen explain content/articles/2018/02/x.md date",
            "sitegen explain 2018/02/us-led-coalition --keep 14-16 --drop 30",
            "sitegen explain 2018/02/us-led-coalition --drop 'Continue reading*'",
        ],
        _late("lines", "explain"),
    )
    one.add_argument("article", help="its address, file, original or title")
    one.add_argument("field", nargs="?", help="one field only, or: dropped, lines")
    lines = "numbers (14-16,30) or a text with * for anything"
    for option, does in (
        ("--keep", f"bring lines back: {lines}"),
        ("--drop", f"take lines out: {lines}"),
        ("--forget", "take back what you said of these lines"),
    ):
        one.add_argument(option, action="append", default=[], metavar="LINES", help=does)
    one.add_argument("--dry-run", action="store_true", help="say what would change")

    one = verbs.add(
        "search",
        "find articles with the site's own query language",
        ["sitegen search deconfliction", "sitegen search '\"buffer zone\" actor:turkey after:2018'"],
        _late("ask", "search"),
    )
    one.add_argument("query", nargs="+", help='words, "phrases", -not, field:value')
    one.add_argument("--limit", type=positive, default=10, metavar="N", help="how many (default: 10)")
    one.add_argument(
        "--sort", choices=("best", "newest", "oldest"), default="best", help="order (default: best)"
    )

    one = verbs.add(
        "list",
        "list the articles, newest first",
        ["sitegen list --actor nato", "sitegen list --json"],
        _late("ask", "list_articles"),
    )
    for name in ("topic", "actor", "tag", "source"):
        one.add_argument(f"--{name}", metavar="NAME", help=f"only those of this {name}")
    one.add_argument("--limit", type=positive, metavar="N", help="at most so many")

    verbs.add(
        "stats", "count what is in the archive, and what is missing", ["sitegen stats"], _late("ask", "stats")
    )
    verbs.add(
        "verify",
        "check every original's hash and every article's way to its original",
        ["sitegen verify"],
        _late("ask", "verify"),
    )
    one = verbs.add(
        "completion",
        "print the completion script of a shell",
        ["sitegen completion bash > ~/.local/share/bash-completion/completions/sitegen"],
        _late("ask", "completion"),
    )
    one.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell")


def _deciding(verbs: _Verbs) -> None:
    for verb, term in (("actors", "actor"), ("topics", "topic")):
        one = verbs.add(
            verb,
            f"list {verb} and take decisions about them, kept in content/{verb}.toml",
            [
                f"sitegen {verb} list",
                f"sitegen {verb} suggest",
                f"sitegen {verb} review",
                f"sitegen {verb} merge usa united-states",
                f"sitegen {verb} rename usa 'United States'",
            ],
            _late("terms", verb),
        )
        one.add_argument("--dry-run", action="store_true", help="say what would change")
        does = one.add_subparsers(dest="does", metavar="WHAT", parser_class=_Parser, required=True)
        add_term_words(does, _common(), term)
    one = verbs.add(
        "sources",
        "list publishers, see what their articles suggest, keep rules in content/sources.toml",
        [
            "sitegen sources suggest",
            "sitegen sources accept 1 3",
            "sitegen sources why 2018/02/us-led-coalition",
        ],
        _late("sources", "sources"),
    )
    one.add_argument("--dry-run", action="store_true", help="say what would change")
    does = one.add_subparsers(dest="does", metavar="WHAT", parser_class=_Parser, required=True)
    add_source_words(does, _common())


def arguments(given: Sequence[str]) -> list[str]:
    """Return the arguments as argparse may have them: in a search, "-nasa" is a word and no option.

    argparse takes what begins with a space for a word, and a query's spaces do not count.
    """
    if "search" not in given:
        return list(given)
    return [f" {word}" if _WITHOUT.match(word) else word for word in given]


_WITHOUT = re.compile(r"-[^-\s].")

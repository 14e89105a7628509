"""The command line's words: verbs, options and their help with examples."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

from sitegen import __version__

Run = Callable[[argparse.Namespace, Any], int]


class _Parser(argparse.ArgumentParser):
    """argparse, with one sentence and a "did you mean" instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        wrong = _WRONG.search(message)
        known = [*_words(self)] if wrong else []
        near = get_close_matches(wrong.group(1), known, n=1) if wrong else []
        hint = f" (did you mean {near[0]}?)" if near else ""
        sentence = message.split(" (choose from")[0]
        print(f"{self.prog}: {sentence}{hint}\n    see `{self.prog} --help`", file=sys.stderr)
        raise SystemExit(2)


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
    one.add_argument("--jobs", type=_positive, metavar="N", help="processes (default: one a core)")

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
    one.add_argument("--jobs", type=_positive, metavar="N", help="processes (default: one a core)")

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
        "--port", type=_port, default=8000, metavar="N", help="the port (default: 8000; 0: any free one)"
    )
    one.add_argument("--open", action="store_true", help="open the browser")


def _build_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("--drafts", action="store_true", help="publish drafts too")
    one.add_argument(
        "--base-url", metavar="URL", help="the site's address, for feeds, sitemap and the 404 page"
    )
    one.add_argument("--jobs", type=_positive, metavar="N", help="processes (default: one a core)")


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
        ["sitegen explain 2018/02/us-led-coalition", "sitegen explain content/articles/2018/02/x.md date"],
        _late("ask", "explain"),
    )
    one.add_argument("article", help="its address, file, original or title")
    one.add_argument("field", nargs="?", help="one field only, or: dropped")

    one = verbs.add(
        "search",
        "find articles with the site's own query language",
        ["sitegen search deconfliction", "sitegen search '\"buffer zone\" actor:turkey after:2018'"],
        _late("ask", "search"),
    )
    one.add_argument("query", nargs="+", help='words, "phrases", -not, field:value')
    one.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many (default: 10)")
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
    one.add_argument("--limit", type=_positive, metavar="N", help="at most so many")

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
        _dry_run(one, argparse.SUPPRESS)
        one.set_defaults(dry_run=False)
        does = one.add_subparsers(dest="does", metavar="WHAT", parser_class=_Parser, required=True)
        _asking_terms(does, term)
        _deciding_terms(does, term)
        _proposed_terms(does, term)


def _dry_run(one: argparse.ArgumentParser, default: object = False) -> None:
    one.add_argument("--dry-run", action="store_true", default=default, help="say what would change")


def _word(does: Any, name: str, helps: str, *words: tuple[str, str]) -> argparse.ArgumentParser:
    """Add one word below a verb, with what stands behind it; a word on "…" may come several times."""
    made: argparse.ArgumentParser = does.add_parser(
        name,
        parents=[_common()],
        help=helps,
        description=helps[0].upper() + helps[1:] + ".",
        allow_abbrev=False,
    )
    for word, meaning in words:
        many = word.endswith("…")
        made.add_argument(
            word.rstrip("…"), nargs="+" if many else None, metavar=word.rstrip("…").upper().rstrip("S"),
            help=meaning,
        )  # fmt: skip
    return made


def _asking_terms(does: Any, term: str) -> None:
    _word(does, "list", f"list each {term} with its number of articles")
    one = _word(does, "stats", f"count {term}s by kind and by where they are decided, or tell about one")
    one.add_argument("id", nargs="?", help=f"one {term}: its names, its time, its roles")
    _word(
        does,
        "why",
        f"say why an article has a {term}, or has not",
        ("article", "its address, file or title"),
        ("id", f"the {term}"),
    )


def _deciding_terms(does: Any, term: str) -> None:
    known = f"the {term}'s id or name"
    parts = [
        _word(
            does,
            "merge",
            f"make two {term}s one: A's names and address go to B",
            ("a", f"the {term} that goes"),
            ("b", f"the {term} that stays"),
        ),
        _word(
            does,
            "rename",
            f"give a {term} another name; its address stays",
            ("id", known),
            ("name", "its new name"),
        ),
        _word(does, "hide", f"give a {term} no page and no links", ("id", known)),
    ]
    parts[-1].add_argument("--undo", action="store_true", help="show it again")
    if term == "actor":
        names = ("names…", "the names that are not this actor: of one new actor")
        parts.append(_word(does, "split", "make names an actor of their own", ("id", known), names))
    for part in parts:
        _dry_run(part, argparse.SUPPRESS)


def _proposed_terms(does: Any, term: str) -> None:
    one = _word(does, "suggest", f"propose what the articles suggest about {term}s; changes nothing")
    one.add_argument("--limit", type=_positive, default=20, metavar="N", help="how many (default: 20)")
    ids = ("ids…", "its number or id in `suggest`, or how the id begins")
    _dry_run(_word(does, "accept", "do what a proposal says", ids), argparse.SUPPRESS)
    one = _word(does, "reject", "turn a proposal down for good", ids)
    one.add_argument("--undo", action="store_true", help="let it be proposed again")
    _dry_run(one, argparse.SUPPRESS)
    _word(does, "review", "go through the proposals with single keys")


def arguments(given: Sequence[str]) -> list[str]:
    """Return the arguments as argparse may have them: in a search, "-nasa" is a word and no option.

    argparse takes what begins with a space for a word, and a query's spaces do not count.
    """
    if "search" not in given:
        return list(given)
    return [f" {word}" if _WITHOUT.match(word) else word for word in given]


_WITHOUT = re.compile(r"-[^-\s].")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return number


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return number

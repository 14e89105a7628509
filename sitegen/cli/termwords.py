"""The words of `sitegen actors`, `topics` and `sources`, with what stands behind each."""

from __future__ import annotations

import argparse
from typing import Any

from sitegen.cli.numbers import positive


def add_term_words(does: Any, common: argparse.ArgumentParser, term: str) -> None:
    """Add the words for one sort of term ("actor", "topic") to its verb's subparsers."""
    _asking(does, common, term)
    _deciding(does, common, term)
    _proposed(does, common, term)


def _dry_run(one: argparse.ArgumentParser) -> None:
    """Let `--dry-run` stand behind the word too; before it, the verb takes it."""
    one.add_argument(
        "--dry-run", action="store_true", default=argparse.SUPPRESS, help="say what would change"
    )


def _word(
    does: Any, common: argparse.ArgumentParser, name: str, helps: str, *words: tuple[str, str]
) -> argparse.ArgumentParser:
    """Add one word below a verb, with what stands behind it; a word on "…" may come several times."""
    made: argparse.ArgumentParser = does.add_parser(
        name,
        parents=[common],
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


def _asking(does: Any, common: argparse.ArgumentParser, term: str) -> None:
    _word(does, common, "list", f"list each {term} with its number of articles")
    one = _word(
        does, common, "stats", f"count {term}s by kind and by where they are decided, or tell about one"
    )
    one.add_argument("id", nargs="?", help=f"one {term}: its names, its time, its roles")
    _word(
        does,
        common,
        "why",
        f"say why an article has a {term}, or has not",
        ("article", "its address, file or title"),
        ("id", f"the {term}"),
    )


def _deciding(does: Any, common: argparse.ArgumentParser, term: str) -> None:
    known = f"the {term}'s id or name"
    parts = [
        _word(
            does,
            common,
            "merge",
            f"make two {term}s one: A's names and address go to B",
            ("a", f"the {term} that goes"),
            ("b", f"the {term} that stays"),
        ),
        _word(
            does,
            common,
            "rename",
            f"give a {term} another name; its address stays",
            ("id", known),
            ("name", "its new name"),
        ),
        _word(does, common, "hide", f"give a {term} no page and no links", ("id", known)),
    ]
    parts[-1].add_argument("--undo", action="store_true", help="show it again")
    if term == "actor":
        names = ("names…", "the names that are not this actor: of one new actor")
        parts.append(_word(does, common, "split", "make names an actor of their own", ("id", known), names))
    for part in parts:
        _dry_run(part)


def _proposed(does: Any, common: argparse.ArgumentParser, term: str) -> None:
    one = _word(does, common, "suggest", f"propose what the articles suggest about {term}s; changes nothing")
    one.add_argument("--limit", type=positive, default=20, metavar="N", help="how many (default: 20)")
    ids = ("ids…", "its number or id in `suggest`, or how the id begins")
    _dry_run(_word(does, common, "accept", "do what a proposal says", ids))
    one = _word(does, common, "reject", "turn a proposal down for good", ids)
    one.add_argument("--undo", action="store_true", help="let it be proposed again")
    _dry_run(one)
    _word(does, common, "review", "go through the proposals with single keys")


def add_source_words(does: Any, common: argparse.ArgumentParser) -> None:
    """Add the words below `sitegen sources`."""
    numbers = ("n…", "its number or id in `suggest`")
    _word(does, common, "list", "list each source with its number of articles and its rules")
    _word(does, common, "stats", "count sources, and articles without one")
    _word(does, common, "suggest", "say which rules a source's articles suggest, and why; writes nothing")
    _word(does, common, "accept", "keep suggested rules", numbers)
    _word(does, common, "reject", "never suggest these rules again", numbers)
    new = ("name", "its new name")
    _word(does, common, "rename", "give a source another name; its address stays", ("id", "the source"), new)
    why = "say what the rules of its source do in an article"
    _word(does, common, "why", why, ("article", "its address or file"))

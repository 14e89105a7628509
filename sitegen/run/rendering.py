"""Rendering one page in whichever process: a task is small, its bodies are read where it is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from sitegen.archive.document import decode, document
from sitegen.archive.library import Library
from sitegen.config import Config
from sitegen.errors import Problem, SitegenError
from sitegen.model import Dropped, Facts
from sitegen.pages.compiling import ENGINE
from sitegen.pages.page import AnyView, Page
from sitegen.pages.render import Renderer, body
from sitegen.run import account
from sitegen.run.files import read_bytes
from sitegen.run.home import Home
from sitegen.run.state import State
from sitegen.text import digest


class Shop(Struct, frozen=True, eq=False):
    """Where pages are rendered: the same for all of a build, and known by its `key` in a worker."""

    key: str
    root: str
    sources: Mapping[str, str]
    config: Config
    compiled: bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shop) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Task(Struct, frozen=True):
    """One page to render, with the facts of the articles whose text it shows, by key."""

    path: str
    kind: str
    template: str
    view: AnyView
    bodies: tuple[tuple[str, Facts], ...]


def shop(home: Home, state: State, sources: Mapping[str, str], config: Config) -> Shop:
    """Return the shop of one build; raises SitegenError for a template that cannot be read.

    The templates' code is kept in the state, for compiling them takes longer than a small build.
    """
    made_from = (sys.version, ENGINE, sorted(sources.items()), config)
    key = digest(repr(made_from).encode("utf-8", "surrogatepass"))
    compiled = state.templates(key)
    if not compiled:
        compiled = Renderer(sources, config).compiled()
        state.keep_templates(key, compiled)
    return Shop(key, os.fspath(home.root), sources, config, compiled)


def task(page: Page, articles: Library) -> Task:
    """Return what a worker needs to render a page; its view is made here."""
    bodies = tuple((key, articles.by_key[key].facts) for key in page.bodies)
    return Task(page.path, page.kind, page.template, page.view(), bodies)


def render(place: Shop, given: Task) -> tuple[bytes, bool, tuple[Problem, ...]]:
    """Return the bytes of one page, whether what it shows still was as it was planned, and its faults.

    Reads the articles it shows and nothing else.
    """
    root = place.root
    if given.kind == "markdown":
        return _copy(root, given.bodies[0][1])
    texts = {key: body_text(root, facts) for key, facts in given.bodies}
    bodies = {key: body(given.view, given.path, key, text) for key, (text, *_) in texts.items()}
    dropped, as_planned = _dropped(root, given.bodies[0][1]) if given.kind == "article" else ((), True)
    made = _renderer(place).render(given.path, given.kind, given.template, given.view, bodies, dropped)
    faults = tuple([fault for *_, found in texts.values() for fault in found])
    return made, as_planned and all(same for _, same, _ in texts.values()), faults


def _dropped(root: str, facts: Facts) -> tuple[tuple[Dropped, ...], bool]:
    """Return what cleaning took out of an article, as its import has kept it, and if that is as it was."""
    kept = account.read(Home(Path(root)), facts.front) if facts.front.original else None
    return (kept.dropped, kept.digest == facts.account) if kept else ((), not facts.account)


def _copy(root: str, facts: Facts) -> tuple[bytes, bool, tuple[Problem, ...]]:
    """Return an article's file as it is, whether it is as it was, and its faults."""
    try:
        content = read_bytes(os.path.join(root, facts.path), shown=facts.path)
    except SitegenError as error:
        return b"", False, error.problems
    return content, digest(content) == facts.digest, ()


@lru_cache(maxsize=2)
def _renderer(place: Shop) -> Renderer:
    return Renderer(place.sources, place.config, compiled=place.compiled)


def body_text(root: Path | str, facts: Facts) -> tuple[str, bool, tuple[Problem, ...]]:
    """Return the Markdown of an article as it is on the disk now, whether its file is as it was, its faults.

    An article that could be read when all was planned and cannot be now has no text: so its page is
    there for all that lead to it, and no other page waits for it.
    """
    try:
        content = read_bytes(os.path.join(root, facts.path), shown=facts.path)
        if digest(content) == facts.digest:
            return decode(content, file=facts.path)[facts.body_start :], True, ()
        return document(content, file=facts.path).body, False, ()
    except SitegenError as error:
        return "", False, error.problems

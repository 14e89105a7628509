"""What one build was made from, kept by a watcher: an edit of texts alone needs no new plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from sitegen.archive.library import Library
from sitegen.errors import Problem
from sitegen.model import Facts
from sitegen.pages.articles import article_pages
from sitegen.pages.page import Context, Page
from sitegen.run.rendering import Task, task
from sitegen.run.state import Seen


@dataclass(frozen=True, slots=True)
class Product:
    """One part of the site: its id, the digest of all that it is made from, and how to make it.

    `make` gives the part's files by path, and a note for whoever builds upon it. A page is made by
    a worker instead: `task` says what the worker needs.
    """

    id: str
    digest: str
    make: Callable[[], tuple[Mapping[str, bytes], bytes]] | None = None
    task: Callable[[], Task] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The library, the parts of the site and the faults of one build.

    `call` is the digest of all that they follow from besides the articles; `templates` gives the digest
    of each template.
    """

    call: str
    context: Context
    products: tuple[Product, ...]
    problems: tuple[Problem, ...]
    templates: Callable[[str], str]

    @property
    def library(self) -> Library:
        return self.context.library


def page_product(page: Page, articles: Library, templates: Callable[[str], str]) -> Product:
    """Return a page as a part of the site."""
    made_from = f"{page.digest}{templates(page.template)}"
    return Product(page.path, made_from, task=partial(task, page, articles))


def with_new_texts(plan: Plan, changed: Iterable[Seen]) -> Plan | None:
    """Return the plan with these articles' new texts, or None where more than texts has changed.

    What other pages show of an article is all that its facts say but for the digest of its text and
    where that lies; links lead to other files, so a text with some is planned anew.
    """
    if plan.context.config.feeds == "full":
        return None
    entries = {}
    for seen in changed:
        key = plan.context.keys.get(seen.path)
        before = plan.library.by_key.get(key) if key else None
        if not before or not seen.facts or seen.problems or not _same_but_text(before.facts, seen.facts):
            return None
        entries[before.key] = replace(before, facts=seen.facts)
    library = replace(
        plan.library,
        entries=tuple(entries.get(e.key, e) for e in plan.library.entries),
        by_key=MappingProxyType({**plan.library.by_key, **entries}),
    )
    context = replace(plan.context, library=library)
    made = article_pages(context, only=frozenset(entries))
    new = {page.path: page_product(page, library, plan.templates) for page in made}
    return replace(plan, context=context, products=tuple(new.get(p.id, p) for p in plan.products))


def _same_but_text(before: Facts, now: Facts) -> bool:
    return not now.links and before == replace(
        now,
        digest=before.digest,
        words=before.words,
        body_line=before.body_line,
        body_start=before.body_start,
    )

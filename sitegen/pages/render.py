"""Views -> bytes: the only door to jinja2.

Everything is escaped unless it was made as HTML by this package, and a name that a template
misspells is an error, not a blank.
"""

from __future__ import annotations

import marshal
import traceback
from collections.abc import Callable, Mapping
from types import CodeType, MappingProxyType
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape
from msgspec import Struct

from sitegen.config import Config
from sitegen.errors import Problem, SitegenError
from sitegen.model import Dropped
from sitegen.pages import charts, cite, network, words, worldmap
from sitegen.pages.bodies import render_body
from sitegen.pages.body import Body
from sitegen.pages.compiling import Templates
from sitegen.pages.feeds import atom
from sitegen.pages.files import CSP
from sitegen.pages.links import host_of, root_of, text_fragment
from sitegen.pages.mentions import mentions
from sitegen.pages.page import AnyView
from sitegen.pages.views import ArticleView, FeedView, FreeView, NotFoundView, TextView
from sitegen.text import encoded

# what a template of a user's own can do wrong while it runs
_RUN_TIME = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
)
_CONTENTS_FROM = 4  # headings


class Site(Struct, frozen=True):
    """What every template may know of the site; nothing in it changes with the articles."""

    title: str
    description: str
    lang: str
    author: str
    base_url: str
    search: bool
    noindex: bool
    options: Mapping[str, Any]
    policy: str = CSP


class Renderer:
    """Templates and settings, ready to make files from views; the same view gives the same bytes."""

    def __init__(
        self,
        sources: Mapping[str, str],
        config: Config,
        *,
        folder: str = "templates",
        compiled: bytes = b"",
    ) -> None:
        """Take templates by name ("article.html"), the user's laid over the default ones.

        `folder` is named in messages; `compiled` is what a renderer of the same has given.
        """
        self._sources, self._folder, self._config = sources, folder, config
        self._site = Site(
            title=config.title,
            description=config.description,
            lang=config.lang,
            author=config.author,
            base_url=config.base_url,
            search=config.search,
            noindex=config.noindex,
            options=config.theme_options,
        )
        code = marshal.loads(compiled) if compiled else {}  # noqa: S302 - our own cache
        self._environment = _environment(sources, self._site, code)

    def compiled(self) -> bytes:
        """Return the templates compiled, for a renderer of the same templates, settings and engine.

        Raises SitegenError with every template that jinja2 cannot read.
        """
        self.check()
        try:
            return marshal.dumps(self._environment.compile_all())
        except TemplateSyntaxError as error:
            raise SitegenError(
                self._problem(error.name or "", error.lineno, error.message or "syntax")
            ) from None

    def check(self) -> None:
        """Raise SitegenError with every template that jinja2 cannot read."""
        problems = []
        for name in sorted(self._sources):
            try:
                self._environment.parse(self._sources[name], name, name)
            except TemplateSyntaxError as error:
                problems.append(self._problem(error.name or name, error.lineno, error.message or "syntax"))
        if problems:
            raise SitegenError(*problems)

    def render(
        self,
        path: str,
        kind: str,
        template: str,
        view: AnyView,
        bodies: Mapping[str, Body] = MappingProxyType({}),
        dropped: tuple[Dropped, ...] = (),
    ) -> bytes:
        """Return the bytes of one output file.

        `bodies` are those that the page asked for, by key; `dropped` what the cleaner took out of an
        article. Raises SitegenError with the template's name and line where it fails.
        """
        if isinstance(view, TextView):
            text = view.text
        elif isinstance(view, FeedView):
            config = self._config
            text = atom(view, bodies, author=config.author or config.title)
        else:
            text = self._page(path, kind, template, view, bodies, dropped)
        return encoded(text)

    def _page(
        self,
        path: str,
        kind: str,
        template: str,
        view: AnyView,
        bodies: Mapping[str, Body],
        dropped: tuple[Dropped, ...],
    ) -> str:
        root = self._config.base_path if isinstance(view, NotFoundView) else root_of(path)
        # escaped once, for it stands before every link
        values: dict[str, Any] = {"view": view, "root": escape(root), "kind": kind}
        if isinstance(view, ArticleView):
            values |= _article_values(view, bodies[view.key], dropped)
        elif isinstance(view, FreeView):
            values |= {"body": render_body(view.text, links=view.links, media=view.media, root=root)}
        try:
            return self._environment.get_template(template).render(values)
        except TemplateSyntaxError as error:
            raise SitegenError(
                self._problem(error.name or template, error.lineno, error.message or "syntax")
            ) from None
        except _RUN_TIME as error:
            name, line = self._place(error, template)
            raise SitegenError(self._problem(name, line, str(error) or type(error).__name__)) from None

    def _place(self, error: BaseException, template: str) -> tuple[str, int | None]:
        """Return the innermost template and line that an error went through."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self._sources]
        return (frames[-1].filename, frames[-1].lineno) if frames else (template, None)

    def _problem(self, name: str, line: int | None, message: str) -> Problem:
        lines = self._sources.get(name, "").splitlines()
        excerpt = lines[line - 1].strip() if line and line <= len(lines) else None
        return Problem(
            "template",
            message,
            file=f"{self._folder}/{name}",
            line=line,
            excerpt=excerpt,
            hint="docs/theming.md lists what a template may use; remove the file to have the default one",
        )


def body(view: AnyView, path: str, key: str, markdown: str) -> Body:
    """Return the text of one article as the page at `path` shows it, with links that work there."""
    if isinstance(view, ArticleView):
        return render_body(markdown, links=view.links, media=view.media, root=root_of(path))
    if isinstance(view, FeedView):
        entry = next(e for e in view.entries if e.card.key == key)
        return render_body(markdown, links=entry.links, media=entry.media, root=view.root)
    return render_body(markdown, root=root_of(path))


def _article_values(view: ArticleView, text: Body, dropped: tuple[Dropped, ...]) -> dict[str, Any]:
    found = mentions(text, view.actors)
    return {
        "body": text,
        "pieces": found.pieces,
        "counts": found.counts,
        "contents": text.headings if len(text.headings) >= _CONTENTS_FROM else (),
        "dropped": dropped,
    }


def _environment(sources: Mapping[str, str], site: Site, compiled: Mapping[str, CodeType]) -> Templates:
    environment = Templates(sources, site, words.say, compiled)
    environment.globals |= {
        "chart": {
            "bars": _markup(charts.bars),
            "lane": _markup(charts.lane),
            "line": _markup(charts.line),
            "share": _markup(charts.share_bar),
            "ego": _markup(network.ego),
            "network": _markup(network.network),
            "world": _markup(worldmap.world),
        },
        "cite": {"plain": cite.plain, "bibtex": cite.bibtex, "ris": cite.ris},
    }
    environment.filters |= {
        "long_date": words.long_date,
        "short_date": words.short_date,
        "day_of": words.day_of,
        "month_name": words.month_name,
        "host": host_of,
        "fragment": text_fragment,
        "number": lambda n: f"{n:,}",
        "html": Markup,
    }
    return environment


def _markup(draw: Callable[..., str]) -> Callable[..., Markup]:
    """Return a chart's function as one whose text is HTML; charts escape what they are given."""

    def drawn(*values: Any) -> Markup:
        plain = (str(v) if isinstance(v, Markup) else v for v in values)  # its own methods escape anew
        return Markup(draw(*plain))  # noqa: S704

    return drawn

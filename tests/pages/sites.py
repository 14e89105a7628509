"""A small invented archive, planned and rendered in memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.library import Library, library
from sitegen.config import Config
from sitegen.model import Actor, Date, Facts, FrontMatter, Highlight, Quote, Related, Topic
from sitegen.pages.page import Page
from sitegen.pages.plan import pages
from sitegen.pages.render import Renderer, body
from sitegen.pages.views import FreePage
from sitegen.text import digest
from sitegen.vocabulary import Vocabulary, vocabulary

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ACTORS = (
    Actor("luna-bureau", "Luna Bureau", "government-body", aliases=("the bureau",)),
    Actor("ada-quill", "Ada Quill", "person"),
    Actor("northland", "Northland", "state"),
)
TOPICS = (Topic("probes", "Probes"), Topic("crewed-flight", "Crewed flight"))
BODY = "Ada Quill spoke for the Luna Bureau.\n\nQuill said so twice.\n\nNorthland waits."


def article(number: int, date: str = "", text: str = BODY, **fields: object) -> tuple[Facts, str]:
    """Return one invented article: its facts and its text; they differ by `number`."""
    day = date if date else f"1961-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    front = FrontMatter(
        title=f"Probe number {number} leaves",
        date=Date(day) if day != "none" else None,
        source="The Harbour Gazette",
        topics=("probes",) if number % 3 else ("crewed-flight", "probes"),
        actors=("ada-quill", "luna-bureau") if number % 2 else ("northland", "luna-bureau"),
        tags=("telemetry",),
        place="Port Halley" if number % 2 else None,
        url=f"https://news.example/{number}",
        added="2026-01-05T08:00:00Z",
    )
    front = replace(front, **fields)  # type: ignore[arg-type]
    folder = f"{day[:4]}/{day[5:7]}" if front.date else "undated"
    facts = Facts(
        path=f"content/articles/{folder}/probe-{number}.md",
        digest=digest(repr((front, text)).encode("utf-8", "surrogatepass")),
        front=front,
        excerpt=front.summary or " ".join(text.split())[:120],
        words=len(text.split()),
        body_line=9,
        body_start=200,
    )
    return facts, text


class MadeSite(Struct, frozen=True):
    """An archive in memory: what is planned for it, and what each file holds."""

    articles: tuple[tuple[Facts, str], ...]
    config: Config
    words: Vocabulary
    free: tuple[FreePage, ...] = ()
    quotes: tuple[tuple[str, tuple[Quote, ...]], ...] = ()
    coordinates: tuple[tuple[str, tuple[float, float]], ...] = ()

    @property
    def library(self) -> Library:
        return library([f for f, _ in self.articles], self.words)

    def plan(self) -> dict[str, Page]:
        """Return the planned pages by path; no two have one path, and none lies where another's folder is."""
        planned = list(
            pages(
                self.library,
                self.config,
                self.free,
                quotes=dict(self.quotes),
                coordinates=dict(self.coordinates),
            )
        )
        found = {p.path: p for p in planned}
        assert len(found) == len(planned)
        assert found.keys().isdisjoint(str(above) for path in found for above in PurePosixPath(path).parents)
        return found

    def digests(self) -> dict[str, str]:
        return {path: page.digest for path, page in self.plan().items()}

    def render(self, path: str) -> str:
        """Return the text of one output file."""
        return self._rendered(self.plan()[path], self.library)

    def files(self) -> dict[str, str]:
        """Return the text of every output file."""
        kept = self.library
        return {path: self._rendered(page, kept) for path, page in self.plan().items()}

    def _rendered(self, page: Page, kept: Library) -> str:
        texts = {f.path: text for f, text in self.articles}
        view = page.view()
        bodies = {}
        for key in page.bodies:
            bodies[key] = body(view, page.path, key, texts[kept.by_key[key].facts.path])
        made = renderer(self.config).render(page.path, page.kind, page.template, view, bodies)
        return made.decode()


@cache
def sources() -> dict[str, str]:
    """Return the default templates by name."""
    found = sorted(TEMPLATES.rglob("*.html"))
    return {p.relative_to(TEMPLATES).as_posix(): p.read_text(encoding="utf-8") for p in found}


_RENDERERS: dict[str, Renderer] = {}


def renderer(config: Config) -> Renderer:
    """Return the renderer of these settings; compiling the templates is what costs."""
    return _RENDERERS.setdefault(repr(config), Renderer(sources(), config))


def site(*articles: tuple[Facts, str], **settings: object) -> MadeSite:
    """Return a site of these articles (twelve invented ones without any)."""
    chosen = articles or tuple(article(n) for n in range(12))
    config = Config(**{"title": "Dispatches", **settings})  # type: ignore[arg-type]
    return MadeSite(chosen, config, vocabulary(ACTORS, TOPICS))


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{ 7*7 }}&lt;b&gt;\x00\ud800"


def hostile_article() -> tuple[Facts, str]:
    """Return an article of which every field is an attempt."""
    return article(
        77,
        text=f"{HOSTILE}\n\n[{HOSTILE}](javascript:alert(1))\n\n![{HOSTILE}](https://evil.example/x.png)",
        title=HOSTILE,
        dateline=HOSTILE,
        place=HOSTILE,
        agency=HOSTILE,
        authors=(HOSTILE, "} \\input{x}"),
        source=HOSTILE,
        url="javascript:alert(1)",
        lang='en"><script>',
        summary=HOSTILE,
        tags=(HOSTILE,),
        topics=(HOSTILE, "probes"),
        actors=(HOSTILE, "ada-quill"),
        related=(Related(HOSTILE, "javascript:alert(1)"), Related(HOSTILE, "data:text/html,<script>")),
        highlights=(Highlight(HOSTILE, HOSTILE, HOSTILE),),
        aliases=("../../etc", "articles", "old/one"),
        original=HOSTILE,
        added=HOSTILE,
    )

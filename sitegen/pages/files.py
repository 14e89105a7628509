"""Files that are no pages: sitemap, robots, headers for hosts, sparklines, and pages that moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape

from sitegen.archive.library import Entry
from sitegen.pages.charts import spark_file
from sitegen.pages.life import life_counts
from sitegen.pages.links import page_url, root_of
from sitegen.pages.page import Context, Page, term_url
from sitegen.pages.views import RedirectView, TextView

CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
SITEMAP_SIZE = 50_000  # addresses in one file, by the protocol
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_HEADERS = f"""/*
  Content-Security-Policy: {CSP}; frame-ancestors 'self'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=0, must-revalidate
/assets/*
  Cache-Control: public, max-age=3600
/media/*
  Cache-Control: public, max-age=604800
"""


def file_pages(context: Context, listed: Sequence[tuple[str, str]]) -> Iterator[Page]:
    """Yield every file that is no page; `listed` are the (address, date) pairs for the sitemap."""
    yield from _sitemaps(context, listed)
    yield _text_page(context, "robots.txt", _robots(context))
    yield _text_page(context, "_headers", _HEADERS)
    yield _text_page(context, ".nojekyll", "")
    for identity, entries in context.library.by_actor.items():
        counts = context.recall("life", "actor", identity, partial(life_counts, entries))
        yield Page(
            path=f"{term_url('actors', identity)}spark.svg",
            kind="spark",
            template="",
            digest=context.digest("spark", counts),
            make=partial(_spark, counts),
        )


def _text_page(context: Context, path: str, text: str) -> Page:
    return Page(path, "file", "", context.digest("file", path, text), partial(TextView, text))


def _spark(counts: tuple[int, ...]) -> TextView:
    return TextView(spark_file(counts))


def _robots(context: Context) -> str:
    config = context.config
    rule = "Disallow: /" if config.noindex else "Allow: /"
    sitemap = f"Sitemap: {config.base_url}/sitemap.xml\n" if config.base_url else ""
    return f"User-agent: *\n{rule}\n{sitemap}"


# --- sitemap ----------------------------------------------------------------------------------------


def _sitemaps(context: Context, listed: Sequence[tuple[str, str]]) -> Iterator[Page]:
    parts = [listed[at : at + SITEMAP_SIZE] for at in range(0, len(listed), SITEMAP_SIZE)]
    if len(parts) < 2:
        yield _sitemap(context, "sitemap.xml", listed)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield _text_page(context, "sitemap.xml", _sitemap_index([_full(context, name) for name in names]))
    for name, part in zip(names, parts, strict=True):
        yield _sitemap(context, name, part)


def _sitemap(context: Context, path: str, listed: Sequence[tuple[str, str]]) -> Page:
    return Page(
        path=path,
        kind="file",
        template="",
        digest=context.digest("sitemap", list(listed)),
        make=partial(_sitemap_view, context, listed),
    )


def _full(context: Context, url: str) -> str:
    config = context.config
    return f"{config.base_url}/{url}" if config.base_url else f"{config.base_path}{url}"


def _sitemap_view(context: Context, listed: Iterable[tuple[str, str]]) -> TextView:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for url, date in listed:
        changed = f"<lastmod>{_text(date)}</lastmod>" if date else ""
        lines.append(f"<url><loc>{_text(_full(context, url))}</loc>{changed}</url>")
    return TextView("\n".join([*lines, "</urlset>", ""]))


def _sitemap_index(addresses: Iterable[str]) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<sitemap><loc>{_text(address)}</loc></sitemap>" for address in addresses),
        "</sitemapindex>",
        "",
    ]
    return "\n".join(lines)


def _text(words: str) -> str:
    return escape(words, quote=False)


def last_change(entry: Entry) -> str:
    """Return the day that a sitemap gives for an article: when it came into the archive, if known."""
    day = entry.added[:10]
    return day if _DAY.fullmatch(day) else ""


# --- pages that moved ---------------------------------------------------------------------------------


def redirect_pages(context: Context) -> Iterator[Page]:
    """Yield a page at each old address that leads to where its article or term is now."""
    for old, new in context.library.redirects.items():
        yield moved(context, old, f"{new}/", _target_title(context, new))


def moved(context: Context, old: str, new: str, title: str) -> Page:
    """Return the page at an old address (a file, or a folder) that leads to the folder `new`."""
    path = moved_path(old)
    target = f"{root_of(path)}{new}"
    return Page(
        path=path,
        kind="redirect",
        template="redirect.html",
        digest=context.digest("redirect", path, target, title),
        make=partial(RedirectView, title, target, page_url(f"{new}index.html")),
    )


def moved_path(old: str) -> str:
    """Return the file of the page at an old address."""
    return old if old.endswith(".html") else f"{old.rstrip('/')}/index.html"


def _target_title(context: Context, target: str) -> str:
    library = context.library
    if target in library.by_key:
        return library.by_key[target].card.title
    folder, _, identity = target.partition("/")
    terms = library.actors if folder == "actors" else library.topics
    return terms[identity].name if identity in terms else target

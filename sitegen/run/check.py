"""Everything that is wrong in content and site, beyond what a build says: links, hosts, leaks."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.archive.document import decode, document, plain_text
from sitegen.archive.library import Library, old_address
from sitegen.archive.links import dead_link_problem, dead_links
from sitegen.errors import Problem, Severity
from sitegen.model import Facts
from sitegen.pages.files import moved_path
from sitegen.pages.links import root_of
from sitegen.pages.views import FreePage
from sitegen.run.files import read_bytes, walk
from sitegen.run.home import Home
from sitegen.run.look import Look, look
from sitegen.run.publish import read_manifest

MANY_ENTRIES = 10_000
_ENOUGH = 50  # articles: fewer say nothing of how a site grows
_SHINGLE = 12
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")


class Host(Struct, frozen=True):
    """What one host refuses: files in all, bytes in all, bytes a file, entries a folder; None: no limit."""

    files: int | None = None
    total_bytes: int | None = None
    file_bytes: int | None = None
    folder_entries: int | None = None


# From the hosts' own documentation, as of 2025.
HOSTS: Mapping[str, Host] = {
    "github": Host(total_bytes=1_000_000_000, file_bytes=100 * 2**20),
    "gitlab": Host(total_bytes=1_000_000_000),
    "netlify": Host(folder_entries=54_000),
    "cloudflare": Host(files=20_000, file_bytes=25 * 2**20),
    "s3": Host(),
    "disk": Host(),
}


def check_archive(
    home: Home,
    facts: Iterable[Facts],
    articles: Library,
    free: Iterable[FreePage],
    public: Path,
    host: str,
) -> Iterator[Problem]:
    """Give every fault beyond those of reading: dead links, missing files, old addresses, hosts, leaks.

    `facts` are those of every article that can be read, the private ones among them.
    """
    found = look(home, ())
    yield from link_problems(home, articles, free, found)
    if not public.is_dir():
        yield Problem(
            "no-site", "there is no site yet", "note", file=home.shown(public), hint="run `sitegen build`"
        )
        return
    yield from _missing(home, public)
    yield from _lost_aliases(articles, public)
    yield from _host_problems(public, host, len(articles.entries))
    yield from _leaks(home, facts, public)


def link_problems(home: Home, articles: Library, free: Iterable[FreePage], found: Look) -> Iterator[Problem]:
    """Give each local link of an article or a free page that leads nowhere, with its line."""
    texts = [(e.path, e.key, e.links) for e in articles.entries]
    texts += [(page.path, page.slug, page.links) for page in free]
    published = {path for path, _, _ in texts}.union(found.others)
    dead = {
        path: gone
        for path, key, links in texts
        if links and (gone := dead_links(path, key, links, articles, published))
    }
    here = dict(found.stats()) if dead else {}
    for path, links in dead.items():
        text = decode(read_bytes(home.root / path), file=path)
        yield from (dead_link_problem(path, text, link, here) for link in links)


def _missing(home: Home, public: Path) -> Iterator[Problem]:
    for path in sorted(read_manifest(public)):
        if not (public / path).is_file():
            yield Problem(
                "missing-file",
                "is missing from the site",
                file=home.shown(public / path),
                hint="run `sitegen build --clean`",
            )


def _lost_aliases(articles: Library, public: Path) -> Iterator[Problem]:
    """Give each old address at which no page leads to its article, for another page has it."""
    for entry in articles.entries:
        for alias in entry.front.aliases:
            old = old_address(alias)
            if old != entry.key and not (old and _leads(public, moved_path(old), entry.key)):
                yield Problem(
                    "alias",
                    f"has the old address {alias}, where another page stands or none",
                    "warning",
                    file=entry.path,
                    hint="run `sitegen build`; if that changes nothing, take it out of `aliases`",
                )


def _leads(public: Path, path: str, key: str) -> bool:
    """Return whether a page that leads on stands at a path, and leads to an article."""
    page = public / path
    text = page.read_text("utf-8", "replace") if page.is_file() else ""
    return 'data-kind="redirect"' in text and f'"{root_of(path)}{key}/"' in text


def _host_problems(public: Path, wanted: str, articles: int) -> Iterator[Problem]:
    sizes = {entry.path: entry.stat().st_size for entry in walk(public)}
    folders = Counter(os.path.dirname(path) for path in _with_folders(sizes, public))
    largest = max(sizes, key=lambda p: (sizes[p], p), default="")
    fullest = max(folders, key=lambda f: (folders[f], f), default="")
    for name, host in HOSTS.items():
        if wanted not in (name, "all"):
            continue
        severity: Severity = "error" if wanted == name else "warning"
        for what, number, limit, where in (
            ("files", len(sizes), host.files, ""),
            ("bytes", sum(sizes.values()), host.total_bytes, ""),
            ("bytes in one file", sizes.get(largest, 0), host.file_bytes, largest),
            ("entries in one folder", folders[fullest], host.folder_entries, fullest),
        ):
            if limit is not None and number > limit:
                yield Problem(
                    "host", f"{name}: {number:,} {what}, its limit is {limit:,}", severity, file=where or None
                )
            elif limit is not None and not where:
                yield from _forecast(name, what, number, limit, articles)
    if folders[fullest] > MANY_ENTRIES:
        yield Problem(
            "folder",
            f"has {folders[fullest]:,} entries, which some tools are slow with",
            "warning",
            file=fullest,
        )


def _forecast(name: str, what: str, number: int, limit: int, articles: int) -> Iterator[Problem]:
    """Say of how many articles on a host will be too small, once the site takes half of what it gives."""
    if articles < _ENOUGH or number * 2 < limit:
        return
    then = articles * limit / number
    step = 10 ** max(len(str(int(then))) - 2, 0)
    text = f"{name}: {number:,} {what}, over its {limit:,} at about {int(then // step * step):,} articles"
    yield Problem("host-forecast", text, "note")


def _with_folders(paths: Iterable[str], public: Path) -> set[str]:
    """Return the paths and every folder that they lie in, below the site's own."""
    top, found = os.fspath(public), set(paths)
    for path in paths:
        folder = os.path.dirname(path)
        while folder not in found and len(folder) > len(top):
            found.add(folder)
            folder = os.path.dirname(folder)
    return found


def _leaks(home: Home, facts: Iterable[Facts], public: Path) -> Iterator[Problem]:
    """Look for a dozen words in a row of any private article in the site's pages and indexes."""
    secrets = dict(_private_passages(home, facts))
    if not secrets:
        return
    for entry in walk(public):
        text = _words(_TAG.sub(" ", Path(entry.path).read_bytes().decode("utf-8", "replace")))
        for path, passage in secrets.items():
            if passage in text:
                yield Problem(
                    "private",
                    f"shows text of the private article {path}",
                    file=home.shown(entry.path),
                    hint="run `sitegen build --clean`, and take the file off your host",
                )


def _private_passages(home: Home, facts: Iterable[Facts]) -> Iterator[tuple[str, str]]:
    for private in (f for f in facts if f.front.private):
        read = document(read_bytes(home.root / private.path), file=private.path)
        words = _words(plain_text(read.body)).split()
        if len(words) >= _SHINGLE:
            middle = max(0, len(words) // 2 - _SHINGLE)
            yield private.path, " ".join(words[middle : middle + _SHINGLE])


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))

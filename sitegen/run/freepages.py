"""The free pages of an archive: `content/pages/*.md`, such as an "about"."""

from __future__ import annotations

from pathlib import Path

from sitegen.archive.document import document, excerpt, local_links
from sitegen.errors import Problem, SitegenError
from sitegen.pages.plan import is_reserved
from sitegen.pages.views import FreePage
from sitegen.run.files import read_bytes, safe_name, walk
from sitegen.run.home import Home
from sitegen.run.look import is_markdown
from sitegen.run.scan import check_link
from sitegen.text import slug


def free_pages(home: Home, *, drafts: bool = False) -> tuple[tuple[FreePage, ...], tuple[Problem, ...]]:
    """Return the free pages by their address, and what is wrong with those that are left out."""
    found: dict[str, FreePage] = {}
    problems: list[Problem] = []
    for entry in walk(home.pages):
        if not is_markdown(entry.name):
            continue
        shown = safe_name(home.shown(entry.path))
        try:
            check_link(home, home.shown(entry.path))
            read = document(read_bytes(Path(entry.path), shown=shown), file=shown)
        except SitegenError as error:
            problems.extend(error.problems)
            continue
        name = slug(read.front.slug or Path(entry.path).stem)
        if is_reserved(name) or name in found:
            why = "is reserved" if is_reserved(name) else "is taken by another free page"
            problems.append(
                Problem("page-name", f"the address /{name}/ {why}", file=shown, hint="rename the file")
            )
        elif not read.front.private and (drafts or not read.front.draft):
            summary = read.front.summary or excerpt(read.body)
            found[name] = FreePage(
                name, read.front.title, read.body, summary, home.shown(entry.path), local_links(read.body)
            )
    return tuple(found[name] for name in sorted(found)), tuple(problems)

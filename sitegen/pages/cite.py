"""How to cite an article: as a line of text, as BibTeX, as RIS."""

from __future__ import annotations

import re
from urllib.parse import quote

from sitegen.pages.views import ArticleView
from sitegen.pages.words import long_date
from sitegen.text import squeeze

_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"  # all but what BibTeX takes for its own: braces and backslashes

_TEX = re.compile(r"[{}\\%$#_&~^]")


def plain(view: ArticleView) -> str:
    """Return "Authors, “Title”, Source, 7 February 2018, address." with what is known."""
    parts = [
        ", ".join(view.authors),
        f"“{squeeze(view.title)}”",
        view.source.name if view.source else view.agency,
        long_date(view.date[:10]) if view.date else "",
        view.original_url or "",
    ]
    return ", ".join(p for p in parts if p) + "."


def bibtex(view: ArticleView) -> str:
    """Return a BibTeX entry; its key is the address's last part."""
    fields = {
        "author": " and ".join(_tex(a) for a in view.authors),
        "title": "{" + _tex(view.title) + "}",
        "journal": _tex(view.source.name) if view.source else "",
        "date": view.date[:10],
        "url": quote(view.original_url or "", safe=_IN_ADDRESS),
    }
    lines = [f" {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@article{{{view.key.rpartition('/')[2]},\n" + ",\n".join(lines) + "\n}"


def ris(view: ArticleView) -> str:
    """Return a RIS record."""
    lines = [
        ("TY", "NEWS"),
        *(("AU", squeeze(a)) for a in view.authors),
        ("TI", squeeze(view.title)),
        ("T2", view.source.name if view.source else ""),
        ("DA", view.date[:10].replace("-", "/")),
        ("UR", view.original_url or ""),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])


def _tex(words: str) -> str:
    return _TEX.sub(lambda m: {"\\": "/", "~": "-", "^": ""}.get(m.group(), "\\" + m.group()), squeeze(words))

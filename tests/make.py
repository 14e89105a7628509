"""Small archives for tests, made in a temporary folder."""

from __future__ import annotations

from pathlib import Path

from sitegen.archive.document import facts, file_text
from sitegen.model import Date, Facts, FrontMatter


def article(title: str, body: str = "Some text.", date: str = "2018-02-07", **fields: object) -> bytes:
    """Return the bytes of an article's file."""
    front = FrontMatter(title=title, date=Date(date) if date else None, **fields)  # type: ignore[arg-type]
    return file_text(front, body).encode()


def facts_of(path: str, title: str = "T", date: str = "2018-02-07", **fields: object) -> Facts:
    """Return the facts of an article that is not on any disk."""
    return facts(article(title, date=date, **fields), path=path)


def write(root: Path, files: dict[str, bytes | str]) -> Path:
    """Write files below a folder and return it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root

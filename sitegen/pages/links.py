"""Addresses inside the site (always relative) and addresses that lead out of it (http and https only)."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from sitegen.text import digest, slug

# Vector images stay out: opened by themselves they are documents of the site's own origin.
IMAGES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
TERM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def root_of(path: str) -> str:
    """Return what leads from an output file up to the site's root: "../../../", or "./" at the top."""
    return "../" * path.count("/") or "./"


def page_url(path: str) -> str:
    """Return the address of an output file below the root: "a/b/index.html" is "a/b/"."""
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def web_url(given: str | None) -> str | None:
    """Return an http or https address that may stand in a link, or None for anything else."""
    if not given:
        return None
    address = given.strip()
    if len(address) > 4000 or _CONTROL.search(address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and host else None


def host_of(address: str) -> str:
    """Return the host that an address names, without "www."; "" if it names none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def text_fragment(passage: str) -> str:
    """Return the fragment that opens a page at a passage: its first and last words, in order."""
    words = passage.split()
    if len(words) <= 8:
        return ":~:text=" + _fragment_part(words)
    return f":~:text={_fragment_part(words[:4])},{_fragment_part(words[-4:])}"


def _fragment_part(words: list[str]) -> str:
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")


def media_path(path: str, taken: Container[str] = ()) -> str | None:
    """Return where an image below `content/` is published: "media/…", or None if it is no image.

    Names are as plain as those of pages; one that had to be changed, or that another image has `taken`,
    gets a digest of its path, so that no two meet.
    """
    given = PurePosixPath(path)
    suffix = given.suffix.lower()
    if suffix not in IMAGES:
        return None
    parts = [p for p in given.with_suffix("").parts if p != "content"]
    if parts[:1] == ["media"]:
        parts = parts[1:]
    made = [slug(p, fallback="image") for p in parts]
    if made != parts or "/".join(("media", *made)) + suffix in taken:
        made[-1] = f"{made[-1][:66]}-{digest(path.encode('utf-8', 'surrogatepass'))[:12]}"
    return "/".join(("media", *made)) + suffix

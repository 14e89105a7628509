"""When two articles are one: the same address in its normal form, or the same words."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from sitegen.text import digest

_WORD = re.compile(r"\w+")
_ORIGINAL = re.compile(r"(?:sha256:)?([0-9a-f]{64})(?:#(\d{1,5}))?")
_TRACKING = re.compile(
    r"(?i)(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|cmpid|ocid|yclid|_ga|spm)\Z"
)
_DEFAULT_PORTS = {("http", 80), ("https", 443)}


def normal_address(url: str) -> str | None:
    """Return the form under which two addresses of one page meet, or None for what names no page.

    The root of a site names none: many pages call it their address by mistake. Scheme, `www.`,
    default port, fragment, trailing slash and known tracking parameters do not count; other
    parameters do, in any order (`?id=42` names the article).
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.")
    if port and (parts.scheme, port) not in _DEFAULT_PORTS:
        host += f":{port}"
    path = quote(unquote(parts.path, errors="surrogateescape"), errors="surrogateescape").rstrip("/")
    query = urlencode(sorted(p for p in parse_qsl(parts.query) if not _TRACKING.match(p[0])))
    return host + path + (f"?{query}" if query else "") if path or query else None


def words_digest(body: str) -> str:
    """Return one digest for all bodies with these words in this order, whatever stands between them."""
    return digest(" ".join(w.casefold() for w in _WORD.findall(body)).encode("utf-8", "surrogatepass"))


def original_name(sha256: str, number: int) -> str:
    """Return what an article's head calls its original: "sha256:…", with "#2" for the second of an input."""
    return f"sha256:{sha256}" if number == 1 else f"sha256:{sha256}#{number}"


def original_parts(original: str | None) -> tuple[str, int]:
    """Return the hash of an article's original and which article of it this is; ("", 1) for none."""
    found = _ORIGINAL.fullmatch(original or "")
    return (found[1], int(found[2] or 1)) if found else ("", 1)

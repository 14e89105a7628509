"""Templates as texts: which a page is made from, without loading the template engine.

A build that finds nothing to do asks only for the digests here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

import sitegen
from sitegen.text import digest

# a plain name, and nothing after it that could choose another one
_REFERENCE = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\b\s*
    (?:(["'])([^"'\n\\]+)\1(?=\s*(?:[-+]?%\}|(?:as|import|ignore|with|without)\b))|(\S))""",
    re.X,
)


def template_digest(name: str, sources: Mapping[str, str]) -> str:
    """Return the digest of a template and all that it extends, includes or imports, and our version.

    A reference that is not a plain name could be any template, so it stands for all of them. A page
    without a template depends on the version alone.
    """
    texts = [sitegen.__version__]
    for used in sorted(_used(name, sources)) if name else ():
        texts += [used, sources.get(used, "")]
    return digest("\0".join(texts).encode("utf-8", "surrogatepass"))


def template_digests(sources: Mapping[str, str]) -> Callable[[str], str]:
    """Return `template_digest` over these templates, which reads each only once for all pages."""
    return cache(partial(template_digest, sources=sources))


def _used(name: str, sources: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        for _, referred, computed in _REFERENCE.findall(sources.get(current, "")):
            if computed:
                return set(sources)
            waiting.append(referred)
    return found

"""Scripts as readers get them: without comments and indentation, a quarter smaller on the wire."""

from __future__ import annotations

from typing import cast

from rjsmin import jsmin


def slim(script: bytes) -> bytes:
    """Return a script without what only its writers read; comments that begin with "!" stay."""
    return cast(str, jsmin(script.decode("utf-8"), keep_bang_comments=True)).encode() + b"\n"

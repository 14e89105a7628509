"""The text of an article as it stands on a page, whichever way it was read."""

from __future__ import annotations

from msgspec import Struct

OUTSIDE = "noopener nofollow ugc"
"""The `rel` of every link that leaves the site."""


class Heading(Struct, frozen=True):
    """A heading of the text: 2 to 6, the id to link to, its plain text."""

    level: int
    id: str
    text: str


class Body(Struct, frozen=True):
    """The text of an article as safe HTML.

    `blocks` are (id, plain text) of the blocks that carry an id "p1", "p2" …, counted over the
    blocks of the text; `outside` the addresses of links that leave the site, in order; `plain` says
    that the Markdown was too costly to read and is shown as it is.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, ...] = ()
    plain: bool = False

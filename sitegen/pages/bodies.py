"""Markdown -> safe HTML by the quicker of two readers: one of plain prose, one of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen.pages.body import Body
from sitegen.pages.prose import prose
from sitegen.pages.views import Media
from sitegen.text import printable


def render_body(
    text: str,
    *,
    links: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    media: Mapping[str, Media] | Sequence[tuple[str, Media]] = (),
    root: str = "",
) -> Body:
    """Return Markdown as safe HTML; both readers give the same bytes.

    `links` leads from local targets as written to addresses below the root, `media` from image
    targets as written to published images; any other local target loses its link. Text that would
    cost too much is given as plain paragraphs.
    """
    text, links = printable(text), dict(links)
    if (read := prose(text, links)) is not None:
        return read
    from sitegen.pages.markdown import whole_body  # late: most articles are plain prose

    return whole_body(text, links=links, media=dict(media), root=root)

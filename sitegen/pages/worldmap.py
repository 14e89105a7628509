"""Where reports were filed: dots on a plain world, sized by how many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from math import sqrt

from sitegen.pages.charts import link, number, opening
from sitegen.pages.views import Dot
from sitegen.pages.words import say

_WIDTH, _HEIGHT = 720, 272
_TOP = 78  # degrees north at the upper edge; the poles are left out


def world(dots: Sequence[Dot], root: str) -> str:
    """Return the map of these places, the largest drawn first; "" without any."""
    if not dots:
        return ""
    most = max(d.term.count for d in dots)
    ordered = sorted(dots, key=lambda d: (-d.term.count, d.term.id))
    names = ", ".join(f"{d.term.name} ({d.term.count})" for d in ordered[:12])
    marks = "".join(_dot(d, most, root) for d in ordered)
    return (
        f"{opening('world', str(_WIDTH), _HEIGHT, box=f'0 0 {_WIDTH} {_HEIGHT}')}"
        f"<title>{escape(say('map-title'))}</title><desc>{escape(say('map-desc', names=names))}</desc>"
        f'<path class="land" fill="currentColor" stroke="currentColor" d="{_land()}"/>{marks}</svg>'
    )


def _point(latitude: float, longitude: float) -> tuple[float, float]:
    return (longitude + 180) * _WIDTH / 360, (_TOP - latitude) * _WIDTH / 360


@cache
def _land() -> str:
    """Return the outline of the land, in half degrees from 180 west and 78 north."""
    lines = files("sitegen.data").joinpath("world.txt").read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def _dot(dot: Dot, most: int, root: str) -> str:
    x, y = _point(dot.latitude, dot.longitude)
    radius = 2.5 + 9 * sqrt(dot.term.count / most)
    mark = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="currentColor"/>'
    return link(root + dot.term.url, f"{dot.term.name}: {dot.term.count}", mark)

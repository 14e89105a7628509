"""Where reports were filed: dots on a plain world, sized by how many."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import sqrt

from sitegen.pages.charts import link, number, opening
from sitegen.pages.views import Dot
from sitegen.pages.words import say

_WIDTH, _HEIGHT = 720, 330
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
        f"{_grid()}{marks}</svg>"
    )


def _point(latitude: float, longitude: float) -> tuple[float, float]:
    return (longitude + 180) * _WIDTH / 360, (_TOP - latitude) * _WIDTH / 360


def _grid() -> str:
    meridians = "".join(f"M{(x + 180) * 2} 0V{_HEIGHT}" for x in range(-150, 180, 30))
    parallels = "".join(f"M0 {(_TOP - y) * 2}H{_WIDTH}" for y in range(-60, 78, 30))
    return (
        f'<path class="grid" fill="none" stroke="currentColor" stroke-width=".5" d="{meridians}{parallels}"/>'
    )


def _dot(dot: Dot, most: int, root: str) -> str:
    x, y = _point(dot.latitude, dot.longitude)
    radius = 2.5 + 9 * sqrt(dot.term.count / most)
    mark = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="currentColor"/>'
    return link(root + dot.term.url, f"{dot.term.name}: {dot.term.count}", mark)
